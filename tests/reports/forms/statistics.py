"""Tables of figures as reports have them, clean and with one figure changed; all of it is computed
here, from numbers that the seed draws."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from ..documents import Block
from .case import Case
from .project import shown, two

D = Decimal
Grid = list[list[str]]
TITLE = "2022年度部门整体支出绩效自评报告"


def amounts(source: random.Random, count: int, most: int = 400) -> list[Decimal]:
    return [D(source.randint(most * 20, most * 100)) / 100 for _ in range(count)]


def percent(top: Decimal, bottom: Decimal) -> str:
    return shown(two(top / bottom * 100)) + "%"


def changes(source: random.Random) -> Grid:
    """上年、本年、增减额、增减率."""
    rows = [["项目", "上年数", "本年数", "增减额", "增减率"]]
    names = ("公务接待费", "公务用车运行维护费", "会议费", "培训费")
    before, now = amounts(source, 4, 50), amounts(source, 4, 50)
    for name, a, b in zip((*names, "合计"), [*before, sum(before)], [*now, sum(now)]):
        rows.append([name, shown(a), shown(b), shown(b - a), percent(b - a, a)])
    return rows


def years(source: random.Random) -> Grid:
    """Two years under their numbers, budget and final account of each."""
    rows = [
        ["经费类别", "2021年", "<", "2022年", "<", "比上年增减", "<"],
        ["^", "预算数", "决算数", "预算数", "决算数", "金额", "增减%"],
    ]
    for name in ("人员经费", "日常公用经费", "专项业务费"):
        a, b, c, d = amounts(source, 4)
        rows.append([name, *map(shown, (a, b, c, d)), shown(d - b), percent(d - b, b)])
    return rows


def completion(source: random.Random) -> Grid:
    """预算数、决算数、完成率."""
    rows = [["序号", "项目名称", "预算数", "决算数", "完成率"]]
    plans = amounts(source, 5)
    done = [two(one * source.randint(70, 99) / 100) for one in plans]
    names = ("管网更新", "老年食堂", "文化下乡", "防汛物资", "信息系统运维")
    for number, (name, a, b) in enumerate(zip(names, plans, done), 1):
        rows.append([str(number), name, shown(a), shown(b), percent(b, a)])
    rows.append(["合计", "<", shown(sum(plans)), shown(sum(done)), percent(sum(done), sum(plans))])
    return rows


def shares(source: random.Random) -> Grid:
    """A column of shares of the total."""
    rows = [["支出功能分类", "金额（万元）", "占比"]]
    values = amounts(source, 4)
    names = ("一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出")
    for name, one in zip((*names, "合计"), [*values, sum(values)]):
        rows.append([name, shown(one), percent(one, sum(values))])
    return rows


def across(source: random.Random) -> Grid:
    """A column of totals with its parts behind it, and a row of totals."""
    rows = [["单位", "合计", "财政拨款", "事业收入", "其他收入"]]
    names = ("局本级", "监测站", "执法队", "服务中心")
    parts = [amounts(source, 3) for _ in names]
    for name, some in zip((*names, "合计"), [*parts, [sum(one) for one in zip(*parts)]]):
        rows.append([name, shown(sum(some)), *map(shown, some)])
    return rows


def nested(source: random.Random) -> Grid:
    """其中 rows are parts of the row above them."""
    rows = [["项目", "金额（元）"]]
    staff, running, project = (one * 10_000 for one in amounts(source, 3))
    wages = two(staff * source.randint(50, 90) / 100)
    rows += [
        ["一、基本支出", shown(staff + running)],
        ["其中：人员经费", shown(staff)],
        ["公用经费", shown(running)],
        ["二、项目支出", shown(project)],
        ["其中：基建项目", shown(wages / 10)],
        ["支出合计", shown(staff + running + project)],
    ]
    return rows


def subtotals(source: random.Random) -> Grid:
    """小计 rows inside, a total of them at the end, people and money."""
    rows = [["镇（街道）", "补助人数（人）", "补助资金（万元）"]]
    all_people, all_money = D(0), D(0)
    for names in (("东片一镇", "东片二镇"), ("西片一镇", "西片二镇", "西片三镇")):
        people = [D(source.randint(20, 400)) for _ in names]
        money = amounts(source, len(names), 90)
        rows += [[n, shown(p), shown(m)] for n, p, m in zip(names, people, money)]
        rows.append(["小计", shown(sum(people)), shown(sum(money))])
        all_people, all_money = all_people + sum(people), all_money + sum(money)
    return [*rows, ["合计", shown(all_people), shown(all_money)]]


def beside(source: random.Random) -> Grid:
    """Income and spending side by side."""
    income = amounts(source, 3)
    spent = [*amounts(source, 2, 200), D(0)]
    spent[2] = sum(income, D(0)) + 500 - spent[0] - spent[1]
    income.append(D(500))
    names = ("财政拨款收入", "事业收入", "其他收入", "上年结转收入")
    kinds = ("基本支出", "项目支出", "上缴上级支出")
    rows = [["收入", "<", "支出", "<"], ["项目", "金额", "项目", "金额"]]
    for number, name in enumerate(names):
        right = [kinds[number], shown(spent[number])] if number < 3 else ["", ""]
        rows.append([name, shown(income[number]), *right])
    return [*rows, ["收入总计", shown(sum(income)), "支出总计", shown(sum(spent))]]


def first(source: random.Random) -> Grid:
    """The total stands above its parts."""
    rows = [["采购类别", "计划金额", "实际金额", "完成率"]]
    plans = amounts(source, 3)
    done = [two(one * source.randint(80, 99) / 100) for one in plans]
    given = zip(("合计", "货物", "工程", "服务"), [sum(plans), *plans], [sum(done), *done])
    return rows + [[n, shown(a), shown(b), percent(b, a)] for n, a, b in given]


def assets(source: random.Random) -> Grid:
    """Balances at the beginning and the end of the year."""
    rows = [["资产类别", "年初数", "年末数", "增减额", "增幅（%）"]]
    before, now = amounts(source, 3, 900), amounts(source, 3, 900)
    names = ("房屋", "车辆", "通用设备", "资产合计")
    for name, a, b in zip(names, [*before, sum(before)], [*now, sum(now)]):
        rows.append([name, shown(a), shown(b), shown(b - a), percent(b - a, a)[:-1]])
    return rows


TABLES: dict[str, tuple[Callable[[random.Random], Grid], str]] = {
    "上年、本年、增减": (changes, "单位：万元"),
    "两年的预算和决算": (years, "单位：万元"),
    "预算、决算、完成率": (completion, "金额单位：万元"),
    "占比": (shares, ""),
    "合计一列": (across, "单位：万元"),
    "其中": (nested, ""),
    "小计和合计": (subtotals, ""),
    "收入和支出并排": (beside, "单位：万元"),
    "合计在上": (first, "单位：万元"),
    "年初、年末": (assets, "单位：万元"),
}
# which cells of a table are computed from others: (kind, layouts, which rows, which column)
SPOIL: dict[str, list[tuple[str, int, int]]] = {
    "合计": [
        ("上年、本年、增减", -1, 1), ("预算、决算、完成率", -1, 2), ("占比", -1, 1),
        ("合计一列", -1, 3), ("其中", -1, 1), ("小计和合计", -1, 2), ("收入和支出并排", -1, 1),
        ("收入和支出并排", -1, 3), ("合计在上", 1, 1), ("年初、年末", -1, 2),
    ],
    "小计": [("小计和合计", 3, 1), ("合计一列", 2, 1), ("合计一列", 4, 1), ("小计和合计", 7, 2)],
    "分项": [
        ("上年、本年、增减", 2, 2), ("占比", 1, 1), ("合计一列", 1, 2), ("其中", 1, 1),
        ("小计和合计", 1, 2), ("合计在上", 2, 2), ("年初、年末", 1, 1), ("收入和支出并排", 2, 1),
    ],
    "增减额": [
        ("上年、本年、增减", 1, 3), ("上年、本年、增减", -1, 3), ("两年的预算和决算", 2, 5),
        ("年初、年末", 2, 3),
    ],
    "增减率": [
        ("上年、本年、增减", 2, 4), ("两年的预算和决算", 3, 6), ("年初、年末", 3, 4),
        ("年初、年末", -1, 4),
    ],
    "完成率": [("预算、决算、完成率", 2, 4), ("预算、决算、完成率", -1, 4), ("合计在上", 1, 3)],
    "占比": [("占比", 1, 2), ("占比", 3, 2)],
}  # fmt: skip


def cases(seed: int) -> Iterator[Case]:
    """Each table clean, and with one figure changed."""
    for title, (make, unit) in TABLES.items():
        yield Case(title, "", blocks(make(random.Random(f"{title}{seed}")), unit), "")
    for kind, places in SPOIL.items():
        for title, row, column in places:
            make, unit = TABLES[title]
            grid = make(random.Random(f"{title}{seed}"))
            wrong = another(grid[row][column], random.Random(f"{title}{kind}{seed}"))
            grid[row][column] = wrong
            yield Case(title, kind, blocks(grid, unit), wrong)


def another(text: str, source: random.Random) -> str:
    """A figure with one of its first digits changed."""
    digits = [at for at, sign in enumerate(text) if sign.isdigit()][:2]
    at = source.choice(digits)
    lowest = 1 if at == digits[0] else 0
    other = source.choice([n for n in range(lowest, 10) if abs(n - int(text[at])) > 1])
    return f"{text[:at]}{other}{text[at + 1 :]}"


def blocks(grid: Grid, unit: str) -> list[Block]:
    """With the sentence that follows such a table."""
    rows = [" | ".join(row) for row in grid]
    after = "以上数据取自单位账簿，已经与财政部门核对一致，支出进度总体符合要求。"
    return [TITLE, *([unit] if unit else []), rows, after]
