"""Several projects of one unit in one workbook: one sheet each, and an overview.

The first project has the plain names; those of the others end with `__2`, `__3`… (名称 `总分__2`), their sheets
with （2）, （3）…. So a workbook with one project is just a workbook.
"""

from __future__ import annotations

from ..places.names import FINDINGS_AREA, FINDINGS_SUMMARY, HEADER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ..facts.model import FactSet
    from ..pages.page import Page
    from .source import Source

OVERVIEW = "项目总表"
MOST = 200
MARKS = frozenset({HEADER, "合计得分", "总分", "等次", "项目名称"})  # names that each project has


def suffix(unit: int) -> str:
    """The ending of the names of a project, counted from 1."""
    return f"__{unit}" if unit > 1 else ""


def own_names(names: dict[str, Any], unit: int) -> dict[str, Any]:
    """The names of one project, without their ending."""
    ending = suffix(unit)
    if ending:
        return {name[: -len(ending)]: area for name, area in names.items() if name.endswith(ending)}
    return {name: area for name, area in names.items() if "__" not in name}


def present(names: dict[str, Any]) -> list[int]:
    """The projects that the workbook holds, in order. A sheet that was deleted, with its names, leaves a gap;
    a project that has lost but some of its names is still there, and says so when it is read."""
    found = set()
    for name in names:
        base, mark, ending = name.partition("__")
        if base not in MARKS:
            continue
        if not mark:
            found.add(1)
        elif ending.isdecimal() and 1 < int(ending) <= MOST:
            found.add(int(ending))
    return sorted(found) or [1]


def by_unit(texts: dict[str, str]) -> dict[int, dict[str, str]]:
    """The texts of each project under its own slots: `2|fact:项目名称` is the `fact:项目名称` of the second."""
    out: dict[int, dict[str, str]] = {}
    for slot, text in texts.items():
        unit, mark, own = slot.partition("|")
        if mark and unit.isdecimal():
            out.setdefault(int(unit), {})[own] = text
        else:
            out.setdefault(1, {})[slot] = text
    return out


def renamed(page: Page, unit: int) -> Page:
    """The page of another project: sheet, names, slots and the names within formulas."""
    ending = suffix(unit)
    known = {item.name for item in page.items if item.name} | set(page.areas)
    page.name = f"{page.name}（{unit}）"
    page.areas = {name + ending: area for name, area in page.areas.items()}
    for item in page.items:
        item.name += ending if item.name else ""
        item.formula = in_formula(item.formula, known, ending)
        item.slot = f"{unit}|{item.slot}" if item.slot else ""
    page.marks = [
        (cells, in_formula(condition, known, ending), look) for cells, condition, look in page.marks
    ]
    return page


def in_formula(formula: str, known: set[str], ending: str) -> str:
    """Names outside of quoted texts get the ending."""
    out = []
    for index, part in enumerate(formula.split('"')):
        if index % 2 == 0:
            part = _words(part, known, ending)
        out.append(part)
    return '"'.join(out)


def _words(text: str, known: set[str], ending: str) -> str:
    out, word = [], ""
    for char in text + " ":
        if char.isalnum() or char == "_":
            word += char
            continue
        out.append(word + ending if word in known else word)
        out.append(char)
        word = ""
    return "".join(out)[:-1]


COLUMNS = (
    (6, "序号", ""), (34, "项目名称", "项目名称"), (14, "全年预算数（万元）", "年度资金总额全年预算数"),
    (14, "全年执行数（万元）", "年度资金总额全年执行数"), (10, "自评总分", "自评总分"), (10, "总分", "总分"), (9, "等次", "等次"),
)  # fmt: skip


def overview(title: str, units: int) -> Page:
    """One line for each project: what it got, straight from its own sheet."""
    from ..pages.page import Page

    page = Page(OVERVIEW, [width for width, _, _ in COLUMNS])
    page.put(1, "title", f"{title}　总表", columns=len(COLUMNS))
    page.next(36)
    for column, (_, text, _) in enumerate(COLUMNS, 1):
        page.put(column, "header", text)
    page.title_rows = (page.row, page.row)
    page.next(38)
    for unit in range(1, units + 1):
        page.put(1, "plain.weight", str(unit))
        for column, (_, _, name) in enumerate(COLUMNS[1:], 2):
            own, slot = name + suffix(unit), f"总表:{name}"
            style = "formula.amount" if name.startswith("年度") else "formula.weight"
            page.put(
                column,
                style,
                formula=f'IF({own}="","",{own})',
                name="总表_" + own,
                slot=f"{unit}|{slot}" if unit > 1 else slot,
            )
        page.next(26)
    return page


def overview_values(facts: FactSet, totals: dict[str, Any]) -> dict[str, Any]:
    """What the overview shows of a project; `totals`: slots of its score table."""
    shown = {
        name: facts.values.get(name)
        for name in ("项目名称", "年度资金总额全年预算数", "年度资金总额全年执行数")
    }
    claimed = facts.claims.total if facts.claims.total is not None else totals.get("自评总分")
    shown.update({"自评总分": claimed, "总分": totals["总分"], "等次": totals["等次"]})
    return {f"总表:{name}": "" if value is None else value for name, value in shown.items()}


class View:
    """One project of a workbook, as if it were alone. The 校验 sheet and `_meta` belong to all."""

    def __init__(self, source: Source, unit: int) -> None:
        self.source, self.path, self.sheets = source, source.path, source.sheets
        own = own_names(source.names, unit)
        shared = {
            name: area
            for name, area in source.names.items()
            if name in (FINDINGS_AREA, FINDINGS_SUMMARY)
        }
        self.names = {**shared, **own}
        # The calls go straight to the workbook: they cost a microsecond each, thousands of times.
        self.cell, self.cells, self.changes = source.cell, source.cells, source.changes
        self.is_percent, self.is_date, self.merges = (
            source.is_percent,
            source.is_date,
            source.merges,
        )


def views(source: Source) -> list[Source]:
    """The projects of a workbook; the workbook itself where it holds but one."""
    units = present(source.names)
    return [source] if units == [1] else [View(source, unit) for unit in units]
