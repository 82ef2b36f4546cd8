"""The order in which a word is multiplied out: an interval grown from the middle.

Growing an interval by one factor costs one multiplication per blade it carries, and every index that is open inside
the interval multiplies their number by about k + 2.  When the two neighbours of the interval carry the same index,
its contraction is diagonal and nearly free (step ``"B"``).  A dynamic program over all intervals of the word finds
the cheapest order; it depends on the pattern of indices only and is remembered.
"""

from __future__ import annotations

from functools import lru_cache

# (start, steps): steps is a string of L (grow to the left), R (to the right), B (both, one index)
Plan = tuple[int, str]


@lru_cache(maxsize=4096)
def plan(labels: tuple[int, ...], weights: tuple[int, ...], vectors: int, cyclic: bool) -> Plan:
    """Return the cheapest order.

    Args:
        labels: per factor, the number of its index or -1.
        weights: per factor, the number of terms it has.
        vectors: the number of independent momenta.
        cyclic: whether the word is a trace, so that an interval may run over its end.
    """
    n = len(labels)
    if all(label < 0 for label in labels):
        return 0, "R" * n
    base = vectors + 2.0

    def growth(start: int, length: int) -> float:
        seen = [labels[x % n] for x in range(start, start + length) if labels[x % n] >= 0]
        return float(base ** sum(seen.count(x) == 1 for x in set(seen)))

    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None, str]] = {}
    starts = range(n) if cyclic else range(n + 1)
    for s in starts:
        best[s, 0] = (0.0, None, "")
    sizes = {(s, ln): growth(s, ln) for s in starts for ln in range(n + 1) if cyclic or s + ln <= n}
    for ln in range(n):
        for s in starts:
            if (s, ln) not in best:
                continue
            cost = best[s, ln][0]
            here = sizes[s, ln]
            left_free, right_free = (cyclic or s > 0), (cyclic or s + ln < n)
            left, right = (s - 1) % n, (s + ln) % n
            moves: list[tuple[tuple[int, int], float, str]] = []
            if left_free and right_free and ln + 2 <= n and labels[left] >= 0 and labels[left] == labels[right]:
                moves.append((((s - 1) % n if cyclic else s - 1, ln + 2), 0.2 * here, "B"))
            if left_free:
                key = ((s - 1) % n if cyclic else s - 1, ln + 1)
                moves.append((key, (1 + ln) * max(1, weights[left]) * max(here, sizes[key]), "L"))
            if right_free:
                key = (s, ln + 1)
                moves.append((key, (1 + ln) * max(1, weights[right]) * max(here, sizes[key]), "R"))
            for key, extra, step in moves:
                old = best.get(key)
                if old is None or cost + extra < old[0]:
                    best[key] = (cost + extra, (s, ln), step)
    end = min((best[s, n][0], s) for s in starts if (s, n) in best)[1]
    key = (end, n)
    steps: list[str] = []
    while True:
        _, previous, step = best[key]
        if previous is None:
            return key[0], "".join(reversed(steps))
        steps.append(step)
        key = previous
