"""Forms and tables: a project's own form, a score table of nobody's rubric, a list of projects, the
three public expenses of two years."""

from __future__ import annotations

from decimal import Decimal

from .writer import Block, Writer, grade, percent, rounded, shown

TEN, HUNDRED = Decimal(10), Decimal(100)


def project(w: Writer) -> list[Block]:
    """The national form, in 万元 or 元, with targets that were reached or missed."""
    in_yuan = w.pick("元", "万元")
    times = Decimal(10000) if in_yuan == "元" else Decimal(1)
    plan = w.amount(40, 900, 1) * times
    done = plan - w.amount(1, 9, 1) * times
    rate = percent(done, plan)
    points = rounded(TEN * done / plan, 2)
    own = w.amount(1, 9, 1) * times
    goal = w.count(20, 80)
    missed = goal - w.count(2, 9)
    missed_points = rounded(15 * missed / goal, 2)
    total = HUNDRED - (TEN - points) - (15 - missed_points)
    rows = [
        f"项目名称 | {w.pick('乡村文化站运行', '食品安全抽检', '公益诉讼办案')} | < | < | < | < | < | <",
        "主管部门 | 某县某局 | < | < | 实施单位 | 某县某中心 | < | <",
        f"项目资金（{in_yuan}） |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
        f"^ | 年度资金总额 | {shown(plan)} | {shown(plan)} | {w.follows('form-sum', done)} | 10 | {w.follows('form-rate', rate, 2)}% | {w.follows('form-score', points)}",
        f"^ | 其中：当年财政拨款 | {shown(plan - own)} | {shown(plan - own)} | {shown(done - own)} | — |  | —",
        "^ | 上年结转资金 | 0 | 0 | 0 | — |  | —",
        f"^ | 其他资金 | {shown(own)} | {shown(own)} | {shown(own)} | — |  | —",
    ]
    sign = w.pick("≥", ">=", "不少于")
    targets = [
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        f"产出指标 | 数量指标 | 开展活动次数 | {sign}{goal}场 | {missed}场 | 15 | {w.follows('target-missed', missed_points)} | 受天气影响，部分场次取消",
        f"^ | 质量指标 | 验收合格率 | {w.pick('=100%', '100%', '≥95%')} | 100% | 15 | 15 | ",
        f"^ | 时效指标 | 完成时间 | {w.year}年12月底前 | {w.year}年11月 | 10 | 10 | ",
        f"^ | 成本指标 | 成本控制 | ≤{plan}{in_yuan} | {done}{in_yuan} | 10 | 10 | ",
        "效益指标 | 社会效益指标 | 服务覆盖面 | 持续扩大 | 达成预期指标 | 30 | 30 | ",
        f"满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | {w.count(91, 99)}% | 10 | 10 | ",
        f"总分 | < | < | < | < | 100 | {w.follows('form-total', total)} | ",
    ]
    return [
        w.pick("项目支出绩效自评表", "预算项目绩效自评表"),
        f"（{w.year}年度）",
        [*rows],
        [*targets],
    ]


