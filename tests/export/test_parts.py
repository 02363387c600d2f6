"""The small pieces, each by its own rules: names, pages, texts in parts,
what is shown of a score."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_sheets.export import handed_in
from rubric_sheets.export.fit import LIMIT, fit
from rubric_sheets.export.headings import split_at_breaks
from rubric_sheets.export.names import RESERVED, allowed, safe
from rubric_sheets.export.paging import runs
from rubric_sheets.pages.page import LABEL, Item, Page
from rubric_sheets.pages.page_breaks import Stretch, page_breaks
from rubric_sheets.scoring.result import Result

HARD = st.text(
    st.sampled_from("/\\:*?\"<>|.\x00\x1f \u202e\ud800con局aux1~$-_😀é%'"), max_size=400
) | st.text(max_size=60)


@given(HARD)
def test_a_name_is_never_a_path(text: str) -> None:
    name = allowed("_".join(part for part in (safe(text), "2021年度") if part)) + ".xlsx"
    assert not set(name) & set('<>:"/\\|?*')
    assert not [char for char in name if unicodedata.category(char)[0] == "C"]
    assert len(name.encode()) <= 200
    assert name[0] not in ". -~"
    assert name.partition(".")[0].strip().upper() not in RESERVED
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize("name", ["CON", "con.xlsx", "Lpt1.a", "COM¹"])
def test_names_of_devices(name: str) -> None:
    assert allowed(name) == "_" + name


BLOCKS = st.lists(
    st.tuples(st.floats(10, 300), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60
)


@given(BLOCKS, st.floats(0, 150), st.floats(0, 40))
def test_pages_hold_what_is_put_on_them(
    blocks: list[tuple[float, int, int]], head: float, repeated: float
) -> None:
    room = 500.0
    made = [
        Stretch(row, height, (str(a), str(b)))
        for row, (height, a, b) in enumerate(sorted(blocks, key=lambda one: one[1:]))
    ]
    made.append(Stretch(len(made), 100.0))
    breaks = page_breaks(made, head, repeated, room)
    assert breaks == sorted(set(breaks))
    assert all(0 < index < len(made) for index in breaks)
    for start, end in zip([0, *breaks], [*breaks, len(made)]):
        used = sum(block.height for block in made[start:end]) + (repeated if start else head)
        assert used <= room or end - start == 1 or (end == len(made) and end - start == 2)


@given(st.lists(st.sampled_from(["", "甲", "乙"]), max_size=30))
def test_runs_are_whole(keys: list[str]) -> None:
    found = runs([(key,) for key in keys])
    assert [index for first, count in found for index in range(first, first + count)] == list(
        range(len(keys))
    )
    for first, count in found:
        assert len(set(keys[first : first + count])) == 1
        assert keys[first] or count == 1


def test_a_merged_cell_on_two_pages_is_two_cells() -> None:
    page = Page("表", (10, 10), breaks=[3])
    page.put(1, "level", "过程", rows=5, role=LABEL)
    page.put(2, "plain", slot="得分", rows=5)
    page.items.append(Item(6, 1, "text~first", "甲"))
    split_at_breaks(page)
    found = {
        (item.column, item.row, item.rows, item.text, item.slot)
        for item in page.items[:2] + page.items[3:]
    }
    assert found == {
        (1, 1, 3, "过程", ""),
        (1, 4, 2, "过程", ""),
        (2, 1, 3, "", "得分"),
        (2, 4, 2, "", ""),
    }


@given(st.text(st.sampled_from("工作目标a1 。；\n，"), max_size=3000), st.integers(5, 80))
def test_a_text_in_parts_is_the_same_text(text: str, width: int) -> None:
    page = Page("表", (width, 10), plain=True)
    page.put(1, "prose.text", text)
    page.put(2, "label", "名称")
    page.next(24)
    page.put(1, "label", "下一行", columns=2)
    page.next(24)
    moved = fit(page, {})
    parts = [
        item.text
        for item in sorted(page.items, key=lambda one: one.row)
        if item.style.startswith("prose")
    ]
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert max(page.heights.values()) <= max(LIMIT, 24) + 40
    label = next(item for item in page.items if item.text == "名称")
    assert (label.row, label.rows) == (1, moved(2) - 1)
    assert next(item for item in page.items if item.text == "下一行").row == moved(2)


def result(**given: Any) -> Result:
    values: dict[str, Any] = {
        "spec": {"id": "a", "levels": ["甲"], "rule": {"kind": "deduct"}, "standard": ""},
        "weight": Fraction(5),
        "status": "scored",
        "ratio": None,
        "computed": Fraction(3),
        "claimed": None,
        "score": Fraction(3),
        "base": Fraction(5),
        "reason": "超过 2 个百分点，扣 2 分",
        "note": "",
    }
    return Result(**{**values, **given})


@pytest.mark.parametrize(
    ("given", "score", "note"),
    [
        ({}, Fraction(3), "超过 2 个百分点，扣 2 分"),
        ({"claimed": Fraction(3)}, Fraction(3), "超过 2 个百分点，扣 2 分"),
        ({"note": "另有原因"}, Fraction(3), "另有原因"),
        ({"claimed": Fraction(2)}, Fraction(2), ""),  # the rule's reason explains another score
        ({"claimed": Fraction(5)}, Fraction(5), ""),
        ({"computed": Fraction(5), "score": Fraction(5), "reason": "得满分 5 分"}, Fraction(5), ""),
        (
            {
                "status": "missing",
                "computed": None,
                "score": None,
                "reason": "缺少“编制数”，未评分",
            },
            "",
            "",
        ),
        (
            {
                "status": "missing",
                "computed": None,
                "claimed": Fraction(4),
                "score": Fraction(4),
                "reason": "缺少",
            },
            Fraction(4),
            "",
        ),
        (
            {
                "status": "not_applicable",
                "computed": None,
                "score": None,
                "reason": "不适用，不计入分母",
            },
            "不适用",
            "不适用，不计入分母",
        ),
        ({"claimed": "不适用"}, "不适用", ""),
    ],
)
def test_the_claim_first_and_a_reason_that_fits(
    given: dict[str, Any], score: Any, note: str
) -> None:
    assert handed_in.score_of(result(**given)) == score
    assert handed_in.note_of(result(**given)) == note
