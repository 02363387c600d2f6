"""Totals, subtotals and grades that a report claims, wherever it says them."""

from __future__ import annotations

import re
from itertools import pairwise

from ...exact.quantities import plain
from ..items import ALL
from ..reading.document import Document, Table
from ..sentences.encoded import Sentence, sentences
from ..sightings import Evidence, Sighting, of_cell
from ..tables.scores import Line, ScoreTable
from ..tables.values import number
from ..words.clean import cleaned, label
from ..words.numbers import SCORE, Mention
from ..words.synonyms import data
from .prose import sighting

GRADE = re.compile(
    r"(?:等次|等级|评价等|结论|评定|评价结果|评为|评级)[^。,;优良中差]{0,8}?(?:为|是|:|达到)?'?(?P<g>优秀|良好|合格|不合格|优|良|中|差)(?:'|等|级|[,。;)]|$)"
)
AMBIGUOUS = frozenset(("自评得分", "自评分"))  # heads of columns too
GRADES = frozenset(
    ("优秀", "优", "良好", "良", "中", "合格", "一般", "及格", "差", "不合格", "不及格")
)
HUNDRED = 100
SUBTOTAL = re.compile(r"(?:绩效|得分|自评|指标|类|方面|部分|评价)*(?:得|计|共|为)?$")


def totals(document: Document, tables: list[ScoreTable]) -> list[Sighting]:
    """The total, in the score table, in the form and in sentences."""
    found = [
        _of_total(line, line.score)
        for table in tables
        for kind, line in table.totals
        if kind == "total" and line.score is not None
    ]
    for table in document.tables:
        found += _pairs(table, "total")
    for passage in document.passages():
        clean = cleaned(passage.text)
        for match in ALL.finditer(clean.text):
            if re.search(r"[及以≥>]|满分", clean.text[match.end() : match.end() + 2]):
                continue
            if _is_of_item(clean.text[: match.start()], match[0]):
                continue
            quote = Evidence(clean.quote(match.start(), match.end()), passage.spot)
            found.append(Sighting(plain(match["n"]), match["n"], "分", quote, is_sentence=True))
    return found


def _is_of_item(before: str, words: str) -> bool:
    """Does a score follow what it is a part of? `决策指标满分20分，自评得分18分`."""
    if re.match("总|综合", words) or "总分" in words:
        return False
    clause = before[max(before.rfind(sign) for sign in "。;") + 1 :]
    full = re.findall(
        r"(?:满分|分值|权重|标准分|[^0-9]合计)[^0-9]{0,4}([0-9]+(?:\.[0-9]+)?)分?", clause
    )
    return bool(full) and all(plain(one) < HUNDRED for one in full)


def _of_total(line: Line, score: Mention) -> Sighting:
    """The score of a total row, quoted with its label where that stands beside it."""
    cell, name = line.cells["自评得分"], line.cells["名称"]
    is_beside = cell.top == name.top and cell.spot.column == name.spot.column + 1
    return Sighting(
        score.value, cell.text.strip(), "分", of_cell(cell, name if is_beside else None)
    )


def _pairs(table: Table, kind: str) -> list[Sighting]:
    """Labels with the claim in the next cell."""
    words = set(map(label, data()["claims"][kind]))
    found = []
    for cells in table.rows():
        for cell, beside in pairwise(cells):
            if label(cell.text) not in words:
                continue
            text = beside.text.strip()
            one = number(beside, "分")
            most = 2 if label(cell.text) in AMBIGUOUS else 4
            if kind == "total" and one is not None and len(cells) <= most:
                found.append(Sighting(one.value, text, "分", of_cell(beside, cell)))
            elif kind == "grade" and label(text) in GRADES:
                found.append(Sighting(label(text), text, "", of_cell(beside, cell)))
    return found


def grades(document: Document) -> list[Sighting]:
    """The grade, in the form and in sentences."""
    found = []
    for table in document.tables:
        found += _pairs(table, "grade")
    for passage in document.paragraphs:
        clean = cleaned(passage.text)
        matches = list(GRADE.finditer(clean.text))
        if len({match["g"][:1] for match in matches}) > 1:
            continue  # of several projects, each its own
        for match in matches:
            quote = Evidence(clean.quote(match.start(), match.end("g")), passage.spot)
            found.append(Sighting(match["g"], match["g"], "", quote, is_sentence=True))
    return found


def subtotals(
    document: Document, tables: list[ScoreTable], levels: list[str]
) -> list[tuple[str, Sighting]]:
    """Subtotals of first levels: rows of a score table, or `投入绩效为13分` in a sentence."""
    named = {label(level): level for level in levels}
    found = []
    for table in tables:
        for kind, line in table.totals:
            level = named.get(label(line.levels[0]), "")
            if kind == "小计" and level and line.score is not None and not label(line.levels[1]):
                cell = line.cells["自评得分"]
                text = cell.text.strip()
                found.append((level, Sighting(line.score.value, text, "分", of_cell(cell))))
    for passage in document.paragraphs:
        for sentence in sentences(passage):
            found += _in_sentence(sentence, named)
    return found


def _in_sentence(sentence: Sentence, named: dict[str, str]) -> list[tuple[str, Sighting]]:
    found = []
    for at, one in sentence.numbers.items():
        if one.kind != SCORE:
            continue
        text = SUBTOTAL.sub("", sentence.label(at))
        if text in named and "满分" not in sentence.label(at):
            found.append((named[text], sighting(one, sentence.clause(at))._replace(unit="分")))
    if len(found) < 2:
        return []  # one by itself may be its weight
    return found
