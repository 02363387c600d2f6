"""The live formulas of a workbook: which cells, what each must give, and the file with wrong values
stored beside them, so that nobody can take one for an answer of its own."""

from __future__ import annotations

import re
from fractions import Fraction

from ..books.read import Reader
from ..books.shown_values import Shown, derived, scores
from ..books.source import FileSource
from ..books.write import Writer
from ..checks.evaluation import evaluate
from ..facts.model import Place
from ..records import Record

# A cell's tag with the kind of its value, its formula, and the value.
STORED = re.compile(
    rb"(<c\b[^>]*?)(?:\st=\"\w*\")?((?:\s[^>]*)?>)(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))<v>[^<]*</v>"
)
# A figure that no formula of ours gives. Some engines complain of a formula without any.
WRONG = rb"\1\2\3<v>-987654.25</v>"


class Live(Record):
    """One cell with a formula. `exact`: what it must show; "" where it must show nothing."""

    slot: str
    place: Place
    formula: str
    exact: Fraction | str


def live(readers: list[Reader]) -> list[Live]:
    """The formulas whose exact values are known. Those of the unit's own are left out: they may
    well give something else."""
    found = []
    for reader in readers:
        evaluation = evaluate(reader.rubric, reader.facts, reader.published)
        writer = Writer(reader)
        values: dict[str, Shown] = {
            **derived(reader.rubric, reader.facts),
            **scores(reader.rubric, reader.facts, evaluation.card),
        }
        for slot, value in values.items():
            place = writer.place(slot)
            if place is None or place in reader.totals.own:
                continue
            cell = reader.source.cell(*place)
            if cell is not None and cell.formula is not None:
                found.append(Live(slot, place, cell.formula, value))
    return found


def with_wrong_values(source: FileSource) -> bytes:
    """The workbook as it is, but for the results of its formulas."""
    book = source.book
    sheets = {part: book.sheet(name).data for name, part in book.sheets.items()}
    return book.container.rewrite({part: STORED.sub(WRONG, data) for part, data in sheets.items()})
