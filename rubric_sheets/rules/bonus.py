"""加分项: points judged by the unit, added to the total, outside of the base."""

from __future__ import annotations

from .base import ADDED
from .outside import *  # noqa: F403 - all other faces are those of both kinds that count so

LABEL = "加分项"
COUNTS = ADDED
