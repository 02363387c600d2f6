"""How the outcomes of `score` and `check` are shown: one book in full, several in a line each,
or as JSON. Each knows the exit status in the end."""

from __future__ import annotations

import gc
import sys

from ..checks.evaluation import Evaluation, as_json
from ..findings.finding import InputError
from .arguments import JsonList, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..reports.output import Result as Reading
    from ..tasks.seal import Sealed

# Then some results have no cell to go to.
PARTLY = (
    *("sheet-missing", "name-lost", "names-gone", "heading-missing", "headings-gone"),
    "findings-nowhere",
)


def outcomes(count: int, *, as_data: bool) -> Outcomes:
    """For this many files."""
    if count > 1:
        # A batch lives longer than one command: what JSON's encoder leaves behind adds up.
        gc.enable()
    if as_data:
        return AsData(several=count > 1)
    return InLines() if count > 1 else InFull()


class Outcomes:
    """What they have in common: how many were right, wrong, unfinished, and could not be used."""

    def __init__(self) -> None:
        self.good = self.wrong = self.open = self.refused = 0

    def book(self, path: str, evaluation: Evaluation, written: bool | None) -> None:
        """`written`: None where nothing was to be written."""
        if evaluation.has_errors:
            self.wrong += 1
        elif evaluation.card.complete:
            self.good += 1
        else:
            self.open += 1

    def submission(self, path: str, sealed: Sealed) -> None:
        if sealed.is_right:
            self.good += 1
        else:
            self.wrong += 1

    def report(self, path: str, result: Reading) -> None:
        """A finished report, whose statements were recomputed."""
        if result.has_errors:
            self.wrong += 1
        else:
            self.good += 1

    def unusable(self, problem: InputError) -> None:
        print(problem, file=sys.stderr)
        self.refused += 1

    def close(self) -> int:
        """The exit status."""
        return 2 if self.refused else int(self.wrong > 0)


class InFull(Outcomes):
    """One book, for a person."""

    def book(self, path: str, evaluation: Evaluation, written: bool | None) -> None:
        super().book(path, evaluation, written)
        show_book(path, evaluation, written)

    def submission(self, path: str, sealed: Sealed) -> None:
        from .seal import report as report_seal

        super().submission(path, sealed)
        report_seal(path, sealed)

    def report(self, path: str, result: Reading) -> None:
        from .report_text import shown

        super().report(path, result)
        print(shown(result))


class InLines(Outcomes):
    """Several books, for a person: a line each, and how they are in all."""

    def book(self, path: str, evaluation: Evaluation, written: bool | None) -> None:
        super().book(path, evaluation, written)
        kind, word = "error", "有错"
        if not evaluation.has_errors:
            done = evaluation.card.complete
            kind, word = ("note", "可报") if done else ("warning", "未完")
        self._line(kind, word, f"{path}　{evaluation.summary}")
        _linked(path, written)

    def submission(self, path: str, sealed: Sealed) -> None:
        super().submission(path, sealed)
        if sealed.is_right:
            self._line("note", "相符", f"{path}　报送件，与报送时相符。")
        else:
            self._line("error", "有错", f"{path}　报送件，报送之后改过。")

    def report(self, path: str, result: Reading) -> None:
        super().report(path, result)
        errors, warnings = result.count("error"), result.count("warning")
        kind, word = ("error", "有错") if result.has_errors else ("note", "可报")
        self._line(kind, word, f"{path}　报告；错误 {errors} 条，提示 {warnings} 条。")

    def _line(self, kind: str, word: str, text: str) -> None:
        from .terminal import severity

        print(f"{severity(kind, word)} {text}")

    def close(self) -> int:
        counts = ((self.wrong, "有错误"), (self.open, "未完成"), (self.refused, "读不了"))
        told = "，".join(f"{number} 册{what}" for number, what in counts if number)
        number = self.good + self.wrong + self.open + self.refused
        print(f"共 {number} 册：{told or '都可以报送'}。")
        return super().close()


class AsData(Outcomes):
    """JSON: an object, or a list of several."""

    def __init__(self, *, several: bool) -> None:
        super().__init__()
        self.listed = JsonList() if several else None

    def _add(self, data: object) -> None:
        if self.listed is None:
            print_json(data)
        else:
            self.listed.add(data)

    def book(self, path: str, evaluation: Evaluation, written: bool | None) -> None:
        super().book(path, evaluation, written)
        self._add(as_json(path, evaluation))
        _linked(path, written)

    def submission(self, path: str, sealed: Sealed) -> None:
        from ..tasks.seal import as_json as seal_json

        super().submission(path, sealed)
        self._add(seal_json(path, sealed))

    def report(self, path: str, result: Reading) -> None:
        from ..reports.output import as_json as report_json

        super().report(path, result)
        self._add(report_json(result))

    def close(self) -> int:
        if self.listed is not None:
            self.listed.close()
        return super().close()


def show_book(path: str, evaluation: Evaluation, written: bool | None) -> None:
    """For a person. `written`: None where nothing was to be written."""
    from .terminal import findings, scorecard, totals

    print(f"{path}　{evaluation.rubric['title']}（{evaluation.rubric['id']}）\n")
    for part in evaluation.projects or (evaluation,):
        if evaluation.projects:
            print(f"【{part.facts.values.get('项目名称') or '未命名项目'}】")
        print(scorecard(part))
        print("\n" + totals(part) + ("\n" if evaluation.projects else ""))
    if evaluation.projects:
        print(f"{len(evaluation.projects)} 个项目合计：{totals(evaluation)}")
    if evaluation.findings:
        print("\n" + findings(evaluation.findings))
    state = _state(path, written)
    lost = any(one.code in PARTLY for one in evaluation.findings) and written is not None
    print("\n" + evaluation.summary + state + ("找不到单元格的结果没有写入。" if lost else ""))


def _state(path: str, written: bool | None) -> str:
    """What became of the file."""
    if written:
        from .kept import kept

        return f"已写回工作簿，{kept(path)}"
    return "未写入工作簿。" if written is None else "工作簿里已是这些结果，未改动。"


def _linked(path: str, written: bool | None) -> None:
    """Told beside lines and data: other names of a file that was written show what it was."""
    if written:
        from .kept import linked

        if told := linked(path):
            print(f"“{path}”：{told}", file=sys.stderr)
