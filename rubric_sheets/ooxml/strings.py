"""The shared strings part: cut once, each text decoded when it is first asked for ([ECMA-376]
18.4.9 sst)."""

from __future__ import annotations

from . import markup
from .cell import rich_text


class SharedStrings:
    """`data`: the checked part, or b"" where a workbook has none."""

    def __init__(self, data: bytes) -> None:
        self._raw = _items(data)
        self._texts: dict[int, str] = {}

    def __call__(self, index: int) -> str:
        """IndexError when there is no such string, ValueError when it is malformed."""
        text = self._texts.get(index)
        if text is None:
            if index < 0:
                raise IndexError(index)
            text = self._texts[index] = rich_text(self._raw[index])
        return text


def _items(data: bytes) -> list[bytes]:
    """Content of each `<si>`, possibly with the end tag behind it."""
    items = data.split(b"<si>")
    if data.count(b"<si") == len(items) - 1:
        return items[1:]
    found = []
    for node in markup.tags(data, b"si"):
        closed = data[node.inner - 2] == 47
        found.append(b"" if closed else data[node.inner : data.index(b"</si", node.inner)])
    return found
