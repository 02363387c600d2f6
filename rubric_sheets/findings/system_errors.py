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
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.EBUSY: "正被别的程序使用",
    errno.ETXTBSY: "正被别的程序使用",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.ENOMEM: "内存不足",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EINVAL: "系统不接受这样的文件名或操作",
    errno.ENODEV: "磁盘或网络盘已断开",
    errno.ENXIO: "磁盘或网络盘已断开",
    errno.EPIPE: "输出的另一端已关闭",
}


def words(error: Exception) -> str:
    """Why a file cannot be read or written. Windows says it in the user's language; elsewhere the
    system's own words stand only where we have no others."""
    if not isinstance(error, OSError):
        return f"系统报告“{error}”"
    if getattr(error, "winerror", None):
        return error.strerror or str(error)
    return _WORDS.get(error.errno or 0, f"系统报告“{error.strerror or error}”")
