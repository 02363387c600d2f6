"""A rubric by what a person names: a published id, or a file of their own."""

from __future__ import annotations

import os

from ..rubric.compiled import load as load_compiled
from ..rubric.model import Rubric


def find(name: str) -> Rubric:
    """Raises InputError with every mistake of a rubric file, or with the known ids."""
    rubric = load_compiled(name)
    if rubric is not None:
        return rubric
    if os.path.splitext(name)[1].lower() not in (".toml", ".xlsx"):
        from ..rubric.load import unknown

        raise unknown(name)
    from .files import read_rubric_file

    return read_rubric_file(name)
