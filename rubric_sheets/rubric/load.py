"""Rubric texts (TOML) → the resolved rubric: form, facts,
checks and generated standards all in one document."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ..exact.expressions import names, parse
from ..exact.quantities import ZERO, exact, plain
from ..exact.written import to_chinese
from ..findings.finding import InputError, unreadable
from ..places.names import EXTRA_SHEET, SCORE_SHEET
from ..rules import own_score
from ..rules import rule as rule_module
from ..rules.base import Subject
from ..rules.brought import brought
from .expand import expand
from .fields import AUTHORS, word
from .forms import IN_SCORES, SCORED, arranged
from .model import FORMAT, Rubric
from .order import in_order
from .own_figures import used, with_projects
from .parts import parts_of, weight_of
from .protecting import protected, spelled_out
from .shaping import NEEDED, needed, shaped
from .shares import fold
from .standard_ratios import STANDARD
from .well_known import ALSO, completed, is_known_by_name

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUBRICS = os.path.join(PACKAGE, "rubrics")
FORMS = os.path.join(PACKAGE, "forms")
UNITS = {"amount": "万元", "count": "个", "percent": "%", "breach_count": "例", "judged": "分"}


def read_toml(path: str) -> dict[str, Any]:
    """A TOML file with every number as decimal text. Raises InputError that names the line."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return numbers_as_text(tomllib.loads(file.read(), parse_float=str))  # type: ignore[no-any-return]
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, RecursionError) as problem:
        from ..findings.toml_faults import in_words

        what, mend = in_words(problem)
        raise InputError("rubric-unreadable", path=path, what=what, suggestion=mend) from None


