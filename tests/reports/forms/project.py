"""A project with its money and its targets, scored by arithmetic of the tests' own; each seed makes
another one. `spoil` changes one figure in it, and says what stands there then."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

D = Decimal
NAMES = (
    "灌区渠道清淤",
    "社区食堂补贴",
    "古树名木保护",
    "青年夜校开办",
    "冷链仓库改造",
    "河岸护坡加固",
)
PLACES = ("某县水务局", "某区民政局", "某市林草局", "某县团委", "某区商务局")
# (一级, 二级, 三级, sign, unit, whole numbers?)
POOL = (
    ("产出指标", "数量指标", "清理渠道长度", "≥", "公里", True),
    ("产出指标", "数量指标", "开办班次", "≥", "期", True),
    ("产出指标", "数量指标", "巡查次数", "≥", "次", True),
    ("产出指标", "质量指标", "验收合格率", "≥", "%", False),
    ("产出指标", "时效指标", "按期完成率", "≥", "%", False),
    ("产出指标", "成本指标", "单位造价", "≤", "万元", True),
    ("效益指标", "社会效益指标", "受益人数", "≥", "人", True),
    ("效益指标", "生态效益指标", "岸线绿化面积", "≥", "亩", True),
    ("效益指标", "可持续影响指标", "设施使用年限", "≥", "年", True),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "%", False),
)
WEIGHTS = (10, 5, 5, 10, 10, 10, 15, 5, 10, 10)  # 50, 30, 10


def two(value: Decimal) -> Decimal:
    return value.quantize(D("0.01"), ROUND_HALF_UP)


def shown(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Target:
    first: str
    second: str
    name: str
    sign: str
    value: Decimal
    unit: str
    done: Decimal
    weight: Decimal
    reason: str = ""
    typed: str = ""  # the score, where it was typed wrongly

    @property
    def points(self) -> Decimal:
        if self.sign == "≥":
            share = min(D(1), self.done / self.value)
        else:
            share = min(D(1), self.value / self.done)
        return two(self.weight * share)

    @property
    def score(self) -> str:
        return self.typed or shown(self.points)


@dataclass(frozen=True)
class Money:
    """Three amounts of one kind of money: 年初预算数, 全年预算数, 全年执行数."""

    planned: Decimal
    granted: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Project:
    name: str
    place: str
    parts: tuple[Money, ...]
    total: Money
    targets: tuple[Target, ...]
    typed: dict[str, str] = field(default_factory=dict)  # rate, execution, total: typed wrongly

    @property
    def rate(self) -> str:
        share = self.total.spent / self.total.granted * 100
        return self.typed.get("rate") or shown(two(share)) + "%"

    @property
    def execution(self) -> str:
        return self.typed.get("execution") or shown(two(self.total.spent / self.total.granted * 10))

    @property
    def sum(self) -> str:
        given = [D(self.execution), *(D(one.score) for one in self.targets)]
        return self.typed.get("total") or shown(sum(given, D(0)))


def project(seed: int) -> Project:
    source = random.Random(seed)
    parts = tuple(_money(source, most) for most in (300, 40, 20))
    total = Money(*(sum(one, D(0)) for one in zip(*map(_amounts, parts))))
    names = source.choice(NAMES), source.choice(PLACES)
    targets = [_target(source, *given) for given in zip(POOL, WEIGHTS)]
    return Project(*names, parts, total, tuple(targets))


def _amounts(one: Money) -> tuple[Decimal, Decimal, Decimal]:
    return one.planned, one.granted, one.spent


def _money(source: random.Random, most: int) -> Money:
    planned = D(source.randint(most * 50, most * 100)) / 100
    granted = planned + D(source.randint(0, most * 10)) / 100
    spent = two(granted * source.randint(80, 100) / 100)
    return Money(planned, granted, spent)


def _target(
    source: random.Random, given: tuple[str, str, str, str, str, bool], weight: int
) -> Target:
    first, second, name, sign, unit, is_whole = given
    value = D(source.randint(12, 60)) if is_whole else D(source.choice((90, 92, 95)))
    if source.random() < 0.25:
        done = value - 1 if sign == "≥" else value + 1
    else:
        done = value + source.choice((0, 0, 1, 2)) * (1 if sign == "≥" else -1)
    is_missed = done < value if sign == "≥" else done > value
    reason = "汛期延后，已列入下年计划" if is_missed else ""
    return Target(first, second, name, sign, value, unit, done, D(weight), reason)


def spoil(given: Project, kind: str, seed: int) -> tuple[Project, str]:
    """A project with one wrong figure of a kind, and that figure as it is printed."""
    source = random.Random(f"{kind}{seed}")
    return SPOIL[kind](given, source)


def _rate(given: Project, source: random.Random) -> tuple[Project, str]:
    typed = shown(D(given.rate[:-1]) + source.choice((-2, D("-1.3"), 1))) + "%"
    return replace(given, typed={"rate": typed}), typed


def _execution(given: Project, source: random.Random) -> tuple[Project, str]:
    typed = shown(D(given.execution) - source.choice((D("0.5"), 1, 2)))
    return replace(given, typed={"execution": typed}), typed


def _parts(given: Project, source: random.Random) -> tuple[Project, str]:
    """A part of the year's plan: no rate hangs on it."""
    first = given.parts[0]
    planned = first.planned + source.choice((9, 10, D("2.7")))
    parts = (replace(first, planned=planned), *given.parts[1:])
    return replace(given, parts=parts), shown(planned)


def _missed(given: Project, source: random.Random) -> tuple[Project, str]:
    return _worse(given, source, "≥")


def _dearer(given: Project, source: random.Random) -> tuple[Project, str]:
    return _worse(given, source, "≤")


def _worse(given: Project, source: random.Random, sign: str) -> tuple[Project, str]:
    """A result that is worse than its target, with full points."""
    at = source.choice([n for n, one in enumerate(given.targets) if one.sign == sign])
    one = given.targets[at]
    step = D(source.randint(4, 8))
    done = one.value - step if sign == "≥" else one.value + step
    targets = list(given.targets)
    targets[at] = replace(one, done=done, typed=shown(one.weight), reason="")
    return replace(given, targets=tuple(targets)), shown(done)


def _weight(given: Project, source: random.Random) -> tuple[Project, str]:
    at = source.randrange(len(given.targets))
    one = given.targets[at]
    other = replace(one, weight=one.weight + source.choice((1, 2, 3)), typed=one.score)
    targets = (*given.targets[:at], other, *given.targets[at + 1 :])
    return replace(given, targets=targets), shown(other.weight)


def _above(given: Project, source: random.Random) -> tuple[Project, str]:
    at = source.randrange(len(given.targets))
    one = given.targets[at]
    typed = shown(one.weight + source.choice((1, 2)))
    targets = (*given.targets[:at], replace(one, typed=typed), *given.targets[at + 1 :])
    return replace(given, targets=targets), typed


def _total(given: Project, source: random.Random) -> tuple[Project, str]:
    typed = shown(D(given.sum) + source.choice((D("-1.5"), -1, D("0.8"), 1)))
    return replace(given, typed={"total": typed}), typed


SPOIL = {
    "执行率": _rate,
    "执行率得分": _execution,
    "资金分项": _parts,
    "未达目标得满分": _missed,
    "超成本得满分": _dearer,
    "分值": _weight,
    "得分超过分值": _above,
    "总分": _total,
}
