"""The tables of a report, as rows of texts; a cell that goes on from its neighbour says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...checks.evaluation import Evaluation
from ...exact.quantities import show
from ...facts.model import Row
from ...rubric.model import Rubric
from ...scoring.result import Result
from .. import handed_in
from ..paging import runs
from .said import Figures, clean, points, words

# Private characters: no text from outside keeps one, see `said.clean`.
LEFT, ABOVE = "\ue000", "\ue001"  # one with the cell on the left, above
TABLE_ROW = list[str]


def overview(form: dict[str, Any], figures: Figures) -> list[TABLE_ROW]:
    """The form's first fields in rows of four: two labels with what was filled in."""
    pairs: list[TABLE_ROW] = []
    for fact in _fields(form):
        label, text = fact.get("label", fact["name"]), figures.text(fact["name"])
        if fact.get("wide"):
            pairs.append([label, text, LEFT, LEFT])
        elif pairs and len(pairs[-1]) == 2:
            pairs[-1] += [label, text]
        else:
            pairs.append([label, text])
    return [row if len(row) == 4 else [*row, LEFT, LEFT] for row in pairs]


YEAR = "评价年度"  # stands below the title of a form without a cover
COVER = ("单位名称", "预算编码", YEAR, "报告日期")  # stand on the cover


def _fields(form: dict[str, Any]) -> list[dict[str, Any]]:
    blocks = form["sheet"][0]["block"]  # what other sheets ask for has its chapters
    fields = [fact for block in blocks if block["kind"] == "fields" for fact in block["facts"]]
    elsewhere = (YEAR,) if any(block["kind"] == "funds" for block in blocks) else COVER
    return [fact for fact in fields if fact["name"] not in elsewhere]


def institutions(form: dict[str, Any], figures: Figures) -> list[dict[str, Any]]:
    """Title, heading and rows of each table with a row for each institution."""
    out = []
    for sheet in form["sheet"]:
        for block in sheet["block"]:
            if block["kind"] == "institutions":
                unit = f"（{sheet['unit']}）" if sheet.get("unit") else ""
                out.append(
                    {
                        "标题": block["title"] + unit,
                        "表头": _heading(block["columns"]),
                        "行": _institution_rows(block, figures),
                    }
                )
    return out


def _heading(columns: Sequence[dict[str, Any]]) -> list[TABLE_ROW]:
    """Two rows: groups, and the columns below them."""
    above, below, last = ["机构名称"], [ABOVE], ""
    for column in columns:
        label, group = column.get("label", column["name"]), column.get("group", "")
        above.append(LEFT if group and group == last else group or label)
        below.append(label if group else ABOVE)
        last = group
    return [above, below]


def _institution_rows(block: dict[str, Any], figures: Figures) -> list[TABLE_ROW]:
    names = [column["name"] for column in block["columns"]]
    rows = [row for row in figures.facts.tables.get(block["table"], ()) if is_filled(row)]
    total = ["汇总", *(figures.text(name) for name in names)]
    return [total, *([words(row.values.get(n)) for n in ("机构名称", *names)] for row in rows)]


def is_filled(row: Row) -> bool:
    return any(
        value not in (None, "") for name, value in row.values.items() if name not in row.derived
    )


def listed(rubric: Rubric, figures: Figures, table: str) -> list[dict[str, str]]:
    """The rows of a table of texts that are filled, by the names of their columns."""
    if table not in rubric["tables"]:
        return []
    columns = rubric["tables"][table]["columns"]
    kinds = {one["name"]: "points" if one["unit"] == "分" else one["kind"] for one in columns}
    rows = [row for row in figures.facts.tables.get(table, ()) if is_filled(row)]
    return [{n: words(row.values.get(n), kind) for n, kind in kinds.items()} for row in rows]


def scores(evaluation: Evaluation) -> list[dict[str, str]]:
    """The score table, one row for each indicator."""
    results = [one for one in evaluation.card.results if handed_in.is_used(one)]
    names = _level_cells(evaluation, results)
    weights = _weights(evaluation.rubric["groups"], results)
    return [
        {
            "一级": levels[0],
            "二级": levels[1],
            "三级": levels[2],
            "标准": clean(result.spec["standard"]),
            "分值": weight,
            "得分": points(handed_in.score_of(result)),
            "说明": clean(handed_in.note_of(result)),
        }
        for result, levels, weight in zip(results, names, weights)
    ]


def targets(evaluation: Evaluation) -> list[dict[str, str]]:
    """As `scores`, with the target and the result of each row of the unit's own list."""
    results = [one for one in evaluation.card.results if handed_in.is_used(one)]
    rows = evaluation.facts.tables.get(evaluation.rubric["targets"]["table"], [])
    out = []
    for result, row in zip(results, scores(evaluation)):
        own = rows[result.spec["row"]].values if "row" in result.spec else {}
        both = {name: words(own.get(name)) for name in ("年度指标值", "实际完成值")}
        out.append({**row, **both})
    return out


def funds(form: dict[str, Any], figures: Figures) -> list[TABLE_ROW]:
    """The rows of a project's funds: what they are called, and their amounts column by column."""
    blocks = [block for sheet in form["sheet"] for block in sheet["block"]]
    names = [fact["name"] for one in blocks if one["kind"] == "funds" for fact in one["facts"]]
    rows: dict[str, TABLE_ROW] = {}
    for name in names:
        what = next((name.removesuffix(end) for end in FUND_COLUMNS if name.endswith(end)), name)
        rows.setdefault(what, [what]).append(figures.text(name))
    return [row for row in rows.values() if any(row[1:])]


FUND_COLUMNS = ("年初预算数", "全年预算数", "全年执行数")


def _weights(caps: dict[str, str], results: Sequence[Result]) -> list[str]:
    """Of a group once, beside its first member."""
    out, last = [], ""
    for result in results:
        group = result.spec.get("group") or ""
        own = show(result.weight) if result.weight else ""
        out.append(ABOVE if group and group == last else caps.get(group, own))
        last = group
    return out


def _level_cells(evaluation: Evaluation, results: Sequence[Result]) -> list[TABLE_ROW]:
    """Three cells of each row: its levels with their points, once each; the name of an indicator
    with fewer levels reaches over the rest."""
    rows: list[TABLE_ROW] = [[] for _ in results]
    for depth in (0, 1):
        keys = [tuple(one.spec["levels"][: depth + 1]) for one in results]
        firsts = {first for first, _ in runs(keys)}
        for index, result in enumerate(results):
            if len(result.spec["levels"]) <= depth + 1:
                continue
            weight = handed_in.weight_under(evaluation.card, keys[index])
            name = clean(keys[index][-1]) + (f"\n（{show(weight)}分）" if weight else "")
            rows[index].append(name if index in firsts else ABOVE)
    names = [clean(result.spec["levels"][-1]) for result in results]
    return [[*row, name, *[LEFT] * (2 - len(row))] for row, name in zip(rows, names)]
