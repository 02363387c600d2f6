"""按例加分: points counted by cases, added to the total outside of the base."""

from __future__ import annotations

from .base import ADDED
from .counted import *  # noqa: F403 - all other faces are those of both kinds that count so

LABEL = "按例加分"
COUNTS = ADDED
