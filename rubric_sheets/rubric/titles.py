"""What a person calls a fact: as its form does, never by the name that only a program needs."""

from __future__ import annotations

from ..places.names import CHECKLIST_SHEET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .model import FactSpec, Rubric

LEAST, LONGEST = 6, 20  # characters of a question: more is cut at a comma, or anywhere


def title(spec: FactSpec) -> str:
    """Its label, or what its help says of it, cut short. Quotes inside of quotes are single
    ones."""
    return (spec.get("label") or _without_label(spec)).replace("“", "‘").replace("”", "’")


def _without_label(spec: FactSpec) -> str:
    name, text = spec["name"], spec.get("help", "")
    if text and spec.get("sheet") == CHECKLIST_SHEET:
        return _short(text)
    if spec["kind"] == "judged":
        return f"{name.replace('自评', '').strip('_')}的自评得分"
    return text if text.endswith("的适用分值") else name


def _short(question: str) -> str:
    if len(question) <= LONGEST:
        return question
    ends = [at for at in range(LEAST, LONGEST) if question[at] in "，、；"]
    return question[: ends[-1] if ends else LONGEST - 1] + "…"


def inner(rubric: Rubric) -> dict[str, str]:
    """Name → title, of the facts whose names are a program's: `违规例数_财经法规`."""
    return {name: title(spec) for name, spec in rubric["facts"].items() if "_" in name}
