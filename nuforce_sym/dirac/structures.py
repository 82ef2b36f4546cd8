r"""Products of vectors, metrics and Levi-Civita tensors with indices summed.

A slot is a string: ``"k"`` is a momentum, ``"^mu"`` an index.  A structure is ``("c", momentum, index)``,
``("g", index, index)`` or ``("e", a, b, c, d)``; a pair ``(p, q)`` of momenta is a scalar product.

Contracting two Levi-Civita tensors uses, with :math:`\varepsilon^{0123}=+1` and metric :math:`(+,-,-,-)`,

.. math:: \varepsilon^{a_1a_2a_3a_4}\varepsilon^{b_1b_2b_3b_4}=-\det g^{a_ib_j},

and for r shared indices the minor of order 4-r times :math:`\prod_{j=1}^{r}(D-4+j)`, which is r! in four dimensions
(Itzykson and Zuber, Quantum Field Theory, Appendix A-2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from nuforce_sym.errors import InputError
from nuforce_sym.lorentz import sort_sign

Structure = tuple[str, ...]
Pair = tuple[str, str]
# (integer, shifts j of factors (D-4+j), number of loops giving D, scalar products, structures)
Contracted = tuple[int, tuple[int, ...], tuple[Pair, ...], tuple[Structure, ...]]


def index_counts(structures: tuple[Structure, ...]) -> Counter[str]:
    """Count how often each index occurs."""
    return Counter(slot for s in structures for slot in s[1:] if slot[0] == "^")


def check_indices(structures: tuple[Structure, ...], where: str) -> None:
    """Raise InputError when an index occurs three times or more."""
    for slot, count in index_counts(structures).items():
        if count > 2:
            raise InputError(f"index {slot[1:]} occurs {count} times in {where}; an index may occur at most twice")


def canonical(structure: Structure) -> tuple[int, Structure]:
    """Return the sign and the sorted form of one structure."""
    if structure[0] == "c":
        return 1, structure
    if structure[0] == "g":
        return 1, structure if structure[1] <= structure[2] else ("g", structure[2], structure[1])
    order, sign = sort_sign(list(structure[1:]))
    return sign, ("e", *(structure[1:][i] for i in order))


def link(a: str, b: str) -> Structure | Pair:
    """Return the metric of two slots: a scalar product, a component or a metric tensor."""
    if a[0] == "^":
        return ("g", *sorted((a, b))) if b[0] == "^" else ("c", b, a)
    return ("c", a, b) if b[0] == "^" else (a, b) if a <= b else (b, a)


def contract_product(structures: tuple[Structure, ...], rank: int = 4) -> Iterator[Contracted]:
    """Sum over every repeated index; yields terms with at most one Levi-Civita tensor.

    With ``rank=3`` the tensor has three slots, the metric is Euclidean and the shifts are those of (D-3+j).
    """
    tensors = [s for s in structures if s[0] == "e"]
    links: list[tuple[str, str]] = [(s[1], s[2]) for s in structures if s[0] != "e"]
    yield from _contract(1, (), links, [t[1:] for t in tensors], rank)


def _contract(
    number: int, shifts: tuple[int, ...], links: list[tuple[str, str]], tensors: list[tuple[str, ...]], rank: int
) -> Iterator[Contracted]:
    links, loops = _join(links)
    shifts += (rank,) * loops  # a closed chain of metrics is D = D - rank + rank
    tensors, links = _into_tensors(tensors, links)
    if any(len(set(t)) < rank for t in tensors):
        return
    if len(tensors) >= 2:
        a, b = _best_pair(tensors)
        rest = [t for i, t in enumerate(tensors) if i not in (a, b)]
        for sign, new_shifts, new_links in _two_tensors(tensors[a], tensors[b]):
            yield from _contract(number * sign, shifts + new_shifts, links + new_links, rest, rank)
        return
    sign = 1
    out: list[Structure] = []
    pairs: list[Pair] = []
    for tensor in tensors:
        s, sorted_tensor = canonical(("e", *tensor))
        sign *= s
        out.append(sorted_tensor)
    for a_slot, b_slot in links:
        made = link(a_slot, b_slot)
        if len(made) == 2:
            pairs.append(made)
        else:
            out.append(made)
    yield number * sign, shifts, tuple(sorted(pairs)), tuple(sorted(out))


def _join(links: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], int]:
    """Join links that share an index; returns the open chains and the number of closed loops."""
    loops = 0
    done: list[tuple[str, str]] = []
    waiting = list(links)
    while waiting:
        a, b = waiting.pop()
        if a == b and a[0] == "^":
            loops += 1
            continue
        for i, (c, d) in enumerate(waiting):
            shared = next((x for x in (a, b) if x[0] == "^" and x in (c, d)), None)
            if shared is not None:
                waiting.pop(i)
                waiting.append((b if shared == a else a, d if shared == c else c))
                break
        else:
            done.append((a, b))
    return done, loops


def _into_tensors(
    tensors: list[tuple[str, ...]], links: list[tuple[str, str]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """Use every link that ends on an index of a tensor to replace that index."""
    kept: list[tuple[str, str]] = []
    for a, b in links:
        for old, new in ((a, b), (b, a)):
            where = next((i for i, t in enumerate(tensors) if old[0] == "^" and old in t), None)
            if where is not None:
                t = tensors[where]
                at = t.index(old)
                tensors = [*tensors[:where], (*t[:at], new, *t[at + 1 :]), *tensors[where + 1 :]]
                break
        else:
            kept.append((a, b))
    return tensors, kept


def _best_pair(tensors: list[tuple[str, ...]]) -> tuple[int, int]:
    """Return the two tensors that share the most indices, so that the determinant is smallest."""
    n = len(tensors)
    return max(
        ((i, j) for i in range(n) for j in range(i + 1, n)),
        key=lambda ij: len(_shared(tensors[ij[0]], tensors[ij[1]])),
    )


def _shared(a: tuple[str, ...], b: tuple[str, ...]) -> list[str]:
    return [x for x in a if x[0] == "^" and x in b]


def _two_tensors(a: tuple[str, ...], b: tuple[str, ...]) -> Iterator[tuple[int, tuple[int, ...], list[tuple[str, str]]]]:
    rank = len(a)
    sign = -1 if rank == 4 else 1
    left, right = list(a), list(b)
    shared = _shared(a, b)
    for place, x in enumerate(shared):
        for side in (left, right):
            at = side.index(x)
            if (at - place) % 2:
                sign = -sign
            side.insert(place, side.pop(at))
    r = len(shared)
    shifts = tuple(range(1, r + 1))
    rows, columns = left[r:], right[r:]
    for order in permutations(range(rank - r)):
        odd = sum(order[i] > order[j] for i in range(len(order)) for j in range(i + 1, len(order))) % 2
        yield -sign if odd else sign, shifts, [(rows[i], columns[j]) for i, j in enumerate(order)]
