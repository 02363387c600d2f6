"""`python -m rubric_sheets`, the same as the console script."""

from .commands.cli import entry

entry()
