r"""The spin-dependent force in a background, in the form that numbers are made of: one function for each structure.

What `background_spin` derives: a beam by half angles, as `directional_flux` is, and one momentum from all directions with
spherical Bessel functions.
"""

from __future__ import annotations

import sympy as sp
from nuforce_sym.derivations.background_spin import _placed, _quadrature, _two_component

from nuforce_sym import Derivation, check
from nuforce_sym.kernel import Argument, Constraint, Kernel
from nuforce_sym.medium.directional import in_half_angles
from nuforce_sym.medium.half_angle import in_half_angle
from nuforce_sym.medium.spherical import in_spherical
from nuforce_sym.medium.spin import isotropic_spin_force, spin_force
from nuforce_sym.spatial import Dot3, Triple3, Vector3
from nuforce_sym.symbols import symbols

G_F, g_V2, g_A1, g_A2, Phi_0, n_nu, E_nu, k, r, c, s = symbols(
    "G_F g_V2 g_A1 g_A2 Phi_0 n_nu E_nu k_nu r c_alpha sin2_half_alpha"
)
n_plus, n_minus = symbols("n_plus n_minus")
KHAT, RHAT, SIGMA_1, SIGMA_2 = (Vector3(name) for name in ("khat", "rhat", "sigma_1", "sigma_2"))
AXIAL, VECTOR = G_F**2 * g_A1 * g_A2 / sp.pi, G_F**2 * g_A1 * g_V2 / sp.pi
BEAM = {
    "beam_spin_spin": (Dot3(SIGMA_1, SIGMA_2), AXIAL, "sigma_1.sigma_2"),
    "beam_spin_along_both": (Dot3(KHAT, SIGMA_1) * Dot3(RHAT, SIGMA_2), AXIAL, "(khat.sigma_1)(rhat.sigma_2)"),
    "beam_spin_product_khat": (Triple3(KHAT, SIGMA_1, SIGMA_2), AXIAL, "khat.(sigma_1 x sigma_2)"),
    "beam_spin_product_rhat": (Triple3(RHAT, SIGMA_1, SIGMA_2), AXIAL, "rhat.(sigma_1 x sigma_2)"),
    "beam_spin_khat": (Dot3(KHAT, SIGMA_1), VECTOR, "khat.sigma_1"),
    "beam_spin_rhat": (Dot3(RHAT, SIGMA_1), VECTOR, "rhat.sigma_1"),
    "beam_spin_across": (Triple3(KHAT, RHAT, SIGMA_1), VECTOR, "sigma_1.(khat x rhat)"),
}
SHELL = {
    "momentum_shell_spin_spin": (Dot3(SIGMA_1, SIGMA_2), "sigma_1.sigma_2"),
    "momentum_shell_tensor": (Dot3(RHAT, SIGMA_1) * Dot3(RHAT, SIGMA_2), "(rhat.sigma_1)(rhat.sigma_2)"),
    "momentum_shell_product": (Triple3(RHAT, SIGMA_1, SIGMA_2), "rhat.(sigma_1 x sigma_2)"),
}

d = Derivation("spin_numbers", "The spin-dependent force in a background, as numbers", cites=["Tangarife"])


def _coefficient(expr, structure):
    """What multiplies a structure of spins and directions alone, not as a factor of a larger one."""
    terms = sp.Add.make_args(sp.expand(expr).coeff(structure))
    return sp.Add(*(t for t in terms if not t.has(Vector3)))


@d.step(
    r"v(\mathbf{k},\mathbf{r})",
    check.brute_force(_two_component("symmetric"), "two-component spinors and Pauli's matrices", digits=25, of=_placed),
)
def force():
    r"""The symmetric response of one momentum, in the invariants of both spins and both directions."""
    return spin_force("symmetric")


def _in_beam(structure):
    """The part of the force that multiplies a structure, of neutrinos alone with the density Phi_0."""

    def of(force):
        return _coefficient(force, structure).xreplace({n_plus: Phi_0, n_minus: sp.Integer(0), k: E_nu})

    return of


def _half_angle_step(name, structure, coupling, words):
    of = _in_beam(structure)

    def same(V, force):
        return sp.expand_trig(sp.expand(V.xreplace({s: (1 - c) / 2}) - of(force)))

    def step(force):
        return in_half_angle(in_half_angles(of(force)), -coupling * Phi_0 * E_nu / r)

    step.__name__ = name
    step.__doc__ = f"What multiplies {words} in a collimated flux of neutrinos, by half angles."
    d.step(r"V(r,\alpha)", check.residual(same, "the same with s = (1 - c)/2"), check.dimension(1))(step)


for _name, (_structure, _coupling, _words) in BEAM.items():
    _half_angle_step(_name, _structure, _coupling, _words)


@d.step(
    r"\langle v\rangle",
    check.brute_force(_quadrature, "the average over all directions by quadrature", digits=15, of=_placed, points=1),
)
def averaged():
    r"""One momentum from all directions."""
    return isotropic_spin_force("symmetric")


def _spherical_step(name, structure, words):
    def of(averaged):
        return _coefficient(averaged, structure).xreplace({n_plus: n_nu, n_minus: sp.Integer(0)})

    def same(V, averaged):
        return sp.expand_func(V) - of(averaged)

    def step(averaged):
        return in_spherical(of(averaged), 2 * k * r)

    step.__name__ = name
    step.__doc__ = f"What multiplies {words}, of neutrinos with the density $n_\\nu$."
    d.step(r"V_k(r)", check.residual(same, "the same"), check.dimension(1))(step)


for _name, (_structure, _words) in SHELL.items():
    _spherical_step(_name, _structure, _words)

KERNELS = (*BEAM, *SHELL)
RANGES = {
    r: (1e-6, 1e40),
    E_nu: (1e-20, 1e6),
    k: (1e-20, 1e6),
    s: (1e-60, 1.0),
    Phi_0: (1e-80, 1e10),
    n_nu: (1e-80, 1e10),
    G_F: (1e-30, 1.0),
    g_V2: (1e-12, 1e6),
    g_A1: (1e-12, 1e6),
    g_A2: (1e-12, 1e6),
}
ONE = "Of neutrinos. Antineutrinos of the same physical momentum change the sign of what holds a cross product."


def kernels(results):
    """One kernel for each structure: with sigma the vector of Pauli's matrices it multiplies the title's invariant."""
    waves = {name: coupling * Phi_0 * E_nu / r * (1 + 1 / (E_nu * r)) for name, (_, coupling, _) in BEAM.items()}
    size = AXIAL * n_nu * k / r
    waves |= dict.fromkeys(SHELL, size / (1 + k * r)) | {"momentum_shell_product": AXIAL * n_nu / r**2}
    words = {name: entry[-1] for name, entry in (BEAM | SHELL).items()}
    return tuple(
        Kernel(
            name,
            f"What multiplies {words[name]} in the force in {'a collimated flux' if name in BEAM else 'one momentum'} of "
            "massless neutrinos",
            results[name],
            tuple(Argument(symbol, *limits) for symbol, limits in RANGES.items() if symbol in results[name].free_symbols),
            d.name,
            name,
            constraints=(Constraint((E_nu if name in BEAM else k) * r, 1e-6, 1e24),),
            cites=tuple(d.cites),
            notes=(ONE,),
            envelope=sp.factor(envelope),
        )
        for name, envelope in waves.items()
    )
