"""Other programs at the same workbooks: what each call costs, and what no program can save."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import openpyxl


class Peer(NamedTuple):
    """What one call of `work` costs for each of its `books`; `bound`: judging may take at most so
    many times as long, None where it is only told."""

    name: str
    books: int
    work: Callable[[], object]
    bound: float | None


@contextmanager
def peers(books: list[str]) -> Iterator[list[Peer]]:
    """All of them, over workbooks of every rubric; the slow ones over few."""
    few = books[:: max(1, len(books) // 6)]
    one = few[:1]
    with _office() as calc:
        yield [
            Peer(
                "物理下限：读文件、解压、核对、扫一遍字节",
                len(books),
                partial(_each, books, floor),
                None,
            ),
            Peer("python-calamine 只读各格的值", len(books), partial(_each, books, calamine), 7),
            Peer("openpyxl 读入", len(few), partial(_each, few, openpyxl.load_workbook), 1 / 20),
            Peer("openpyxl 读入并存回", len(few), partial(_each, few, rewrite), 1 / 20),
            Peer("pandas（openpyxl）读入", len(few), partial(_each, few, pandas), 1 / 15),
            Peer("formualizer 读入并重算", len(few), partial(_each, few, formualizer), 1.25),
            Peer("IronCalc 读入并重算", len(few), partial(_each, few, ironcalc), 1.25),
            Peer("formulas 读入并重算", len(one), partial(_each, one, formulas), 1 / 50),
            Peer("LibreOffice（已启动）打开并重算", len(few), partial(_each, few, calc), 1 / 5),
        ]


def _each(books: list[str], work: Callable[[str], object]) -> None:
    for book in books:
        work(book)


def floor(path: str) -> None:
    """Reading, inflating, checking and scanning the bytes of a workbook once, whole, in C."""
    with open(path, "rb") as file:
        data = file.read()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            start = info.header_offset + 30
            start += sum(data[start - 4 : start : 2]) + 256 * sum(data[start - 3 : start : 2])
            packed = data[start : start + info.compress_size]
            part = zlib.decompress(packed, -15) if info.compress_type else packed
            if zlib.crc32(part) != info.CRC:
                raise ValueError(info.filename)
            part.count(b"<c ")


def calamine(path: str) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def rewrite(path: str) -> None:
    openpyxl.load_workbook(path).save(io.BytesIO())


def pandas(path: str) -> None:
    from pandas import read_excel

    read_excel(path, sheet_name=None, header=None)


def formualizer(path: str) -> None:
    import formualizer

    formualizer.load_workbook(path).evaluate_all()


def ironcalc(path: str) -> None:
    import ironcalc

    ironcalc.load_from_xlsx(path).evaluate()


def formulas(path: str) -> None:
    from rubric_sheets.verify.engines import engine

    with open(path, "rb") as file:
        engine("formulas").answers(file.read(), [])


@contextmanager
def _office() -> Iterator[Callable[[str], None]]:
    """A LibreOffice that runs already, told to compute everything."""
    from xlwings_libreoffice import testing
    from xlwings_libreoffice.connection import file_url, properties

    with testing.running(macros=False) as office:

        def calc(path: str) -> None:
            options = properties(Hidden=True)
            document = office.desktop().loadComponentFromURL(file_url(path), "_blank", 0, options)
            document.calculateAll()
            document.close(True)

        yield calc