def numbers_as_text(value: Any) -> Any:
    """Integers become decimal text too, so that a rubric holds one kind of number only."""
    if isinstance(value, dict):
        return {key: numbers_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbers_as_text(inner) for inner in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def published() -> list[str]:
    """The ids of the rubrics that come with the program."""
    return sorted(name[:-5] for name in os.listdir(RUBRICS) if name.endswith(".toml"))


MOST_MEANT = 3


def meant(text: str) -> list[str]:
    """The published ids that a person may mean by a part of one, a word of its title, place or
    source, or by a slip of the keyboard."""
    from difflib import get_close_matches

    wanted = text.strip().lower()
    if not wanted:
        return []
    found = [id_ for id_ in published() if wanted in id_]
    found = found or [id_ for id_ in published() if any(wanted in told for told in _told(id_))]
    return found[:MOST_MEANT] or get_close_matches(wanted, published(), 1)


def _told(rubric_id: str) -> list[str]:
    """What a published rubric says of itself."""
    source = read_toml(source_path(rubric_id))
    return [str(source.get(key, "")) for key in ("title", "place", "source")]


def unknown(rubric_id: str) -> InputError:
    """Which ids there are, those that may be meant first."""
    near = meant(rubric_id)
    hint = f"是否指“{'”“'.join(near)}”？" if near else ""
    return InputError("rubric-unknown", id=rubric_id, hint=hint, known=published())


def source_path(rubric_id: str) -> str:
    """The file of a published rubric. Raises InputError with the list of ids."""
    if rubric_id not in published():
        raise unknown(rubric_id)
    return os.path.join(RUBRICS, f"{rubric_id}.toml")


def load_form(form_id: str) -> dict[str, Any]:
    """A form: its sheets, blocks, facts and cross-checks."""
    known = form_ids()
    if form_id not in known:
        raise InputError("form-unknown", id=form_id, known=known)
    return read_toml(os.path.join(FORMS, f"{form_id}.toml"))


def form_ids() -> list[str]:
    """The forms that come with the program."""
    return sorted(name[:-5] for name in os.listdir(FORMS) if name.endswith(".toml"))


@lru_cache(maxsize=1)
def form_names() -> dict[str, str]:
    """id → what an author in Excel calls the form."""
    return {id_: str(load_form(id_)["name"]) for id_ in form_ids()}


def form_of(rubric: Any) -> dict[str, Any]:
    """The form of a rubric, or of its source, arranged for it."""
    form = arranged(load_form(rubric["form"]), rubric.get("targets"))
    return shaped(with_projects(form, rubric), rubric)


def form_facts(form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(facts by name, tables by name), in the order of the form."""
    facts: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    scored = {"name": SCORE_SHEET, "block": [form[SCORED]]} if SCORED in form else {"block": []}
    for sheet in (*form["sheet"], scored):
        for block in sheet["block"]:
            for fact in block.get("facts", ()):
                facts[fact["name"]] = fact_spec(fact, sheet["name"])
                if "sum" in fact:
                    facts[fact["name"]]["own_total"] = True
            if "table" in block:
                totals = block["kind"] == "institutions"
                columns = [fact_spec(column, sheet["name"]) for column in block["columns"]]
                if not totals:
                    _place_columns(columns, block["columns"])
                tables[block["table"]] = {
                    "name": block["table"],
                    "sheet": sheet["name"],
                    "totals": totals,
                    "columns": columns,
                }
                if totals:
                    facts.update((column["name"], column) for column in columns)
    return facts, tables


def _place_columns(columns: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> None:
    """How far right of the table's edge each column stands: wide columns take several cells."""
    offset = 0
    for column, block in zip(columns, blocks):
        column["offset"] = block.get("offset", str(offset))
        offset += int(block.get("span", 1))


def fact_spec(fact: dict[str, Any], sheet: str) -> dict[str, Any]:
    kept = (
        "name",
        "label",
        "help",
        "signed",
        "choices",
        "points",
        "sum",
        "formula",
        "group",
        "required",
        "default",
        "block",
    )
    kind = fact.get("kind", "amount")
    spec = {key: fact[key] for key in kept if key in fact}
    return {
        **spec,
        "kind": kind,
        "unit": fact.get("unit", UNITS.get(kind, "")),
        "sheet": fact.get("sheet", sheet),
    }


@lru_cache(maxsize=1)
def known_facts() -> dict[str, dict[str, Any]]:
    """name → fact, of all forms and rubrics that come with the program; see `well_known`."""
    found: dict[str, dict[str, Any]] = {}
    for id_ in form_ids():
        found = {**form_facts(load_form(id_))[0], **found}
    for id_ in published():
        own = read_toml(source_path(id_)).get("fact", ())
        found = {**{fact["name"]: fact_spec(fact, EXTRA_SHEET) for fact in own}, **found}
    return {name: fact for name, fact in found.items() if is_known_by_name(fact)} | ALSO


def in_full(source: dict[str, Any]) -> dict[str, Any]:
    """The source, whose form exists, with the facts that are known by name."""
    return completed(source, form_facts(load_form(source["form"]))[0], known_facts)


def rule_facts(indicator: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts that a rule brings with it, as its kind asks for them."""
    found = []
    for name, brings, asked in brought(indicator):
        told = {
            "help": asked.help,
            "unit": asked.unit,
            "choices": list(asked.choices),
            "points": asked.points,
        }
        given = {key: value for key, value in told.items() if value}
        found.append(fact_spec({"name": name, "kind": brings.kind, **given}, brings.sheet))
    return found


def own_indicator(indicator: dict[str, Any]) -> dict[str, Any]:
    """An indicator that the unit may replace by its own: name and weight become facts,
    with the rubric's as default."""
    if not indicator.get("own"):
        return indicator
    name = own_score(indicator["rule"])
    return {**indicator, "weight_fact": f"{name}_分值", "name_fact": f"{name}_名称"}


def weight_facts(indicator: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts behind a weight, and a name, that the unit types."""
    if "weight_fact" not in indicator:
        return []
    if indicator.get("own"):
        level = indicator["levels"][-1]
        weight = {
            "name": indicator["weight_fact"],
            "label": f"{level}的分值",
            "kind": "amount",
            "unit": "分",
            "default": indicator["weight"],
        }
        name = {
            "name": indicator["name_fact"],
            "label": f"{level}的名称",
            "kind": "text",
            "default": level,
        }
        help_ = "可换成本单位的个性化指标，同级指标分值合计不变；不用的行分值填 0"
        return [fact_spec({**one, "help": help_}, SCORE_SHEET) for one in (name, weight)]
    text = f"{indicator['levels'][-1]}的适用分值"
    return [
        fact_spec(
            {"name": indicator["weight_fact"], "kind": "amount", "unit": "分", "help": text},
            SCORE_SHEET,
        )
    ]


def standard_text(
    indicator: dict[str, Any], facts: dict[str, Any], ratios: dict[str, Any] | None = None
) -> str:
    """The bureau's own wording where the rubric has one, otherwise generated from the rule; and
    how a weight that is printed level by level comes to its points. `ratios`: name → formula,
    which is told of those that are the rubric's own."""
    text = indicator.get("standard") or worded(indicator, facts) + _meaning(indicator, ratios)
    steps = indicator.get("printed", "")
    return f"{text}\n权重 {steps} = {indicator['weight']} 分" if " × " in steps else text


def _meaning(indicator: dict[str, Any], ratios: dict[str, Any] | None) -> str:
    """`支出进度=支出合计 ÷ 收入合计 × 100%。`, of each ratio that nobody else knows."""
    rule = indicator["rule"]
    known = {name: parse(text) for name, text in (ratios or {}).items() if name not in STANDARD}
    told: dict[str, str] = {}
    waiting = [indicator.get("ratio", ""), *rule_module(rule["kind"]).facts(rule)]
    while waiting:
        name = waiting.pop(0)
        if name in known and name not in told:
            told[name] = f"{name}={to_chinese(known[name])} × 100%。"
            waiting += names(known[name])
    return "".join(told.values())


def worded(indicator: dict[str, Any], facts: dict[str, Any]) -> str:
    """What the rule says in words, whatever the bureau has written in its place."""
    name = indicator.get("ratio") or indicator.get("value") or indicator["levels"][-1]
    fact = facts.get(indicator.get("value", ""), {})
    is_percent = "ratio" in indicator or fact.get("kind") == "percent"
    own = "" if fact.get("unit") == "%" else fact.get("unit", "")
    weight = indicator.get("weight", "适用分值" if "weight_fact" in indicator else "")
    subject = Subject(name, "%" if is_percent else own, weight)
    text = str(rule_module(indicator["rule"]["kind"]).standard(indicator["rule"], subject))
    return text + _exceptions(indicator)


def _exceptions(indicator: dict[str, Any]) -> str:
    """What a rubric says of a zero denominator alone, and what leaves no points."""
    found = []
    if over := indicator.get("over_zero"):
        found.append(f"只有分母为零的，{word('over_zero', over)}")
    if when := indicator.get("void_when"):
        found.append(f"{indicator.get('void_text') or to_chinese(parse(when))}的，不得分")
    return "；".join(found) + "。" if found else ""


def full_marks(
    indicators: list[Any], groups: dict[str, str], targets: dict[str, str] | None
) -> str:
    """The sum of the weights, a group once, the unit's own list as a whole,
    bonus and penalty not at all."""
    weights = [
        ZERO if "weight_fact" in spec and not spec.get("own") else plain(spec.get("weight", "0"))
        for spec in indicators
    ]
    own_list = plain(targets["weight"]) if targets else ZERO
    return exact(weight_of(parts_of(indicators, groups), weights) + own_list)


def resolve(source: dict[str, Any]) -> Rubric:
    """Put a rubric's source and its form together. The source must have passed its checks."""
    source = in_full(fold(source))
    if source.get("content") == NEEDED:
        source = {**source, "sheet": needed(form_of(source), source)}
    form = form_of(source)
    facts, tables = form_facts(form)
    facts |= used(source)
    for fact in source.get("fact", ()):
        placed = {"block": "", **fact} if "sheet" in fact else fact
        facts[fact["name"]] = fact_spec(placed, EXTRA_SHEET)
    for raw in map(own_indicator, source["indicator"]):
        for fact in (*rule_facts(raw), *weight_facts(raw)):
            facts.setdefault(fact["name"], fact)
    told = protected(source, facts)
    source = spelled_out(told, facts)
    indicators = []
    for raw, said in zip(map(own_indicator, source["indicator"]), told["indicator"]):
        # An input weight is 0 until the unit types it; so is that of a bonus without a limit.
        indicator = {
            "weight": "0",
            **{key: value for key, value in raw.items() if key not in AUTHORS},
        }
        standard = standard_text(own_indicator(said), facts, told.get("ratios"))
        indicators.append({**indicator, "standard": standard})
    groups = source.get("groups", {})
    resolved: Any = {
        "format": FORMAT,
        "id": source["id"],
        "version": source["version"],
        "title": source["title"],
        "source": source["source"],
        **_origin(source),
        "form": source["form"],
        "full_marks": source.get("full_marks")
        or full_marks(indicators, groups, source.get("targets")),
        "grades": [
            {"name": g["name"], "min": g["min"], "synonyms": g.get("synonyms", [])}
            for g in source["grades"]
        ],
        "ratios": {
            name: {"name": name, "formula": formula}
            for name, formula in source.get("ratios", {}).items()
        },
        "groups": groups,
        "indicators": indicators,
        "facts": facts,
        "tables": tables,
        "checks": [*form.get("check", []), *map(_check, source.get("check", []))],
        "budget": form.get("budget", []),
        **({"targets": source["targets"]} if "targets" in source else {}),
        **({"page": IN_SCORES} if SCORED in form else {}),
        **{
            key: source[key]
            for key in ("scale", "first_year", "last_year", "printed_shares", "content", "sheet")
            if source.get(key)
        },
    }
    if source.get("caption") not in (None, form.get("score_caption")):
        resolved["caption"] = source["caption"]
    found: Rubric = resolved
    return found


def _check(check: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in check.items() if key not in AUTHORS}


def _origin(source: dict[str, Any]) -> dict[str, str]:
    """Where and for which year a rubric holds, where it says so."""
    return {key: source[key] for key in ("place", "year") if key in source}


def published_source(rubric_id: str) -> dict[str, Any]:
    """The source of a published rubric. Raises InputError with the list of ids."""
    return read_toml(source_path(rubric_id))


def complete(
    source: dict[str, Any], read: Callable[[str], dict[str, Any]] = published_source
) -> dict[str, Any]:
    """The source with what it extends put in; `read` gives that. Raises InputError."""
    return expand(source, read, (str(source.get("id", "")),))


def load(rubric_id: str) -> Rubric:
    """A published rubric by its id."""
    return resolve(in_order(complete(read_toml(source_path(rubric_id)))))
