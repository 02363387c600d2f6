"""What the command tests share: a unit's complete facts, workbooks made from them,
and people's edits in them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from rubric_sheets.commands.cli import main
from rubric_sheets.ooxml import values
from rubric_sheets.ooxml.book import Book
from rubric_sheets.ooxml.cell import Cell
from rubric_sheets.ooxml.save import Changes, save
from rubric_sheets.places.addresses import cell as address

RUBRIC = "yueyang-department"
CHECKS = (
    "预算管理制度_制定",
    "预算管理制度_合规完整",
    "预算管理制度_执行",
    "信息公开_内容",
    "信息公开_时限",
    "信息公开_真实",
    "信息公开_完整",
    "信息公开_准确",
    "资产管理制度_合规完整",
    "资产管理制度_执行",
)
COUNTS = (
    "违规例数_财经法规",
    "违规例数_审批程序",
    "违规例数_项目论证",
    "违规例数_批复用途",
    "违规例数_截留挪用",
    "资产问题例数_保存",
    "资产问题例数_配置",
    "资产问题例数_处置",
    "资产问题例数_账实",
    "资产问题例数_收入上缴",
)
JUDGED = {
    "well-off-goals": 5,
    "growth-pole-goals": 7,
    "work-report-goals": 5,
    "livelihood-projects": 2,
    "key-projects": 2,
    "other-achievements": 4,
    "economic-benefit": 5,
    "social-benefit": 5,
    "ecological-benefit": 5,
}
FULL = {
    "rubric": RUBRIC,
    "facts": {
        "单位名称": "某县保密局",
        "预算编码": "012345",
        "评价年度": 2021,
        "编制数": 14,
        "实有人数": 20,
        "在职人员数": 14,
        "上年三公经费": "1.2098",
        "三公经费预算": "1.3",
        "上年三公经费预算": "1.4",
        "政府采购预算": "10",
        "政府采购实际": "10",
        "公务卡刷卡额": "3.5",
        "公务卡应刷卡额": "5",
        "年初预算数": "197.06",
        "预算调整数": 0,
        "追加预算": 0,
        "年末结余": "63.63",
        "重点项目支出": "95",
        "专项资金数": "不适用",
        "满意度": 96,
        **dict.fromkeys(CHECKS, "是"),
        **dict.fromkeys(COUNTS, 0),
    },
    "tables": {
        "机构收入": [
            {"机构名称": "局机关", "上年结转": "63.63", "公共财政拨款": "250.19", "其他收入": "39"}
        ],
        "机构支出": [
            {"机构名称": "局机关", "人员支出": "150.19", "公用支出": "39", "项目支出": "100"}
        ],
        "机构三公": [{"机构名称": "局机关", "公务接待费": "0.527"}],
        "机构资产": [{"机构名称": "局机关", "在用固定资产": "40"}],
        "年度目标": [{"预期目标": "完成保密检查", "实际完成": "已完成"}],
        "绩效指标": [
            {
                "一级指标": "产出目标",
                "三级指标": "检查次数",
                "年度指标值": "≥65次",
                "实际完成值": "65次",
                "分值": "10",
                "自评得分": "10",
            }
        ],
        "评价人员": [],
    },
    "claims": {**{id_: {"自评得分": points} for id_, points in JUDGED.items()}, "grade": "优"},
}


@cache
def made(facts: str, suffix: str) -> bytes:
    from rubric_sheets.authoring.find import find
    from rubric_sheets.books.create import workbook

    return workbook(find(RUBRIC), json.loads(facts), macros=suffix == ".xlsm")


def new(path: Path, facts: Any = FULL) -> str:
    """A workbook with these facts, as `new --facts` makes it; built once for each set of facts."""
    path.write_bytes(made(json.dumps(facts, ensure_ascii=False), path.suffix))
    return str(path)


def write_json(path: Path, data: Any) -> str:
    path.write_text(
        data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8"
    )
    return str(path)


class Outcome:
    """What one command gave back."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(capsys: Any, *argv: str) -> Outcome:
    """One command in this process; usage errors leave as they would from a shell."""
    capsys.readouterr()
    try:
        code = main(list(argv))
    except SystemExit as left:
        code = int(left.code or 0)
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    return Outcome(code, shown.out, shown.err)


def place(path: str, name: str) -> tuple[str, int, int]:
    """Where a defined name stands now."""
    area = Book.open(path).names[name]
    return area.sheet, area.first_row, area.first_col


def cell(path: str, where: str | tuple[str, int, int]) -> Cell | None:
    sheet, row, column = place(path, where) if isinstance(where, str) else where
    return Book.open(path).sheet(sheet).cell(row, column)


def type_in(path: str, **entries: Any) -> None:
    """As a person types in Excel and saves: name → value; a pair is (formula, cached value),
    None of it unknown."""
    changes = Changes(Book.open(path))
    for name, entry in entries.items():
        formula, shown = entry if isinstance(entry, tuple) else (None, entry)
        changes.set(*place(path, name), as_value(shown), formula)
    save(changes, backup=False)


