"""Wrong requests end in a refusal that says why: never in another library's error, a hang or a wrong number."""

from __future__ import annotations

from importlib.resources import files as resources

import mpmath as mp
import pytest
import sympy as sp

from nuforce_sym import check, tree, units
from nuforce_sym.amplitude import flavour, loop
from nuforce_sym.amplitude.exchange import exchange
from nuforce_sym.amplitude.feynman import static_bubble
from nuforce_sym.amplitude.interaction import Bilinear, Field, Interaction, Term, mediator_interaction, yukawa_interaction
from nuforce_sym.amplitude.medium import cross_terms
from nuforce_sym.amplitude.pair import PairOperator, pair_interaction
from nuforce_sym.atom import bethe, confrontation, optics, quadrature, system, table
from nuforce_sym.atom.level_table import level_table
from nuforce_sym.atom.matrix_element import matrix_element
from nuforce_sym.atom.state import State, states
from nuforce_sym.errors import CheckFailed, InputError, NotDerivable
from nuforce_sym.kernel import kernel_of
from nuforce_sym.lorentz import Component
from nuforce_sym.medium import averages, compare, fluxes, half_angle, mediator, spectra, spheres
from nuforce_sym.medium.background import Cone, background
from nuforce_sym.medium.distributions import Beam, Degenerate, FermiDirac
from nuforce_sym.paper.compare import compare as compare_formulas
from nuforce_sym.paper.compare_budget import OutOfBudget, within
from nuforce_sym.paper.plots import plot_potential
from nuforce_sym.paper.texread import read_latex
from nuforce_sym.potential import bodies, cases, dispersion, fourier, gravity, logarithm
from nuforce_sym.potential.between import potential_between
from nuforce_sym.potential.nonrel import at_rest
from nuforce_sym.potential.spectral import SpectralDensity
from nuforce_sym.scan import Axis, exported, scan
from nuforce_sym.special import PairK1
from nuforce_sym.symbols import symbols

G_F, m_1, m_2, m_nu, m_chi, m_phi, g_S1, g_S2, g_V1, g_V2, q, r, t, x, mu, mu_1, mu_2, m_e = symbols(
    "G_F m_1 m_2 m_nu m_chi m_phi g_S1 g_S2 g_V1 g_V2 q r t x mu mu_1 mu_2 m_e"
)
HALF, ONE, ZERO = sp.Rational(1, 2), sp.Integer(1), sp.Integer(0)
PSI_1, PSI_2 = Field("psi_1", r"\psi_1", HALF, m_1), Field("psi_2", r"\psi_2", HALF, m_2)
PHI, CHI = Field("phi", r"\phi", ZERO, m_phi), Field("chi", r"\chi", HALF, m_chi)
PHOTON = Field("A", "A", ONE, ZERO, self_conjugate=True)
NAN = float("nan")
SCALAR = Bilinear(CHI, (("S", ONE),))
TENSOR = PairOperator(CHI, (("T", ONE),))
MAJORANA = Bilinear(Field("nu", r"\nu", HALF, m_nu, self_conjugate=True), (("V", ONE),))
DIPOLES = mediator_interaction(PHOTON, (PSI_1, "M", mu_1), (PSI_2, "M", mu_2))
NEUTRON = bodies.particle("n", sin2_theta_W="sin2_theta_W(MSbar, m_Z)")
PAIR = G_F**2 * g_V1 * g_V2 * m_nu**3 * sp.besselk(3, 2 * m_nu * r) / (4 * sp.pi**3 * r**2)
ELEMENT = matrix_element("4D5/2, F=3", "sigma_p.p r^-5", "4F5/2, F=3")
KELVIN = (1.9, "K")
E_nu = symbols("E_nu")[0]
LINE = Beam(spectra.Line(E_nu), density=1)
BETA = SpectralDensity(sp.sqrt(1 - 4 * m_1**2 / t), t, 4 * m_1**2)

