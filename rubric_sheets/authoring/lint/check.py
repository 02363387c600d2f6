"""Checks of a rubric: of the source that an author writes,
and of the resolved rubric that a workbook carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..problems import Problem, Problems, as_findings

if TYPE_CHECKING:
    from typing import Any

    from ...findings.finding import Finding


def check_source(source: Any) -> list[Problem]:
    """Every mistake of an expanded source at once, in the order of its parts;
    none makes the check itself fail."""
    from ...rubric.load import form_ids, in_full, load_form
    from ...rubric.order import in_order
    from ...rubric.protecting import protected
    from .doubts import check_doubts
    from .names import Names
    from .own_facts import own_facts
    from .room import check_format
    from .sense import check_sense
    from .shape import check_shape
    from .sheets import check_sheets
    from .wording import check_wording

    problems = Problems()
    if isinstance(source, dict) and source.get("form") in form_ids():
        source = in_full(source)
    check_shape(source, problems)
    if not isinstance(source, dict):
        return problems.found
    source = in_order(source)
    source = _folded(source, problems)
    form = _form(source, problems)
    facts = own_facts(source, *(form or ({}, {}))[:2], problems)
    source = protected(source, facts)
    known = Names(facts, source.get("ratios"), problems, complete=form is not None)
    check_sense(source, known, problems)
    check_doubts(source, known, problems)
    check_wording(source, known, problems)
    check_format(_spelled_out(source, facts, problems), problems)
    if form:
        _own_list(source.get("targets"), *form[2], problems)
        check_sheets(source, load_form(source["form"]), problems)
    if isinstance(source.get("indicator"), list):
        from .cases import check_cases

        check_cases(source, known, _resolved(source, problems) if form else None, problems)
    if form and not problems.errors():
        from .laid_out import check_laid_out

        check_laid_out(source, problems)
    return sorted(problems.found, key=lambda problem: _order(problem, source))


def _folded(source: dict[str, Any], problems: Problems) -> dict[str, Any]:
    """With the points that weights of several levels come to; without these where that cannot be
    said."""
    from ...rubric.shares import ShareFault, fold

    try:
        return fold(source)
    except ShareFault as fault:
        problems.add("rubric-share", fault.path, actual=fault.actual, what=fault.what)
    except (LookupError, TypeError, ValueError, AttributeError):
        if not problems.errors():
            raise
    return {key: value for key, value in source.items() if key != "shares"}


def _spelled_out(
    source: dict[str, Any], facts: dict[str, Any], problems: Problems
) -> dict[str, Any]:
    """With the ratios that can be read in the place of their names; the others are told already."""
    from ...rubric.protecting import spelled_out

    ratios = source.get("ratios")
    if not isinstance(ratios, dict):
        return source
    sound = {name: text for name, text in ratios.items() if not problems.at(("ratios", name))}
    return spelled_out({**source, "ratios": sound}, facts)


def _own_list(targets: Any, always: list[str], also: list[str], problems: Problems) -> None:
    """A form that has the unit's own indicators and `[targets]` go together; other forms may take
    them in (`also`)."""
    if always and targets is None:
        problems.add(
            "rubric-missing",
            ("targets",),
            expected="单位自设指标表的参数（table、weight 等）",
            expected_excel="单位自设指标表的参数（指标表、指标表总分值等）",
        )
    if (
        isinstance(targets, dict)
        and isinstance(targets.get("table"), str)
        and targets["table"] not in (*always, *also)
    ):
        problems.add(
            "rubric-table-unknown",
            ("targets", "table"),
            actual=targets["table"],
            hint=problems.hint(targets["table"], [*always, *also]),
        )


def _form(
    source: dict[str, Any], problems: Problems
) -> tuple[dict[str, Any], dict[str, Any], tuple[list[str], list[str]]] | None:
    """The facts and tables of the form, and which tables are the unit's own indicators;
    None where there is no such form."""
    from ...rubric.forms import lists
    from ...rubric.load import form_facts, form_names, form_of, load_form

    form_id = source.get("form")
    if not isinstance(form_id, str) or not form_id:
        return None
    known = form_names()
    if form_id not in known:
        problems.add(
            "rubric-choice",
            ("form",),
            actual=form_id,
            expected="、".join(f"{id_}（{name}）" for id_, name in known.items()),
            expected_excel="、".join(known.values()),
            hint=problems.hint(form_id, known),
            hint_excel=problems.hint(form_id, known.values()),
        )
        return None
    shape = form_of(source) if not problems.at(("sheet",)) else load_form(form_id)
    return *form_facts(shape), lists(load_form(form_id))


def _resolved(source: dict[str, Any], problems: Problems) -> Any:
    """The rubric to run cases with: in the place of indicators that have errors stands None.

    Cases look at one indicator each, so that its mistakes do not hide those of the others.
    """
    from ...rubric.load import resolve

    wrong = {
        problem.path[1]
        for problem in problems.spoiling()
        if problem.path[:1] == ("indicator",) and len(problem.path) > 2
    }
    right = [spec for i, spec in enumerate(source["indicator"]) if i not in wrong]
    given = source.get("ratios")
    known_ratios = given if isinstance(given, dict) else {}
    ratios = {
        name: text
        for name, text in known_ratios.items()
        if isinstance(text, str) and not problems.at(("ratios", name))
    }
    facts = [] if problems.at(("fact",)) else source.get("fact", [])
    rest: dict[str, Any] = {
        "id": "x",
        "version": "",
        "title": "",
        "source": "",
        "grades": [],
        "groups": {},
        "check": [],
    }
    try:
        rubric: Any = resolve(
            {
                **source,
                **rest,
                "full_marks": "100",
                "indicator": right,
                "ratios": ratios,
                "fact": facts,
            }
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return None  # the shape is wrong where none of the above looks
    places = iter(rubric["indicators"])
    rubric["indicators"] = [
        None if i in wrong else next(places) for i in range(len(source["indicator"]))
    ]
    return rubric


def _order(problem: Problem, source: dict[str, Any]) -> tuple[Any, ...]:
    """The order in which an author reads: general fields first, then indicator by indicator."""
    from ...rubric.fields import TOP

    names = [field.name for field in TOP]
    first = problem.path[0] if problem.path else ""
    return (
        names.index(str(first)) if first in names else len(names),
        *(step if isinstance(step, int) else 0 for step in problem.path[1:2]),
    )


def check_resolved(rubric: Any) -> list[Finding]:
    """The rubric that a workbook carries, whoever wrote it: with no finding,
    scoring cannot fail on it."""
    from .carried import check

    problems = Problems(limit=20, hints=False, strict=True, lenient=True)
    check(rubric, problems)
    return as_findings(problems.found, None)


__all__ = ["Problem", "check_resolved", "check_source"]
