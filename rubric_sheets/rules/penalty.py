"""扣分项: points judged by the unit, taken from the total, outside of the base."""

from __future__ import annotations

from .base import TAKEN_OFF
from .outside import *  # noqa: F403 - all other faces are those of both kinds that count so

LABEL = "扣分项"
COUNTS = TAKEN_OFF
