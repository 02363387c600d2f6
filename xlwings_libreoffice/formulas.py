"""Formulas between Excel's grammar and LibreOffice's.

Both ways lead through LibreOffice's own parser: Excel's text → tokens → LibreOffice's text, and
back. Two parsers are needed; never one with FormulaConvention=1 (Excel A1), because that changes
the separators of a function table which the whole office shares. Convention 3 (the grammar of .xlsx
files) has a table of its own, in which newer functions carry the prefix `_xlfn.` that Excel's
formula bar does not show, so it is added and removed here.
"""

from __future__ import annotations

import re
from typing import Any

from .calls import traced
from .connection import uno_module
from .function_names import PREFIXED

_CALC, _XLSX = 0, 3  # com.sun.star.sheet.AddressConvention
_FUNCTION = re.compile(
    r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\')|\b(_xlfn\.(?:_xlws\.)?)?([A-Za-z][A-Za-z0-9.]*)(?=\()',
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'")
_NOT_AVAILABLE = re.compile(r'("(?:[^"]|"")*")|#N/A')
_SHOWN = re.compile(r'("(?:[^"]|"")*")|_xlfn\.(?:_xlws\.)?|\b(TRUE|FALSE)\(\)', re.IGNORECASE)
# These names mean another function in the text that setFormulaArray reads, or parse only as tokens.
_ONLY_TOKENS = re.compile(
    r"\b(?:CONVERT|P?DURATION|CONVERT_OOO|COM\.SUN\.STAR\.[\w.]+)\(|#", re.IGNORECASE
)


def to_xlsx(text: str) -> str:
    """Excel's formula, without "=", as .xlsx files spell it."""

    def prefixed(found: re.Match[str]) -> str:
        if found[1]:
            return str(found[1])
        name = found[3].upper()
        return f"_xlfn.{name}" if name in PREFIXED else str(found[3])

    text = _FUNCTION.sub(prefixed, text)
    return _NOT_AVAILABLE.sub(lambda found: found[1] or "NA()", text)


def to_shown(text: str) -> str:
    """A formula of an .xlsx file as Excel shows it."""
    return _SHOWN.sub(lambda found: found[1] or (found[2] or "").upper(), text)


def _balanced(text: str) -> bool:
    """Are quotes and parentheses closed? LibreOffice closes them by guesswork, Excel refuses."""
    depth = 0
    for sign in _QUOTED.sub("", text):
        if sign in "\"'":
            return False
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


class Formulas:
    """The two parsers of one workbook."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._parsers: dict[int, Any] = {}
        self._text_is_safe: bool | None = None

    def _parser(self, convention: int) -> Any:
        if convention not in self._parsers:
            parser = self._document.createInstance("com.sun.star.sheet.FormulaParser")
            parser.CompileEnglish, parser.FormulaConvention = True, convention
            self._parsers[convention] = parser
        return traced(self._parsers[convention])

    def position(self, sheet: int, row: int, column: int) -> Any:
        """A cell's address as the parsers want it; all count from 0. Costs no call."""
        return uno_module().createUnoStruct("com.sun.star.table.CellAddress", sheet, column, row)

    def tokens(self, formula: str, position: Any) -> Any:
        """The tokens of Excel's "=…"."""
        body = to_xlsx(formula[1:].strip())
        tokens = self._parser(_XLSX).parseFormula(body, position)
        # a token that pushes nothing stands for an error value, which the parser cannot express
        if (
            not _balanced(body)
            or not tokens
            or any(t.OpCode == 0 and t.Data is None for t in tokens)
        ):
            raise ValueError(f"公式“{formula}”的写法不对，或者用了 LibreOffice 没有的写法。")
        return tokens

    def calc_text(self, tokens: Any, position: Any) -> str | None:
        """Tokens as the "=…" that setFormulaArray reads; None where only setting tokens is safe."""
        if not self._safe():
            return None
        text = str(self._parser(_CALC).printFormula(tokens, position))
        return None if _ONLY_TOKENS.search(text) else f"={text}"

    def _safe(self) -> bool:
        """Is the shared function table still as it should be?

        Somebody else's script may have changed it.
        """
        if self._text_is_safe is None:
            position = self.position(0, 0, 0)
            tokens = self._parser(_XLSX).parseFormula("MAX(1,2)", position)
            self._text_is_safe = self._parser(_CALC).printFormula(tokens, position) == "MAX(1;2)"
        return self._text_is_safe

    def excel_text(self, calc: str, position: Any, cell: Any) -> str:
        """LibreOffice's "=…" as Excel writes it.

        `cell()` fetches the cell where its tokens are needed.
        """
        if not self._safe() or _ONLY_TOKENS.search(calc):
            tokens = cell().getTokens()
        else:
            tokens = self._parser(_CALC).parseFormula(calc[1:], position)
        return self.shown(tokens, position)

    def shown(self, tokens: Any, position: Any) -> str:
        """Tokens as Excel's "=…"."""
        return "=" + to_shown(str(self._parser(_XLSX).printFormula(tokens, position)))
