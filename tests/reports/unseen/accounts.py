"""Final accounts told in prose, as departments publish them, with their self-evaluation."""

from __future__ import annotations

from decimal import Decimal

from .writer import Block, Writer, percent, shown

UNITS = ("市水利局", "县文化和旅游局", "区退役军人事务局", "州林业和草原局", "县疾病预防控制中心")


def report(w: Writer) -> list[Block]:
    unit = w.pick(*UNITS)
    blocks: list[Block] = [
        w.pick(
            f"{unit}{w.year}年度部门决算及绩效自评情况说明",
            f"{w.year}年度{unit}整体支出绩效自评报告",
        )
    ]
    blocks += [staff(w), *totals(w), *spending(w), three_public(w), running(w), bought(w), cars(w)]
    return blocks


def staff(w: Writer) -> str:
    quota = w.count(40, 90)
    posts = w.split(quota, 2)
    real = quota - w.count(1, 6)
    retired = w.count(5, 30)
    way = w.pick("a", "b", "c")
    if way == "a":
        return (
            f"人员情况：编制{w.follows('items', quota)}名，其中行政编制{posts[0]}名、事业编制{posts[1]}名；"
            f"年末在职{real}人。"
        )
    if way == "b":
        return f"本部门{w.year}年末实有人数{w.follows('items', real + retired)}人，其中：在职人员{real}人，离休人员0人，退休人员{retired}人。"
    return f"核定编制{quota}个，在编{real}人，编制使用率{w.follows('ratio', percent(real, quota), 2)}%。"


def totals(w: Writer) -> list[str]:
    before, now = w.amount(800, 4000), w.amount(800, 4000)
    step = abs(now - before)
    up = now > before
    more, grow = ("增加", "增长") if up else ("减少", "下降")
    step_text = w.follows("year-on-year", step)
    rate = w.follows("year-on-year", percent(step, before), 2)
    opening = w.pick(
        f"{w.year}年度收入、支出总计均为{now}万元，与{w.year - 1}年度的{before}万元相比，{more}{step_text}万元，{grow}{rate}%。",
        f"{w.year}年度收入总计{now}万元，较上年{before}万元{more}{step_text}万元，{'增幅' if up else '降幅'}{rate}%，主要原因是项目变动。",
        f"我单位{w.year - 1}年总收入{before}万元，{w.year}年总收入{now}万元，同比{more}{step_text}万元，{grow}{rate}%。",
    )
    parts = w.split(now, 3)
    shares = [w.follows("share", percent(one, now), 2) for one in parts]
    whole = w.follows("sum", now)
    names = ("财政拨款收入", "事业收入", "其他收入")
    told = w.pick("，占比", "，占", "，占本年收入的")
    body = "；".join(f"{n}{p}万元{told}{s}%" for n, p, s in zip(names, parts, shares))
    return [opening, f"本年收入合计{whole}万元，{w.pick('其中：', '包括', '具体为：')}{body}。"]


def spending(w: Writer) -> list[str]:
    total = w.amount(700, 3000)
    basic, project = w.split(total, 2)
    people, office = w.split(basic, 2)
    one = w.pick(
        f"全年支出{w.follows('sum', total)}万元，{w.pick('其中', '由', '包括')}基本支出{basic}万元{w.pick('、', '，', '和')}项目支出{project}万元。",
        f"从支出结构看，基本支出{basic}万元，占总支出的{w.follows('share', percent(basic, total), 1)}%；项目支出{project}万元，占{w.follows('share', percent(project, total), 1)}%；两项合计{total}万元。",
    )
    other = w.pick(
        f"基本支出{basic}万元中，人员经费{people}万元，公用经费{w.follows('sum', office)}万元。",
        f"人员经费{people}万元、公用经费{office}万元，合计{w.follows('sum', basic)}万元，均为基本支出。",
    )
    plan = total + w.amount(20, 90)
    rate = w.follows("ratio", percent(total, plan), 2)
    third = w.pick(
        f"全年预算{plan}万元，执行数{total}万元，预算执行率{rate}%。",
        f"调整后预算数为{plan}万元，截至年底实际支出{total}万元，执行进度为{rate}%。",
        f"支出决算{total}万元，占全年预算数{plan}万元的{rate}%。",
        f"{w.year}年预算安排{plan}万元，实际完成支出{total}万元，完成率达{rate}%。",
    )
    return [one, other, third]


def three_public(w: Writer) -> str:
    guest, car = w.amount(1, 6), w.amount(3, 12)
    total = guest + car
    plan = total + w.amount(1, 4)
    before = total + w.amount(1, 5)
    done = w.follows("ratio", percent(total, plan), 2)
    step = w.follows("year-on-year", before - total)
    rate = w.follows("year-on-year", percent(before - total, before), 2)
    whole = w.follows("sum", total)
    return w.pick(
        f"“三公”经费预算{plan}万元，决算{whole}万元，完成预算的{done}%；比上年减少{step}万元，下降{rate}%。其中：因公出国（境）费0万元，公务用车运行维护费{car}万元，公务接待费{guest}万元。",
        f"“三公”经费年初预算{plan}万元，实际支出{whole}万元（公务接待费{guest}万元，公务用车运行维护费{car}万元，因公出国费0万元），完成年初预算的{done}%，较上年的{before}万元压减{step}万元，减幅{rate}%。",
    )


def running(w: Writer) -> str:
    before, now = w.amount(60, 200), w.amount(60, 200)
    step = abs(now - before)
    more, grow = ("增加", "增长") if now > before else ("减少", "降低")
    return (
        f"机关运行经费支出{now}万元，{w.pick('比上年', '较上年', f'比{w.year - 1}年')}{more}{shown(step)}万元，"
        f"{grow}{w.follows('year-on-year', percent(step, before), 2)}%。"
    )


def bought(w: Writer) -> str:
    total = w.amount(80, 500)
    goods, works, services = w.split(total, 3)
    small = total - w.amount(10, 60)
    return (
        f"政府采购支出总额{w.follows('sum', total)}万元，其中：政府采购货物支出{goods}万元、政府采购工程支出{works}万元、政府采购服务支出{services}万元。"
        f"授予中小企业合同金额{small}万元，占政府采购支出总额的{w.follows('share', percent(small, total), 2)}%。"
    )


def cars(w: Writer) -> str:
    total = w.count(8, 30)
    a, b = w.count(1, 3), w.count(1, 4)
    return (
        f"截至{w.year}年12月{w.chosen('date', '31日', '32日')}，共有车辆{w.follows('items', total)}辆，其中：机要通信用车{a}辆、"
        f"应急保障用车{b}辆、其他用车{total - a - b}辆；单价100万元以上设备{Decimal(2)}台（套）。"
    )
