"""Builds `examples/` from `examples/facts/*.json`: the scored workbook, the submission, small
pictures of the main sheets.

Files that would come out the same are left alone:
a PDF carries its time of making and would otherwise differ each run.
`--all` makes all of them anew. Needs LibreOffice and pdftoppm (`make office`).
Called by `make examples`.
"""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rubric_sheets.authoring.find import find  # noqa: E402
from rubric_sheets.books.create import workbook  # noqa: E402
from rubric_sheets.tasks.score import score_book  # noqa: E402
from rubric_sheets.tasks.submit import submit  # noqa: E402
from xlwings_libreoffice import pdf as engine_pdf  # noqa: E402
from xlwings_libreoffice.connection import file_url, properties  # noqa: E402
from xlwings_libreoffice.office import Office  # noqa: E402

EXAMPLES = ROOT / "examples"
PICTURES = EXAMPLES / "pictures"
DPI = 70
MOST_COLOURS = 64
# Which pages are worth a picture: sheet → pages, of the first example that uses the rubric;
# others show the scores only.
SHOWN = {
    "yueyang-2021": {
        "基本情况": 1,
        "收支表": 1,
        "三公": 1,
        "资产采购": 1,
        "预算执行": 1,
        "核查清单": 1,
        "绩效目标": 1,
        "评分表": 9,
        "校验": 1,
        "指标体系": 1,
    },
    "yunxi-2021": {"评分表": 2},
    "baojing-2019": {"评分表": 2, "校验": 1},
    "xushui-2023": {"评分表": 1},
}
OTHERS = {"评分表": 1}
SUBMITTED = {"yueyang-2021": (9,), "ziyang-2022": (1,)}  # pages of the submission


def main() -> int:
    given = [name for name in sys.argv[1:] if name != "--all"]
    names = given or sorted(path.stem for path in (EXAMPLES / "facts").glob("*.json"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        for name in names:
            changed = example(office, name, Path(folder))
            print(f"{name}　{'已生成' if changed else '没有变化'}")
    total = sum(path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file())
    print(f"examples/ 共 {total / 1e6:.2f} MB")
    return int(total > 4e6)


def example(office: Office, name: str, folder: Path) -> bool:
    """One fact file → workbook, PDF, pictures; whether anything changed."""
    data = json.loads((EXAMPLES / "facts" / f"{name}.json").read_text("utf-8"))
    fresh, book = folder / f"{name}.xlsx", EXAMPLES / f"{name}.xlsx"
    fresh.write_bytes(workbook(find(data["rubric"]), data))
    score_book(str(fresh), write=True)
    pdf = EXAMPLES / f"{name}.pdf"
    if (
        "--all" not in sys.argv
        and book.exists()
        and pdf.exists()
        and book.read_bytes() == fresh.read_bytes()
        and any(PICTURES.glob(f"{name}-*.png"))
    ):
        return False
    shutil.copyfile(fresh, book)
    submit(str(fresh), str(pdf), force=True, overwrite=True)
    for old in PICTURES.glob(f"{name}-*.png"):
        old.unlink()
    for sheet, pages in SHOWN.get(name, OTHERS).items():
        part = sheet_pdf(office, fresh, sheet, folder / f"{name}-{sheet}.pdf")
        for number, page in enumerate(render(part, pages, folder), 1):
            more = f"-{number}" if pages > 1 else ""
            (PICTURES / f"{name}-{sheet}{more}.png").write_bytes(smaller(page))
    for page in SUBMITTED.get(name, ()):
        (PICTURES / f"{name}-报送-{page}.png").write_bytes(smaller(render(pdf, page, folder)[-1]))
    return True


def sheet_pdf(office: Office, book: Path, sheet: str, pdf: Path) -> Path:
    """One sheet alone: where one sheet has a print area, those without are not printed."""
    document = office.desktop().loadComponentFromURL(
        file_url(str(book)), "_blank", 0, properties(Hidden=True, ReadOnly=True)
    )
    try:
        for other in document.Sheets.ElementNames:
            if other != sheet:
                document.Sheets.getByName(other).setPrintAreas(())
        engine_pdf.export(document, str(pdf))
    finally:
        document.close(True)
    return pdf


def render(pdf: Path, pages: int, folder: Path) -> list[bytes]:
    """The first pages as PNG."""
    stem = folder / f"{pdf.stem}-page"
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-l", str(pages), "-png", str(pdf), str(stem)], check=True
    )
    return [path.read_bytes() for path in sorted(folder.glob(f"{stem.name}-*.png"))]


def smaller(png: bytes) -> bytes:
    """The same picture with a palette: a form has few colours, and text needs no more."""
    width, height, rows = pixels(png)
    counts = Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _ in counts.most_common(MOST_COLOURS)]
    index = {colour: number for number, colour in enumerate(palette)}
    for colour in counts:
        if colour not in index:
            index[colour] = min(
                range(len(palette)),
                key=lambda n: sum((a - b) ** 2 for a, b in zip(palette[n], colour)),
            )
    data = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(v for colour in palette for v in colour)),
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, parts))


def chunk(part: tuple[bytes, bytes]) -> bytes:
    kind, body = part
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def pixels(png: bytes) -> tuple[int, int, list[list[tuple[int, ...]]]]:
    """Width, height and the rows of an 8-bit RGB picture, as pdftoppm makes them."""
    at, body, size = 8, b"", (0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", png[at + 8 : at + 18])
            assert (depth, colours) == (8, 2), "pdftoppm 的图片格式变了"
            size = (width, height)
        elif kind == b"IDAT":
            body += png[at + 8 : at + 8 + length]
        at += length + 12
    width, height = size
    raw, stride, out = zlib.decompress(body), width * 3, []
    before = bytes(stride)
    for number in range(height):
        start = number * (stride + 1)
        before = unfilter(raw[start], raw[start + 1 : start + 1 + stride], before)
        out.append([tuple(before[i : i + 3]) for i in range(0, stride, 3)])
    return width, height, out


def unfilter(kind: int, line: bytes, before: bytes) -> bytes:
    """[PNG] 9.2: what each byte was before it was filtered."""
    out = bytearray(line)
    for i in range(len(out)):
        left, above, corner = (out[i - 3], before[i], before[i - 3]) if i > 2 else (0, before[i], 0)
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above
        elif kind == 3:
            guess = (left + above) // 2
        elif kind == 4:
            guess = min((left, above, corner), key=lambda value: abs(left + above - corner - value))
        else:
            guess = 0
        out[i] = (out[i] + guess) & 255
    return bytes(out)


if __name__ == "__main__":
    sys.exit(main())
