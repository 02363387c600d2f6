"""Projects told in prose: money planned, come and spent; works planned and done; scores."""

from __future__ import annotations

from decimal import Decimal

from .writer import Block, Writer, grade, grouped, percent, shown

NAMES = (
    "农村饮水安全巩固提升",
    "老旧小区改造",
    "学生营养改善计划",
    "高标准农田建设",
    "社区养老服务补贴",
)


def report(w: Writer) -> list[Block]:
    name = w.pick(*NAMES)
    return [
        w.pick(f"{w.year}年{name}项目绩效评价报告", f"{name}专项资金{w.year}年度绩效自评报告"),
        "一、项目基本情况",
        *money(w),
        "二、绩效目标完成情况",
        works(w), houses(w), checks(w), asked(w), price(w),
        "三、评价结论",
        *scores(w),
    ]  # fmt: skip


def money(w: Writer) -> list[str]:
    total = w.amount(300, 2000, 1)
    up, mid, own = w.split(total, 3)
    came = total - w.amount(5, 40, 1)
    spent = came - w.amount(5, 40, 1)
    first = w.pick(
        f"项目总投资{w.follows('sum', total)}万元，其中中央资金{up}万元，省级资金{mid}万元，县级配套{own}万元。",
        f"项目资金来源为：中央补助{up}万元、省级配套{mid}万元、县级自筹{own}万元，共计{w.follows('sum', total)}万元。",
        f"项目预算资金{w.follows('sum', total)}万元，由中央资金{up}万元、省级资金{mid}万元、县级资金{own}万元三部分构成。",
    )
    second = w.pick(
        f"应到位资金{total}万元，实际到位{came}万元，资金到位率为{w.follows('ratio', percent(came, total), 2)}%。",
        f"截至{w.year}年底，计划资金{total}万元，到位资金{came}万元，到位率{w.follows('ratio', percent(came, total), 2)}%。",
        f"实际到位资金{came}万元，占计划投入{total}万元的{w.follows('ratio', percent(came, total), 2)}%。",
    )
    third = w.pick(
        f"到位资金{came}万元，已支出{spent}万元，结余{w.follows('difference', came - spent)}万元，资金使用率{w.follows('ratio', percent(spent, came), 2)}%。",
        f"资金支付情况：到位{came}万元，支付{spent}万元，支付率为{w.follows('ratio', percent(spent, came), 2)}%，结余资金{w.follows('difference', came - spent)}万元。",
    )
    return [first, second, third]


def works(w: Writer) -> str:
    plan = w.count(20, 90)
    done = plan - w.count(1, 9)
    return w.pick(
        f"计划改造管网{plan}公里，实际完成{done}公里，完成率{w.follows('ratio', percent(done, plan), 2)}%。",
        f"年初计划建设点位{plan}个，年末建成{done}个，完成计划的{w.follows('ratio', percent(done, plan), 1)}%。",
        f"目标任务{plan}户，已完工{done}户，完工率达到{w.follows('ratio', percent(done, plan), 2)}%，未完工{w.follows('difference', plan - done)}户。",
    )


def houses(w: Writer) -> str:
    total = w.count(120, 600)
    parts = w.split(total, 4)
    names = ("甲镇", "乙镇", "丙乡", "丁街道")
    body = "、".join(f"{n}{p}户" for n, p in zip(names, parts))
    return w.pick(
        f"全年共惠及{w.follows('items', total)}户，其中{body}。",
        f"受益农户{body}，共计{w.follows('items', total)}户。",
    )


def checks(w: Writer) -> str:
    total = w.count(40, 160)
    good = total - w.count(1, 8)
    return w.pick(
        f"抽检样品{total}份，合格{good}份，合格率{w.follows('ratio', percent(good, total), 2)}%。",
        f"共检查企业{total}家，整改到位{good}家，整改率{w.follows('ratio', percent(good, total), 2)}%。",
        f"应验收项目{total}个，通过验收{good}个，验收合格率为{w.follows('ratio', percent(good, total), 2)}%。",
    )


def asked(w: Writer) -> str:
    sent = w.count(100, 400)
    back = sent - w.count(2, 20)
    glad = back - w.count(2, 20)
    return (
        f"发放调查问卷{sent}份，收回{back}份，回收率{w.follows('ratio', percent(back, sent), 2)}%，"
        f"其中满意{glad}份，满意度{w.follows('ratio', percent(glad, back), 2)}%。"
    )


def price(w: Writer) -> str:
    each, people = w.count(4, 40) * 50, w.count(300, 2000)
    total = each * people
    return w.pick(
        f"按每人{each}元的标准，为{people}人发放补助，合计{w.follows('product', total / Decimal(10000))}万元。",
        f"补助标准为{each}元/人，共{grouped(shown(people))}人，补助资金{grouped(w.follows('product', total))}元。",
    )


def scores(w: Writer) -> list[str]:
    names = ("决策", "过程", "产出", "效益")
    full = [Decimal(20), Decimal(20), Decimal(30), Decimal(30)]
    lost = [w.count(0, 5) / 2 for _ in full]
    got = [a - b for a, b in zip(full, lost)]
    total = sum(got, Decimal(0))
    name, other = grade(total)
    lines = [
        w.pick(
            f"（{n}）{x}类指标满分{f}分，扣{shown(b)}分，得{w.follows('score', a)}分。",
            f"{n}.{x}指标，分值{f}分，自评得分{w.follows('score', a)}分，扣{shown(b)}分。",
        )
        if b
        else f"{x}指标满分{f}分，得{shown(a)}分。"
        for n, x, f, b, a in zip("一二三四", names, full, lost, got)
    ]
    body = w.pick("，", "、").join(
        f"{n}{w.pick('得分', '')}{shown(g)}分" for n, g in zip(names, got)
    )
    end = w.pick(
        f"综合以上，{body}，综合得分{w.follows('total', total)}分，评价等级为“{w.chosen('grade', name, other)}”。",
        f"该项目绩效评价总分{w.follows('total', total)}分（{body}），绩效等级为{w.chosen('grade', name, other)}。",
    )
    return [*lines, end]
