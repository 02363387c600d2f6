"""Results that can be scored, and yet ask for a second look at the pair."""

from __future__ import annotations

import re
from fractions import Fraction

from .reading import tidy

REPEATED, IN_WORDS, BEYOND = "repeated", "in words", "beyond"
FAR = Fraction(3, 10)  # beyond the target: from here on it may have been set too low

_SIGNS = ("≥", "≤", ">", "<")
_SIGNED = r"[≥≤<>]=?\s*[0-9]|不(?:超过|低于|少于|高于)[0-9]"
_WORDS = (
    r"(?:已|全部|全面|按时|按期|圆满|顺利)?(?:完成|达成|达标|实现)"
    r"(?:了|预期指标|预期目标|目标|任务)?"
)


def says_no_number(goal: str, result: str) -> str:
    """REPEATED where a result is only its target once more, sign and all; IN_WORDS where it is a
    word and the target a figure; else empty."""
    wanted, said = tidy(goal), tidy(result)
    if not _is_signed(wanted):
        return ""
    if said == wanted:
        return REPEATED
    return IN_WORDS if re.fullmatch(_WORDS, said) else ""


def _is_signed(wanted: str) -> bool:
    """The pattern is for the few that are neither plainly so (`≥65台`) nor plainly not."""
    if wanted[:1] in _SIGNS and "0" <= wanted[1:2] <= "9":
        return True
    is_open = "不" in wanted or any(sign in wanted for sign in _SIGNS)
    return is_open and re.search(_SIGNED, wanted) is not None


def beyond(goal: Fraction, result: Fraction) -> Fraction:
    """How far a result is beyond a target of which one wants more, as a part of the target; 0
    where that is not far, as one more of a few is not."""
    if goal <= 0 or result - goal < FAR * goal or result - goal <= 1:
        return Fraction(0)
    return (result - goal) / goal
