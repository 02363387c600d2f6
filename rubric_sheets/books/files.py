"""Workbook files as the program writes them: what is wrong with one is said in the words of the
catalogue."""

from __future__ import annotations

from ..ooxml import save as saving
from ..ooxml.faults import PackageFault
from .source import in_words


def save(changes: saving.Changes) -> bool:
    """Write the changes into their book; False when it holds them all already. InputError
    file-locked, file-changed, file-no-permission, file-write-failed …;
    the file is then as it was."""
    try:
        return saving.save(changes)
    except PackageFault as fault:
        raise in_words(fault) from None


def write_new(path: str, data: bytes, *, overwrite: bool = False) -> None:
    """Create a file with these bytes. InputError file-exists (unless `overwrite`), file-locked,
    file-is-folder, file-no-permission, file-write-failed; no new file is then left,
    an old one is whole."""
    from ..ooxml import atomic

    try:
        atomic.write_new(path, data, overwrite=overwrite)
    except PackageFault as fault:
        raise in_words(fault) from None
