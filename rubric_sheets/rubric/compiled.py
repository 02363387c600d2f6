"""Published rubrics as resolved JSON, ready to load;
made from the texts by `make rubrics`, compared by a test."""

from __future__ import annotations

import os
import sys

from .. import bundle
from .model import Rubric

FOLDER = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "rubrics", "compiled"
)


def compiled_text(rubric_id: str) -> str | None:
    """The canonical text of a published rubric, or None for an unknown id."""
    if not rubric_id.replace("-", "").isalnum():
        return None  # an id from outside must not become a path
    try:
        with open(os.path.join(FOLDER, f"{rubric_id}.json"), encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def published_as(rubric_id: str, text: str) -> Rubric | None:
    """The published rubric of this id, if this is its text to the letter."""
    return load(rubric_id) if compiled_text(rubric_id) == text else None


def load(rubric_id: str) -> Rubric | None:
    """A published rubric, or None."""
    known: Rubric | None = bundle.rubric(rubric_id)
    if known is not None:
        return known
    import json

    text = compiled_text(rubric_id)
    rubric: Rubric | None = json.loads(text) if text else None
    return rubric


def compile_all() -> dict[str, str]:
    """File name → text, for every published rubric."""
    from . import load as texts
    from .model import canonical

    return {
        f"{rubric_id}.json": canonical(texts.load(rubric_id)) for rubric_id in texts.published()
    }


def main() -> None:
    """Write the compiled rubrics: `python -m rubric_sheets.rubric.compiled`."""
    os.makedirs(FOLDER, exist_ok=True)
    wanted = compile_all()
    for name in set(os.listdir(FOLDER)) - set(wanted):
        os.remove(os.path.join(FOLDER, name))
    for name, text in wanted.items():
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    sys.stdout.write(f"{len(wanted)} 套指标体系已编译\n")


if __name__ == "__main__":
    main()
