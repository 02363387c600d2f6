"""The words and signs of an expression, as officials write them: brackets of any kind, full-width
signs and figures, Chinese operators and functions.

A token is a sign, a number, a name, a text in straight quotes ("是) or a name in backquotes
(`甲或乙): the opening quote stays with it, so that nothing in it is taken for a sign.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_SIGNS = {
    ord(a): b
    for a, b in zip(
        "×÷（）－−＋＝＜＞，．／＊％｜［］【】〔〕｛｝[]{}",
        "*/()--+=<>,./*%|" + "()" * 6,
        strict=True,
    )
} | {
    ord("≤"): "<=",
    ord("≦"): "<=",
    ord("≥"): ">=",
    ord("≧"): ">=",
    ord("≠"): "<>",
    ord("且"): " and ",
    ord("或"): " or ",
    **{ord("０") + digit: str(digit) for digit in range(10)},
}
_PUNCTUATION = frozenset("+-*/()=<>,|")
_DOUBLE = ("<=", ">=", "<>")
YES_NO = ("是", "否")
WORDS = frozenset((*YES_NO, "不适用"))  # texts that need no quotes


class ExpressionError(ValueError):
    """The text is no expression; the message says, in Chinese, what is wrong with it."""


def tokens(text: str) -> list[str]:
    """Split into names, numbers, texts and signs; names may be Chinese, with digits and
    underscores. Raises ExpressionError."""
    out: list[str] = []
    if "`" not in text and '"' not in text:
        _plain(text, out)
        return out
    for part in _quoted().split(text):
        if _quoted().fullmatch(part):
            out.append(part[:-1])
        else:
            _plain(part, out)
    return out


@lru_cache(maxsize=1)
def _quoted() -> re.Pattern[str]:
    """Made when first asked for: most expressions have no quotes."""
    import re

    return re.compile(r'(`[^`]*`|"[^"]*")')


def _plain(text: str, out: list[str]) -> None:
    """The same of a stretch without quotes."""
    word = ""
    for char in text.translate(_SIGNS) + " ":
        if char.isalnum() or char in "_.%“”":
            word += char
            continue
        if word:
            out.append(_word(word))
            word = ""
        if char in _PUNCTUATION:
            if out and out[-1] in ("<", ">") and out[-1] + char in _DOUBLE:
                out[-1] += char
            else:
                out.append(char)
        elif not char.isspace():
            raise ExpressionError(f"不认识的符号“{char}”")


def _word(word: str) -> str:
    """A name, a number or an operator; 是 and 否, and what stands in Chinese quotes, is a text."""
    inner = word[1:-1]
    if word in WORDS:
        return f'"{word}'
    if word[0] == "“" and word[-1] == "”" and "“" not in inner and "”" not in inner:
        return f'"{inner}'
    return word


def protect(text: str, names: Iterable[str]) -> str:
    """The text with those of the names in backquotes that hold 且 or 或, which are operators
    everywhere else."""
    torn = sorted((name for name in names if "且" in name or "或" in name), key=len, reverse=True)
    torn = [name for name in torn if name in text]
    if not torn:
        return text
    import re

    pattern = "|".join(map(re.escape, torn))
    whole = re.compile(rf"(?<![^\W且或])({pattern})(?![^\W且或])")
    quoted = _quoted()
    parts = quoted.split(text)
    return "".join(part if quoted.fullmatch(part) else whole.sub(r"`\1`", part) for part in parts)


def written_out(text: str, meanings: dict[str, str]) -> str:
    """The text with what each of these names means in its place, in brackets."""
    if not any(name in text for name in meanings):
        return text
    import re

    def meaning(found: re.Match[str]) -> str:
        word = found[0]
        if word[0] == '"':
            return word
        name = word[1:-1] if word[0] == "`" else word
        return f"({meanings[name]})" if name in meanings else word

    return re.sub(r"""`[^`]*`|"[^"]*"|(?:[^\W且或]|[.%“”])+""", meaning, text)


def named_in(text: str, meanings: dict[str, str]) -> str:
    """The other way round: the name in the place of each meaning in brackets."""
    import re

    for name, meaning in sorted(meanings.items(), key=lambda one: -len(one[1])):
        inside = f"({meaning})"
        if inside in text:
            text = name.join(re.split(rf"(?<!\w){re.escape(inside)}", text))
    return text


def unprotected(text: str) -> str:
    """As the author wrote it."""
    return text.replace("`", "")
