"""VBA projects from source text ([MS-OVBA]): no compiled code inside,
the program that opens it compiles.

Text is stored in code page 936, so procedure names, strings and comments may be Chinese (GBK only);
module names are ASCII, because programs that save the file again do not keep others.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .compound import Tree, write_compound
from .compression import compress

CODE_PAGE, ENCODING = 936, "gbk"
PROJECT_NAME = "VBAProject"
PROJECT_ID = (
    "{7C1E1B5A-3D0F-4C43-9E5B-93E5A1D6F201}"  # any id will do; fixed, so that builds are equal
)
SYSTEM_KIND = 1  # 32-bit Windows (2.3.4.2.1.1); 64-bit programs read it as well
LOCALE = 0x0409  # the only value allowed (2.3.4.2.1.3)
VERSION = (1361024421, 6)
HOST_EXTENDER = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
NO_CACHE = b"\xcc\x61\xff\xff\x00\x00\x00"  # _VBA_PROJECT without compiled code (2.3.4.1)
MODULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
RESERVED = ("dir", "_vba_project")  # streams that stand beside the modules
LINE_END = re.compile(r"\r\n|\r|\n")


class MacroSourceError(ValueError):
    """A module that cannot be stored; the message names module, line and character."""


class Kind(Enum):
    """What a module is."""

    STANDARD = "standard"
    CLASS = "class"
    WORKBOOK = "workbook"
    SHEET = "sheet"


BASE_CLASS = {
    Kind.CLASS: "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}",
    Kind.WORKBOOK: "0{00020819-0000-0000-C000-000000000046}",
    Kind.SHEET: "0{00020820-0000-0000-C000-000000000046}",
}


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its code without the Attribute lines, which follow from name and kind."""

    name: str
    code: str
    kind: Kind = Kind.STANDARD

    @property
    def is_document(self) -> bool:
        return self.kind in (Kind.WORKBOOK, Kind.SHEET)

    @property
    def project_line(self) -> str:
        """Its line in the PROJECT stream (2.3.1)."""
        if self.is_document:
            return f"Document={self.name}/&H00000000"
        return f"{'Class' if self.kind is Kind.CLASS else 'Module'}={self.name}"

    @property
    def attributes(self) -> list[str]:
        """The Attribute lines that stand before the code (2.3.4.3)."""
        lines = [f'Attribute VB_Name = "{self.name}"']
        if self.kind in BASE_CLASS:
            lines += [
                f'Attribute VB_Base = "{BASE_CLASS[self.kind]}"',
                "Attribute VB_GlobalNameSpace = False",
                "Attribute VB_Creatable = False",
                f"Attribute VB_PredeclaredId = {self.is_document}",
                f"Attribute VB_Exposed = {self.is_document}",
                "Attribute VB_TemplateDerived = False",
                f"Attribute VB_Customizable = {self.is_document}",
            ]
        return lines

    @property
    def text(self) -> str:
        """The source as it is stored: attributes, then the code, every line ended by CR LF."""
        return "\r\n".join([*self.attributes, *LINE_END.split(self.code.rstrip("\r\n")), ""])

    def encoded(self) -> bytes:
        """The source in the project's code page."""
        text = self.text
        try:
            return text.encode(ENCODING)
        except UnicodeEncodeError as error:
            sign = text[error.start]
            line = text.count("\n", 0, error.start) + 1 - len(self.attributes)
            where = f"module {self.name}, line {line} of its code"
            raise MacroSourceError(
                f"{where}: {sign!r} (U+{ord(sign):04X}) is not in GBK"
            ) from error


def build_project(modules: Sequence[Module]) -> bytes:
    """The bytes of `vbaProject.bin` (2.2.1) for these modules, in their order."""
    _check_names(modules)
    streams: dict[str, bytes | Tree] = {
        module.name: compress(module.encoded()) for module in modules
    }
    streams["_VBA_PROJECT"] = NO_CACHE
    streams["dir"] = compress(directory_records(modules))
    described = {"PROJECT": _project_text(modules), "PROJECTwm": _name_map(modules)}
    return write_compound({"VBA": streams, **described})


