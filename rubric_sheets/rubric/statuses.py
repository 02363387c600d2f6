"""What becomes of a measure or an indicator, in the words that JSON and the cases of a rubric
use."""

from __future__ import annotations

OK = "ok"  # of a measure: it has a value
SCORED = "scored"  # by its rule
JUDGED = "judged"  # by the unit
LEFT_OUT = "not_applicable"  # leaves the base
MISSING = "missing"  # a fact, a weight or the unit's own score is not known
ERROR = "error"  # cannot be computed

STATUSES = (SCORED, JUDGED, LEFT_OUT, MISSING, ERROR)  # of an indicator
