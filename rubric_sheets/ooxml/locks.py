"""Is a workbook open in a spreadsheet program? Each leaves a small file beside it while it is.

Excel and WPS: `~$NAME` (the name in full; only Word shortens it); WPS for Linux: `.~NAME`;
LibreOffice: `.~lock.NAME#`, one line of texts parted by commas, the first two naming the user.
"""

from __future__ import annotations

import os

from .faults import PackageFault


def refuse_locked(path: str) -> None:
    """PackageFault locked when a lock file lies beside `path`, or beside the file it links to."""
    for place in dict.fromkeys((path, os.path.realpath(path))):
        folder, name = os.path.split(place)
        for lock, program in (
            (f"~${name}", "office"),
            (f".~{name}", "office"),
            (f".~lock.{name}#", "libreoffice"),
        ):
            if os.path.lexists(os.path.join(folder, lock)):
                user = _user(os.path.join(folder, lock), program)
                found = os.path.join(folder, lock)
                raise PackageFault("locked", path, program, user=user, lock=found)


def _user(lock: str, program: str) -> str:
    """The user's name in a lock file, or "" when it is not told."""
    try:
        with open(lock, "rb") as file:
            raw = file.read(512)
    except OSError:
        return ""
    if program == "libreoffice":
        fields = raw.decode(errors="replace").split(",")
        return next((field.strip() for field in fields[:2] if field.strip()), "")
    # [byte] length, the name in the system's code page, padded to 55 bytes; then the same in UTF-16
    if len(raw) > 57:
        length = int.from_bytes(raw[55:57], "little")
        name = raw[57 : 57 + 2 * length].decode("utf-16-le", "replace").strip("\0 ")
        if name.isprintable():
            return name
    return ""
