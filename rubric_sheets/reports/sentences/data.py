"""The words of words.toml, and its patterns compiled."""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "words.toml")


@cache
def words() -> dict[str, Any]:
    with open(PATH, "rb") as file:
        return tomllib.load(file)


@cache
def patterns(section: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a section by name, directions filled in."""
    given = words()
    return {
        name: re.compile(text.replace("{up}", given["up"]).replace("{down}", given["down"]))
        for name, text in given[section].items()
    }


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """One pattern that stands by itself."""
    given = words()
    text = given[section][name] if section else given[name]
    text = "|".join(text) if isinstance(text, list) else text
    return re.compile(text.replace("{up}", given["up"]).replace("{down}", given["down"]))
