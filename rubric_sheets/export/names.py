"""The automatic file name, from what the unit typed: it may hold anything, and must never become a
path."""

from __future__ import annotations

import unicodedata

from ..checks.evaluation import Evaluation
from ..exact.quantities import show
from ..rubric.forms import holds_projects
from .draft import why

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..facts.model import Value

FORBIDDEN = frozenset('<>:"/\\|?*')
RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [device + digit for device in ("COM", "LPT") for digit in "0123456789¹²³"]
)
EDGES = (
    " .　_-~"  # a hidden file, an option, an Office lock file, and what Windows cuts off at the end
)
MOST_BYTES = 120  # of one part: three of them and the ending stay below the 255 of file systems
NO_UNIT = "未填单位"


def file_name(evaluation: Evaluation, kind: str = ".xlsx") -> str:
    """`单位名称_2021年度_部门整体支出绩效自评.xlsx`; a project's name stands after its unit's."""
    values, project = evaluation.facts.values, holds_projects(evaluation.rubric)
    parts = [safe(_text(values.get("实施单位" if project else "单位名称"))) or NO_UNIT]
    if project:
        several = len(evaluation.projects)
        parts.append(
            f"{several}个项目"
            if several
            else cut(safe(_text(values.get("项目名称"))), MOST_BYTES // 2)
        )
    year = safe(_text(values.get("评价年度")))[:8]
    parts += [
        f"{year}年度" if year else "",
        "项目支出绩效自评" if project else "部门整体支出绩效自评",
        "草稿" if why(evaluation) else "",
    ]
    return allowed("_".join(part for part in parts if part)) + kind


def _text(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else show(value)


def safe(text: str) -> str:
    """A part of a file name on any system; "" where nothing is left."""
    kept = ""
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category[0] == "Z" or char in "\t\r\n":
            kept += " "
        elif (
            char in FORBIDDEN or category[0] == "C"
        ):  # control, direction marks, halves of characters
            kept += "_"
        else:
            kept += char
    return cut(" ".join(kept.split()).strip(EDGES), MOST_BYTES)


def cut(text: str, most: int) -> str:
    """The beginning that takes at most `most` bytes, whole characters only."""
    return text.encode()[:most].decode(errors="ignore").strip(EDGES)


def allowed(stem: str) -> str:
    """Windows keeps some names for its devices, whatever follows the first dot."""
    device = stem.partition(".")[0].strip().upper()
    return f"_{stem}" if device in RESERVED else stem
