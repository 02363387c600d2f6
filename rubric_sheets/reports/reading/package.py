"""A zip package from outside: limits before anything is unpacked, XML without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from functools import cached_property

from ...findings.finding import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PART, ALL, ENTRIES, RATIO = 80_000_000, 300_000_000, 8_000, 300
SMALL = 2_000_000  # parts below this may be packed as tightly as they like


class Package:
    """Raises InputError for what is no whole, harmless zip file."""

    def __init__(self, data: bytes, path: str) -> None:
        self.data, self.path = data, path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise InputError("report-damaged", path=path, what="文件不完整") from None
        self._check()

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._zip.namelist())

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > ENTRIES:
            self._too_large(f"内含 {len(entries)} 个部件")
        if sum(entry.file_size for entry in entries) > ALL:
            self._too_large("全部内容解压后过大")
        for entry in entries:
            if entry.flag_bits & 1:
                raise InputError("report-encrypted", path=self.path)
            packed = max(entry.compress_size, 1)
            if entry.file_size > PART and not entry.filename.startswith(("word/media", "xl/media")):
                self._too_large(f"“{entry.filename}”解压后过大")
            if entry.file_size > SMALL and entry.file_size // packed > RATIO:
                self._too_large(f"“{entry.filename}”的压缩比异常")

    def _too_large(self, what: str) -> None:
        raise InputError("report-too-large", path=self.path, what=what)

    def part(self, name: str) -> bytes:
        """The bytes of a part, no more than the directory says."""
        try:
            with self._zip.open(name) as file:
                data = file.read(PART + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError):
            what = f"其中“{name}”无法解压"
            raise InputError("report-damaged", path=self.path, what=what) from None
        if len(data) > PART:
            self._too_large(f"“{name}”解压后过大")
        return data

    def xml(self, name: str) -> Any:
        """The root element of a part. No DOCTYPE, no entities, nothing from outside."""
        from lxml import etree

        data = self.part(name)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:4096]:
            raise InputError("report-damaged", path=self.path, what=f"“{name}”含有 DOCTYPE 声明")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise InputError("report-damaged", path=self.path, what=f"“{name}”的内容有误") from None
