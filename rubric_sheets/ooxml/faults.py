"""What is wrong with a file: raised here as a kind and its details,
put into words where the program meets people.

kind            details
not-found, is-folder, empty, no-permission, encrypted, exists, changed
not-workbook, other-kind    what it is instead: kind-xls, kind-pdf …
truncated       zip-…, xml-…, cell-…; `part`, `cell`
too-large       size-…; `part`, `size`, `limit`
unusual         zip-…, xml-…, cell-…, formula-…; `part`, `sheet`, `cell`
locked          office, libreoffice, windows; `user` ("" where it is not told), `lock`, its file
write-failed    write-folder
truncated, write-failed     system; `error`, the OSError or ValueError
not-alike       owner, group or access list cannot be kept
left-behind     system; `error`; `spare`, where the old file is
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class PackageFault(Exception):
    """A file that cannot be read or written. `detail` and `params` say what exactly is wrong with
    it."""

    def __init__(self, kind: str, path: str, detail: str = "", **params: Any) -> None:
        super().__init__(f"{path}: {kind} {detail} {params or ''}".rstrip())
        self.kind, self.path, self.detail, self.params = kind, path, detail, params
