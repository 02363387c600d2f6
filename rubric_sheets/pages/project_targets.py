"""The unit's own indicators in a score table: a list that grows, scored row by row."""

from __future__ import annotations

from typing import Any

from ..facts.model import Row
from ..places import headings, slots
from ..places.addresses import letters
from ..rubric.load import fact_spec
from ..rubric.model import Rubric
from ..rubric.own_figures import COUNT, POINTS, REACHED, WEIGHTS, listed
from ..rules import target
from ..rules.base import Cells
from ..scoring.own_list import RESULTS, rule_of
from .formulas import differs
from .page import HEADING, HELP, HINT, LABEL, Block, Page, height
from .page_breaks import Stretch

WORDS = {"偏差原因": "偏差原因分析及改进措施"}  # above a column that is not called by its name
END = "（指标更多时，在本行上方插入行）"
HEIGHT = 46  # points of a row that is not filled in
HEADING_HEIGHT = 32


class OwnList:
    """Puts the unit's own list on `page`. `block`: that of the form, whose columns stand
    `offset` columns right of the first; `at`: their letters, by name."""

    def __init__(self, page: Page, rubric: Rubric, block: dict[str, Any]) -> None:
        self.page, self.rubric, self.block = page, rubric, block
        self.table: str = block["table"]
        self.columns = {raw["name"]: int(raw["offset"]) + 1 for raw in block["columns"]}
        self.at = {name: letters(column) for name, column in self.columns.items()}

    def put(self, wanted: int) -> tuple[int, int]:
        """The list below headings of its own; see `put_rows`."""
        self.page.begin(Block("targets", self.table))
        self.put_headings()
        self.page.title_rows = (self.page.row, self.page.row)
        self.page.next(HEADING_HEIGHT)
        return self.put_rows(wanted)

    def put_headings(self, *, only: tuple[str, ...] = ()) -> None:
        """Each over the columns up to the next; `only`: of these columns, where the headings of a
        table above stand over the others too."""
        for name, column in self.columns.items():
            if not only or name in only:
                text, span = WORDS.get(name, name), self._span(column)
                self.page.put(column, "header", text, columns=span, role=HEADING)

    def _span(self, column: int) -> int:
        """How many columns it takes: beside a weight, in the funds above, stands the ratio."""
        after = (other for other in self.columns.values() if other > column)
        return min(after, default=column + 1) - column

    def put_rows(self, wanted: int) -> tuple[int, int]:
        """`wanted`: how many rows there must be at least. Returns the first row and the last,
        above which more are inserted."""
        page, first = self.page, self.page.row
        count = max(int(self.block["rows"]), wanted)
        page.areas[self.table] = (first, 1, first + count, len(page.widths))
        typed = [fact_spec(raw, page.name) for raw in self.block["columns"]]
        for offset in range(count):
            for fact in typed:
                if fact["kind"] == "result":
                    continue
                column = self.columns[fact["name"]]
                style = "entry.text" if fact["kind"] == "text" else "input.weight"
                slot = slots.row(self.table, offset, fact["name"])
                page.put(column, style, columns=self._span(column), fact=fact, slot=slot)
            self._results(offset)
            page.next(HEIGHT)
        self._marks(first, first + count)
        page.put(1, "end", END, columns=page.print_columns, role=HINT)
        page.next(15)
        self.put_figures((first, first + count))
        return first, first + count

    def put_figures(self, region: tuple[int, int]) -> None:
        """A row below the list for each figure that the rubric takes from it."""
        page, (first, last) = self.page, region  # with the row that says where to insert more
        span = {name: f"{at}{first}:{at}{last}" for name, at in self.at.items()}
        filled = "+".join(
            f'({span[name]}<>"")' for name in ("三级指标", "年度指标值", "实际完成值", "分值")
        )
        score, weight = span["得分"], span["分值"]
        counted = f'(({filled})>0)*({score}<>"不适用")'
        full = f"ISNUMBER({score})*ISNUMBER({weight})*({score}={weight})*({weight}>0)"
        formulas = {
            COUNT: f"SUMPRODUCT({counted})",
            REACHED: f"SUMPRODUCT({full})",
            POINTS: f"SUM({score})",
            WEIGHTS: f"SUM({span['适用分值']})",
        }
        open_ = f'SUMPRODUCT((({filled})>0)*({score}=""))'
        for name in listed(self.rubric["facts"]):
            fact: dict[str, Any] = {**self.rubric["facts"][name]}
            page.put(1, "label", name, columns=self.columns["分值"] - 1, role=LABEL)
            page.put(
                self.columns["分值"],
                "formula.weight",
                formula=f'IF(OR(SUMPRODUCT({counted})=0,{open_}>0),"",{formulas[name]})',
                fact=fact,
                name=name,
                slot=slots.fact(name),
            )
            rest = self.columns["分值"] + 1
            columns = page.print_columns - self.columns["分值"]
            page.put(rest, "text", fact["help"], columns=columns, role=HELP)
            page.next(22)

    def _marks(self, first: int, last: int) -> None:
        """`last` is the row that says where to insert more: inserted rows are marked too."""
        claim, computed, weight = (self.at[name] for name in ("自评得分", "测算得分", "分值"))
        self.page.mark(f"{claim}{first}:{claim}{last}", differs(claim, computed, first), "differs")
        is_open = f'AND({weight}{first}<>"",{computed}{first}="")'
        self.page.mark(
            f"{computed}{first}:{computed}{last}",
            f'OR({computed}{first}="无法计算",{is_open})',
            "missing",
        )

    def _results(self, offset: int) -> None:
        row = self.page.row
        weight, claim, computed, score = (
            f"{self.at[name]}{row}" for name in ("分值", "自评得分", "测算得分", "得分")
        )
        claimed = f'IF(COUNT({weight},{claim})=2,MAX(0,MIN({weight},{claim})),"")'
        left_out = f'IF({computed}="不适用","不适用",{claimed})'
        formulas = {
            slots.COMPUTED: ("result.points", row_formula(self.rubric, self.at, row)),
            slots.SCORE: ("result.points", f"IF(ISNUMBER({computed}),{computed},{left_out})"),
            slots.REASON: ("reason.text", ""),
            slots.BASE: (
                "formula.weight",
                f'IF({score}="不适用",0,IF(N({weight})=0,"",{weight}))',
            ),
        }
        for name in RESULTS:
            plain = "formula.text" if name == "依据" else "formula.weight"
            style, formula = formulas.get(name, (plain, ""))
            slot = slots.listed(self.table, offset, name)
            self.page.put(self.columns[name], style, formula=formula, slot=slot)

    def stretches(self, region: tuple[int, int], texts: dict[str, str]) -> list[Stretch]:
        """What a page holds whole: each row, with the levels that it stands under. `texts`: by
        slot, those that the list starts with."""
        first, end = region
        found: list[Stretch] = []
        above = ("", "")
        for row in range(first, end):
            one, two, name = (
                texts.get(slots.row(self.table, row - first, level), "")
                for level in headings.LEVELS
            )
            levels = ("", "")
            if one or two or name:  # a level left blank is that of the row above
                levels = (one or above[0], two or above[1])
            found.append(Stretch(row, height(self.page, row, row + 1), levels))
            above = levels
        return found


def row_formula(rubric: Rubric, at: dict[str, str], row: int) -> str:
    """测算得分 of a row: from the parsed target beside it, as long as neither text
    has changed since. `at`: the letter of each column."""
    own: Any = rubric["targets"]
    cell = {name: f"{letter}{row}" for name, letter in at.items()}
    weight, claim, goal, result = (
        cell[name] for name in ("分值", "自评得分", "年度指标值", "实际完成值")
    )
    parsed = ",".join(cell[name] for name in ("判定", "目标数", "完成数", "自评得分"))
    points = target.formula(rule_of(own, Row({})), Cells(weight, parsed))
    fresh = f'{cell["依据"]}={goal}&"→"&{result}'
    blank = f'OR(NOT(ISNUMBER({weight})),{goal}="",{result}="")'
    return f'IF({claim}="不适用","不适用",IF({blank},"",IF({fresh},{points},"")))'
