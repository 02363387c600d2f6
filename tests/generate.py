"""Facts made for tests: for any rubric, random and just at,
over and under every threshold that its rules have."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from rubric_sheets.exact import intervals
from rubric_sheets.exact.expressions import ZeroDenominator, evaluate, names, parse
from rubric_sheets.exact.quantities import NOT_APPLICABLE, decimals, exact, plain, show
from rubric_sheets.exact.tokens import protect
from rubric_sheets.rubric.model import Rubric
from rubric_sheets.rubric.own_figures import PROJECTS, listed
from rubric_sheets.rules import is_judged
from rubric_sheets.rules import rule as rule_module

HUNDREDTH = Fraction(1, 100)
NICE = tuple(
    plain(text)
    for text in [
        "1",
        "2",
        "4",
        "5",
        "8",
        "10",
        "12.5",
        "20",
        "25",
        "40",
        "50",
        "100",
        "125",
        "200",
        "250",
        "400",
        "500",
        "1000",
        "1250",
        "87.72",
        "335.46",
    ]
)
Values = dict[str, Fraction]


def is_percent(rubric: Rubric, spec: Any) -> bool:
    """Is the measure of this indicator shown in percent?"""
    return "ratio" in spec or (
        "value" in spec and rubric["facts"][spec["value"]]["kind"] == "percent"
    )


def measure_text(rubric: Rubric, spec: Any) -> str:
    """The formula of the indicator's measure; empty where its rule reads facts itself."""
    if "ratio" in spec:
        return str(rubric["ratios"][spec["ratio"]]["formula"])
    return protect(spec.get("value", ""), rubric["facts"])


def thresholds(rule: Mapping[str, Any]) -> list[Fraction]:
    """Every value of the measure, in the rule's own unit, at which the rule may change its mind."""
    found: list[Fraction] = []
    if "limit" in rule:
        limit, every = plain(rule["limit"]), plain(rule.get("every", "1"))
        signs = {"over": (1,), "under": (-1,)}.get(rule.get("side", "either"), (1, -1))
        found += [
            limit + sign * every * step for sign in signs for step in (0, 1, 2, 3, 5, 7, 10, 29)
        ]
    for band in rule.get("bands", ()):
        interval = intervals.parse(band["range"])
        found += [end for end in (interval.low, interval.high) if end is not None]
    if "warn_over" in rule:
        found.append(plain(rule["warn_over"]))
    for piece in rule.get("pieces", ()):
        interval = intervals.parse(piece["range"])
        found += [end for end in (interval.low, interval.high) if end is not None]
    if rule["kind"] == "share":
        found += [Fraction(0), Fraction(100)]
    return list(dict.fromkeys(found))


def around(points: list[Fraction]) -> list[Fraction]:
    """Each point, and one hundredth over and under it."""
    return list(
        dict.fromkeys(
            point + step for point in points for step in (-HUNDREDTH, Fraction(0), HUNDREDTH)
        )
    )


def solve(node: Any, values: Values, name: str, target: Fraction) -> Fraction | None:
    """The value of one fact that makes the ratio exactly `target`, the others given;
    None where there is none."""
    top, bottom = (node[1], node[2]) if node[0] == "/" else (node, ("num", Fraction(1)))

    def line(part: Any) -> tuple[Fraction, Fraction]:
        at_zero = evaluate(part, {**values, name: Fraction(0)})
        return evaluate(part, {**values, name: Fraction(1)}) - at_zero, at_zero

    (a, b), (c, d) = line(top), line(bottom)
    if a == target * c:
        return None
    found = (target * d - b) / (a - target * c)
    places = decimals(found)
    good = places is not None and places <= 8 and found >= 0
    return found if good and evaluate(bottom, {**values, name: found}) != 0 else None


def reach(rubric: Rubric, spec: Any, target: Fraction, rng: random.Random) -> Values | None:
    """Facts that give the indicator's measure exactly `target` (in the rule's own unit)."""
    node = parse(measure_text(rubric, spec))
    ratio = target / 100 if is_percent(rubric, spec) else target
    if node[0] == "name":
        return {node[1]: ratio} if ratio >= 0 else None
    for _ in range(60):
        wanted = names(node)
        values = {name: rng.choice(NICE) for name in wanted}
        rng.shuffle(wanted)
        for name in wanted:
            try:
                found = solve(node, values, name, ratio)
            except ZeroDenominator:
                continue
            if found is not None:
                return {**values, name: found}
    return None


def for_json(rubric: Rubric, values: Mapping[str, Fraction | str | None]) -> dict[str, Any]:
    """Exact values as FACTS.json writes them."""
    out: dict[str, Any] = {}
    for name, value in values.items():
        percent = rubric["facts"][name]["kind"] == "percent"
        out[name] = (
            exact(value * 100 if percent else value, 20) if isinstance(value, Fraction) else value
        )
    return out


