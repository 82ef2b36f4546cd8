r"""The interaction: a Lagrangian as a sum of terms, each a coupling times field bilinears and mediators.

\mathcal{L} \ni -g\,\phi\,\bar\psi\psi,  \qquad  -\frac{G_F}{\sqrt2}
[\bar\psi\gamma_\mu(g_V-g_A\gamma_5)\psi][\bar\nu\gamma^\mu(1-\gamma_5)\nu]
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from nuforce_sym import dimension
from nuforce_sym.errors import InputError
from nuforce_sym.expression import as_expr
from nuforce_sym.symbols import check_name, energy_powers

STRUCTURES = ("S", "P", "V", "A", "M", "E")
r"""Dirac structures of a bilinear: 1, i\gamma_5, \gamma^\mu, \gamma^\mu\gamma_5, and the dipoles
\tfrac12\sigma^{\mu\nu}F_{\mu\nu} (M) and \tfrac12\sigma^{\mu\nu}i\gamma_5F_{\mu\nu} (E) of a vector mediator with field
strength F: between p and p' they become i\sigma^{\mu\nu}q_\nu and i\sigma^{\mu\nu}i\gamma_5q_\nu, with q = p' - p.
"""
VECTORS = ("V", "A", "M", "E")
DIPOLES = ("M", "E")


@dataclass(frozen=True)
class Field:
    """A field: name, LaTeX, spin (0, 1/2 or 1), mass, and whether it is its own antiparticle."""

    name: str
    latex: str
    spin: sp.Rational
    mass: sp.Expr
    self_conjugate: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        if self.spin not in (0, sp.Rational(1, 2), 1):
            raise InputError(f"the field {self.name!r} has spin {self.spin}; fields of spin 0, 1/2 and 1 are known")
        object.__setattr__(self, "mass", as_expr(self.mass))
        if self.mass.is_negative:
            raise InputError(f"the field {self.name!r} has the negative mass {self.mass}: a mass is zero or positive")
        if self.mass.is_number and not self.mass.is_nonnegative:
            raise InputError(f"the field {self.name!r} has the mass {self.mass}: a mass is a number, zero or positive")

    @property
    def energy(self) -> sp.Rational:
        """The field's own power of energy: 1 for bosons, 3/2 for fermions."""
        return sp.Rational(3, 2) if self.spin == sp.Rational(1, 2) else sp.Integer(1)


@dataclass(frozen=True)
class Bilinear:
    r"""\bar\psi\,\Gamma\,\psi with \Gamma = \sum (coefficient) x (structure of `STRUCTURES`).

    The chiral current \gamma^\mu(v - a\gamma_5) is ``(("V", v), ("A", -as_expr(a)))``.
    """

    field: Field
    structure: tuple[tuple[str, sp.Expr], ...]

    def __post_init__(self) -> None:
        if self.field.spin != sp.Rational(1, 2):
            raise InputError(f"a bilinear needs a fermion; {self.field.name!r} has spin {self.field.spin}")
        object.__setattr__(self, "structure", tuple((tag, as_expr(c)) for tag, c in self.structure))
        tags = [tag for tag, _ in self.structure]
        if not tags or len(set(tags)) != len(tags) or not set(tags) <= set(STRUCTURES):
            raise InputError(f"the structure {tags} must name each of {', '.join(STRUCTURES)} at most once")
        if {"S", "P"} & set(tags) and set(VECTORS) & set(tags):
            raise InputError(f"the structure {tags} mixes a Lorentz scalar with a Lorentz vector")

    @property
    def is_vector(self) -> bool:
        """Whether the bilinear carries a Lorentz index."""
        return self.structure[0][0] in VECTORS

    @property
    def has_dipole(self) -> bool:
        """Whether the bilinear couples to the field strength."""
        return any(tag in DIPOLES for tag, _ in self.structure)

    def coefficient(self, tag: str) -> sp.Expr:
        """Return the coefficient of a structure, 0 where it is absent."""
        return dict(self.structure).get(tag, sp.Integer(0))