def scored(w: Writer) -> list[Block]:
    """A score table with subtotals and a column of rates; its total in the text too."""
    full = {"决策": 15, "过程": 25, "产出": 35, "效益": 25}
    heads = w.pick("指标得分", "得分", "评价得分")
    rows = [
        f"一级指标 | 二级指标 | 三级指标 | {w.pick('分值', '权重', '满分')} | {heads} | 扣分原因"
    ]
    names = {
        "决策": ("项目立项", "立项依据充分性", "绩效目标合理性", "资金分配合理性"),
        "过程": ("资金管理", "资金到位率", "预算执行率", "制度执行有效性"),
        "产出": ("项目产出", "实际完成率", "质量达标率", "完成及时性"),
        "效益": ("项目效益", "社会效益", "可持续影响", "满意度"),
    }
    total = Decimal(0)
    for level, weight in full.items():
        second, *third = names[level]
        weights = [Decimal(weight) - 2 * (weight // 3), Decimal(weight // 3), Decimal(weight // 3)]
        got = [one - w.count(0, 3) / 2 for one in weights]
        total += sum(got)
        for number, (name, one, points) in enumerate(zip(third, weights, got)):
            first = f"{level}（{weight}分）" if not number else "^"
            why = "资料不够齐全" if points < one else ""
            rows.append(
                f"{first} | {second if not number else '^'} | {name} | {shown(one)} | {shown(points)} | {why}"
            )
        if w.pick("a", "b") == "a":
            rows.append(
                f"小计 | < | < | {weight} | {w.follows('subtotal', sum(got, Decimal(0)))} | "
            )
        else:
            rows.append(f"小计 | < | < | {weight} | {shown(sum(got, Decimal(0)))} | ")
    name, other = grade(total)
    rows.append(
        f"{w.pick('合计', '总分', '总计')} | < | < | 100 | {w.follows('score-total', total)} | "
    )
    return [
        f"{w.year}年度某专项资金绩效评价报告",
        f"经综合评定，本项目得分{w.follows('text-table', total)}分，评价等级为“{w.chosen('grade', name, other)}”。",
        rows,
    ]


def several(w: Writer) -> list[Block]:
    """A list of projects with the rate of each and a total row; the sum in the text."""
    names = ("信息化运维", "宣传经费", "业务培训", "设备购置", "执法办案")
    plans = [w.amount(20, 400) for _ in names]
    dones = [one - w.amount(1, 9) for one in plans]
    rows = [
        w.pick(
            "序号 | 项目名称 | 预算数 | 执行数 | 执行率 | 自评得分",
            "序号 | 项目名称 | 全年预算数（万元） | 全年执行数（万元） | 预算执行率（%） | 得分",
        )
    ]
    for number, (name, plan, done) in enumerate(zip(names, plans, dones), 1):
        rate = w.follows("row-rate", percent(done, plan), 2) + "%"
        rows.append(f"{number} | {name} | {plan} | {done} | {rate} | {w.count(90, 100)}")
    plan, done = sum(plans, Decimal(0)), sum(dones, Decimal(0))
    rows.append(
        f"合计 | < | {w.follows('column-sum', plan)} | {w.follows('column-sum', done)} | {w.follows('row-rate', percent(done, plan), 2)}% | "
    )
    return [
        f"某区某局{w.year}年度项目支出绩效自评情况报告",
        f"{w.year}年度共有{w.follows('items', Decimal(len(names)))}个项目开展绩效自评，涉及预算资金{w.follows('text-table', plan)}万元，执行{done}万元。",
        "单位：万元",
        rows,
    ]


def expenses(w: Writer) -> list[Block]:
    """Two years beside each other, or years down and kinds across."""
    kinds = ("因公出国（境）费", "公务用车运行维护费", "公务接待费")
    before = [w.amount(1, 9), w.amount(4, 20), w.amount(2, 9)]
    now = [w.amount(1, 9), w.amount(4, 20), w.amount(2, 9)]
    a, b = sum(before, Decimal(0)), sum(now, Decimal(0))
    title = f"某市某委{w.year}年度“三公”经费支出情况"
    if w.pick("down", "across") == "down":
        rows = [f"项目 | {w.year - 1}年决算数 | {w.year}年决算数 | 增减额 | 增减率"]
        for kind, x, y in zip(kinds, before, now):
            rows.append(
                f"{kind} | {x} | {y} | {w.follows('row-change', y - x)} | {w.follows('row-change', percent(y - x, x), 2)}%"
            )
        rows.append(
            f"合计 | {w.follows('column-sum', a)} | {w.follows('column-sum', b)} | {shown(b - a)} | {w.follows('row-change', percent(b - a, a), 2)}%"
        )
    else:
        rows = [
            f"年度 | {' | '.join(kinds)} | 合计",
            f"{w.year - 1}年 | {' | '.join(map(str, before))} | {w.follows('row-sum', a)}",
            f"{w.year}年 | {' | '.join(map(str, now))} | {w.follows('row-sum', b)}",
        ]
    more, grow = ("增加", "增长") if b > a else ("减少", "下降")
    if a == b:
        more = grow = "增加"
    text = f"{w.year}年“三公”经费支出合计{w.follows('text-table', b)}万元，比上年{more}{w.follows('year-on-year', abs(b - a))}万元，{grow}{w.follows('year-on-year', percent(abs(b - a), a), 2)}%。"
    return [title, text, "单位：万元", rows]
