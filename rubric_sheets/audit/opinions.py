"""One 审核意见 for each unit of an audit, in a folder. A name from a file never becomes a path, and
what somebody has written or changed there stays as it is."""

from __future__ import annotations

import json
import os
import re
import unicodedata

from ..books.files import write_new
from ..findings.finding import InputError
from ..findings.system_errors import words
from ..ooxml.container import read_file
from ..ooxml.faults import PackageFault
from ..records import Record
from ..reports.opinion import Known, Opinion, Remark, document, known
from ..reports.reading.document import Spot
from .figures import Figures
from .texts import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

ENDING = "审核意见.docx"
LONGEST = 50  # characters of a name: at most 200 bytes, where a file name may have 255
# What a path is made of, here or on another system.
PATH_SIGNS = re.compile(r'[/\\:*?"<>|]')
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
# Submissions only where there is something to say.
UNITS = """
SELECT file, coalesce(name, ''), coalesce(project, ''), year, title, kind, claimed, total, grade,
  complete, said FROM seen JOIN (SELECT unit, said FROM inputs) USING (unit)
WHERE usable AND (title IS NOT NULL OR errors + warnings + notes > 0) ORDER BY seen.position"""


class Written(Record):
    """`made`: written now; `kept`: as they were; `beside`: (file that was there, file written in
    its stead)."""

    made: int
    kept: int
    beside: list[tuple[str, str]]


def make_folder(path: str) -> None:
    """Before any work: the folder is there. InputError out-no-folder, file-no-permission."""
    if os.path.lexists(path) and not os.path.isdir(path):
        raise InputError("out-no-folder", path=path, what=f"“{path}”是文件，不是文件夹")
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise InputError("out-no-folder", path=path, what=words(error)) from None


def write(figures: Figures, folder: str) -> Written:
    """Write those that are not there yet. InputError file-no-permission, file-write-failed …"""
    taken: set[str] = set()
    made, kept = 0, 0
    beside = []
    for row in figures.stream(UNITS):
        opinion, stem = _opinion(*row)
        is_new, first, path = _one(opinion, stem, folder, taken)
        made, kept = made + is_new, kept + (not is_new)
        if first:
            beside.append((os.path.basename(first), os.path.basename(path)))
    return Written(made, kept, beside)


def _one(opinion: Opinion, stem: str, folder: str, taken: set[str]) -> tuple[bool, str, str]:
    """(was it written, the first foreign file on the way, where it stands)."""
    data = document(opinion)
    ours = known(data)
    assert ours is not None
    foreign = ""
    for path in _places(folder, stem, taken):
        there = _there(path)
        if there is not None and there.written == ours.written:
            return False, foreign, path  # whoever has changed it knows this opinion
        is_free = not os.path.lexists(path)
        if is_free or (there is not None and there.now == there.written):
            write_new(path, data, overwrite=not is_free)
            return True, foreign, path
        foreign = foreign or path
    raise AssertionError("there is always one more number")


def _there(path: str) -> Known | None:
    """The opinion of ours that stands there."""
    try:
        return known(read_file(path)[0])
    except PackageFault:
        return None


def _places(folder: str, stem: str, taken: set[str]) -> Iterator[str]:
    """The names that a unit may have, none of which another unit of this run has. File systems
    may take names for the same that differ in case or in how their signs are composed."""
    number = 0
    while True:
        number += 1
        name = stem + (f"（{number}）" if number > 1 else "") + ENDING
        same = unicodedata.normalize("NFKC", name).casefold()
        if same not in taken:
            taken.add(same)
            yield os.path.join(folder, name)


def _opinion(
    file: str, name: str, project: str, year: int | None, *rest: Any
) -> tuple[Opinion, str]:
    """The opinion, and the name of its file without ending."""
    title, kind, claimed, total, grade, complete, said = rest
    own = os.path.splitext(os.path.basename(file))[0]
    whose = "".join(filter(None, (name, project, f"{year}年" if year else "")))
    found = json.loads(said)
    done = _done(found, title, kind, (claimed, total, grade), complete=bool(complete))
    remarks = [_remark(one) for one in found["findings"]]
    return Opinion(name, own, done, remarks), file_name(whose if name else own)


def _done(
    found: dict[str, Any], title: str | None, kind: str, points: tuple[Any, ...], *, complete: bool
) -> str:
    """What was done, in words, with the totals that came of it."""
    claimed, total, grade = points
    parts = []
    if kind == "report":
        parts.append(f"复算了 {len(found['statements'])} 处数据")
    if kind == "submission":
        return "与报送时的报送码比较"
    if title and total is not None:
        least = "" if complete else "暂"
        parts.append(
            f"按《{title}》{least}测算 {text_of(total)} 分{f'（{grade}）' if grade else ''}"
        )
    if claimed is not None:
        parts.append(f"自评 {text_of(claimed)} 分")
    return "，".join(parts) or "复算了各项数据"


def _remark(one: dict[str, Any]) -> Remark:
    """Of a workbook's finding the place is the cell; of a report's, each quote has its own."""
    place = one.get("sheet", "") + (f"!{one['cell']}" if one.get("cell") else "")
    message = f"{place}　{one['message']}" if place else one["message"]
    quotes = tuple(
        (str(Spot(**each["place"])), " ".join(each["quote"].split()))
        for each in one.get("evidence", ())
    )
    return Remark(one["severity"], message, one["fix"], one["actual"], one["expected"], quotes)


def file_name(text: str) -> str:
    """A text as a part of a file name, on any system."""
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    clean = " ".join(PATH_SIGNS.sub("_", clean).split())[:LONGEST].strip(" .")
    return f"_{clean}" if RESERVED.match(clean) or not clean else clean
