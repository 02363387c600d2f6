"""One cause, one finding: statements that fail over the same figure are told together."""

from __future__ import annotations

from collections import Counter, defaultdict

from .sentences.statement import NO, UNKNOWN, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def merged(statements: list[Statement]) -> list[Statement]:
    """The statements of which each is told; those that hold stay as they are."""
    found: list[Statement] = []
    passages: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        passages[str(one.evidence.spot)].append(one)
    for own in passages.values():
        found += _passage(own)
    return found


def _passage(own: list[Statement]) -> list[Statement]:
    wrong = [one for one in own if one.holds == NO]
    if len(wrong) < 2:
        return own
    right = {at for one in own if one.holds not in (NO, UNKNOWN) for at in _figures(one)}
    left, told = list(wrong), []
    while left:
        counts = Counter(at for one in left for at in _figures(one) if at not in right)
        at, most = max(counts.items(), key=lambda item: item[1], default=(-1, 0))
        if most < 2:
            told += left
            break
        together = [one for one in left if at in _figures(one)]
        told.append(_joined(together, at))
        left = [one for one in left if one not in together]
    return [one for one in own if one.holds != NO] + told


def _figures(one: Statement) -> Iterable[int]:
    return (*((one.at,) if one.at >= 0 else ()), *one.uses)


def _joined(together: list[Statement], at: int) -> Statement:
    """The one that claims the figure, or the first; the quotes of the others stand beside it."""
    main = next((one for one in together if one.at == at), together[0])
    others = [one for one in together if one is not main]
    beside = [*main.others, *(each for one in others for each in (one.evidence, *one.others))]
    how = "；".join([main.how, *(one.how for one in others)])
    return main._replace(how=how, others=tuple(dict.fromkeys(beside)))
