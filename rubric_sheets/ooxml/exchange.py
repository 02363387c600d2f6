"""Two files exchange their names in one step, so that what stood there can be looked at before it
is given up.

Source: renameat2(2), RENAME_EXCHANGE of Linux; no other system is asked.
"""

from __future__ import annotations

import os
import sys

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD, RENAME_EXCHANGE


def exchange(one: str, other: str) -> bool:
    """Exchange two names in one folder; False where the system or the disk cannot, and nothing has
    changed. OSError: a name is gone, no permission …"""
    import errno

    if sys.platform != "linux":
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    try:
        rename = libc.renameat2
    except AttributeError:  # an old C library
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), other)
