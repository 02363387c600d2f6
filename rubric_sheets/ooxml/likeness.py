"""A file that takes another's place has its owner, group, mode, access lists and attributes.

Source: acl(5) and xattr(7): access lists are kept as `system.posix_acl_access`.
"""

from __future__ import annotations

import errno
import os
import stat

from .faults import PackageFault

_NOT_OURS = ("security.", "trusted.")  # of the system: it labels the new file itself
_NO_LISTS = (errno.EOPNOTSUPP, errno.ENOSYS)  # a disk without attributes


def take_after(file: int, path: str, like: os.stat_result) -> None:
    """Give the open `file` what the file at `path` has. PackageFault not-alike where the group or
    an access list cannot be given: people would be locked out. Another owner stays away where the
    system gives files to nobody: whoever wrote last is the owner."""
    try:
        _owner(file, like)
        os.fchmod(file, stat.S_IMODE(like.st_mode))
        if hasattr(os, "listxattr"):
            _attributes(file, path)
    except PermissionError:
        raise PackageFault("not-alike", path) from None


def _owner(file: int, like: os.stat_result) -> None:
    own = os.fstat(file)
    if own.st_uid != like.st_uid:
        try:
            os.fchown(file, like.st_uid, like.st_gid)
        except PermissionError:  # only root gives files away
            pass
        else:
            return
    if own.st_gid != like.st_gid:
        os.fchown(file, -1, like.st_gid)


def _attributes(file: int, path: str) -> None:
    try:
        names = os.listxattr(path)
    except OSError as error:
        if error.errno in _NO_LISTS:
            return
        raise
    for name in names:
        if not name.startswith(_NOT_OURS):
            os.setxattr(file, name, os.getxattr(path, name))
