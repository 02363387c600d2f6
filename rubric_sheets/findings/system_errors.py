"""What the operating system reports, in words: the one place."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ENOENT: "所在文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
}


def words(error: Exception) -> str:
    """Why a file cannot be read or written. Windows says it in the user's language; elsewhere the
    system's own words stand only where we have no others."""
    if not isinstance(error, OSError):
        return f"系统报告“{error}”"
    if getattr(error, "winerror", None):
        return error.strerror or str(error)
    return _WORDS.get(error.errno or 0, f"系统报告“{error.strerror or error}”")
