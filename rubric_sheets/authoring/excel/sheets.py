"""The sheets of a rubric's workbook: found by their names; one that is missing is told once,
with the sheet it may be now."""

from __future__ import annotations

from difflib import SequenceMatcher

from ...findings.finding import Finding, finding
from ...ooxml.book import Book
from ...ooxml.faults import PackageFault
from ...rubric.fields import word
from .column import Table
from .columns import CASES, CHECKLIST, DATA, GUIDE, NAMES, SHEETS, tables
from .grid import Found, Grid, SheetReader, plain_heading
from .indicator_columns import row_lists

MEND = "请用 rubric-sheets rubric export 重新导出一份，把内容贴进去。"
REQUIRED = ("indicator", "properties", "grades")
MOST_SHEETS = 20
ALIKE = 0.5


def read_tables(book: Book, findings: list[Finding]) -> dict[str, Found]:
    """Every table of a rubric that the workbook has;
    what is missing or not understood goes to `findings`."""
    found: dict[str, Found] = {}
    wanted: dict[str, list[Table]] = {}
    for table in tables().values():
        wanted.setdefault(table.sheet, []).append(table)
    absent = []
    for sheet, its in wanted.items():
        names = {plain_heading(name) for name in (sheet, *SHEETS[sheet])}
        actual = next((name for name in book.sheets if plain_heading(name) in names), None)
        if actual is None:
            absent.append(sheet)
            continue
        reader = SheetReader(Grid(book, book.sheet(actual)), its, findings)
        reader.read()
        found.update(reader.found)
        for table in its:
            _missing(table, actual, reader, findings)
    if absent:
        _absent(book, {sheet: wanted[sheet] for sheet in absent}, found, findings)
    return found


def _absent(
    book: Book, absent: dict[str, list[Table]], found: dict[str, Found], findings: list[Finding]
) -> None:
    """Sheets that are not there: an error where the rubric needs them,
    or where another sheet looks like them."""
    known = {
        plain_heading(name)
        for sheet in (*SHEETS, NAMES, GUIDE)
        for name in (sheet, *SHEETS.get(sheet, ()))
    }
    others = [name for name in book.sheets if plain_heading(name) not in known][:MOST_SHEETS]
    for sheet, its in absent.items():
        needed = any(table.name in REQUIRED for table in its) or _needed(sheet, found)
        now = _now(book, sheet, its, others, by_name=needed or sheet == CASES)
        if now:
            others.remove(now)
        elif not needed:
            continue
        mend = f"是否改名为“{now}”？请把表名改回“{sheet}”。" if now else MEND
        findings.append(
            finding(
                "rubric-cases-missing" if sheet == CASES else "rubric-sheet-missing",
                actual=sheet,
                suggestion=mend,
            )
        )


def _now(book: Book, sheet: str, its: list[Table], others: list[str], *, by_name: bool) -> str:
    """Of the sheets that nothing else is known of, the one with most of the headings,
    else the one with a like name."""
    ranks = []
    for name in others:
        try:
            reader = SheetReader(Grid(book, book.sheet(name)), its, [])
            reader.read()
        except (PackageFault, KeyError):
            continue  # a sheet of another kind
        headings = sum(len(one.keys) for one in reader.found.values() if _whole(one))
        like = SequenceMatcher(None, name[:60], sheet).ratio()
        if headings or (by_name and like >= ALIKE):
            ranks.append((headings, like, name))
    return max(ranks)[2] if ranks else ""


def _whole(one: Found) -> bool:
    """Whether a table has all the columns that it cannot do without."""
    return all(column.key in one.keys for column in one.table.columns if column.required)


def _needed(sheet: str, found: dict[str, Found]) -> bool:
    """Whether an indicator refers to what should stand on a sheet."""
    rows = found["indicator"].rows if "indicator" in found else []
    if sheet == DATA:
        return any(row[("ratio",)].text for row in rows if ("ratio",) in row)
    listing = [kind for kind, _ in row_lists()]
    words = {*listing, *(word("rule", kind) for kind in listing)}
    return sheet == CHECKLIST and any(
        row[("rule", "kind")].text in words for row in rows if ("rule", "kind") in row
    )


def _missing(table: Table, sheet: str, reader: SheetReader, findings: list[Finding]) -> None:
    """Headings that a table cannot do without."""
    has = reader.found.get(table.name)
    alone = len(reader.wanted) == 1 and len(reader.grid.numbers) > 3
    if has is None and not (table.name in REQUIRED or table.title in reader.titles or alone):
        return
    for column in table.columns:
        needed = column.required or column.key == ("weight",)
        if needed and (has is None or column.key not in has.keys):
            words = "、".join(
                (column.heading, *(word for word in column.synonyms if not word.isascii()))
            )
            findings.append(
                finding(
                    "rubric-heading-missing",
                    sheet,
                    "",
                    actual=f"{table.title}·{column.heading}",
                    expected=words,
                )
            )
