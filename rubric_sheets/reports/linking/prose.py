"""Facts that sentences tell, kept apart from those of other years, budgets and scopes."""

from __future__ import annotations

import os
import re
import tomllib
from fractions import Fraction
from functools import cache

from ...exact.expressions import names_in
from ...exact.quantities import NOT_APPLICABLE
from ...rubric.model import IndicatorSpec, Rubric
from ..reading.document import Document, Passage
from ..sentences.encoded import Sentence, sentences
from ..sightings import Evidence, Sighting
from ..words.clean import cleaned
from ..words.numbers import Mention

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "prose.toml")
YEAR = re.compile(r"(20[0-9]{2})年")
SHORT, FEW = 25, 8  # characters of a heading, of a text that says nothing
TITLE_LENGTH = 80
BUDGET = re.compile(r"预算(?:总)?(?:收入|支出)|预算批复|部门预算(?:安排|为|收|支)|年初预算")
PEOPLE = frozenset(("编制数", "实有人数", "在职人员数"))
BEFORE = re.compile(r"年初|期初")  # the people of then, who are another number
OTHER_YEARS = re.compile(r"上年|去年|上一年|往年|历年|十[二三四]五")


@cache
def data() -> dict[str, Any]:
    with open(PATH, "rb") as file:
        return tomllib.load(file)


def read(document: Document, year: str) -> list[tuple[str, Sighting]]:
    """What sentences say of the report's own year."""
    found: list[tuple[str, Sighting]] = []
    heading = ""
    for passage in document.passages():
        if len(passage.text) < SHORT and not passage.spot.table:
            heading = passage.text
        if len(passage.text) <= FEW or _is_plan(heading):
            continue
        is_budget = False
        for sentence in sentences(passage):
            is_budget = is_budget or bool(BUDGET.search(sentence.code))
            found += [one for one in _sentence(sentence, year) if one[0] in PEOPLE or not is_budget]
    return found


def _is_plan(heading: str) -> bool:
    """Does what stands below a heading speak of the budget, and not of what became of it?"""
    return "预算" in heading and not re.search(r"决算|执行|支出|完成|使用", heading)


def _sentence(sentence: Sentence, year: str) -> list[tuple[str, Sighting]]:
    found = []
    for at, one in sentence.numbers.items():
        if one.is_vague or not _of_year(sentence, at, year):
            continue
        label = sentence.label(at)
        for spec in data()["fact"]:
            around = sentence.code[max(0, sentence.label_start(at) - 12) : at]
            if one.kind != spec["kind"] or re.search(spec["not"], around):
                continue
            if spec["name"] in PEOPLE and BEFORE.search(label):
                continue
            if re.search(spec["label"], label) and not _is_compared(sentence, at):
                found.append((spec["name"], sighting(one, sentence.clause(at))))
    return found


def _of_year(sentence: Sentence, at: int, year: str) -> bool:
    """Does the number speak of the report's year, as far as the sentence tells?"""
    before = sentence.code[:at]
    years = YEAR.findall(before)
    if years and year and years[-1] != year:
        return False
    clause = before[max(before.rfind(sign) for sign in "。;,") + 1 :]
    return not OTHER_YEARS.search(clause)


def _is_compared(sentence: Sentence, at: int) -> bool:
    """Is it an increase, or a part of something that is counted otherwise?"""
    after = sentence.code[at + 1 : at + 3]
    return after.startswith(("的", "以"))


def sighting(one: Mention, evidence: Evidence) -> Sighting:
    low, high = one.around()
    unit = "人" if one.kind == "count" and one.unit in ("名", "个", "人") else one.unit
    unit = "万元" if one.kind == "amount" else unit
    return Sighting(one.value, one.text, unit, evidence, (high - low) / 2, is_sentence=True)


def of_item(rubric: Rubric, spec: IndicatorSpec, passage: Passage) -> list[tuple[str, Sighting]]:
    """The facts of an indicator's ratio, told in the paragraph that gives its score."""
    text = cleaned(passage.text).text
    for words, names in data()["none"].items():
        if match := re.search(words, text):
            clean = cleaned(passage.text)
            quote = Evidence(clean.quote(match.start(), match.end()), passage.spot)
            if any(name in _asked(rubric, spec) for name in names):
                return [(name, Sighting(NOT_APPLICABLE, "", "", quote)) for name in names]
    found: dict[str, Sighting] = {}
    for sentence in sentences(passage):
        for at, one in sentence.numbers.items():
            for name in _asked(rubric, spec):
                label = sentence.label(at)
                match = re.search(data()["items"].get(name, "$^"), label)
                if match and name not in found and one.kind in ("amount", "count"):
                    found[name] = _signed(sighting(one, sentence.clause(at)), match)
    return list(found.items())


def _asked(rubric: Rubric, spec: IndicatorSpec) -> tuple[str, ...]:
    if "ratio" not in spec:
        return ()
    return names_in(rubric["ratios"][spec["ratio"]]["formula"])


def _signed(one: Sighting, match: re.Match[str]) -> Sighting:
    """Money taken away from the budget counts negative."""
    if match.groupdict().get("down") and isinstance(one.value, Fraction):
        return one._replace(value=-abs(one.value))
    return one


TITLE = re.compile(r"(20[0-9]{2})年度?[^。]{0,25}?(?:绩效|自评|评价|决算|整体支出|项目支出)")
FIRST = 40  # passages in which a title stands


def report_year(document: Document) -> str:
    """The year that the report is about; "" where it does not say."""
    texts = [cleaned(passage.text).text for passage in document.passages()]
    for pattern in (TITLE, re.compile(r"(20[0-9]{2})年度")):
        for text in texts[:FIRST]:
            if len(text) < TITLE_LENGTH and (found := pattern.search(text)):
                return found[1]
    years = re.findall(r"(20[0-9]{2})年度", "".join(texts)) or YEAR.findall("".join(texts))
    return max(years, key=years.count) if years else ""
