"""The synonyms of labels.toml, ready to be looked up."""

from __future__ import annotations

import os
import tomllib
from functools import cache

from .clean import cleaned, label

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "labels.toml")


@cache
def data() -> dict[str, Any]:
    """The file as it stands."""
    with open(PATH, "rb") as file:
        return tomllib.load(file)


@cache
def lookup(section: str) -> dict[str, str]:
    """Label → name, of a section such as `facts` or `funds.rows`."""
    found: Any = data()
    for part in section.split("."):
        found = found[part]
    return {label(word): name for name, words in found.items() for word in words}


def fact(text: str) -> str:
    """The fact that a label names, or ""."""
    return lookup("facts").get(label(text), "")


def heading(text: str) -> str:
    """The column of a score table that a heading names, or ""."""
    return lookup("score").get(label(text), "")


def sign(text: str) -> str:
    """The sign that a cell of its own gives: `大于等于` → `≥`; "" where it gives none."""
    wanted = cleaned(text).text
    return next((name for name, words in data()["signs"].items() if wanted in words), "")
