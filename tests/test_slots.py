"""Slots are made and read in one place, and what was made is what is read."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from rubric_sheets.places import slots

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path
    for room in ("rubric_sheets", "pyaddin")
    for path in (ROOT / room).rglob("*.py")
    if path != Path(slots.__file__)
)
KINDS = sorted(
    (value for name, value in vars(slots).items() if name.isupper() and isinstance(value, str)),
    key=len,
    reverse=True,
)
SPELT = re.compile(rf"(?:^|\|)(?:{'|'.join(KINDS)})[:_]")


def texts(tree: ast.AST) -> list[tuple[int, str]]:
    """(line, text) of every text that is put together, values as `{}`, and of every plain one but documentation."""
    found, inside = [], set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            inside.update(map(id, node.values))
            parts = [
                str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values
            ]
            found.append((node.lineno, "".join(parts)))
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in inside
        ):
            found.append((node.lineno, node.value))
    return found


def spelt(source: str) -> list[int]:
    """The lines where a slot, or the name of a numbered cell, is put together by hand."""
    return [
        line for line, text in texts(ast.parse(source)) if SPELT.search(text) or text == "{}|{}"
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_spells_a_slot(path: Path) -> None:
    assert spelt(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", [
    'f"fact:{name}"', 'f"row:{table}:{index}:{name}"', '"list:" + table', 'f"得分:{id_}"', 'f"自评小计_{number}"',
    'f"{number}|{slot}"', 'f"2|总表:{name}"', '"自评得分:a"',
])  # fmt: skip  # one case a word
def test_the_search_finds_what_is_spelt(source: str) -> None:
    assert spelt(f"x = {source}") == [1]


MADE = {
    slots.fact("收入合计"): slots.Slot(slots.FACT, "收入合计"),
    slots.row("机构收入", 3, "机构名称"): slots.Slot(slots.ROW, "机构名称", "机构收入", 3),
    slots.listed("绩效指标", 0, slots.SCORE): slots.Slot(slots.LISTED, slots.SCORE, "绩效指标", 0),
    slots.weight("a-b"): slots.Slot(slots.WEIGHT, "a-b"),
    slots.measure("a-b"): slots.Slot(slots.MEASURE, "a-b"),
    slots.claim("a-b"): slots.Slot(slots.CLAIM, "a-b"),
    slots.computed("a-b"): slots.Slot(slots.COMPUTED, "a-b"),
    slots.score("a-b"): slots.Slot(slots.SCORE, "a-b"),
    slots.reason("a-b"): slots.Slot(slots.REASON, "a-b"),
    slots.note("a-b"): slots.Slot(slots.NOTE, "a-b"),
    slots.base("a-b"): slots.Slot(slots.BASE, "a-b"),
    slots.subtotal(slots.SUBTOTAL, 2): slots.Slot(slots.SUBTOTAL, "2"),
    slots.overview("等次"): slots.Slot(slots.OVERVIEW, "等次"),
    slots.dashboard("一级", 2, 3): slots.Slot(slots.DASHBOARD, "3", "一级", 2),
    slots.handed_in(4, 5): slots.Slot(slots.HANDED_IN, "4:5"),
    slots.TOTAL: slots.Slot(slots.TOTAL),
}


@pytest.mark.parametrize("slot", MADE)
def test_what_is_made_is_read(slot: str) -> None:
    assert slots.parse(slot) == MADE[slot]
    for number in (1, 2, 37):
        assert slots.project_of(slots.of_project(number, slot)) == (number, slot)


def test_every_maker_is_tried() -> None:
    readers = {
        "parse",
        "defined_name",
        "is_reserved",
        "spoken",
        "project_of",
        "of_project",
        "dashboard_area",
    }
    makers = {
        name
        for name, one in inspect.getmembers(slots, inspect.isfunction)
        if one.__module__ == slots.__name__
    }
    assert len(makers - readers) == len(MADE) - 1  # the total is no maker's


@pytest.mark.parametrize(("slot", "name"), [
    (slots.fact("收入合计"), "收入合计"), (slots.TOTAL, "总分"), (slots.subtotal(slots.SUBTOTAL_CLAIM, 1), "自评小计_1"),
    (slots.overview("总分"), "总表_总分"), (slots.score("a"), ""), (slots.row("机构收入", 0, "机构名称"), ""),
])  # fmt: skip  # one case a pair
def test_the_defined_name_of_a_slot(slot: str, name: str) -> None:
    assert slots.defined_name(slot) == name
