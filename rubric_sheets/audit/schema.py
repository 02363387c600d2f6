"""What the store holds: its tables, described for people. How they follow from what was said of
each input stands in `filling`.

`inputs` keeps the documents themselves, everything else follows from them: a store of an older
version is brought up to date by filling the other tables anew.
"""

from __future__ import annotations

VERSION = 3
NUMBER = "DECIMAL(28,10)"
Columns = tuple[tuple[str, str, str], ...]

KEPT: dict[str, tuple[str, Columns]] = {
    "meta": (
        "数据库本身",
        (
            ("key", "VARCHAR", "schema：表结构的版本"),
            ("value", "VARCHAR", "值"),
        ),
    ),
    "runs": (
        "每次审核一行",
        (
            ("run", "INTEGER", "第几次"),
            ("started", "TIMESTAMP", "开始时间（UTC）"),
            ("ended", "TIMESTAMP", "结束时间（UTC）；空着表示正在运行或被强行结束"),
            ("program", "VARCHAR", "程序版本和内容的摘要"),
            ("paths", "VARCHAR[]", "命令里写的文件和文件夹"),
            ("inputs", "INTEGER", "看了几份"),
            ("judged", "INTEGER", "其中重新算的；其余没有变化，沿用上次结果"),
            ("complete", "BOOLEAN", "是否看完；按了 Ctrl-C 的为 false"),
        ),
    ),
    "inputs": (
        "每份文件一行：它是什么，说了什么。别的表都由这张表得出",
        (
            ("unit", "INTEGER", "编号，别的表用它指这份文件"),
            ("file", "VARCHAR", "文件名，和命令里写的一样；压缩包里的写在包名之后"),
            ("path", "VARCHAR", "完整路径；压缩包里的是压缩包的路径"),
            ("inside", "VARCHAR", "压缩包里的名称，不在压缩包里的为空"),
            ("root", "VARCHAR", "由命令里的哪一个文件夹或文件来"),
            ("digest", "VARCHAR", "内容的 SHA-256"),
            ("program", "VARCHAR", "算它的程序"),
            ("run", "INTEGER", "最近一次看到它是第几次审核"),
            ("position", "INTEGER", "那一次里排第几"),
            ("said", "VARCHAR", "check --json 的结果"),
            ("more", "VARCHAR", "此外留存的，也是 JSON"),
        ),
    ),
}
DERIVED: dict[str, tuple[str, Columns]] = {
    "units": (
        "每份文件一行：谁、哪一年、多少分",
        (
            ("unit", "INTEGER", "编号"),
            ("file", "VARCHAR", "文件名"),
            ("kind", "VARCHAR", "book 工作簿、report 写好的报告、submission 报送件"),
            ("name", "VARCHAR", "单位名称；项目表是实施单位"),
            ("code", "VARCHAR", "预算编码"),
            ("bureau", "VARCHAR", "主管部门，填报表里有这一项的才有"),
            ("project", "VARCHAR", "项目名称"),
            ("year", "INTEGER", "评价年度"),
            ("rubric", "VARCHAR", "指标体系的编号"),
            ("title", "VARCHAR", "指标体系的名称"),
            ("version", "VARCHAR", "指标体系的版本"),
            ("hash", "VARCHAR", "指标体系的 SHA-256"),
            ("usable", "BOOLEAN", "能不能用"),
            ("complete", "BOOLEAN", "分数是否齐全"),
            ("full_marks", NUMBER, "满分"),
            ("raw", NUMBER, "合计得分"),
            ("base", NUMBER, "适用分值"),
            ("bonus", NUMBER, "加分"),
            ("penalty", NUMBER, "扣分"),
            ("total", NUMBER, "按标准测算的总分"),
            ("claimed", NUMBER, "自评总分"),
            ("grade", "VARCHAR", "测算等次"),
            ("claimed_grade", "VARCHAR", "自评等次，同义的按指标体系的说法"),
            ("errors", "INTEGER", "错误条数"),
            ("warnings", "INTEGER", "提示条数"),
            ("notes", "INTEGER", "说明条数"),
        ),
    ),
    "facts": (
        "填报数据，每个数一行；空着的没有",
        (
            ("unit", "INTEGER", "编号"),
            ("part", "INTEGER", "第几个项目，只有一个的是 1"),
            ("list", "VARCHAR", "逐行填的表的名称，不在表里的为空"),
            ("line", "INTEGER", "表里第几行"),
            ("name", "VARCHAR", "数据名称"),
            ("value", "VARCHAR", "所填，数是精确的十进制；百分比 95 就是 95%"),
            ("number", NUMBER, "同上，是数的才有"),
        ),
    ),
    "ratios": (
        "比率，每个一行",
        (
            ("unit", "INTEGER", "编号"),
            ("part", "INTEGER", "第几个项目"),
            ("name", "VARCHAR", "比率名称"),
            ("value", NUMBER, "百分数，95 就是 95%"),
        ),
    ),
    "scores": (
        "各项得分，一项一行",
        (
            ("unit", "INTEGER", "编号"),
            ("position", "INTEGER", "第几项"),
            ("indicator", "VARCHAR", "指标编号"),
            ("name", "VARCHAR", "指标名称"),
            ("group", "VARCHAR", "与别的指标合并分值的，那一组的名称"),
            ("levels", "VARCHAR[]", "一级、二级、三级指标"),
            ("weight", NUMBER, "分值"),
            ("status", "VARCHAR", "scored、judged、not_applicable、missing、error"),
            ("ratio", NUMBER, "指标值"),
            ("computed", NUMBER, "测算得分"),
            ("claimed", NUMBER, "自评得分"),
            ("score", NUMBER, "计入的得分"),
            ("reason", "VARCHAR", "理由"),
        ),
    ),
    "claims": (
        "单位自己写的分数和等次",
        (
            ("unit", "INTEGER", "编号"),
            ("part", "INTEGER", "第几个项目"),
            ("kind", "VARCHAR", "指标、小计、总分、等次"),
            ("key", "VARCHAR", "指标编号，或一级指标的名称"),
            ("value", "VARCHAR", "所写"),
            ("number", NUMBER, "同上，是数的才有"),
            ("note", "VARCHAR", "单位写的说明"),
        ),
    ),
    "statements": (
        "写好的报告里复算过的话，一处一行",
        (
            ("unit", "INTEGER", "编号"),
            ("position", "INTEGER", "这份报告里第几处"),
            (
                "kind",
                "VARCHAR",
                "sum 合计、percent 比率、change 增减、product 算式、score 得分、subtotal 小计、"
                "total 总分、count 个数、date 日期、unit 单位",
            ),
            (
                "holds",
                "VARCHAR",
                "yes 相符、rounded 只差舍入、truncated 截去了尾数、no 不符、unknown 算不出",
            ),
            ("claimed", "VARCHAR", "所写"),
            ("exact", "VARCHAR", "复算的结果"),
            ("how", "VARCHAR", "怎样算的"),
            ("place", "VARCHAR", "位置"),
            ("quote", "VARCHAR", "原文，一字不差"),
        ),
    ),
    "verified": (
        "第二意见：用别的引擎重算过的工作簿，一册一行（audit --verify）",
        (
            ("unit", "INTEGER", "编号"),
            ("engine", "VARCHAR", "引擎和版本"),
            ("cells", "INTEGER", "重算了几个公式"),
            ("same", "INTEGER", "一致"),
            ("rounded", "INTEGER", "只差末位舍入"),
            ("differs", "INTEGER", "不一致"),
            ("unable", "INTEGER", "引擎算不出"),
            ("invalid", "VARCHAR[]", "填得不能用的数：公式照所填的算，这样的不一致不是公式的错"),
            ("failed", "VARCHAR", "引擎读不了的原因"),
        ),
    ),
    "differences": (
        "第二意见与精确得分不一致、算不出的单元格，一格一行",
        (
            ("unit", "INTEGER", "编号"),
            ("verdict", "VARCHAR", "differs 不一致、unable 算不出"),
            ("sheet", "VARCHAR", "工作表"),
            ("cell", "VARCHAR", "单元格"),
            ("exact", "VARCHAR", "精确的结果"),
            ("answer", "VARCHAR", "引擎的结果"),
            ("formula", "VARCHAR", "公式"),
        ),
    ),
    "findings": (
        "发现，一条一行",
        (
            ("unit", "INTEGER", "编号"),
            ("position", "INTEGER", "这份文件里第几条"),
            ("code", "VARCHAR", "代码，见提示与错误信息"),
            ("severity", "VARCHAR", "error、warning、note"),
            ("sheet", "VARCHAR", "工作表"),
            ("cell", "VARCHAR", "单元格"),
            ("place", "VARCHAR", "位置：表和单元格；报告里是第几段、哪张表的第几行第几列"),
            ("quote", "VARCHAR", "报告的原文，一字不差"),
            ("message", "VARCHAR", "问题"),
            ("expected", "VARCHAR", "应为"),
            ("actual", "VARCHAR", "所填"),
            ("fix", "VARCHAR", "改正办法"),
        ),
    ),
}


# Indicators that share one weight count together, as they do in the total.
MERGED = """CREATE OR REPLACE VIEW merged AS
SELECT unit, min(position) AS position, coalesce('group ' || "group", indicator) AS indicator,
  coalesce(any_value("group"), any_value(name)) AS name, any_value(levels) AS levels,
  max(weight) AS weight, least(sum(score), max(weight)) AS score,
  sum(claimed) AS claimed, string_agg(reason, '；' ORDER BY position) AS reason
FROM scores WHERE score IS NOT NULL AND weight > 0 GROUP BY unit, coalesce('group ' || "group",
  indicator);"""


def create(tables: dict[str, tuple[str, Columns]]) -> str:
    """The statements that make the tables."""
    made = []
    for table, (_, columns) in tables.items():
        listed = ", ".join(f'"{name}" {kind}' for name, kind, _ in columns)
        made.append(f"CREATE TABLE {table} ({listed});")
    return "\n".join(made)
