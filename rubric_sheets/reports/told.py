"""A finding of a report, with the quotes that it rests on."""

from __future__ import annotations

from ..findings.finding import Finding
from ..records import Record
from .sightings import Evidence


class Told(Record):
    """`evidence`: both sides, letter for letter."""

    finding: Finding
    evidence: tuple[Evidence, ...]
