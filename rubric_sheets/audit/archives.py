"""Zip archives of workbooks: what they hold, and the bytes of one file of them. Nothing is ever
unpacked to the disk; a name in an archive is a label, never a path.

Source: [APPNOTE] 4.3 to 4.6 (the .ZIP File Format Specification).
"""

from __future__ import annotations

import zipfile
import zlib

from ..ooxml.container import MAX_FILE
from ..ooxml.faults import PackageFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 200_000
MAX_TOTAL = 64 << 30  # of all that an archive says it holds
MAX_RATIO = 400  # as in a workbook's own package
RATIO_FLOOR = 64 << 20
UTF8, ENCRYPTED = 0x800, 0x1  # general purpose flags, 4.4.4
UNICODE_PATH = 0x7075  # 4.6.9
WORKBOOK = "[content_types].xml"


class _Open:
    """The archive that was read last: its files come one after the other."""

    path = ""
    archive: zipfile.ZipFile | None = None


def members(path: str, name: str) -> list[tuple[int, str]] | None:
    """(number, name) of each file of an archive; None for a package that only has the ending of
    one. PackageFault for what is no archive, or one that is not to be trusted."""
    listed = _archive(path, name).infolist()
    if any(info.filename.lower() == WORKBOOK for info in listed):
        return None
    files = [(number, info) for number, info in enumerate(listed) if not info.is_dir()]
    if len(files) > MAX_MEMBERS:
        raise PackageFault("too-large", name, "size-entries", size=len(files), limit=MAX_MEMBERS)
    size = sum(info.file_size for _, info in files)
    packed = sum(info.compress_size for _, info in files)
    if size > MAX_TOTAL:
        raise PackageFault("too-large", name, "size-total", limit=MAX_TOTAL >> 20)
    if size > RATIO_FLOOR and size > MAX_RATIO * packed:
        raise PackageFault("too-large", name, "size-ratio", part=name)
    return list(zip((number for number, _ in files), _labels([info for _, info in files])))


def read(path: str, number: int, name: str) -> bytes:
    """The bytes of one file of an archive, at most as many as a workbook may have. PackageFault."""
    archive = _archive(path, name)
    try:
        info = archive.infolist()[number]
        if info.flag_bits & ENCRYPTED:
            raise PackageFault("unusual", name, "zip-password")
        if not info.file_size:
            raise PackageFault("empty", name)
        if info.file_size > MAX_FILE:
            size, limit = (info.file_size >> 20) + 1, MAX_FILE >> 20
            raise PackageFault("too-large", name, "size-file", size=size, limit=limit)
        with archive.open(info) as file:
            return file.read(MAX_FILE + 1)
    except NotImplementedError:
        raise PackageFault("unusual", name, "zip-method", part=name) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, IndexError, ValueError, RuntimeError):
        raise PackageFault("truncated", name, "zip-data", part=name) from None
    except OSError as error:
        raise PackageFault("truncated", name, "system", error=error) from None


def _archive(path: str, name: str) -> zipfile.ZipFile:
    if _Open.archive is None or _Open.path != path:
        if _Open.archive is not None:
            _Open.archive.close()
        _Open.archive, _Open.path = None, path
        try:
            _Open.archive = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise PackageFault("not-found", name) from None
        except PermissionError:
            raise PackageFault("no-permission", name) from None
        except OSError as error:
            raise PackageFault("truncated", name, "system", error=error) from None
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            raise PackageFault("truncated", name, "zip-directory") from None
    return _Open.archive


def _labels(listed: list[zipfile.ZipInfo]) -> Iterator[str]:
    """The names in one archive: all are written by one program, so all are in one encoding."""
    raws = [_raw(info) for info in listed]
    for encoding in ("utf-8", "gb18030"):
        try:
            found = [raw if isinstance(raw, str) else raw.decode(encoding) for raw in raws]
        except UnicodeDecodeError:
            continue
        break
    else:
        found = [info.filename for info in listed]
    seen: dict[str, int] = {}
    for label in found:
        clean = "".join(sign if sign.isprintable() else "�" for sign in label.replace("\\", "/"))
        seen[clean] = seen.get(clean, 0) + 1
        yield clean if seen[clean] == 1 else f"{clean}（{seen[clean]}）"


def _raw(info: zipfile.ZipInfo) -> str | bytes:
    """The name as text where the archive says that it is UTF-8, otherwise its bytes."""
    if info.flag_bits & UTF8:
        return info.filename
    return _unicode_path(info.extra) or info.orig_filename.encode("cp437", "replace")


def _unicode_path(extra: bytes) -> str | None:
    """4.6.9: the name in UTF-8, beside one in another encoding."""
    at = 0
    while at + 9 <= len(extra):
        kind = int.from_bytes(extra[at : at + 2], "little")
        length = int.from_bytes(extra[at + 2 : at + 4], "little")
        if kind == UNICODE_PATH:
            try:
                return extra[at + 9 : at + 4 + length].decode()
            except UnicodeDecodeError:
                return None
        at += 4 + length
    return None
