"""The sheets that units fill in, shaped by a rubric: which of the form's sheets and blocks there
are, in which order and under which headings, and where the rubric's own data stand.

A row of `[[sheet]]` speaks of one sheet: its title and caption, the blocks that it keeps in this
order (`blocks`, by their headings), or that it is left out (`omit`). Sheets that no row speaks of
stay as they are, and where they are. A name that the form does not have is a sheet of its own. A
fact of the rubric's own may say on which `sheet` and under which heading (`block`) it stands.
"""

from __future__ import annotations

from ..exact.expressions import names_in
from ..places.names import EXTRA_SHEET, SCORE_SHEET
from .own_figures import LISTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

NEEDED = "needed"  # `content` of a rubric: blocks that nothing is computed from are left out
SPARED = ("amounts", "institutions")  # kinds of blocks that may be left out for it
HOLDING = ("amounts", "fields")  # kinds that take a further fact
ENDING = "signatures"
PAGE = "page"  # of a sheet that is one printed page: its blocks go together
PLACE, YEAR = "{地区}", "{年度}"  # in titles


def shaped(form: dict[str, Any], rubric: Any) -> dict[str, Any]:
    """The form as this rubric, or its source, wants it, without the rubric's own data."""
    rows = rubric.get("sheet") or []
    if not rows:
        return form
    by_name = {sheet["name"]: sheet for sheet in form["sheet"]}
    sheets = [
        _sheet(by_name.get(row["name"]), row, rubric)
        for row in _in_order(list(by_name), rows)
        if not row.get("omit")
    ]
    facts = {name for sheet in sheets for name in _facts(sheet)} | LISTED
    checks = [check for check in form.get("check", []) if _speaks_of(check) <= facts]
    out = {**form, "sheet": [sheet for sheet in sheets if sheet is not None], "check": checks}
    out["budget"] = [name for name in form.get("budget", []) if name in facts]
    for row in rows:
        if row["name"] == SCORE_SHEET and "caption" in row:
            out["score_caption"] = row["caption"]
    return out


def _in_order(names: list[str], rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A row for each sheet: those of the rubric take the places of the sheets that they speak of,
    in their own order; a sheet of its own follows the row before it."""
    spoken = [row for row in rows if row["name"] != SCORE_SHEET or SCORE_SHEET in names]
    wanted = {row["name"] for row in spoken}
    queue = iter(spoken)
    for name in names:
        if name not in wanted:
            yield {"name": name}
            continue
        for row in queue:
            yield row
            if row["name"] in names:
                break
    yield from queue


def _sheet(base: dict[str, Any] | None, row: dict[str, Any], rubric: Any) -> dict[str, Any]:
    sheet = base or {"name": row["name"], "title": row["name"], "block": []}
    told: dict[str, Any] = {
        key: _filled(row[key], rubric) for key in ("title", "caption") if key in row
    }
    if "blocks" not in row or PAGE in sheet:
        return {**sheet, **told}
    titled = {block.get("title", ""): block for block in sheet["block"]}
    kept = [titled[title] for title in row["blocks"] if title in titled]
    rest = [block for block in sheet["block"] if not block.get("title")]
    return {**sheet, **told, "block": [*kept, *rest]}


def _filled(text: str, rubric: Any) -> str:
    place, year = (str(rubric.get(key, "")) for key in ("place", "year"))
    return text.replace(PLACE, place).replace(YEAR, year)


def _facts(sheet: dict[str, Any]) -> Iterator[str]:
    """Names that stand on a sheet: facts, and columns of its tables."""
    for block in sheet["block"]:
        yield from (fact["name"] for fact in block.get("facts", ()))
        yield from (column["name"] for column in block.get("columns", ()))


def _speaks_of(check: dict[str, Any]) -> set[str]:
    return {*names_in(check["when"]), check["at"]}


def with_own(form: dict[str, Any], rubric: Any) -> dict[str, Any]:
    """The form with the rubric's own facts where they belong; a rubric that is resolved."""
    own = [fact for fact in rubric["facts"].values() if "block" in fact]
    if not own:
        return form
    sheets = {sheet["name"]: {**sheet, "block": list(sheet["block"])} for sheet in form["sheet"]}
    for fact in own:
        name = fact["sheet"]
        sheet = sheets.setdefault(name, {"name": name, "title": name, "block": []})
        _put(sheet["block"], fact)
    return {**form, "sheet": list(sheets.values())}


def _put(blocks: list[dict[str, Any]], fact: dict[str, Any]) -> None:
    """Below the heading that it names, or below one of its own."""
    title = fact["block"] or EXTRA_SHEET
    for index, block in enumerate(blocks):
        if block.get("title") == title and block["kind"] in HOLDING:
            blocks[index] = {**block, "facts": [*block["facts"], fact]}
            return
    last = len(blocks) - (1 if blocks and blocks[-1]["kind"] == ENDING else 0)
    blocks.insert(last, {"kind": "amounts", "title": title, "facts": [fact]})


def needed(form: dict[str, Any], source: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of `[[sheet]]` that leave out what nothing is computed from, those of the rubric
    itself among them. Titles, texts, lists and signatures stay."""
    names = set(_spoken(source))
    own = {fact["sheet"] for fact in source.get("fact", []) if "sheet" in fact}
    rows = {row["name"]: dict(row) for row in source.get("sheet", [])}
    sheets = [sheet for sheet in form["sheet"] if PAGE not in sheet]
    names |= _parts(sheets, names)
    for sheet in sheets:
        row = rows.get(sheet["name"], {"name": sheet["name"]})
        kept = [block for block in sheet["block"] if not _is_spare(block, names)]
        if len(kept) == len(sheet["block"]) or "blocks" in row or row.get("omit"):
            continue
        titles = [block["title"] for block in kept if block.get("title")]
        is_empty = len(kept) == sum(block["kind"] == ENDING for block in kept)
        used = not is_empty or sheet["name"] in own
        rows[sheet["name"]] = {**row, "blocks": titles} if used else {**row, "omit": True}
    return list(rows.values())


def _is_spare(block: dict[str, Any], names: set[str]) -> bool:
    return block["kind"] in SPARED and not names & set(_facts({"block": [block]}))


def _parts(sheets: list[dict[str, Any]], names: set[str]) -> set[str]:
    """What the facts of these names are computed from, wherever that stands."""
    found: set[str] = set()
    columns = [
        fact
        for sheet in sheets
        for block in sheet["block"]
        for fact in (*block.get("facts", ()), *block.get("columns", ()))
    ]
    kept = {
        name
        for sheet in sheets
        for block in sheet["block"]
        if names & set(_facts({"block": [block]}))
        for name in _facts({"block": [block]})
    }
    for fact in columns:
        if fact["name"] in kept:
            found |= {*fact.get("sum", ()), *names_in(fact.get("formula", "0"))}
    return found if found <= names else _parts(sheets, names | found) | found


def _spoken(source: dict[str, Any]) -> Iterator[str]:
    """Every name in the expressions of a rubric's source, and every text that may be one."""
    for text in _texts([source.get(key) for key in ("ratios", "indicator", "check")]):
        try:
            yield from names_in(text)
        except ValueError:
            continue


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
