"""The example of the README, run as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import xlwings_libreoffice
from xlwings_libreoffice import errors
from xlwings_libreoffice.testing import PATIENCE

PACKAGE = Path(xlwings_libreoffice.__file__).parent
TEXT = (PACKAGE / "README.md").read_text("utf-8")


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return found


def test_the_example_says_what_the_readme_says(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", block("python")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(PACKAGE.parent)),
        timeout=PATIENCE,
    )
    assert (done.stdout, done.stderr) == (block("text"), "")
    assert {path.name for path in tmp_path.iterdir()} == {"sums.xlsx", "sums.pdf"}


def test_files_and_errors_that_it_names_are_there():
    for file in re.findall(r"`(\w+\.py)`", TEXT):
        assert (PACKAGE / file).exists(), file
    for name in ("Unsupported", "MacroBookRefused", "LibreOfficeError"):
        assert name in TEXT
        assert hasattr(errors, name)
    assert str(errors.Unsupported("Sheet.charts")) in TEXT
