"""Honest units made for tests: facts that agree with each other, and the scores that follow from
them, typed as accountants type: rounded to two decimals, a reason beside each lost point.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from rubric_sheets.checks.evaluation import evaluate
from rubric_sheets.exact import intervals
from rubric_sheets.exact.quantities import NOT_APPLICABLE, exact, plain, round_half_up
from rubric_sheets.facts.json_form import apply, blank
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rules.base import TAKEN_OFF
from rubric_sheets.scoring.result import Result, Scorecard
from rubric_sheets.scoring.sums import signed_claims

REASON = "年中推迟"


class Honest:
    """One unit; the same seed gives the same one."""

    def __init__(self, rubric: Rubric, seed: object) -> None:
        self.rubric, self.rng = rubric, random.Random(f"honest {rubric['id']} {seed}")

    def amount(self, low: int = 1, high: int = 900) -> Fraction:
        """万元, with two decimals."""
        return Fraction(self.rng.randrange(low * 100, high * 100), 100)

    def part(self, whole: Fraction) -> Fraction:
        """A part of it, with two decimals; now and then all of it. Never so small that it looks
        like another unit."""
        if whole < 1 or self.rng.random() < 0.2:
            return whole
        return Fraction(self.rng.randrange(int(whole) + 1, int(whole * 100) + 1), 100)

    def data(self) -> dict[str, Any]:
        """Facts, tables and claims, in the form of FACTS.json."""
        if "targets" in self.rubric:
            data = self.project()
            data["facts"] |= {name: _text(value) for name, value in self.answers().items()}
        else:
            facts = self.department() | self.answers() | self.weights()
            known = {name: facts[name] for name in facts if name in self.rubric["facts"]}
            data = {"facts": {name: _text(value) for name, value in known.items()}}
        return {**data, "claims": self.claims(data)}

    # -- facts

    def department(self) -> dict[str, Any]:
        carried, income, other = self.amount(), self.amount(300, 2000), self.amount(0, 50)
        received = carried + income + other
        left = Fraction(0) if self.rng.random() < 0.2 else self.part(received)
        spent = received - left
        projects = self.part(spent)
        running = self.part(spent - projects)
        budget, added = self.amount(500, 2500), self.amount(3, 90) * self.rng.choice((-1, 1))
        quota = self.rng.randrange(10, 60)
        staff = self.rng.randrange(6, quota + 3)
        people = staff + self.rng.randrange(1, 30)
        if people == quota:
            people += 1
        return {
            "编制数": quota,
            "在职人员数": staff,
            "实有人数": people,
            "收入合计": received,
            "上年结转": carried,
            "公共财政拨款": income,
            "政府性基金拨款": 0,
            "专户非税收入": 0,
            "其他收入": other,
            "支出合计": spent,
            "基本支出": spent - projects,
            "人员支出": spent - projects - running,
            "公用支出": running,
            "项目支出": projects,
            "累计结余": left,
            "当年结余": left - carried,
            "重点项目支出": self.part(projects),
            "年初预算数": budget,
            "追加预算": added,
            "预算调整数": abs(added) + self.amount(0, 60),
            "年末结余": left,
            "公用经费预算": self.amount(20, 300),
            "公用经费实际": running,
            **self.purchases(budget),
            **self.assets(),
        }

    def purchases(self, budget: Fraction) -> dict[str, Any]:
        meals, cars = self.amount(0, 8), self.amount(0, 9)
        planned, due = self.part(budget), self.amount(1, 40)
        funds = self.rng.randrange(0, 6)
        return {
            "三公经费": meals + cars,
            "公务接待费": meals,
            "公务用车运维费": cars,
            "公务用车购置费": 0,
            "因公出国费": 0,
            "上年三公经费": self.amount(2, 20),
            "三公经费预算": self.amount(2, 20),
            "上年三公经费预算": self.amount(2, 20),
            "政府采购预算": planned,
            "政府采购实际": self.part(planned),
            "公务卡应刷卡额": due,
            "公务卡刷卡额": self.part(due),
            "专项资金数": funds,
            "未按进度专项数": self.rng.randrange(funds + 1),
        }

    def assets(self) -> dict[str, Any]:
        used, lent = self.amount(10, 500), self.amount(0, 20)
        area, cost = self.amount(100, 900), self.amount(100, 900)
        return {
            "固定资产": used + lent,
            "在用固定资产": used,
            "出租固定资产": lent,
            "其他固定资产": 0,
            "批准建设面积": area,
            "实际建设面积": area + self.amount(0, 90),
            "批准投资额": cost,
            "实际投资额": cost + self.amount(0, 90),
            "满意度": Fraction(self.rng.randrange(6000, 10001), 100),
            "重点工作实际完成率": Fraction(self.rng.randrange(6000, 10001), 100),
        }

    def answers(self) -> dict[str, Any]:
        """What the rules ask in words and cases."""
        found: dict[str, Any] = {}
        for name, spec in self.rubric["facts"].items():
            if spec["kind"] == "yes_no":
                found[name] = self.rng.choice(("是", "是", "否", NOT_APPLICABLE))
            elif spec["kind"] == "breach_count":
                found[name] = self.rng.choice((0, 0, 0, 1, 2))
        for spec in self.rubric["indicators"]:
            if "levels" in spec["rule"]:
                found[spec["rule"]["fact"]] = self.rng.choice(spec["rule"]["levels"])["name"]
            if "ranges" in spec["rule"]:
                found[spec["rule"]["grade"]] = self.rng.choice(spec["rule"]["ranges"])["name"]
        return found

    def weights(self) -> dict[str, Any]:
        """What the unit's indicators weigh, where the bureau tells it to each."""
        found: dict[str, Any] = {}
        for spec in self.rubric["indicators"]:
            if "weight_fact" in spec and not spec.get("own"):
                weight = Fraction(self.rng.randrange(1, 25), 2)
                found[spec["weight_fact"]] = self.rng.choice((weight, weight, NOT_APPLICABLE))
        return found

    def project(self) -> dict[str, Any]:
        planned = self.amount(5, 900)
        columns = ("年初预算数", "全年预算数", "全年执行数")
        whole = [
            name.removesuffix(columns[0])
            for name, spec in self.rubric["facts"].items()
            if "own_total" in spec and name.endswith(columns[0])
        ]
        parts = [self.rubric["facts"][row + columns[0]]["sum"][0] for row in whole]
        parts = [part.removesuffix(columns[0]) for part in parts]
        spent = [row for row in ("基本支出",) if row + columns[0] in self.rubric["facts"]]
        funds = {
            f"{row}{column}": _text(value)
            for column, value in zip(columns, (planned, planned, self.part(planned)))
            for row in (*whole, *parts, *spent)
        }
        funds |= {f"项目支出{column}": "0" for column in columns if spent}
        most = int(self.rubric["targets"]["weight"])
        cuts = sorted(self.rng.sample(range(1, most), self.rng.randrange(1, 9)))
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, most])]
        rows = [self.target(number, weight) for number, weight in enumerate(weights, 1)]
        return {"facts": funds, "tables": {self.rubric["targets"]["table"]: rows}}

    def target(self, number: int, weight: int) -> dict[str, Any]:
        goal = self.rng.randrange(2, 200)
        sign, done = self.rng.choice(
            (
                ("≥", goal),
                ("≥", self.rng.randrange(1, goal)),
                ("≤", goal),
                ("≤", goal + self.rng.randrange(1, 50)),
                ("=", goal),
            )
        )
        return {
            "一级指标": "产出指标",
            "二级指标": "数量指标",
            "三级指标": f"指标{number}",
            "年度指标值": f"{sign}{goal}台",
            "实际完成值": f"{done}台",
            "分值": weight,
        }

    # -- claims

    def claims(self, data: dict[str, Any]) -> dict[str, Any]:
        card, self.grades = _card(self.rubric, data), data["facts"]
        rows = data.get("tables", {}).get("绩效指标", [])
        claims: dict[str, Any] = {}
        for part in card.parts:
            room = part.cap
            for result in part.of(card.results):
                score = self.score(result, room)
                if room is not None and isinstance(score, Fraction):
                    room -= score
                lost = isinstance(score, Fraction) and score < result.weight
                if "row" in result.spec:
                    row = rows[result.spec["row"]]
                    row |= {"自评得分": _text(score)} | ({"偏差原因": REASON} if lost else {})
                else:
                    claims[result.spec["id"]] = {
                        "自评得分": _text(score),
                        "说明": REASON if lost else "",
                    }
        return claims | self.sums({**data, "claims": claims})

    def score(self, result: Result, room: Fraction | None) -> Fraction | str:
        """As it is typed. `room`: what a group still has."""
        if result.computed is not None:
            return round_half_up(result.computed, 2)
        if result.status == "not_applicable":
            return NOT_APPLICABLE
        weight = result.weight if room is None else min(room, result.weight)
        if result.spec["rule"]["kind"] == "graded":
            return self.inside_grade(result)
        if not result.weight:
            return Fraction(self.rng.randrange(3))  # a bonus or a penalty without a limit
        return Fraction(self.rng.randrange(int(weight * 2) + 1), 2)

    def inside_grade(self, result: Result) -> Fraction:
        """A score within the range of the grade chosen."""
        rule = result.spec["rule"]
        row = next(one for one in rule["ranges"] if one["name"] == self.grades[rule["grade"]])
        interval = intervals.parse(row["range"])
        assert interval.low is not None
        assert interval.high is not None
        unit = result.weight / 100 if rule["of"] == "share" else Fraction(1)
        steps = range(int(interval.low * unit * 2), int(interval.high * unit * 2) + 1)
        held = [Fraction(n, 2) for n in steps if interval.holds(Fraction(n, 2) / unit)]
        return self.rng.choice(held or [interval.low * unit])

    def sums(self, data: dict[str, Any]) -> dict[str, Any]:
        """Subtotals, total and grade: of the exact scores, rounded, or of what is typed."""
        card = _card(self.rubric, data)
        assert card.complete
        assert card.total is not None
        exactly = self.rng.random() < 0.5
        found: dict[str, Any] = {"subtotals": {}, "grade": card.grade}
        for level in dict.fromkeys(part.level for part in card.parts if part.is_inside):
            if level in {spec["levels"][0] for spec in self.rubric["indicators"]}:
                found["subtotals"][level] = _text(_sum(card, level, exactly=exactly))
        found["total"] = _text(max(_sum(card, exactly=exactly), Fraction(0)))
        if card.base != plain(self.rubric["full_marks"]) and exactly:
            found["total"] = _text(round_half_up(card.total, 2))
        return found


def _sum(card: Scorecard, level: str = "", *, exactly: bool) -> Fraction:
    """Of one level, or of all with bonus and penalty."""
    points = Fraction(0)
    for part in card.parts:
        if level and not (part.is_inside and part.level == level):
            continue
        if exactly:
            score = sum((one.score or Fraction(0) for one in part.of(card.results)), Fraction(0))
            points += -score if part.counts == TAKEN_OFF else score
        else:
            points += sum(signed_claims(part, card.results), Fraction(0))
    return round_half_up(points, 2)


def _card(rubric: Rubric, data: dict[str, Any]) -> Scorecard:
    facts = blank(rubric)
    apply(rubric, facts, data)
    return evaluate(rubric, facts).card


def _text(value: Any) -> Any:
    return exact(value) if isinstance(value, Fraction) else value
