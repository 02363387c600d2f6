"""The files that a call names: a rubric, an output, a FACTS.json; what is wrong with them,
said before any work."""

from __future__ import annotations

import os

from ..findings.finding import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..rubric.model import Rubric


def rubric_named(name: str) -> Rubric:
    """The rubric of an id or a file. Raises InputError."""
    from ..authoring.find import find

    try:
        return find(name)
    except InputError:
        refuse_folder(name)
        raise


def refuse_folder(name: str) -> None:
    """A folder where a rubric should stand."""
    if os.path.isdir(name):
        suggestion = os.path.join(name, "指标体系.xlsx")
        raise InputError("rubric-is-folder", path=name, suggestion=suggestion)


def output_kind(path: str, kinds: tuple[str, str], name: str) -> str:
    """The ending of a file to be made, one of `kinds`; `name` is for the advice. Before any work:
    raises InputError for a folder, another ending, or a folder that is not there."""
    if os.path.isdir(path):
        raise InputError("out-is-folder", path=path, suggestion=os.path.join(path, name + kinds[0]))
    refuse_no_folder(path)
    kind = os.path.splitext(path)[1].lower()
    if kind not in kinds:
        raise InputError("out-extension", path=path, expected=" 或 ".join(dict.fromkeys(kinds)))
    return kind


def refuse_no_folder(path: str) -> None:
    """A file to be made in a folder that is not there."""
    folder = os.path.dirname(path)
    if folder and not os.path.isdir(folder):
        what = (
            f"“{folder}”是文件，不是文件夹" if os.path.exists(folder) else f"文件夹“{folder}”不存在"
        )
        raise InputError("out-no-folder", path=path, what=what)
