"""Transforms, limits, checks and derivations, against textbook results and quadrature."""

from __future__ import annotations

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym import Derivation, check
from nuforce_sym.amplitude.cut import two_body_phase_space
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term, yukawa_interaction
from nuforce_sym.amplitude.loop import charge_conjugation_sign
from nuforce_sym.equality import identical
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.potential.bessel import as_single_order
from nuforce_sym.potential.fourier import position_space
from nuforce_sym.potential.limits import massless_limit
from nuforce_sym.potential.spectral import SpectralDensity, potential_from_density
from nuforce_sym.symbols import symbols

r, q, t, m, M, z = symbols("r q t m_nu m_phi z")


@pytest.mark.parametrize(
    "amplitude",
    [
        1 / (q**2 + m**2),
        1 / q**2,
        1 / (q**2 + m**2) ** 2,
        1 / (q**2 + m**2) ** 3,
        1 / ((q**2 + m**2) * (q**2 + M**2)),
        M**4 / ((q**2 + m**2) * (q**2 + M**2) ** 2),
        q**2 / ((q**2 + m**2) * (q**2 + M**2)),
    ],
)
def test_transform_agrees_with_oscillating_quadrature(amplitude):
    point = {m: 1, M: 2, r: sp.Rational(3, 2)}
    function = sp.lambdify(q, amplitude.subs(point), "mpmath")
    with mp.workdps(30):
        x = mp.mpf(3) / 2
        want = mp.quadosc(lambda k: k * mp.sin(k * x) * function(k), [0, mp.inf], omega=x) / (2 * mp.pi**2 * x)
        assert abs(mp.mpf(str(position_space(amplitude, q, r).subs(point).evalf(30))) - want) < mp.mpf(10) ** -20


@pytest.mark.parametrize("amplitude", [q**2, 1 / q**4, q**2 / (q**2 + m**2), sp.log(q), 1 / (q**2 - m**2), 1 / (q + m)])
def test_amplitudes_without_a_transform_are_refused(amplitude):
    with pytest.raises(NotDerivable):
        position_space(amplitude, q, r)


BETA = sp.sqrt(1 - 4 * m**2 / t)


@pytest.mark.parametrize("density", [t * BETA, t * BETA**3, t**2 * BETA, BETA, (t + 2 * m**2) * BETA, t**2 * BETA**5])
def test_spectral_transform_agrees_with_quadrature(density):
    V = potential_from_density(SpectralDensity(density, t, 4 * m**2), r)
    point = {m: sp.Rational(7, 10), r: sp.Rational(3, 2)}
    with mp.workdps(30):
        f = sp.lambdify(t, (density * sp.exp(-sp.sqrt(t) * r) / (4 * sp.pi * r)).subs(point), "mpmath")
        start = 4 * mp.mpf(49) / 100
        want = mp.quad(f, [start, start + 1, start + 10, start + 100, start + 1000, mp.inf])
        assert abs(mp.mpf(str(V.subs(point).evalf(30))) / want - 1) < mp.mpf(10) ** -18


@pytest.mark.parametrize("density", [BETA / t, sp.log(t), t * sp.sqrt(1 - m**2 / t)])
def test_densities_without_a_closed_form_are_refused(density):
    with pytest.raises(NotDerivable):
        potential_from_density(SpectralDensity(density, t, 4 * m**2), r)


def test_bessel_functions_of_neighbouring_orders_combine_exactly():
    assert as_single_order(sp.besselk(1, z) + 4 / z * sp.besselk(2, z)) == sp.besselk(3, z)
    mixed = sp.besselk(0, z) + sp.besselk(1, z)
    assert as_single_order(mixed) == mixed


def test_a_logarithm_has_no_leading_power():
    with pytest.raises(NotDerivable, match="logarithmic"):
        massless_limit(sp.besselk(0, 2 * m * r), m)


def test_phase_space_of_unequal_masses_is_that_of_the_kallen_function():
    m_1, m_2 = symbols("m_1 m_2")
    kallen = t**2 + m_1**4 + m_2**4 - 2 * t * m_1**2 - 2 * t * m_2**2 - 2 * m_1**2 * m_2**2
    ratio = two_body_phase_space(t, m_1, m_2) ** 2 / (kallen / (8 * sp.pi * t) ** 2)
    assert sp.cancel(sp.expand(ratio)) == 1


def test_charge_conjugation_leaves_all_but_the_vector_unchanged():
    assert {tag: charge_conjugation_sign(tag) for tag in "SPVA"} == {"S": 1, "P": 1, "V": -1, "A": 1}