def type_at(path: str, sheet: str, cells: dict[str, Any]) -> None:
    """The same by address."""
    changes = Changes(Book.open(path))
    for at, entry in cells.items():
        formula, shown = entry if isinstance(entry, tuple) else (None, entry)
        changes.set(sheet, *address(at), as_value(shown), formula)
    save(changes, backup=False)


def as_value(entry: Any) -> values.Value:
    if entry is None:
        return values.NOTHING
    if isinstance(entry, bool):
        return values.boolean(entry)
    if isinstance(entry, (int, float)):
        return values.number(str(entry))
    return (
        values.error(entry)
        if entry.startswith("#") and entry.endswith(("!", "?", "/A"))
        else values.text(entry)
    )


def with_openpyxl(path: str, edit: Any) -> None:
    """Whatever `edit(workbook)` does, saved by openpyxl."""
    book = openpyxl.load_workbook(path, keep_vba=path.endswith(".xlsm"))
    edit(book)
    book.save(path)
    if book.vba_archive:
        book.vba_archive.close()


def parts(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def repack(path: str, changed: dict[str, bytes]) -> None:
    """Replace parts of the package: what no spreadsheet program would do, but files may hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts(path), **changed}.items():
            package.writestr(name, content)
    Path(path).write_bytes(out.getvalue())


def shift_rows(path: str, sheet: str, first: int, by: int) -> None:
    """Insert one row above `first` (by=1) or delete it (by=-1),
    with cells and names moved as Excel moves them."""
    book = Book.open(path)
    part = book.sheets[sheet]

    def moved(row: int) -> int | None:
        if row < first:
            return row
        return None if by < 0 and row == first else row + by

    def row_of(match: re.Match[str]) -> str:
        row = moved(int(match[1]))
        body = re.sub(r'<c r="([A-Z]+)\d+"', rf'<c r="\g<1>{row}"', match[0])
        return "" if row is None else re.sub(r'<row r="\d+"', f'<row r="{row}"', body)

    xml = book.sheet(sheet).data.decode()
    xml = re.sub(
        r'<row r="(\d+)".*?(?:</row>|(?<=/)>(?=<row|</sheetData))', row_of, xml, flags=re.DOTALL
    )
    xml = re.sub(r"<mergeCells.*?</mergeCells>", "", xml, flags=re.DOTALL)

    def name_of(match: re.Match[str]) -> str:
        rows = [int(row) for row in re.findall(r"\$(\d+)", match[2])]
        new_rows = [moved(row) for row in rows]
        if len(rows) == 1 and new_rows[0] is None:
            return f"{match[1]}#REF!<"
        if len(rows) == 2 and by < 0:  # a deleted edge moves to its neighbour
            new_rows = [
                rows[0] if rows[0] <= first else rows[0] - 1,
                rows[1] - 1 if rows[1] >= first else rows[1],
            ]
            if new_rows[1] < new_rows[0]:
                return f"{match[1]}#REF!<"
        at = iter(new_rows)
        return match[1] + re.sub(r"\$(\d+)", lambda _: f"${next(at)}", match[2]) + "<"

    text = book.data.decode()
    text = re.sub(rf"(<definedName [^>]*>'?{re.escape(sheet)}'?!)([^<]*)<", name_of, text)
    changed = {part: xml.encode(), book.part: text.encode()}
    for other, of_other in book.sheets.items():
        data = changed.get(of_other, book.sheet(other).data).decode()
        changed[of_other] = formulas_moved(data, other, sheet, moved).encode()
    repack(path, changed)


REFERENCE = re.compile(
    r"(?:'([^']+)'!|(?<![\w!])([\w（）]+)!)?(?<![\w$])(\$?[A-Z]{1,3})(\$?)(\d+)"
    r"(?::(\$?[A-Z]{1,3})(\$?)(\d+))?(?![\w(!])"
)


def formulas_moved(xml: str, of: str, sheet: str, moved: Callable[[int], int | None]) -> str:
    """The XML of the sheet `of`, its formulas rewritten as Excel does when rows of `sheet` move."""

    def one(match: re.Match[str]) -> str:
        if (match[1] or match[2] or of) != sheet:
            return match[0]
        prefix = match[0][: match.start(3) - match.start()]
        first = moved(int(match[5]))
        if match[6] is None:
            return "#REF!" if first is None else f"{prefix}{match[3]}{match[4]}{first}"
        last = moved(int(match[8]))
        first = int(match[5]) if first is None else first
        last = int(match[8]) - 1 if last is None else last
        if last < first:
            return "#REF!"
        return f"{prefix}{match[3]}{match[4]}{first}:{match[6]}{match[7]}{last}"

    def inside(match: re.Match[str]) -> str:
        return match[1] + REFERENCE.sub(one, match[2]) + match[3]

    return re.sub(r"(<f[^>/]*>)([^<]*)(</f>)", inside, xml)


def found(outcome: Outcome, code: str) -> list[dict[str, str]]:
    return [one for one in outcome.json["findings"] if one["code"] == code]