REFUSED = {
    "complex sin^2": (lambda: flavour.angle(sp.I), "between 0 and 1"),
    "sin^2 that is no number": (lambda: flavour.angle(NAN), "between 0 and 1"),
    "mixing matrix of NaN": (lambda: flavour.unitary([[NAN] * 3] * 3), "no finite number"),
    "mixing matrix that is a number": (lambda: flavour.unitary(3), "square matrix"),
    "charges of NaN": (lambda: flavour.charge_product([[NAN]], [[1]]), "no finite number"),
    "imaginary mass": (lambda: Field("x", "x", ZERO, sp.I), "zero or positive"),
    "coupling as text": (lambda: yukawa_interaction(PHI, (PSI_1, "g"), (PSI_2, 1)), "text is never evaluated"),
    "exchange of a fermion": (lambda: Term(ONE, (Bilinear(PSI_1, (("S", ONE),)),), CHI), "a boson is exchanged"),
    "loop of a scalar bilinear": (lambda: loop.loop_trace(SCALAR, SCALAR), "PairOperator"),
    "vector current of a Majorana field": (
        lambda: cross_terms(G_F, G_F, MAJORANA, MAJORANA),
        "vector current of .nu. vanishes",
    ),
    "structure given twice": (
        lambda: pair_interaction(TENSOR, (PSI_1, "T", ONE), (PSI_1, "T", ONE), (PSI_2, "T", ONE)),
        "given twice",
    ),
    "complex mixing angle": (lambda: bodies.particle("n", sin2_theta_W=sp.I), "between 0 and 1"),
    "neutrino mass in nm": (lambda: bodies.between(NEUTRON, NEUTRON, PAIR, (1, 1, 1), "nm"), "no unit of mass"),
    "complex mass": (lambda: gravity.equals_gravity(1 / r**5, sp.I, ONE), "positive numbers"),
    "range for NaN": (lambda: gravity.range_of_pair(NAN, 0.1), "be finite"),
    "range for infinity": (lambda: gravity.range_of_pair(float("inf"), 0.1), "be finite"),
    "complex threshold": (lambda: gravity.interaction_range(sp.I), "squared mass of a state"),
    "negative number of derivatives": (lambda: dispersion.derivative_integral(BETA, q**2, -1), "0, 1, 2"),
    "broken power of r": (lambda: logarithm.laplace_moment(1 / (q**2 + m_phi**2), q, m_e, power=1.5), "1, 2, ..."),
    "unit beyond double precision": (lambda: units.parse("m^99"), "beyond the range"),
    "unit that underflows": (lambda: units.parse("m^-99"), "beyond the range"),
    "unit that ends with a slash": (lambda: units.parse("eV/"), "ends with a slash"),
    "unit with two slashes": (lambda: units.parse("keV//m"), "two slashes"),
    "negative number of digits": (lambda: ELEMENT.numeric({"a_0": 1}, digits=-20), "digits can be asked for"),
    "negative Bohr radius": (lambda: ELEMENT.numeric({"a_0": -1}), "must be positive"),
    "imaginary Bohr radius": (lambda: ELEMENT.numeric({"a_0": sp.I}), "no finite number"),
    "half a principal quantum number": (lambda: State(4.5, 3, 5 * HALF), "are integers"),
    "half a range of n": (lambda: list(states(2.5, 4)), "a range of n"),
    "half a shell": (lambda: level_table(2.5), "from 1 to 30"),
    "half a nucleus": (lambda: system.ion(6.0, 12.0), "no nucleus"),
    "superscripts for numbers": (lambda: system.atom_named("Z=\N{SUPERSCRIPT TWO} A=4"), "no atom"),
    "Bethe logarithm of no state": (lambda: bethe.bethe_logarithm(2, 5), "no bound state"),
    "table for a negative mass": (lambda: table.table("sigma_p.p dirac", 4, 4, values={"m_nu": -1}), "must be positive"),
    "quoted number that is none": (lambda: confrontation.confront(NAN), "finite number other than 0"),
    "rotation by NaN": (lambda: optics.rotation_angle(NAN, refractivity=1, length=1, wavelength=1), "finite numbers"),
    "angle with two points": (lambda: half_angle.angle("1..2 rad"), "a number and a unit"),
    "distance that underflows": (lambda: fluxes.reactor(distance="1e-200 m"), "positive number"),
    "chemical potential NaN": (lambda: FermiDirac(KELVIN, NAN), "must be a finite number"),
    "imaginary pinching": (lambda: spectra.Pinched(sp.I, 1), "must be above -1"),
    "cone without width": (lambda: background(LINE, spread=Cone(0)).potential(), "half-angle 0"),
    "direction of NaN": (lambda: averages.unit_vector((NAN, 0, 0), "the beam"), "real components"),
    "complex direction": (lambda: averages.unit_vector((sp.I, 0, sp.sqrt(2)), "the beam"), "real components"),
    "beam below its mass": (
        lambda: background(LINE, mass=m_nu, angle=0, charges=[(1, 1)]).number(1.0, m_nu=2.0, E_nu=1.0),
        "not above the mass",
    ),
    "ends in the wrong order": (lambda: compare.crossing(lambda at: at, -1, 10), "the smaller first"),
    "no digits of a mediated force": (lambda: mediator.mediated_shell(1, energy=1, mediator=1, digits=0), "one digit"),
    "no digits of two spheres": (lambda: spheres.sphere_suppression(1, digits=0), "one digit"),
    "kernel of a number": (lambda: kernel_of(sp.Integer(3), "three", "Three"), "has arguments"),
    "massive degenerate gas far away": (
        lambda: background(Degenerate((5, "eV")), mass=(1, "eV"), charges=[(1, 1)]).number((1, "m")),
        "oscillates",
    ),
    "limit at 1": (lambda: check.limit(r, ONE, ONE), "shift the variable"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_wrong_request_is_refused_with_the_reason(name):
    make, reason = REFUSED[name]
    with pytest.raises(InputError, match=reason):
        make()


def test_poles_without_a_closed_form_are_not_left_out():
    with pytest.raises(NotDerivable, match="closed form"):
        fourier.singularities(1 / (t**5 - t - 1), t)
    assert fourier.singularities(1 / (t * (t - m_phi**2) ** 2), t) == {ZERO: 1, m_phi**2: 2}


def test_dipoles_have_no_static_limit_without_spin():
    with pytest.raises(NotDerivable, match="spin_amplitude"):
        at_rest(exchange(DIPOLES, PSI_1, PSI_2, t))


def test_loop_momentum_to_the_fourth_has_no_rule():
    numerator = Component(loop.K, loop.MU) ** 2 * Component(loop.K, loop.NU) ** 2
    with pytest.raises(NotDerivable, match="power"):
        static_bubble(numerator, m_1, m_2, q, x, mu)


def test_plain_numbers_are_couplings_and_masses():
    interaction = yukawa_interaction(Field("phi", r"\phi", ZERO, 0), (PSI_1, 1), (PSI_2, 2))
    assert interaction == Interaction(
        tuple(
            Term(-sp.Integer(g), (Bilinear(f, (("S", ONE),)),), Field("phi", r"\phi", ZERO, ZERO))
            for f, g in ((PSI_1, 1), (PSI_2, 2))
        )
    )
    assert pair_interaction(PairOperator(CHI, (("S", 1),)), (PSI_1, "S", 1)).couplings == ((PSI_1, "S", ONE),)


def test_a_value_of_zero_has_no_sign():
    for positive in (True, False):
        with pytest.raises(CheckFailed):
            check.sign(positive, "nothing").run(ZERO, {})
    with pytest.raises(CheckFailed):
        check.sign(False, "nothing").run(sp.I * r, {})


def test_a_rate_may_be_half_an_integer():
    value = 1 + sp.sqrt(r)
    assert check.limit(r, ZERO, ONE, rate=HALF).run(value, {}).strength == "measured"
    with pytest.raises(CheckFailed, match="rate"):
        check.limit(r, ZERO, ONE, rate=1).run(value, {})


def test_complex_exponents_are_stored_and_read_back():
    power = sp.Pow(x, sp.I)
    assert tree.load(tree.dump(power)) == power


def test_a_flux_may_be_written_with_a_star():
    assert fluxes.beam("solar_pp", flux="6e10 cm^-2*s^-1") == fluxes.beam("solar_pp", flux="6e10 cm^-2 s^-1")


def test_a_quadrature_that_gives_no_number_is_refused():
    with pytest.raises(NotDerivable, match="settled"):
        quadrature.quadrature_functional((2, 1), (2, 0), lambda _: NAN)


def _broken():
    raise TypeError("a fault")


def test_an_error_within_a_decision_is_named_and_not_taken_for_a_lack_of_memory():
    with pytest.raises(OutOfBudget, match="TypeError: a fault"):
        within(_broken, seconds=5, megabytes=500)


def test_the_average_over_directions_does_not_depend_on_the_response():
    from nuforce_sym.medium.isotropic import direction_average
    from nuforce_sym.medium.neutrino import momentum_force

    symmetric, retarded = (direction_average(momentum_force("dirac", ZERO, response)) for response in ("symmetric", "retarded"))
    assert sp.expand(symmetric - retarded) == 0


def test_a_scan_through_zero_stays_in_the_proved_ranges_between_its_ends(tmp_path):
    ends = {"r": 1e15, "G_F": 1.1663787e-5, "g_V2": 1.0}
    with pytest.raises(InputError, match="lies outside"):
        scan("two_neutrino", [Axis("g_V1", -3e-12, 1e-12, 4, "lin")], ends, folder=tmp_path)
    with pytest.raises(InputError, match="at most"):
        scan("two_neutrino", [Axis("g_V1", 1.0, 2.0, 10**12)], ends, folder=tmp_path)
    assert scan("two_neutrino", [Axis("g_V1", -1.0, 1.0, 3, "lin")], ends, folder=tmp_path).values[1] == 0


@pytest.mark.parametrize("text", ["0^{-1}", r"\infty-\infty", r"r + \frac{\infty}{\infty}"])
def test_a_formula_without_a_value_is_not_read(text):
    with pytest.raises(InputError, match="no value"):
        read_latex(text)


def test_zero_has_every_dimension():
    found = compare_formulas(G_F**2 * g_V1 * g_V2 / r**5, "0")
    assert found.verdict in ("a term differs", "different")


@pytest.mark.parametrize("wrong", [{"distances": (0, 1)}, {"distances": (2, 1)}, {"points": 0}, {"values": {"m_phi": -1.0}}])
def test_a_plot_of_nothing_is_refused(wrong, tmp_path):
    V = potential_between(cases.tree(0, ["S"], ["S"]), cases.PSI_1, cases.PSI_2)
    values = {"m_phi": 1e-10, "g_S1": 1.0, "g_S2": 1.0, **wrong.pop("values", {})}
    with pytest.raises(InputError, match="positive"):
        plot_potential(V, tmp_path / "plot.png", values, **wrong)


def test_the_force_of_two_masses_by_differences_is_that_of_the_closed_form():
    r"""\mathcal K_1(mr,mr) = \pi K_1(2mr)/(2mr), by Basset's integral, so that -dV/dr = \pi K_2(2mr)/r."""
    slope = gravity._function(PairK1(r, r), "force")(mp.mpf(2))
    assert slope == pytest.approx(float(mp.pi * mp.besselk(2, 4) / 2), rel=1e-9, abs=0)


def test_a_chemical_potential_may_have_a_unit_and_either_sign():
    above, below = (FermiDirac(KELVIN, (sign * 0.1, "eV")).mu for sign in (1, -1))
    assert below == -above
    assert float(above) == pytest.approx(1e-10, rel=1e-12)
    assert FermiDirac(KELVIN, (0, "eV")).mu == 0
    with pytest.raises(InputError, match="energy"):
        FermiDirac(KELVIN, (0.1, "m"))


def test_a_kernel_that_was_changed_by_hand_is_not_used(tmp_path, monkeypatch):
    for suffix in (".py", ".json"):
        whole = resources("nuforce_sym.generated").joinpath(f"two_neutrino{suffix}").read_text(encoding="utf-8")
        (tmp_path / f"two_neutrino{suffix}").write_text(whole.replace("/(4*power(pi, 3)", "/(8*power(pi, 3)"), encoding="utf-8")
    monkeypatch.setattr("nuforce_sym.scan.resources", lambda _: tmp_path)
    with pytest.raises(InputError, match="certificate"):
        exported("two_neutrino")
