"""The documentation says what the code does: generated pages are fresh, examples run,
links lead somewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
EXAMPLES = [ROOT / "README.md", ROOT / "docs" / "reports.md"]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "…"  # a line of its own in an example: whatever is left out there


def docs():
    spec = importlib.util.spec_from_file_location("docs_script", ROOT / "scripts" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_fresh():
    assert docs().stale() == [], "请运行 python scripts/docs.py"


def test_every_section_of_the_catalogue_has_a_title():
    for title, codes in docs().sections():
        assert re.search(r"[\u4e00-\u9fff]", title), f"scripts/docs.py 的 SECTIONS 里缺少“{title}”"
        assert codes


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", page.read_text("utf-8")):
        if "://" in target:
            continue
        there = page.parent / unquote(target) if target else page
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), f"{target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them: lower case, blanks as hyphens,
    other signs left out."""
    found = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-")) for heading in found}


def test_every_decision_is_listed():
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text("utf-8")
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in listed


def steps(page: Path) -> list[tuple[str, list[str]]]:
    """(command, lines that it must print) of every console example, in order:
    later ones build on earlier ones."""
    out: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(page.read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                out.append((line[2:], []))
            else:
                out[-1][1].append(line)
    return out


@pytest.fixture
def shell(tmp_path):
    """A folder with the examples and the command on the path, as after `make setup`."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    program = tmp_path / "bin" / "rubric-sheets"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rubric_sheets "$@"\n')
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }

    def run(command: str) -> list[str]:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return [line.rstrip() for line in done.stdout.splitlines()]

    return run


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.name)
def test_examples_print_what_the_page_says(page, shell):
    for command, wanted in steps(page):
        printed = shell(command)
        assert matches([line.rstrip() for line in wanted], printed), f"$ {command}\n" + "\n".join(
            printed
        )


def matches(wanted: list[str], printed: list[str]) -> bool:
    """Line by line; a line `…` stands for any number of lines."""
    if not wanted:
        return not printed
    if wanted[0] == ANYTHING:
        return any(matches(wanted[1:], printed[skipped:]) for skipped in range(len(printed) + 1))
    return bool(printed) and wanted[0] == printed[0] and matches(wanted[1:], printed[1:])
