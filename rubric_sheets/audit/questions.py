"""Questions to a store that are ready to be asked, by their names in Chinese."""

from __future__ import annotations

from ..records import Record


class Question(Record):
    """`answers`: what it tells, for the list."""

    name: str
    answers: str
    sql: str


QUESTIONS = (
    Question(
        "扣分最多",
        "谁在哪一项上丢分最多",
        """SELECT units.name AS 单位, year AS 年度, merged.name AS 指标, weight AS 分值,
  score AS 得分, weight - score AS 丢分, reason AS 理由
FROM merged JOIN units USING (unit) WHERE score < weight
ORDER BY 丢分 DESC, 单位, 年度, 指标 LIMIT 100""",
    ),
    Question(
        "失分指标",
        "哪些指标丢分最普遍，平均得分率多少",
        """SELECT rubric AS 指标体系, merged.name AS 指标, count(*) AS 份数,
  count(*) FILTER (score < weight) AS 丢分份数, round(100 * sum(score) / sum(weight), 2) AS 得分率
FROM merged JOIN units USING (unit) WHERE NOT regexp_matches(indicator, '(^|:)row-')
GROUP BY ALL ORDER BY 得分率, 丢分份数 DESC, 指标体系, 指标""",
    ),
    Question(
        "同比",
        "同一单位（项目）与上一年相比，总分和自评各变了多少",
        """SELECT now.name AS 单位, now.project AS 项目, before.year AS 上年, now.year AS 本年,
  before.total AS 上年总分, now.total AS 本年总分, now.total - before.total AS 增减,
  now.claimed - before.claimed AS 自评增减
FROM units AS now JOIN units AS before ON now.name = before.name AND now.rubric = before.rubric
  AND now.kind = before.kind
  AND coalesce(now.project, '') = coalesce(before.project, '') AND now.year = before.year + 1
ORDER BY 增减, 单位, 项目, 本年""",
    ),
    Question(
        "比率同比",
        "同一单位的各个比率与上一年相比",
        """SELECT now.name AS 单位, here.name AS 比率, before.year AS 上年, now.year AS 本年,
  there.value AS 上年值, here.value AS 本年值, here.value - there.value AS 增减
FROM units AS now JOIN units AS before ON now.name = before.name AND now.rubric = before.rubric
  AND now.kind = before.kind
  AND coalesce(now.project, '') = coalesce(before.project, '') AND now.year = before.year + 1
JOIN ratios AS here ON here.unit = now.unit
JOIN ratios AS there ON there.unit = before.unit AND there.name = here.name
  AND there.part = here.part
ORDER BY 单位, 本年, 比率""",
    ),
    Question(
        "最常见的问题",
        "哪些问题最多，几份里有",
        """SELECT code AS 代码, CASE severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '提示'
  ELSE '说明' END AS 程度, count(DISTINCT unit) AS 份数, count(*) AS 条数,
  first(message ORDER BY unit, position) AS 例子
FROM findings GROUP BY code, severity ORDER BY 份数 DESC, 条数 DESC, 代码""",
    ),
    Question(
        "自评与测算差距",
        "自评总分比按标准测算的多多少（只看分数齐全的）",
        """SELECT name AS 单位, project AS 项目, year AS 年度, claimed AS 自评, total AS 测算,
  claimed - total AS 自评多出, claimed_grade AS 自评等次, grade AS 测算等次
FROM units WHERE complete AND claimed IS NOT NULL AND total IS NOT NULL
ORDER BY 自评多出 DESC, 单位, 年度""",
    ),
    Question(
        "分项差距",
        "各指标自评与测算相差多少，哪一项上差得最多",
        """SELECT units.name AS 单位, year AS 年度, scores.name AS 指标, scores.claimed AS 自评,
  computed AS 测算, scores.claimed - computed AS 自评多出
FROM scores JOIN units USING (unit)
WHERE computed IS NOT NULL AND scores.claimed IS NOT NULL AND scores.claimed <> computed
ORDER BY abs(scores.claimed - computed) DESC, 单位, 指标 LIMIT 200""",
    ),
    Question(
        "等次变化",
        "自评等次与测算等次不一样的有哪些",
        """SELECT name AS 单位, project AS 项目, year AS 年度, claimed_grade AS 自评等次,
  grade AS 测算等次, claimed AS 自评, total AS 测算
FROM units WHERE grade <> '' AND claimed_grade <> '' AND grade <> claimed_grade
ORDER BY 单位, 年度""",
    ),
    Question(
        "报告里算错的",
        "写好的报告里哪些话与它自己的数不符，原文和位置",
        """SELECT units.name AS 单位, year AS 年度, place AS 位置, statements.claimed AS 所写,
  exact AS 应为, how AS 算法, quote AS 原文, file AS 文件
FROM statements JOIN units USING (unit) WHERE holds = 'no' ORDER BY unit, statements.position""",
    ),
    Question(
        "复算情况",
        "写好的报告里复算了多少处，多少相符",
        """SELECT CASE kind WHEN 'sum' THEN '合计' WHEN 'percent' THEN '比率'
  WHEN 'change' THEN '增减' WHEN 'product' THEN '算式' WHEN 'score' THEN '得分'
  WHEN 'subtotal' THEN '小计' WHEN 'total' THEN '总分' WHEN 'count' THEN '个数'
  WHEN 'date' THEN '日期' WHEN 'unit' THEN '单位'
  ELSE kind END AS 种类, count(*) AS 处数, count(*) FILTER (holds = 'yes') AS 相符,
  count(*) FILTER (holds IN ('rounded', 'truncated')) AS 只差舍入,
  count(*) FILTER (holds = 'no') AS 不符, count(DISTINCT unit) AS 报告份数
FROM statements GROUP BY kind ORDER BY 不符 DESC, 处数 DESC, 种类""",
    ),
    Question(
        "各主管部门",
        "每个主管部门有几份，平均多少分，错误几条",
        """SELECT coalesce(bureau, '（未填）') AS 主管部门, count(*) AS 份数,
  round(avg(total * 100 / full_marks), 2) AS 平均得分率,
  round(avg(claimed - total), 2) AS 平均自评多出, sum(errors) AS 错误, sum(warnings) AS 提示
FROM units WHERE usable AND title IS NOT NULL GROUP BY bureau ORDER BY 平均得分率, 主管部门""",
    ),
    Question(
        "第二意见",
        "别的引擎算得不一致、算不出的单元格（audit --verify 之后）",
        """SELECT units.name AS 单位, year AS 年度, engine AS 引擎,
  CASE verdict WHEN 'differs' THEN '不一致' ELSE '算不出' END AS 怎样,
  sheet || '!' || cell AS 位置, exact AS 应为, answer AS 引擎得, formula AS 公式,
  CASE WHEN len(invalid) > 0 THEN '有填得不能用的数' ELSE '' END AS 说明, file AS 文件
FROM differences JOIN units USING (unit) JOIN verified USING (unit)
ORDER BY len(invalid), verdict, unit, sheet, cell""",
    ),
    Question(
        "重复",
        "同一单位（项目）、同一年度不止一份的",
        """SELECT name AS 单位, project AS 项目, year AS 年度, count(*) AS 份数,
  string_agg(file, '、' ORDER BY unit) AS 文件
FROM units WHERE usable AND name IS NOT NULL AND year IS NOT NULL
GROUP BY name, project, year, kind HAVING count(*) > 1 ORDER BY 份数 DESC, 单位""",
    ),
    Question(
        "未能读取",
        "读不了的文件和原因",
        """SELECT file AS 文件, coalesce(message, '没有认出是哪一套指标体系的报告') AS 原因,
  coalesce(fix, '') AS 办法
FROM units LEFT JOIN findings USING (unit) WHERE NOT usable ORDER BY unit""",
    ),
    Question(
        "历次审核",
        "什么时候审核过什么",
        """SELECT run AS 次, started AS 开始, ended AS 结束, inputs AS 份数, judged AS 重新算的,
  complete AS 看完, program AS 程序, paths AS 文件
FROM runs ORDER BY run""",
    ),
)


def named(text: str) -> Question | None:
    """The ready question of this name."""
    return next((one for one in QUESTIONS if one.name == text), None)
