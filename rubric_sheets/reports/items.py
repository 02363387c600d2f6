"""What the report scores: one item for each score that it gives, in tables or in prose."""

from __future__ import annotations

import re
from fractions import Fraction

from ..records import Record
from .reading.document import Document, Passage
from .sightings import Evidence
from .tables.scores import Line, ScoreTable
from .words.clean import Clean, cleaned, label
from .words.numbers import SCORE, Mention, mentions

# 得分, as prose gives it: the points stand behind these words.
SCORED = re.compile(
    r"(?:得分|得|计|自评|评分|评为|扣分|扣)(?:情况)?(?:为|是|:)?(?:满分)?(?P<n>[0-9]+(?:\.[0-9]+)?)分(?![以之钟别])"
)
ALL = re.compile(
    r"(?:(?:项目|部门|单位|支出|资金)(?:绩效)?(?:自评|评价|综合)?得分|总得分|总分|综合得分|综合评分|自评得分|考核得分|评价得分|自评分|自评总分|评价总分)(?:为|是|:)?(?P<n>[0-9]+(?:\.[0-9]+)?)分?"
)
REASONS = ("说明", "偏差原因")  # columns in which a unit says why it lost points
_HEAD = re.compile(r"^[^。;,:=]{2,40}")


class Item(Record):
    """`text`: what stands before the score; `weight`: None where the report does not say it.
    `has_reasons`: has it a place for the reason of lost points?"""

    name: str
    levels: tuple[str, ...]
    text: str
    weight: Fraction | None
    score: Fraction | None
    evidence: Evidence
    note: str = ""
    in_table: bool = False
    has_reasons: bool = False
    as_read: str = ""
    standard: str = ""


def of_tables(tables: list[ScoreTable]) -> list[Item]:
    """The lines of score tables that hang on no targets."""
    return [
        _of_line(line, has_reasons=any(name in table.columns for name in REASONS))
        for table in tables
        if not table.has_targets
        for line in table.lines
    ]


def _of_line(line: Line, *, has_reasons: bool) -> Item:
    cell = line.cells.get("自评得分") or next(iter(line.cells.values()))
    shown = cell.text.strip()
    return Item(
        label(line.name),
        tuple(label(level) for level in line.levels if level),
        line.name,
        line.weight.value if line.weight else None,
        line.score.value if line.score else None,
        Evidence(cell.text if shown else line.name, cell.spot),
        next(filter(None, map(line.text, REASONS)), ""),
        in_table=True,
        has_reasons=has_reasons,
        as_read=shown,
        standard=line.text("评分标准"),
    )


def of_prose(document: Document) -> list[Item]:
    """Paragraphs that give a score to what they speak of."""
    found: list[Item] = []
    level = ""
    for passage in document.paragraphs:
        clean = cleaned(passage.text)
        item = _of_paragraph(passage, clean, level)
        if item is not None:
            found.append(item)
        elif len(clean.text) < 20:
            level = label(passage.text)
    return found


def _of_paragraph(passage: Passage, clean: Clean, level: str) -> Item | None:
    """The score of a paragraph that gives one, and no total."""
    if ALL.search(clean.text):
        return None
    matches = list(SCORED.finditer(clean.text))
    if len(matches) != 1 or "每" in clean.text[: matches[0].start()][-30:]:
        return None
    match = matches[0]
    points = _points(clean, match)
    if points is None:
        return None
    head = _HEAD.match(re.sub(r"^(?:\([^)]*\)|[0-9一二三四五六七八九十]+[、.])+", "", clean.text))
    name = label(head[0]) if head else ""
    before = clean.text[: match.start()]
    start = max(before.rfind(sign) for sign in "。;,:") + 1
    evidence = Evidence(clean.quote(start, match.end()), passage.spot)
    return Item(name, (level,), before, None, points.value, evidence, as_read=match["n"])


def _points(clean: Clean, match: re.Match[str]) -> Mention | None:
    wanted = match.start("n")
    return next((one for one in mentions(clean) if one.start == wanted and one.kind == SCORE), None)
