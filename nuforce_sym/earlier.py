"""Results of one derivation as the starting point of another."""

from __future__ import annotations

from nuforce_sym.derivation import Derivation, Step
from nuforce_sym.errors import InputError, suggestion
from nuforce_sym.store import Value


def result_of(derivation: Derivation, name: str) -> Value:
    """Return the value of a step, made from the steps that it needs; their checks are run by their own derivation.

    Raises:
        InputError: there is no such step.
    """
    steps = {step.name: step for step in derivation.steps}
    if name not in steps:
        raise InputError(f"{derivation.name!r} has no step {name!r}{suggestion(name, steps)}")
    done: dict[str, Value] = {}

    def value(step: Step) -> Value:
        if step.name not in done:
            done[step.name] = step.make(*(value(steps[need]) for need in step.needs))
        return done[step.name]

    return value(steps[name])
