"""What an audit says of a file is what `check --json` says of it, byte for byte, whatever was judged
before: what is kept from one workbook to the next must not show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.audit.inputs import gather
from rubric_sheets.audit.judging import judge

from ..books import run

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    str(path)
    for folder in ("examples", "examples/reports", "tests/former")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".xlsx", ".xlsm", ".txt")
)


@pytest.fixture(scope="module")
def judged() -> dict[str, str]:
    """File → its line, the second time and in the other order."""
    inputs = list(gather(FILES))
    first = {given.name: judge(given).check for given in inputs}
    again = {given.name: judge(given).check for given in reversed(inputs)}
    assert again == first
    return again


def test_there_are_files_of_every_kind() -> None:
    assert len(FILES) > 20
    assert {Path(name).suffix for name in FILES} == {".xlsx", ".xlsm", ".txt"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).name)
def test_the_line_is_that_of_check(capsys: Any, judged: dict[str, str], path: str) -> None:
    checked = run(capsys, "check", path, "--json")
    if checked.code == 2:
        found = json.loads(judged[path])
        assert found["usable"] is False
        assert checked.err.strip() == "\n".join(
            one["message"] + one["fix"] for one in found["findings"]
        )
    else:
        assert judged[path] == json.dumps(checked.json, ensure_ascii=False)
