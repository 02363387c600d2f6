"""The folder of this user's programs for what may be lost, and the files that a book has in it."""

from __future__ import annotations

import os
import sys


def cache_folder() -> str:
    """Where this user's programs keep what may be lost."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "rubric-sheets")


def file_of(book: str) -> str:
    """The snapshot file of a book; Windows and Mac do not tell letters' cases apart."""
    from hashlib import sha256

    name = book if sys.platform.startswith("linux") else book.lower()
    return os.path.join(cache_folder(), f"{sha256(name.encode()).hexdigest()[:32]}.json")


def merges_file_of(book: str) -> str:
    """Where the merged cells of a book are remembered."""
    return f"{file_of(book)[:-5]}.merges"