def test_two_degenerate_majorana_neutrinos_make_one_dirac_neutrino(derived):
    """A Dirac field is two Majorana fields with couplings a = ((1, i), (-i, 1))/2: V_D = V_M/2 + (off-diagonal part).

    The vector part of the current couples the pair (1, 2), the axial part the pairs (1, 1) and (2, 2); each half of the
    Dirac force: V_D = (V_vector + V_axial)/2, of which the Majorana force is the axial part.
    """
    G_F, g_1, g_2 = symbols("G_F g_V1 g_V2")
    dirac, majorana = (derived[f"two_neutrino_{kind}"].results["potential"].value for kind in ("dirac", "majorana"))
    vector_density = G_F**2 * g_1 * g_2 * (t + 2 * m**2) * BETA / (12 * sp.pi**2)
    vector = potential_from_density(SpectralDensity(vector_density, t, 4 * m**2), r)
    assert identical(2 * dirac, vector + majorana) == "proved"


def test_interactions_that_make_no_sense_are_refused():
    half = sp.Rational(1, 2)
    psi, phi = Field("psi", r"\psi", half, m), Field("phi", r"\phi", sp.Integer(0), M)
    one = sp.Integer(1)
    for make in (
        lambda: Field("psi", r"\psi", sp.Integer(2), m),
        lambda: Bilinear(phi, (("S", one),)),
        lambda: Bilinear(psi, (("S", one), ("V", one))),
        lambda: Bilinear(psi, (("X", one),)),
        lambda: Term(one, (Bilinear(psi, (("V", one),)),), phi),
        lambda: Term(one, (), None),
        lambda: yukawa_interaction(phi, (psi, one)).of(Field("chi", r"\chi", half, m)),
    ):
        with pytest.raises(InputError):
            make()


def test_an_interaction_of_the_wrong_dimension_is_refused_and_one_not_hermitian_fails_its_check():
    half = sp.Rational(1, 2)
    psi, phi = Field("psi", r"\psi", half, m), Field("phi", r"\phi", sp.Integer(0), M)
    with pytest.raises(InputError, match="must carry energy"):
        yukawa_interaction(phi, (psi, m))
    with pytest.raises(CheckFailed, match="hermitian"):
        check.lagrangian().run(yukawa_interaction(phi, (psi, sp.I * symbols("g_1")[0])), {})
    four_fermions = Term(sp.Integer(-1), (Bilinear(psi, (("S", sp.Integer(1)),)),) * 2)
    with pytest.raises(CheckFailed, match="energy"):
        check.lagrangian().run(Interaction((four_fermions,)), {})


V = sp.exp(-m * r) / r


@pytest.mark.parametrize(
    ("good", "bad", "value", "wrong"),
    [
        (check.equals(V), check.equals(2 * V), V, -V),
        (check.scales(r, -5), check.scales(r, -4), 1 / r**5, 1 / r**6),
        (check.dimension(1), check.dimension(2), V, V * r),
        (check.limit(m, sp.Integer(0), 1 / r, rate=1), check.limit(m, sp.Integer(0), 1 / r, rate=2), V, 2 * V),
        (check.symmetric({m: M}), check.symmetric({m: r}), m + M, m - M),
        (check.sign(True, "+"), check.sign(False, "-"), V, -V),
        (
            check.quadrature(sp.exp(-t * r), t, sp.Integer(0)),
            check.quadrature(2 * sp.exp(-t * r), t, sp.Integer(0)),
            1 / r,
            -1 / r,
        ),
        (
            check.residual(lambda v: sp.diff(v, r) + v / r, "dv/dr = -v/r"),
            check.residual(lambda v: sp.diff(v, r), "dv/dr = 0"),
            1 / r,
            r,
        ),
        (
            check.brute_force(lambda x: mp.exp(-x["m_nu"] * x["r"]) / x["r"], "the same by hand"),
            check.brute_force(lambda x: mp.exp(x["m_nu"] * x["r"]) / x["r"], "the wrong sign"),
            V,
            2 * V,
        ),
        (
            check.anchors([({m: 1, r: 1}, "0.36787944117144")], "1/e"),
            check.anchors([({m: 1, r: 1}, "0.36787944117146")], "not 1/e"),
            V,
            -V,
        ),
    ],
)
def test_each_check_passes_what_is_right_and_fails_what_is_wrong(good, bad, value, wrong):
    assert good.run(value, {}).statement
    with pytest.raises(CheckFailed):
        bad.run(value, {})
    with pytest.raises(CheckFailed):
        good.run(wrong, {})


def test_a_derivation_refuses_steps_that_break_its_rules():
    d = Derivation("d", "D")

    def step(docstring="why"):
        def first():
            return r

        first.__doc__ = docstring
        return first

    with pytest.raises(InputError, match="no check"):
        d.step("x")(step())
    with pytest.raises(InputError, match="no docstring"):
        d.step("x", check.dimension(-1))(step(None))
    d.step("x", check.dimension(-1))(step())
    with pytest.raises(InputError, match="twice"):
        d.step("x", check.dimension(-1))(step())

    def second(frist):
        """Why."""
        return frist

    with pytest.raises(InputError, match="did you mean 'first'"):
        d.step("y", check.dimension(-1))(second)
    with pytest.raises(InputError, match="no step"):
        d.derive(upto="third")