@dataclass(frozen=True)
class Term:
    """One Lagrangian term: ``coupling`` (its sign included) times bilinears, times at most one mediator field."""

    coupling: sp.Expr
    bilinears: tuple[Bilinear, ...]
    mediator: Field | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "coupling", as_expr(self.coupling))
        if not self.bilinears or len(self.bilinears) > 2:
            raise InputError(f"a term has one or two bilinears, not {len(self.bilinears)}")
        if self.mediator is not None and len(self.bilinears) != 1:
            raise InputError("a term with a mediator has exactly one bilinear")
        if self.mediator is not None and self.mediator.spin not in (0, 1):
            raise InputError(f"the mediator {self.mediator.name!r} has spin {self.mediator.spin}: a boson is exchanged")
        if self.mediator is None and any(b.has_dipole for b in self.bilinears):
            raise InputError("the dipoles M and E couple to the field strength of a vector: the term needs a mediator")
        if any(b.has_dipole and len(b.structure) > 1 for b in self.bilinears):
            raise InputError("a dipole has another dimension than its neighbours: give it a term of its own")
        vectors = [b.is_vector for b in self.bilinears]
        if self.mediator is not None:
            vectors.append(self.mediator.spin == 1)
        if len(set(vectors)) != 1:
            raise InputError("the Lorentz indices of a term must contract: a vector current needs a vector partner")
        if self.coupling.free_symbols and self.coupling.free_symbols <= energy_powers().keys():
            energy, wanted = dimension.power(self.coupling), 4 - self.field_energy
            if energy != wanted:
                raise InputError(
                    f"the coupling {self.coupling} carries energy^{energy}, but in front of these fields, which carry "
                    f"energy^{self.field_energy}, it must carry energy^{wanted}: a Lagrangian has energy^4"
                )

    @property
    def field_energy(self) -> sp.Rational:
        """The power of energy of the fields and of a field strength's derivative; the coupling carries the rest of energy^4."""
        fields = [b.field for b in self.bilinears for _ in range(2)] + ([self.mediator] if self.mediator else [])
        return sum((f.energy for f in fields), sp.Integer(sum(b.has_dipole for b in self.bilinears)))


@dataclass(frozen=True)
class Interaction:
    """A sum of Lagrangian terms."""

    terms: tuple[Term, ...]

    def of(self, fermion: Field) -> tuple[Term, ...]:
        """Return the terms in which ``fermion`` appears.

        Raises:
            InputError: there is none.
        """
        found = tuple(t for t in self.terms if any(b.field == fermion for b in t.bilinears))
        if not found:
            raise InputError(f"the interaction has no term with the field {fermion.name!r}")
        return found


def yukawa_interaction(scalar: Field, *fermions: tuple[Field, sp.Expr]) -> Interaction:
    r"""Return \mathcal{L} = -\sum_a g_a \phi\bar\psi_a\psi_a for (fermion, g_a) pairs."""
    return Interaction(tuple(Term(-as_expr(g), (Bilinear(f, (("S", sp.Integer(1)),)),), scalar) for f, g in fermions))


def vector_interaction(vector: Field, *fermions: tuple[Field, sp.Expr]) -> Interaction:
    r"""Return \mathcal{L} = -\sum_a g_a A_\mu\bar\psi_a\gamma^\mu\psi_a for (fermion, g_a) pairs."""
    return Interaction(tuple(Term(-as_expr(g), (Bilinear(f, (("V", sp.Integer(1)),)),), vector) for f, g in fermions))


def neutral_current(G_F: sp.Symbol, neutrino: Field, *fermions: tuple[Field, sp.Expr, sp.Expr]) -> Interaction:
    r"""Return -\frac{G_F}{\sqrt2}\sum_a[\bar\psi_a\gamma_\mu(g_V^a-g_A^a\gamma_5)\psi_a][\bar\nu\gamma^\mu(1-\gamma_5)\nu].

    ``fermions`` are (field, g_V, g_A) triples.
    """
    left = Bilinear(neutrino, (("V", sp.Integer(1)), ("A", sp.Integer(-1))))
    return Interaction(
        tuple(Term(-G_F / sp.sqrt(2), (Bilinear(f, (("V", v), ("A", -as_expr(a)))), left)) for f, v, a in fermions)
    )


def mediator_interaction(mediator: Field, *couplings: tuple[Field, str, sp.Expr]) -> Interaction:
    r"""Return \mathcal{L} = -\sum g\,\phi\,\bar\psi\Gamma\psi for (fermion, structure, g) triples.

    Structures are those of `STRUCTURES`; a vector's dipoles give -\tfrac g2\bar\psi\sigma^{\mu\nu}(i\gamma_5)\psi F_{\mu\nu},
    so that M with g = \mu is a magnetic moment and E with g = d an electric one, H = -\mu\,\sigma\cdot B - d\,\sigma\cdot E.

    Raises:
        InputError: a structure is unknown, or does not fit the mediator's spin.
    """
    return Interaction(tuple(Term(-as_expr(g), (Bilinear(f, ((tag, sp.Integer(1)),)),), mediator) for f, tag, g in couplings))
