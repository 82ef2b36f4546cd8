"""A derivation: an ordered set of named steps, each an equation with its reason and its checks.

A step is a pure function whose parameters are earlier steps; its docstring is the paper's sentence and its return
value the right-hand side of the equation. Values are SymPy expressions or the frozen boxes of the engine.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nuforce_sym import store
from nuforce_sym.check import Check, Evidence
from nuforce_sym.errors import CheckFailed, InputError, suggestion
from nuforce_sym.symbols import check_name

Make = Callable[..., store.Value]


@dataclass(frozen=True)
class Step:
    """One equation of a derivation.

    ``lhs`` is the LaTeX of the left-hand side, ``why`` the sentence that justifies the step, ``make`` the pure
    function that derives it from the earlier steps named in ``needs``, ``checks`` the independent routes.
    """

    name: str
    lhs: str
    why: str
    make: Make
    needs: tuple[str, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Result:
    """What a step gave: its value, and the evidence that each of its checks returned."""

    step: Step
    value: store.Value
    evidence: tuple[Evidence, ...]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the stored value; it changes when the physics does."""
        return store.fingerprint(self.value)


@dataclass(frozen=True)
class Derivation:
    """A named, cited sequence of steps that starts from an interaction.

    Args:
        name: as used on the command line and in ``derivations/``.
        title: one line.
        cites: keys of ``data/references.bib``.
    """

    name: str
    title: str
    cites: Sequence[str] = ()
    _steps: dict[str, Step] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order."""
        return tuple(self._steps.values())

    def step(
        self, lhs: str, *checks: Check, name: str | None = None, why: str | None = None, needs: Sequence[str] | None = None
    ) -> Callable[[Make], Make]:
        """Add the decorated function as the next step.

        A function that serves several steps of a family gives each its ``name``, its sentence ``why``, and in ``needs`` the
        earlier steps that it takes, in order; else they are the function's name, docstring and parameters.

        Raises:
            InputError: the function has no docstring, no check, a name already taken, or a parameter that no earlier
                step derives.
        """

        def add(make: Make) -> Make:
            called = check_name(name or make.__name__)
            where = f"step {called!r} of {self.name!r}"
            sentence = why or make.__doc__
            taken = tuple(inspect.signature(make).parameters if needs is None else needs)
            for need in taken:
                if need not in self._steps:
                    raise InputError(f"{where} needs {need!r}, which no earlier step derives{suggestion(need, self._steps)}")
            for check in checks:
                for need in check.needs:
                    if need not in self._steps:
                        raise InputError(f"a check of {where} needs {need!r}, which no earlier step derives")
            if called in self._steps:
                raise InputError(f"{where} is defined twice: give one of them another name")
            if not sentence:
                raise InputError(f"{where} has no docstring: write the sentence that justifies it")
            if not checks:
                raise InputError(f"{where} has no check: give at least one by a route that the step does not use")
            self._steps[called] = Step(called, lhs, inspect.cleandoc(sentence), make, taken, checks)
            return make

        return add

    def derive(self, *, upto: str | None = None, cache: store.Cache | None = None) -> dict[str, Result]:
        """Derive and check every step in order (or up to and including ``upto``); return the results by name.

        With a ``cache`` the value and evidence of a step are taken from it where the step, its inputs and the engine
        are unchanged.

        Raises:
            CheckFailed: a check disagrees; the message names the derivation and the step, and shows both sides.
            InputError: ``upto`` names no step.
        """
        return {result.step.name: result for result in self.iterate(upto=upto, cache=cache)}

    def iterate(self, *, upto: str | None = None, cache: store.Cache | None = None) -> Iterator[Result]:
        """Yield the results of `derive` one by one, as they are derived; its errors are those of `derive`."""
        if upto is not None and upto not in self._steps:
            raise InputError(f"{self.name!r} has no step {upto!r}{suggestion(upto, self._steps)}")
        done: dict[str, Result] = {}
        for step in self._steps.values():
            result = self._cached(step, done, cache) if cache else self._run(step, done)
            done[step.name] = result
            yield result
            if step.name == upto:
                return

    def _run(self, step: Step, done: Mapping[str, Result]) -> Result:
        value = step.make(*(done[need].value for need in step.needs))
        store.dump(value)  # every value of a derivation can be stored; find out here and not when it is cached
        evidence = []
        for check in step.checks:
            try:
                evidence.append(check.run(value, {name: result.value for name, result in done.items()}))
            except CheckFailed as failure:
                raise CheckFailed(f"{self.name}, step {step.name!r}, check {check.kind}: {failure}") from None
        return Result(step, value, tuple(evidence))

    def _cached(self, step: Step, done: Mapping[str, Result], cache: store.Cache) -> Result:
        inputs = [self.name, step.name, *(done[need].fingerprint for need in step.needs)]
        inputs += [done[need].fingerprint for check in step.checks for need in check.needs]
        stored = cache.get(inputs)
        if stored is not None:
            return Result(step, stored.value, stored.evidence)
        result = self._run(step, done)
        cache.put(inputs, store.Entry(result.value, result.evidence))
        return result
