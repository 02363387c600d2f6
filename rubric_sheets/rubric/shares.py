"""Weights that are printed level by level (一级 50 × 二级 75% × 三级 7), folded into points
exactly.

`[shares]` names levels: "产出" = 50, "产出·数量" = "75%". Siblings divide what their level has in
proportion to their shares: of 50 with 75% and 25%, 37.5 and 12.5. The weight of an indicator is its
share among those of its level. A level whose siblings have no shares divides nothing: what stands
below it counts as standing below the one above.
"""

from __future__ import annotations

from fractions import Fraction

from ..exact.quantities import HUNDRED, ZERO, decimals, exact, plain, show
from ..exact.quantities import total as sum_of
from ..records import Record
from ..rules import counts
from ..rules.base import INSIDE
from ..rules.loose import amount

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

BETWEEN = "·"


class ShareFault(Exception):
    """`path`: in the source; `what`: in words."""

    def __init__(self, path: tuple[str | int, ...], actual: str, what: str) -> None:
        super().__init__(what)
        self.path, self.actual, self.what = path, actual, what


class Folded(Record):
    """Points, and how they come about: `50`, `75%`, `7/10`."""

    points: Fraction
    steps: tuple[str, ...]


class Leaf(Record):
    """An indicator: where it stands among all, its levels, its share among its siblings."""

    place: int
    levels: list[str]
    share: Fraction


def share_of(text: Any) -> Fraction | None:
    """`50` or `75%`, above 0; None for anything else."""
    if not isinstance(text, str):
        return None
    number = amount(text.strip().removesuffix("%").strip())
    return number if number is not None and number > 0 else None


def fold(source: dict[str, Any]) -> dict[str, Any]:
    """The source with the points of each indicator as its weight, what it weighs among its
    siblings as `share`, and how the points come about as `printed`: `50 × 75% × 7/10`. Raises
    ShareFault; a source without shares stays as it is."""
    shares = source.get("shares")
    if not shares:
        return source
    found = folded(source)
    indicators = [
        _folded_indicator(spec, found[index]) if index in found else spec
        for index, spec in enumerate(source["indicator"])
    ]
    kept = {key: value for key, value in source.items() if key != "shares"}
    return {**kept, "indicator": indicators, "printed_shares": shares}


def _folded_indicator(spec: dict[str, Any], found: Folded) -> dict[str, Any]:
    printed = " × ".join(found.steps)
    return {**spec, "weight": exact(found.points), "share": spec["weight"], "printed": printed}


def folded(source: dict[str, Any]) -> dict[int, Folded]:
    """Indicator, by where it stands, → its points; of those inside of the base."""
    for name in ("groups", "targets"):
        if source.get(name):
            raise ShareFault((name,), "", "各级权重不能与它一起用")
    shares, leaves = source["shares"], _leaves(source)
    known = {
        BETWEEN.join(leaf.levels[:depth]) for leaf in leaves for depth in range(1, len(leaf.levels))
    }
    for name, text in shares.items():
        if name not in known:
            raise ShareFault(("shares", name), name, "没有这一级")
        if share_of(text) is None:
            raise ShareFault(("shares", name), str(text), "不是大于 0 的分数或百分数")
    out: dict[int, Folded] = {}
    full = plain(source.get("full_marks", "100"))
    _divide(leaves, (), Folded(full, (show(full, 10),)), shares, out)
    for index, found in out.items():
        if decimals(found.points) is None:
            name, shown = source["indicator"][index]["levels"][-1], show(found.points, 6)
            what = f"折算后约 {shown} 分，除不尽，请调整同级的权重"
            raise ShareFault(("indicator", index, "weight"), name, what)
    return out


def _leaves(source: dict[str, Any]) -> list[Leaf]:
    found = []
    for index, spec in enumerate(source["indicator"]):
        if counts(spec["rule"]) != INSIDE:
            continue
        share = amount(spec.get("weight"))
        if share is None or share <= 0 or "weight_fact" in spec:
            path = ("indicator", index, "weight")
            raise ShareFault(path, str(spec.get("weight", "")), "写各级权重时，每个指标都要有分值")
        found.append(Leaf(index, list(spec["levels"]), share))
    return found


def _divide(
    leaves: Sequence[Leaf],
    path: tuple[str, ...],
    has: Folded,
    shares: dict[str, str],
    out: dict[int, Folded],
) -> None:
    """Divide what the level `path` has among what stands below it."""
    below = _children(leaves, path, shares)
    whole = sum_of(share for share, _, _ in below)
    for share, members, inner in below:
        text = shares[BETWEEN.join(inner)].strip() if inner else ""
        step = text if text.endswith("%") else f"{show(share, 10)}/{show(whole, 10)}"
        steps = has.steps if share == whole else (*has.steps, step)
        if whole == has.points:  # printed as points already
            steps = (show(share, 10),)
        part = Folded(has.points * share / whole, steps)
        if inner:
            _divide(members, inner, part, shares, out)
        else:
            out[members[0].place] = part


def _children(
    leaves: Sequence[Leaf], path: tuple[str, ...], shares: dict[str, str]
) -> list[tuple[Fraction, list[Leaf], tuple[str, ...]]]:
    """(share, its indicators, its levels; none of an indicator itself) of what divides a level."""
    depth = len(path) + 1
    groups: dict[tuple[str, ...], list[Leaf]] = {}
    for leaf in leaves:
        key = tuple(leaf.levels[:depth]) if len(leaf.levels) > depth else ()
        groups.setdefault(key, []).append(leaf)
    own = groups.pop((), [])
    texts = {key: shares.get(BETWEEN.join(key)) for key in groups}
    if not any(texts.values()):
        return [(leaf.share, [leaf], ()) for leaf in leaves]
    for key, text in texts.items():
        if text is None:
            name = BETWEEN.join(key)
            raise ShareFault(("shares",), name, "没有写，同级的别的写了")
    percents = [text for text in texts.values() if text and text.strip().endswith("%")]
    found = [(share_of(text) or ZERO, groups[key], key) for key, text in texts.items()]
    if percents and sum_of(share for share, _, _ in found) != HUNDRED:
        name = BETWEEN.join(next(iter(groups)))
        whole = show(sum_of(share for share, _, _ in found))
        raise ShareFault(("shares", name), name, f"同级的百分数合计 {whole}%，应为 100%")
    return [*found, *((leaf.share, [leaf], ()) for leaf in own)]
