"""A workbook as it is stored: its sheets, names and number formats;
each part is read when first asked for.

Source: [ECMA-376] part 1, 18.2 (workbook), part 2, 9.3 (relationships).
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from ..places.addresses import Area
from . import markup
from .container import NO_FILE, Container
from .faults import PackageFault
from .names import defined_names
from .sheet import Sheet
from .strings import SharedStrings
from .styles import Styles, styles_of


class Relation:
    """One relationship: `kind` is the last word of its type, `target` the part's name."""

    __slots__ = ("id", "kind", "target")

    def __init__(self, id: str, kind: str, target: str) -> None:
        self.id, self.kind, self.target = id, kind, target


class Book:
    """Made by `Book.open`. `sheets`: name → part, worksheets only, in order; `sheet_ids`:
    name → sheetId."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.path = container.path
        self.part = self._workbook_part()
        self.relations = relations(container, self.part)
        self.data = container.read(self.part)
        self.scan = markup.checked(self.data, b"workbook", self.path, self.part)
        self.sheets: dict[str, str] = {}
        self.sheet_ids: dict[str, int] = {}
        self.hidden: set[str] = set()
        self._open_sheets: dict[str, Sheet] = {}
        try:
            self._nodes = {
                node.name: node for node in markup.children(self.scan, markup.root_inner(self.scan))
            }
            self._list_sheets()
        except (ValueError, KeyError):
            raise self._damaged("xml-form", self.part) from None
        if not self.sheets:
            raise self._damaged("xml-form", self.part)

    @classmethod
    def open(cls, path: str) -> Book:
        """PackageFault when the file is no readable workbook."""
        return cls(Container.open(path))

    @classmethod
    def of(cls, path: str, data: bytes) -> Book:
        """Of bytes that are there already; `path` is what they are called in messages."""
        return cls(Container(path, data, NO_FILE))

    def sheet(self, name: str) -> Sheet:
        """KeyError when there is no worksheet of that name;
        PackageFault when its XML is unusable."""
        sheet = self._open_sheets.get(name)
        if sheet is None:
            part = self.sheets[name]
            data = self.container.read(part)
            sheet = Sheet(self.path, name, part, data, self.strings)
            self._open_sheets[name] = sheet
        return sheet

    @property
    def names(self) -> dict[str, Area]:
        """Defined names of the whole book that stand for one cell or one rectangle of one
        worksheet."""
        return self._names[0]

    @property
    def lost_names(self) -> set[str]:
        """Defined names whose cells have been deleted (#REF!)."""
        return self._names[1]

    @property
    def date1904(self) -> bool:
        """Do dates count from 1904-01-01 ([ECMA-376] 18.2.28)?"""
        node = self._nodes.get(b"workbookPr")
        found = markup.attributes_of(self.scan, node).get(b"date1904", b"") if node else b""
        return found in (b"1", b"true")

    def is_percent(self, style: int) -> bool:
        """Does the style of a cell (`Cell.style`) show a percentage?"""
        return self._styles.is_percent(style)

    def is_date(self, style: int) -> bool:
        """Does the style of a cell (`Cell.style`) show a date or a time?"""
        return self._styles.is_date(style)

    def part_of_kind(self, kind: str) -> str | None:
        """The part that the workbook refers to with this kind of relationship, if it exists."""
        for found in self.relations:
            if found.kind == kind and self.container.has(found.target):
                return found.target
        return None

    @cached_property
    def _names(self) -> tuple[dict[str, Area], set[str]]:
        node = self._nodes.get(b"definedNames")
        if node is None:
            return {}, set()
        try:
            return defined_names(self.scan[node.inner : node.end], tuple(self.sheets))
        except (ValueError, KeyError):
            raise self._damaged("xml-form", self.part) from None

    @cached_property
    def strings(self) -> SharedStrings:
        data = self._checked("sharedStrings", b"sst")
        try:
            return SharedStrings(data)
        except ValueError:
            raise self._damaged("xml-form", "sharedStrings.xml") from None

    @cached_property
    def _styles(self) -> Styles:
        data = self._checked("styles", b"styleSheet")
        try:
            return styles_of(data)
        except (ValueError, KeyError):
            raise self._damaged("xml-form", "styles.xml") from None

    def _checked(self, kind: str, root: bytes) -> bytes:
        part = self.part_of_kind(kind)
        return markup.checked(self.container.read(part), root, self.path, part) if part else b""

    def _workbook_part(self) -> str:
        if self.container.has("_rels/.rels"):
            for found in relations(self.container, ""):
                if found.kind == "officeDocument" and self.container.has(found.target):
                    if self._is_workbook(found.target):
                        return found.target
                    break
        from .sniff import not_this_package

        names = dict.fromkeys(self.container.names)
        raise not_this_package(dict(names), self.container.data[:200], self.path)

    def _is_workbook(self, part: str) -> bool:
        if part.lower().endswith(".bin"):
            return False
        data = self.container.read(part)
        try:
            return (
                markup.name_at(data, data.rfind(b"<", 0, markup.root_inner(data))).rpartition(b":")[
                    2
                ]
                == b"workbook"
            )
        except (ValueError, IndexError):
            return True  # `checked` says what is wrong with it

    def _list_sheets(self) -> None:
        targets = {found.id: found for found in self.relations}
        node = self._nodes[b"sheets"]
        for item in markup.tags(self.scan, b"sheet", node.inner, node.end):
            found = markup.attributes_of(self.scan, item)
            id = next((value for key, value in found.items() if key.endswith(b":id")), b"")
            target = targets[markup.unescape(id)]
            if target.kind != "worksheet":
                continue
            name = markup.unescape(found[b"name"])
            self.sheets[name] = target.target
            self.sheet_ids[name] = int(found[b"sheetId"])
            if found.get(b"state", b"visible") != b"visible":
                self.hidden.add(name)

    def _damaged(self, key: str, part: str) -> PackageFault:
        return PackageFault("truncated", self.path, key, part=part)


def relations_part(part: str) -> str:
    """xl/workbook.xml → xl/_rels/workbook.xml.rels; the package itself, "", → _rels/.rels."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations(container: Container, part: str) -> tuple[Relation, ...]:
    """Internal relationships of a part, targets as part names.
    PackageFault when missing or malformed."""
    source = relations_part(part)
    scan = markup.checked(container.read(source), b"Relationships", container.path, source)
    try:
        return _listed(scan, part.rpartition("/")[0])
    except (ValueError, KeyError):
        raise PackageFault("truncated", container.path, "xml-form", part=source) from None


@lru_cache(maxsize=1 << 5)  # the workbooks of one rubric share them
def _listed(scan: bytes, folder: str) -> tuple[Relation, ...]:
    found = []
    for node in markup.tags(scan, b"Relationship"):
        item = markup.attributes_of(scan, node)
        if item.get(b"TargetMode") == b"External":
            continue
        kind = markup.unescape(item[b"Type"]).rpartition("/")[2]
        target = _resolve(folder, markup.unescape(item[b"Target"]))
        found.append(Relation(markup.unescape(item[b"Id"]), kind, target))
    return tuple(found)


def _resolve(folder: str, target: str) -> str:
    """Part name of a relative or absolute target ([RFC 3986] 5.2.4)."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
