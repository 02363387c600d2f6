"""Ids that an author leaves to the program: made of names, so that they are the same every time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ..lint.shape import LONGEST_ID, is_letter

JOIN = "-"


def id_of(text: str) -> str:
    """`“三公”经费变动率` → `三公经费变动率`; what is no letter and no digit parts words."""
    words = "".join(
        c if is_letter(c) else " " for c in text.casefold().replace("“", "").replace("”", "")
    )
    return JOIN.join(words.split())[:LONGEST_ID].strip(JOIN)


def name_all(source: dict[str, Any]) -> None:
    """Give an id to the rubric and to every indicator that has none: its last level, with the one
    above where several are called the same, with a number where that does not tell them apart."""
    if "id" not in source and isinstance(source.get("title"), str) and id_of(source["title"]):
        source["id"] = id_of(source["title"])
    specs = [spec for spec in source["indicator"] if spec.get("levels")]
    names = Counter(spec["levels"][-1] for spec in specs)
    taken = {spec["id"] for spec in specs if "id" in spec}
    for spec in specs:
        if "id" in spec:
            continue
        depth = 1 if names[spec["levels"][-1]] == 1 else 2
        wanted = id_of(JOIN.join(spec["levels"][-depth:])) or "x"
        id_, number = wanted, 2
        while id_ in taken:
            id_, number = f"{wanted[: LONGEST_ID - 4]}{JOIN}{number}", number + 1
        taken.add(id_)
        spec["id"] = id_


def owners(indicators: list[dict[str, Any]]) -> dict[str, int]:
    """What a row of another sheet may say to belong to an indicator → where that stands among
    all: its id, or its last level where no other is called so."""
    found: dict[str, int] = {}
    names = Counter(spec["levels"][-1] for spec in indicators if spec.get("levels"))
    for index, spec in enumerate(indicators):
        if isinstance(spec.get("id"), str):
            found.setdefault(spec["id"], index)
    for index, spec in enumerate(indicators):
        if spec.get("levels") and names[spec["levels"][-1]] == 1:
            found.setdefault(spec["levels"][-1], index)
    return found
