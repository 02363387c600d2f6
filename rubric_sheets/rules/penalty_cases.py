"""按例减分: points counted by cases, taken from the total outside of the base."""

from __future__ import annotations

from .base import TAKEN_OFF
from .counted import *  # noqa: F403 - all other faces are those of both kinds that count so

LABEL = "按例减分"
COUNTS = TAKEN_OFF
