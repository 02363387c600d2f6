"""Points that add up: `投入为13分，过程为59分，产出为26分，总得分98分`."""

from __future__ import annotations

import re

from ..words.numbers import SCORE, SYMBOL
from .encoded import Sentence
from .statement import Statement, near, spread, stated, verdict

TOTAL = re.compile(
    r"(?:总得分|总分|综合得分|合计得分|合计|总评分|共得|共计|自评得分|总计)(?:为|是|:)?＊"
)


def read(sentence: Sentence) -> list[Statement]:
    """A total of points against the three points or more beside it."""
    matches = list(TOTAL.finditer(sentence.code))
    at = sentence.all(SYMBOL[SCORE])
    if len(matches) != 1 or len(at) < 3:
        return []
    total = matches[0].end() - 1
    others = [one for one in at if one != total]
    if others[0] < total < others[-1]:
        return []
    numbers = [sentence.at(one) for one in others]
    if any("得" in sentence.label(one) for one in others):  # the rest are weights
        others = [one for one in others if "得" in sentence.label(one)]
        numbers = [sentence.at(one) for one in others]
    if any("满分" in sentence.label(one) or "以上" in sentence.code[one : one + 3] for one in at):
        return []
    claim = sentence.at(total)
    value, room = spread(numbers)
    how = " + ".join(one.text for one in numbers) + f" = {near(value, claim)}"
    quote = sentence.quote(sentence.label_start(min(at)), max(at) + 1)
    return [stated("total", quote, claim, value, verdict(claim, value, room), how)]
