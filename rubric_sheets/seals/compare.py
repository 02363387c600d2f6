"""A submission beside what it records of itself: which parts are no longer as they were."""

from __future__ import annotations

import re

from ..findings.finding import Finding, finding
from .content import Digest
from .stamp import Stamp

CODE = re.compile("报送码 ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})")


def differences(stamp: Stamp, now: dict[str, Digest], printed: set[str]) -> list[Finding]:
    """`printed`: the codes that stand on the pages."""
    found = []
    if not stamp.is_whole or printed - {stamp.code}:
        found.append(finding("seal-record-changed"))
    for name, was in stamp.parts.items():
        if name not in now:
            found.append(finding("seal-part-gone", name))
        elif now[name].figures != was.figures:
            found.append(finding("seal-figures-changed", name))
        elif now[name].words != was.words:
            found.append(finding("seal-words-changed", name))
    found += [finding("seal-part-added", name) for name in now if name not in stamp.parts]
    return found
