"""The rubric of a workbook that is read: the one that it carries, or one given from outside."""

from __future__ import annotations

from ..authoring.carried import carried, entries, foreign_rubric
from ..findings.finding import InputError
from ..places.names import META_SHEET
from ..rubric.model import Rubric

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .source import Source

__all__ = ["by_names", "foreign_rubric", "read_rubric"]


def read_rubric(source: Source) -> tuple[Rubric, bool]:
    """(the rubric that the workbook carries, whether it is a published one to the letter)."""
    if META_SHEET not in source.sheets:
        raise InputError("book-not-ours", path=source.path)
    values = entries(lambda row, column: source.cell(META_SHEET, row, column))
    return carried(values, source.path)


def by_names(source: Source, rubric: Rubric) -> tuple[Rubric, bool]:
    """A rubric given from outside, for a workbook that has lost its own. InputError where none of
    the rubric's facts has a name there."""
    given = {name.partition("__")[0] for name in source.names}
    if not given & {*rubric["facts"], *rubric["tables"]}:
        raise InputError("book-has-no-names", path=source.path, rubric=rubric["id"])
    return rubric, True  # whoever named it vouches for it
