"""`python -m rubric_sheets`, the same as the console script."""

from .cli import entry

entry()
