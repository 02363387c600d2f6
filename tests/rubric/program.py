"""The program with one file more than it has: what somebody does who adds a kind of rule."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.recalc import Sample, formulas_of, libreoffice, values_of

ROOT = Path(__file__).resolve().parents[2]


def shown_to_contributors() -> str:
    """The file of the recipe in CONTRIBUTING."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


class Program:
    """A copy of the program, with the file of a new kind in it; its commands run in `folder`."""

    def __init__(self, folder: Path, kind: str, text: str) -> None:
        self.folder, home = folder, folder / "program"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "rubric_sheets", home / "rubric_sheets", ignore=ignored)
        (home / "workbook").symlink_to(ROOT / "workbook")
        file = home / "rubric_sheets" / "rules" / f"{kind}.py"
        assert not file.exists()
        file.write_text(text, "utf-8")
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(home),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def __call__(self, *call: str, status: int = 0) -> str:
        """What a command prints; it must end with this status."""
        done = subprocess.run(
            [sys.executable, "-m", "rubric_sheets", *call],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def write(self, name: str, content: Any) -> str:
        """A file in the folder, JSON unless it is a text; gives its name."""
        text = content if isinstance(content, str) else json.dumps(content)
        (self.folder / name).write_text(text, "utf-8")
        return name

    def json(self, *call: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self(*call, "--json"))
        return found

    def indicators(self, book: str, command: str = "check") -> dict[str, Any]:
        """The results of `check` or `score`, by indicator."""
        return {one["id"]: one for one in self.json(command, book)["indicators"]}

    def wrong_formulas(self, *books: str) -> list[str]:
        """Formula cells of new workbooks that LibreOffice does not give the value of the file."""
        samples = [Sample(book, (self.folder / book).read_bytes(), {}) for book in books]
        recalculated = self.folder / "recalculated"
        recalculated.mkdir()
        wrong, compared = [], 0
        for one, saved in libreoffice(recalculated, samples):
            expected, got = values_of(one.data), values_of(saved)
            for place in sorted(formulas_of(one.data)):
                value, shown = expected.get(place), got.get(place)
                compared += 1
                if not _same(value, shown):
                    wrong.append(f"{one.name} {place}: {shown!r}, not {value!r}")
        assert compared > 10 * len(books)
        return wrong


def _same(value: Any, shown: Any) -> bool:
    """Figures within what binary floats can carry, texts to the letter; an empty text is a blank."""
    pair = (value, shown)
    if all(isinstance(one, int | float) and not isinstance(one, bool) for one in pair):
        return abs(value - shown) < 1e-7 * max(1, abs(value))
    return (value or "") == (shown or "") and type(value or "") is type(shown or "")
