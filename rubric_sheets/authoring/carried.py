"""The rubric that a workbook to be filled in carries on its hidden sheet: it is scored by this
one, whatever has been published since."""

from __future__ import annotations

from ..findings.finding import InputError
from ..rubric import packing
from ..rubric.compiled import published_as
from ..rubric.model import FORMAT, Rubric, content_hash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# Published rubrics met in this process, by the code that carries them: a batch unpacks each one
# once. Nobody changes a rubric after it is loaded.
_KNOWN: dict[str, Rubric] = {}
MAX_RUBRIC, MAX_INDICATORS = 1_000_000, 500  # texts and work that no real rubric needs
MAX_BYTES = 4 * MAX_RUBRIC  # of the text as UTF-8
MAX_ROWS = 400  # of the hidden sheet: a rubric of that length takes less, however it is packed


def carried(values: Mapping[str, str], path: str) -> tuple[Rubric, bool]:
    """(the rubric, whether it is a published one to the letter). `values`: key → text, as the
    hidden sheet lists them. Raises InputError."""
    is_packed, code = packing.stored(values)
    known = _KNOWN.get(code)
    if known is not None:
        return known, True
    try:
        text = packing.unpacked(code, MAX_BYTES) if is_packed else code
    except ValueError:
        raise InputError("book-rubric-damaged", path=path) from None
    published = published_as(values.get("rubric", ""), text)
    if published is not None:
        _KNOWN[code] = published
        return published, True
    rubric = _own_rubric(path, text)
    _refuse_unsound(path, rubric, text, values.get("hash", ""))
    return rubric, False


def _own_rubric(path: str, text: str) -> Rubric:
    """The rubric of a text that is no published one's."""
    import json

    try:
        rubric: Rubric = json.loads(text)
        number = rubric["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError("book-rubric-damaged", path=path) from None
    if number != FORMAT:
        newer = isinstance(number, int) and number > FORMAT
        raise InputError("book-too-new" if newer else "book-rubric-damaged", path=path)
    return rubric


def _refuse_unsound(path: str, rubric: Rubric, text: str, wanted: str) -> None:
    """InputError where a rubric that is not a published one was changed, or cannot be scored by.
    `wanted`: the hash that the workbook states."""
    from .lint.check import check_resolved

    if content_hash(text) != wanted:
        raise InputError("book-rubric-damaged", path=path)
    with foreign_rubric(path, False):
        if (
            len(text) > MAX_RUBRIC
            or len(rubric["indicators"]) > MAX_INDICATORS
            or check_resolved(rubric)
        ):
            raise InputError("book-rubric-damaged", path=path)


class foreign_rubric:
    """A rubric that only the file vouches for may be anything: what breaks on it is the file's
    fault, said in one line. With a published rubric every exception is our own bug and shows
    itself."""

    def __init__(self, path: str, published: bool) -> None:
        self.path, self.published = path, published

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if (
            isinstance(error, Exception)
            and not self.published
            and not isinstance(error, (InputError, OSError, NameError, ImportError))
        ):
            raise InputError("book-rubric-damaged", path=self.path) from None


def entries(cell: Any) -> dict[str, str]:
    """Key → text of the hidden sheet, whose cells `cell(row, column)` gives."""
    values: dict[str, str] = {}
    for row in range(1, MAX_ROWS):
        key, value = cell(row, 1), cell(row, 2)
        if key is None or not key.text:
            break
        values[key.text] = value.text if value else ""
    return values
