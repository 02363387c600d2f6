"""A template that a bureau has changed, read with the same care as a workbook from outside."""

from __future__ import annotations

import os

from ...findings.file_faults import WHAT, in_words
from ...findings.finding import InputError, Words
from ...findings.system_errors import words
from ...ooxml.container import Container
from ...ooxml.faults import PackageFault

MOST = 8 << 20  # bytes of all its parts: a report's template is text and a picture or two
PLAIN = ("not-found", "is-folder", "no-permission", "empty", "encrypted")


def read(path: str) -> bytes:
    """Its bytes. InputError file-…, template-not-docx."""
    if os.path.isdir(path):
        raise InputError("template-not-docx", path=path, what="是文件夹")
    try:
        package = Container.open(path)
        if not package.has("word/document.xml"):
            raise InputError("template-not-docx", path=path, what="其中没有 Word 正文")
        size = 0
        for name in package.names:
            content = package.read(name)
            size += len(content)
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in content:
                raise InputError("template-not-docx", path=path, what="含有 DOCTYPE 声明")
            if size > MOST:
                raise InputError("template-not-docx", path=path, what="内容过大")
    except PackageFault as fault:
        if fault.kind in PLAIN:
            raise in_words(fault) from None
        raise InputError("template-not-docx", path=path, what=_what(fault)) from None
    return package.data


def _what(fault: PackageFault) -> str:
    if fault.detail == "system":
        return words(fault.params["error"])
    return WHAT[fault.detail].format_map(Words(fault.params)) if fault.detail else fault.kind
