"""Quantities with units, in several spellings, true and with one mistake, for tests of the comparison."""

from __future__ import annotations

import random

FAMILIES = {
    "energy": {"meV": -3, "eV": 0, "keV": 3, "MeV": 6, "GeV": 9, "TeV": 12},
    "length": {"fm": -15, "pm": -12, "nm": -9, r"\mu m": -6, "mm": -3, "cm": -2, "m": 0, "km": 3},
    "time": {"ns": -9, r"\mu s": -6, "ms": -3, "s": 0},
    "frequency": {"Hz": 0, "kHz": 3, "MHz": 6, "GHz": 9, "THz": 12},
    "area": {"fb": -15, "pb": -12, "nb": -9, "mb": -3, "b": 0},
}


def quantity(rng: random.Random) -> tuple[str, str, str]:
    """Return a quantity, the same one in another unit, and a different one."""
    one, other = rng.choice(sorted(FAMILIES)), rng.choice(sorted(FAMILIES))
    power, second = rng.choice((1, 2, -1, -3)), rng.choice((1, -1, -2))
    number = rng.choice((1, 2, 5, 37, 250))
    first = [_pick(one, rng) for _ in range(2)]
    rest = [_pick(other, rng) for _ in range(2)]
    texts = [_spelled(a, power, b, second, rng) for a, b in zip(first, rest, strict=True)]
    shift = power * (first[0][1] - first[1][1]) + second * (rest[0][1] - rest[1][1])
    given = rf"{number}\,{texts[0]}"
    same = rf"{number} \cdot 10^{{{shift}}}\,{texts[1]}"
    wrong = rf"{number} \cdot 10^{{{shift + rng.choice((-1, 1, 3))}}}\,{texts[1]}"
    return given, same, wrong


def _pick(family: str, rng: random.Random) -> tuple[str, int]:
    return rng.choice(sorted(FAMILIES[family].items()))


def _spelled(a: tuple[str, int], power: int, b: tuple[str, int], second: int, rng: random.Random) -> str:
    def one(name: str, n: int, inside: bool) -> str:
        exponent = "" if n == 1 else f"^{{{n}}}"
        return f"{name}{exponent}" if inside else rf"\mathrm{{{name}}}{exponent}"

    style = rng.randrange(3)
    if style == 0:
        return rf"\mathrm{{{one(a[0], power, True)}\,{one(b[0], second, True)}}}"
    if style == 1 and second < 0:
        return rf"\mathrm{{{one(a[0], power, True)}/{one(b[0], -second, True)}}}"
    return one(a[0], power, False) + r"\," + one(b[0], second, False)