def encrypt(data: bytes, seed: int) -> str:
    """Obfuscation of the protection fields (2.4.3.2), as hexadecimal text;
    `seed` may be any byte."""
    key = sum(PROJECT_ID.encode("ascii")) & 0xFF
    out = bytearray([seed, seed ^ 2, seed ^ key])
    plain_before, cipher_before, cipher_before_that = key, out[2], out[1]
    padding = b"\x07" * ((seed & 6) // 2)
    for plain in padding + struct.pack("<I", len(data)) + data:
        cipher = plain ^ ((cipher_before_that + plain_before) & 0xFF)
        out.append(cipher)
        plain_before, cipher_before, cipher_before_that = plain, cipher, cipher_before
    return out.hex().upper()


def directory_records(modules: Sequence[Module]) -> bytes:
    """The `dir` stream before compression (2.3.4.2). No library is referenced:
    nothing can be missing."""
    head = _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    return _information() + head + b"".join(map(_module_records, modules)) + _record(0x10)


def _check_names(modules: Sequence[Module]) -> None:
    taken = set(RESERVED)
    for module in modules:
        if not MODULE_NAME.fullmatch(module.name):
            raise MacroSourceError(
                f"module name {module.name!r}: ASCII letters, digits and _, at most 31"
            )
        if module.name.lower() in taken:
            raise MacroSourceError(f"module name {module.name!r} is taken (case does not count)")
        taken.add(module.name.lower())


def _record(identifier: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", identifier, len(data)) + data


def _number(identifier: int, value: int) -> bytes:
    return _record(identifier, struct.pack("<I", value))


def _information() -> bytes:
    """PROJECTINFORMATION (2.3.4.2.1); pairs of records are code page and Unicode,
    all empty here."""
    return b"".join(
        (
            _number(0x01, SYSTEM_KIND),
            _number(0x02, LOCALE),
            _number(0x14, LOCALE),
            _record(0x03, struct.pack("<H", CODE_PAGE)),
            _record(0x04, PROJECT_NAME.encode("ascii")),
            *(_record(0x05), _record(0x40)),  # description
            *(_record(0x06), _record(0x3D)),  # help file
            _number(0x07, 0),  # help context
            _number(0x08, 0),  # library flags
            struct.pack("<HIIH", 0x09, 4, *VERSION),
            *(_record(0x0C), _record(0x3C)),  # conditional compilation constants
        )
    )


def _module_records(module: Module) -> bytes:
    """MODULE (2.3.4.2.3.2)."""
    name, wide_name = module.name.encode("ascii"), module.name.encode("utf-16-le")
    return b"".join(
        (
            *(_record(0x19, name), _record(0x47, wide_name)),
            *(_record(0x1A, name), _record(0x32, wide_name)),  # name of its stream
            *(_record(0x1C), _record(0x48)),  # description
            _number(0x31, 0),  # the source starts at once: no compiled code before it
            _number(0x1E, 0),  # help context
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if module.kind is Kind.STANDARD else 0x22),
            _record(0x2B),
        )
    )


def _project_text(modules: Sequence[Module]) -> bytes:
    """The PROJECT stream (2.3.1): names, no protection, no password, visible,
    all windows closed."""
    lines = [
        f'ID="{PROJECT_ID}"',
        *(module.project_line for module in modules),
        f'Name="{PROJECT_NAME}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypt(bytes(4), 0x10)}"',
        f'DPB="{encrypt(bytes(1), 0x22)}"',
        f'GC="{encrypt(bytes([0xFF]), 0x34)}"',
        "",
        "[Host Extender Info]",
        HOST_EXTENDER,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _name_map(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): each name in code page and in Unicode."""
    names = (f"{module.name}\0" for module in modules)
    return b"".join(name.encode("ascii") + name.encode("utf-16-le") for name in names) + b"\0\0"
