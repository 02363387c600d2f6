"""PDF files of files on disk; those of open books are tried in test_books and test_ranges."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import xlwings_libreoffice
from xlwings_libreoffice import OfficeMissing
from xlwings_libreoffice.errors import NotConverted
from xlwings_libreoffice.pdf import convert


def test_several_files_in_one_go(tmp_path):
    sources = [tmp_path / "甲.csv", tmp_path / "乙.csv"]
    for source in sources:
        source.write_text("宋体,1\n", "utf-8")
    made = convert([str(source) for source in sources], str(tmp_path))
    assert made == [str(tmp_path / "甲.pdf"), str(tmp_path / "乙.pdf")]
    assert all(Path(pdf).read_bytes().startswith(b"%PDF") for pdf in made)


def test_the_bridge_is_not_needed(tmp_path):
    """A machine may have the program without python3-uno; and only
    PDFs are wanted, so no xlwings either."""
    code = (
        "import sys; import xlwings_libreoffice.pdf; print({'uno', 'xlwings'} & set(sys.modules))"
    )
    root = Path(xlwings_libreoffice.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert done.stdout == "set()\n", done.stderr


@pytest.mark.parametrize(
    ("program", "error", "said"),
    [
        ("/bin/false", NotConverted, "退出码 1"),
        ("/bin/true", NotConverted, "没有生成文件"),
        ("/没有/soffice.bin", OfficeMissing, "apt install"),
    ],
)
def test_what_goes_wrong_is_told(tmp_path, monkeypatch, program, error, said):
    monkeypatch.setenv("PYADDIN_SOFFICE", program)
    with pytest.raises(error, match=said):
        convert([str(tmp_path / "甲.csv")], str(tmp_path))


def test_a_program_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 1000\n")
    program.chmod(0o755)
    monkeypatch.setenv("PYADDIN_SOFFICE", str(program))
    with pytest.raises(NotConverted, match="秒内没有完成"):
        convert([str(tmp_path / "甲.csv")], str(tmp_path), timeout=0.1)
