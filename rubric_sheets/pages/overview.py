"""The overview of several projects, one line each; and how the page of a further project is renamed."""

from __future__ import annotations

from ..places.names import (
    suffix,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .page import Page


OVERVIEW = "项目总表"


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
