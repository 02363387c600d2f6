"""Defined names in ASCII, for engines that know no others: in the list of names and in every
formula."""

from __future__ import annotations

import re

from ..ooxml import markup
from ..ooxml.book import Book

# A text, a quoted sheet, or a word. A word before ! is a sheet, before ( a function.
WORDS = re.compile(r'"[^"]*"|\'[^\']*\'|[^\W\d][\w.\\?]*(?![\w.!(])')
FORMULA = re.compile(rb"(<f(?:\s[^>]*)?>)([^<]*)(</f>)")
NAME = re.compile(rb'(<definedName\b[^>]*\bname=")([^"]*)(")')


def in_ascii(book: Book) -> dict[str, bytes]:
    """Part → its bytes, with other names."""
    others: dict[str, str] = {}

    def renamed(found: re.Match[bytes]) -> bytes:
        name = markup.unescape(found[2])
        if name.isascii():
            return found[0]
        others.setdefault(name, f"name_{len(others) + 1}")
        return found[1] + others[name].encode() + found[3]

    def formula(found: re.Match[bytes]) -> bytes:
        text = WORDS.sub(lambda word: others.get(word[0], word[0]), markup.unescape(found[2]))
        return found[1] + markup.escape(text) + found[3]

    parts = {book.part: NAME.sub(renamed, book.data)}
    for name, part in book.sheets.items():
        parts[part] = FORMULA.sub(formula, book.sheet(name).data)
    return parts
