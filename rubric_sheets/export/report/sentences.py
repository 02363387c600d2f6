"""The sentences of a form with a unit's figures in them.

    编制 {编制数} 人[，在职 {在职人员数} 人]。
    与上年相比{三公经费 比 上年三公经费}，占 {三公经费 占 支出合计}。

A sentence whose figures are not all there is left out; of what stands in [ ] only that clause is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...exact.quantities import NOT_APPLICABLE
from .said import Figures

FIELD = re.compile(r"\{([^{}]+)\}")
CLAUSE = re.compile(r"(\[[^\[\]]*\])")


def said(sentence: str, figures: Figures) -> str:
    """The sentence, "" where a figure that it needs is not known."""
    out = ""
    for part in CLAUSE.split(sentence):
        is_clause = part.startswith("[")
        text = _filled(part.strip("[]") if is_clause else part, figures)
        if text is None and not is_clause:
            return ""
        out += text or ""
    return out


def paragraph(lines: Sequence[str], figures: Figures) -> str:
    """All sentences of a paragraph that can be said."""
    return "".join(said(line, figures) for line in lines)


def _filled(text: str, figures: Figures) -> str | None:
    """A text with its figures; None where one is not known."""
    found = {name: _figure(name, figures) for name in FIELD.findall(text)}
    if not all(found.values()):
        return None
    return FIELD.sub(lambda field: found[field[1]], text)


def _figure(field: str, figures: Figures) -> str:
    """`甲`, `甲 比 乙` or `甲 占 乙` in words; "" where it is not known."""
    for word, say in (("比", figures.change), ("占", figures.share)):
        one, sign, other = field.partition(f" {word} ")
        if sign:
            return say(one.strip(), other.strip())
    text = figures.text(field.strip())
    return "" if text == NOT_APPLICABLE else text