class Maker:
    """Random data in the form of FACTS.json; the same seed gives the same data."""

    def __init__(self, rubric: Rubric, seed: object) -> None:
        self.rubric = rubric
        self.rng = random.Random(f"{rubric['id']} {seed}")
        self.facts: dict[str, Any] = {}

    def chance(self, percent: int) -> bool:
        return self.rng.randrange(100) < percent

    def data(self) -> dict[str, Any]:
        for spec in self.rubric["indicators"]:
            self.measure(spec)
            self.rule_facts(spec)
            self.condition(spec)
            if "weight_fact" in spec:
                self.facts[spec["weight_fact"]] = self.rng.choice(
                    (4.5, 10, 20, 0, None, NOT_APPLICABLE)
                )
        tables = self.tables() if self.chance(40) else {}
        if "targets" in self.rubric:
            tables[self.rubric["targets"]["table"]] = self.targets()
        if PROJECTS in self.rubric["tables"]:
            tables[PROJECTS] = self.projects()
        for name in listed(self.rubric["facts"]):
            self.facts.pop(name, None)  # the list itself gives it
        return {"facts": self.facts, "tables": tables, "claims": self.claims()}

    def put(self, values: Mapping[str, Fraction | str | None]) -> None:
        self.facts.update(for_json(self.rubric, values))

    def amount(self) -> Fraction:
        return self.rng.choice(
            (self.rng.choice(NICE), Fraction(self.rng.randrange(200000), 100), Fraction(0))
        )

    def measure(self, spec: Any) -> None:
        text = measure_text(self.rubric, spec)
        if not text:
            return
        wanted, kind = names(parse(text)), self.rng.randrange(100)
        values: dict[str, Fraction | str | None]
        if kind < 55:
            points = around(thresholds(spec["rule"]))
            reached = (
                reach(self.rubric, spec, self.rng.choice(points), self.rng) if points else None
            )
            values = dict(reached or {name: self.amount() for name in wanted})
        elif kind < 70:
            values = {name: self.amount() for name in wanted}
        elif kind < 78:
            values = dict.fromkeys(wanted, Fraction(0))
        elif kind < 86:
            node = parse(text)
            values = {name: self.rng.choice(NICE) for name in wanted}
            values |= dict.fromkeys(names(node[2]) if node[0] == "/" else [], Fraction(0))
        else:
            values = {name: self.amount() for name in wanted}
            values[self.rng.choice(wanted)] = self.rng.choice((None, None, NOT_APPLICABLE))
        if self.is_share(wanted):
            values = {
                name: min(value, Fraction(1)) if isinstance(value, Fraction) else value
                for name, value in values.items()
            }
        self.put(values)

    def is_share(self, wanted: list[str]) -> bool:
        return (
            len(wanted) == 1
            and self.rubric["facts"][wanted[0]]["kind"] == "percent"
            and self.chance(50)
        )

    def rule_facts(self, spec: Any) -> None:
        rule = spec["rule"]
        wanted = rule_module(rule["kind"]).facts(rule)
        same, gaps = self.amount(), self.chance(15)
        for name in wanted:
            kind = self.rubric["facts"][name]["kind"]
            if kind == "judged":
                continue  # the claim
            if gaps and self.chance(25):
                self.facts[name] = None
            elif self.chance(12):
                self.facts[name] = NOT_APPLICABLE
            elif kind == "yes_no":
                self.facts[name] = self.rng.choice(("是", "是", "否"))
            elif kind == "breach_count":
                self.facts[name] = self.rng.choice((0, 0, 0, 1, 2, 5))
            elif kind == "text":
                words = [
                    word
                    for level in (*rule.get("levels", ()), *rule.get("ranges", ()))
                    for word in (level["name"], *level.get("synonyms", ()))
                ] or self.rubric["facts"][name].get("choices", [])
                self.facts[name] = self.rng.choice((*words, "说不清"))
            else:
                near = same + self.rng.choice((-HUNDREDTH, Fraction(0), Fraction(0), HUNDREDTH))
                self.put(
                    {name: self.rng.choice((max(near, Fraction(0)), self.amount(), Fraction(0)))}
                )

    def condition(self, spec: Any) -> None:
        for key in ("applies_when", "void_when"):
            for name in names(parse(spec[key])) if key in spec else ():
                self.facts[name] = self.rng.choice((*self.answers(name), None, NOT_APPLICABLE))

    def answers(self, name: str) -> tuple[Any, ...]:
        """What may be filled for a fact that a condition asks for."""
        fact = self.rubric["facts"][name]
        if fact["kind"] == "yes_no":
            return ("是", "是", "否")
        return tuple(fact.get("choices", (0, 0, 1, 2, 5)))

    def tables(self) -> dict[str, Any]:
        """Rows of institutions; what they sum to is left to the formulas,
        now and then typed over."""
        out: dict[str, Any] = {}
        for table in self.rubric["tables"].values():
            if not table["totals"]:
                continue
            rows: list[dict[str, Any]] = []
            for name in self.institutions():
                row: dict[str, Any] = {"机构名称": name} if name else {}
                for column in table["columns"]:
                    total = "sum" in column or "formula" in column
                    if self.chance(5 if total else 75):
                        row[column["name"]] = exact(self.amount())
                rows.append(row)
            out[table["name"]] = rows
            for column in table["columns"]:
                if self.chance(85):
                    self.facts.pop(column["name"], None)
        return out

    def projects(self) -> list[dict[str, Any]]:
        """Projects with their scores: some without, some 不适用, some without a budget."""
        rows: list[dict[str, Any]] = []
        for number in range(self.rng.randrange(0, 5)):
            row = {"项目名称": f"项目{number + 1}", "全年预算数": exact(self.amount())}
            if self.chance(90):
                row["自评得分"] = self.rng.choice(("100", "92.5", "60", "0", NOT_APPLICABLE))
            if self.chance(10):
                row["全年预算数"] = self.rng.choice((None, NOT_APPLICABLE))
            rows.append(row)
        return rows

    def institutions(self) -> list[str]:
        """Names as one table lists them: another order in each, some blank, some nowhere else."""
        names = [f"机构{number}" for number in range(1, self.rng.randrange(2, 6))]
        if self.chance(30):
            self.rng.shuffle(names)
        return ["" if self.chance(15) else name for name in names]

    def targets(self) -> list[dict[str, Any]]:
        """Rows of the unit's own list: figures at, over and under their targets, words,
        and what nobody can read."""
        rows = []
        for number in range(self.rng.randrange(0, 12)):
            goal = self.rng.choice(NICE)
            result = self.rng.choice(
                (
                    goal,
                    goal + HUNDREDTH,
                    goal - HUNDREDTH,
                    goal * 2,
                    goal / 4,
                    Fraction(0),
                    self.amount(),
                )
            )
            sign = self.rng.choice(("≥", "<=", "=", "不超过", ""))
            words = self.rng.choice(
                (
                    ("按时完成", "完成"),
                    ("按时完成", "基本完成"),
                    ("按时完成", "未完成"),
                    ("≥65台", "完成"),
                    ("说不清", "难说"),
                )
            )
            target, actual = (
                (f"{sign}{show(goal, 4)}台", f"{show(result, 4)}台") if self.chance(70) else words
            )
            weight = exact(Fraction(self.rng.randrange(1, 40), 2))
            row: dict[str, Any] = {
                "一级指标": self.rng.choice(("产出指标", "效益指标")),
                "二级指标": self.rng.choice(("数量指标", "成本指标")),
                "三级指标": f"指标{number + 1}",
                "年度指标值": target,
                "实际完成值": actual,
                "分值": weight,
                "自评得分": self.rng.choice(
                    (weight, exact(plain(weight) * 7 / 10), "0", NOT_APPLICABLE, None)
                ),
            }
            if self.chance(15):
                row[self.rng.choice(("年度指标值", "实际完成值"))] = None
            rows.append({name: value for name, value in row.items() if value is not None})
        return rows

    def claims(self) -> dict[str, Any]:
        claims: dict[str, Any] = {}
        groups: dict[str, bool] = {}
        for spec in self.rubric["indicators"]:
            own = is_judged(spec["rule"])
            weight = int(plain(spec["weight"])) or 20
            claim: Any = exact(Fraction(self.rng.randrange(weight * 2 + 3), 2))
            kind = self.rng.randrange(100)
            # The cells of a merged weight are left blank together, or are 不适用 together.
            blank = (
                groups.setdefault(spec["group"], self.chance(50))
                if spec.get("group")
                else self.chance(50)
            )
            if kind < (20 if own else 50):
                claim = None if blank else NOT_APPLICABLE
            if claim is not None:
                claims[spec["id"]] = {
                    "自评得分": claim,
                    "说明": "有说明" if self.chance(50) else "",
                }
        if self.chance(40):
            claims["total"] = exact(Fraction(self.rng.randrange(220), 2))
        if self.chance(40):
            claims["grade"] = self.rng.choice([grade["name"] for grade in self.rubric["grades"]])
        return claims


def at_every_threshold(rubric: Rubric) -> Iterator[tuple[Any, Fraction, Values]]:
    """(indicator, measure, facts that give it) for every threshold of every rule, exactly,
    over and under."""
    rng = random.Random(rubric["id"])
    for spec in rubric["indicators"]:
        text = measure_text(rubric, spec)
        if text and not set(names(parse(text))) & set(listed(rubric["facts"])):
            for target in around(thresholds(spec["rule"])):
                facts = reach(rubric, spec, target, rng)
                if facts is not None:
                    yield spec, target, facts
