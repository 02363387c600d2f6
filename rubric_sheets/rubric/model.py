"""The resolved rubric: plain JSON, all in one document,
carried by every workbook that was made from it.

Its types exist for the type checker only: at run time a rubric is what `json.loads` gives, so that
nothing has to be decoded on the way to a score. All numbers are decimal texts.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NotRequired, TypedDict

    class FactSpec(TypedDict):
        """kind: amount, count, percent, text, yes_no, breach_count or judged. Amounts are 万元,
        percents are stored as ratios."""

        name: str
        kind: str
        unit: str
        sheet: str
        label: NotRequired[str]
        help: NotRequired[str]
        signed: NotRequired[bool]
        choices: NotRequired[list[str]]
        points: NotRequired[str]
        sum: NotRequired[list[str]]
        own_total: NotRequired[bool]
        formula: NotRequired[str]
        group: NotRequired[str]
        required: NotRequired[bool]
        default: NotRequired[str]
        listed: NotRequired[bool]
        block: NotRequired[str]

    class TableSpec(TypedDict):
        """A table that grows; with `totals` its columns are facts of the same names,
        standing in the 汇总 row."""

        name: str
        sheet: str
        totals: bool
        columns: list[FactSpec]

    class RatioSpec(TypedDict):
        name: str
        formula: str
        source: NotRequired[str]

    class CheckSpec(TypedDict):
        """A condition over facts that must not hold; `at` is the fact to point at."""

        when: str
        at: str
        severity: str
        message: str
        fix: str

    class GradeSpec(TypedDict):
        name: str
        min: str
        synonyms: list[str]

    class IndicatorSpec(TypedDict):
        """`ratio` names a ratio, `value` a fact that is measured as it stands; neither:
        the rule reads facts itself.

        `zero`: what 0/0 and 不适用 mean: not_applicable, full, none or manual; `over_zero`: the
        same of a denominator alone that is 0; `zero_text`: what a zero denominator means, for the
        reason. `void_when`: the condition that leaves no points.
        """

        id: str
        levels: list[str]
        weight: str
        rule: dict[str, Any]
        standard: str
        weight_fact: NotRequired[str]
        name_fact: NotRequired[str]
        own: NotRequired[bool]
        group: NotRequired[str]
        ratio: NotRequired[str]
        value: NotRequired[str]
        zero: NotRequired[str]
        over_zero: NotRequired[str]
        zero_text: NotRequired[str]
        void_when: NotRequired[str]
        void_text: NotRequired[str]
        applies_when: NotRequired[str]
        row: NotRequired[int]
        printed: NotRequired[str]
        share: NotRequired[str]
        source: NotRequired[str]

    class Rubric(TypedDict):
        format: int
        id: str
        version: str
        title: str
        source: str
        place: NotRequired[str]
        year: NotRequired[str]
        full_marks: str
        form: str
        grades: list[GradeSpec]
        ratios: dict[str, RatioSpec]
        groups: dict[str, str]
        indicators: list[IndicatorSpec]
        facts: dict[str, FactSpec]
        tables: dict[str, TableSpec]
        checks: list[CheckSpec]
        budget: list[str]
        targets: NotRequired[dict[str, str]]
        page: NotRequired[str]
        scale: NotRequired[str]
        content: NotRequired[str]
        sheet: NotRequired[list[dict[str, Any]]]
        caption: NotRequired[str]
        printed_shares: NotRequired[dict[str, str]]
        first_year: NotRequired[str]
        last_year: NotRequired[str]

else:
    FactSpec = TableSpec = RatioSpec = CheckSpec = GradeSpec = IndicatorSpec = Rubric = dict

FORMAT = 1


def canonical(rubric: Rubric) -> str:
    """The one text of a rubric: its hash is taken over this."""
    from json import dumps

    return dumps(rubric, ensure_ascii=False, separators=(",", ":"))


def content_hash(text: str) -> str:
    """SHA-256 over the canonical text, 64 hex digits."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
