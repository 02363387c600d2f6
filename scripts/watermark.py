"""Draw the watermark of drafts, 草稿 across the page, as a picture of one bit a dot: light grey ink on nothing.

    python scripts/watermark.py    write rubric_sheets/export/draft.png

It is drawn once, with the fonts of the machine, and kept: exports only lay it under their pages.
"""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path

SIZE, FONT_SIZE, ANGLE = 800, 330, 35
GREY = (222, 222, 222)
OUT = Path(__file__).parents[1] / "rubric_sheets" / "export" / "draft.png"


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def main() -> None:
    from PIL import Image, ImageDraw, ImageFont

    name = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Sans CJK SC:bold"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    drawn = Image.new("L", (SIZE, SIZE), 255)
    font = ImageFont.truetype(name, FONT_SIZE)
    ImageDraw.Draw(drawn).text((SIZE / 2, SIZE / 2), "草稿", 0, font, anchor="mm")
    dots = (
        drawn.rotate(ANGLE, fillcolor=255)
        .point(lambda value: 255 if value > 127 else 0)
        .convert("1")
    )
    row = SIZE // 8
    data = dots.tobytes()  # 0 is ink
    rows = b"".join(b"\0" + data[at : at + row] for at in range(0, len(data), row))
    parts = (
        chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, 1, 3, 0, 0, 0)),
        chunk(b"PLTE", bytes((*GREY, 255, 255, 255))),
        chunk(b"tRNS", b"\xff\x00"),
        chunk(b"pHYs", struct.pack(">IIB", 2000, 2000, 1)),  # 40 cm at once would be 5080
        chunk(b"IDAT", zlib.compress(rows, 9)),
        chunk(b"IEND", b""),
    )
    OUT.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


if __name__ == "__main__":
    main()
