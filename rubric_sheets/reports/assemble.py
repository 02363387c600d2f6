"""A document → its forms: which rubric, and every fact and claim with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from ..records import Record
from ..rubric.model import Rubric
from . import items as scored
from . import projects, recognise
from .items import Item
from .linking import claims, prose
from .own_rubric import own_rubric, row_id
from .part import Part
from .reading.document import Document, Passage
from .sightings import Evidence, Sighting, of_number
from .tables import facts, flat, forms, goals, scores
from .tables.goals import Goal
from .tables.scores import ScoreTable
from .words.clean import cleaned
from .words.numbers import SHARE, mentions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Find = Callable[[str], Rubric]

SURE = 0.4  # from here on a rubric counts as recognised
DEPARTMENT = "yueyang-department"
COVER = {
    "单位名称": re.compile(
        r"(?:部门|单位)(?:\([^)]*\))?(?:名称)?(?:\(盖?章?\))?:(?!(?:人民币)?[亿万千]?元)(?P<v>[^:]{2,40}?)(?:\(|预算编码|$)"
    ),
    "预算编码": re.compile(r"预算(?:单位)?编码:(?P<v>[0-9]{3,12})"),
    "报告日期": re.compile(r"(?:报告|填报)日期:(?P<v>20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)"),
}


TITLED = re.compile(
    r"(?P<v>[^0-9。,:]{2,38}?[局委办厅院会部处站所室队心府校社])(?:关于)?20[0-9]{2}年度?[^。]{0,25}报告$"
)


class Report(Record):
    """What a document tells. `parts`: its forms, the main one first; `goals`: the list of a
    department's targets; `items`: all scores in their order."""

    document: Document
    year: str
    parts: list[Part]
    goals: list[Goal]
    items: list[Item]
    tables: list[ScoreTable]
    is_known: bool


def assemble(document: Document, rubrics: Iterable[Rubric], named: Rubric | None = None) -> Report:
    """Read a document. `rubrics`: those that may be recognised; `named`: the one that the user
    named."""
    year = prose.report_year(document)
    given = document.tables or flat.read(document)
    all_tables = [piece for table in given for piece in forms.parted(table)]
    tables = [table for one in all_tables if (table := scores.read(one))]
    items = scored.of_tables(tables) or scored.of_prose(document)
    targets = [goal for table in document.tables for goal in goals.read(table)]
    known = {rubric["id"]: rubric for rubric in rubrics}
    has_forms = any(table.has_targets for table in tables)
    parts: list[Part] = []
    found = _recognised(items, known, named)
    is_project = named is not None and "targets" in named
    if not is_project and (not has_forms or found.sure >= SURE or named):
        is_known = found.sure >= SURE or named is not None
        if not is_known:
            found = _unknown(items, known, found)
        main = Part(found.rubric, Fraction(found.sure).limit_denominator(100))
        main.is_scored = bool(found.ids)
        _department(main, document, tables, items, found.ids, year)
        parts.append(main)
    if has_forms and projects.PROJECT in known:
        found_forms = projects.read(
            document, all_tables, known, named if is_project else None, year
        )
        for part in found_forms:
            _add_year(part, document, year)
        parts += found_forms
    is_known = has_forms or found.sure >= SURE
    return Report(document, year, parts, targets, items, tables, is_known)


def _recognised(
    items: list[Item], known: dict[str, Rubric], named: Rubric | None
) -> recognise.Match:
    given = [named] if named is not None and named["indicators"] else list(known.values())
    matches = [recognise.match(rubric, items) for rubric in given]
    return max(matches, key=lambda match: match.sure)


def _unknown(
    items: list[Item], known: dict[str, Rubric], found: recognise.Match
) -> recognise.Match:
    """A rubric made of the report's own table; of a report without one, a department's form that
    has no scores."""
    own = own_rubric(items)
    if own is None:
        return recognise.Match(known.get(DEPARTMENT, found.rubric), {}, 0.0)
    ids = {number: row_id(number) for number in range(len(items))}
    return recognise.Match(own, ids, found.sure)


def _department(
    part: Part,
    document: Document,
    tables: list[ScoreTable],
    items: list[Item],
    ids: dict[int, str],
    year: str,
) -> None:
    for number, id_ in ids.items():
        part.items[id_] = items[number]
    for table in document.tables:
        found = facts.read(part.rubric, table, year)
        for name, one in found.facts:
            part.add(name, one)
        _rows(part, found)
    _satisfaction(part, document)
    _cover(part, document, year)
    _item_facts(part, document)
    for name, one in prose.read(document, year):
        part.add(name, one)
    levels = list(dict.fromkeys(spec["levels"][0] for spec in part.rubric["indicators"]))
    part.totals += claims.totals(document, tables)
    part.grades += claims.grades(document)
    for level, one in claims.subtotals(document, tables, levels) if part.is_scored else ():
        part.subtotals.setdefault(level, one)


def _satisfaction(part: Part, document: Document) -> None:
    """What was reached, where the list of targets has a line for it."""
    for table in document.tables:
        for goal in goals.read(table):
            found = [one for one in mentions(cleaned(goal.result.text)) if one.kind == SHARE]
            if "满意" in "".join(goal.names[-1:]) and len(found) == 1:
                quote = Evidence(goal.result.text, goal.result.spot)
                part.add("满意度", of_number(found[0], found[0].text, quote, "%"))


def _rows(part: Part, found: facts.Found) -> None:
    """Institution rows; one that has no figure at all is left out."""
    for table, name, cell, values in found.rows:
        named = Sighting(name, cell.text.strip(), "", Evidence(cell.text, cell.spot))
        part.rows.setdefault(table, []).append({"机构名称": named, **values})


def _cover(part: Part, document: Document, year: str) -> None:
    """Name, code and date, as covers give them; the year that the report is about."""
    for passage in document.paragraphs[:30]:
        clean = cleaned(passage.text)
        for name, pattern in COVER.items():
            match = pattern.search(clean.text)
            if match and name not in part.facts and match["v"].strip("'"):
                quote = clean.quote(match.start("v"), match.end("v"))
                part.add(name, Sighting(quote.strip(), quote, "", Evidence(quote, passage.spot)))
    for passage in document.paragraphs[:6]:
        clean = cleaned(passage.text)
        match = TITLED.match(clean.text)
        if match and "单位名称" not in part.facts:
            quote = clean.quote(match.start("v"), match.end("v"))
            part.add("单位名称", Sighting(quote.strip(), quote, "", Evidence(quote, passage.spot)))
    _add_year(part, document, year)


def _add_year(part: Part, document: Document, year: str) -> None:
    quote = _year(document, year) if year else None
    if quote is not None:
        part.add("评价年度", Sighting(Fraction(int(year)), year, "年", quote))


def _year(document: Document, year: str) -> Evidence | None:
    for passage in document.passages():
        if (at := passage.text.find(year)) >= 0:
            return Evidence(passage.text[at : at + len(year)], passage.spot)
    return None


def _item_facts(part: Part, document: Document) -> None:
    """Facts told where an indicator is scored in prose."""
    texts = {str(passage.spot): passage for passage in document.paragraphs}
    specs = {spec["id"]: spec for spec in part.rubric["indicators"]}
    for id_, item in part.items.items():
        passage = texts.get(str(item.evidence.spot))
        if not item.in_table and isinstance(passage, Passage):
            for name, one in prose.of_item(part.rubric, specs[id_], passage):
                part.add(name, one)
