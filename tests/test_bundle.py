"""The bundle of compiled modules: the same modules as their texts, and never older ones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_sheets import bundle
from rubric_sheets.rubric import compiled

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def package(tmp_path: Path) -> Iterator[Path]:
    """A package of two modules, of which one stands in a package of its own."""
    folder = tmp_path / "parcel"
    (folder / "inner").mkdir(parents=True)
    (folder / "__init__.py").write_text("NAME = __name__\n", "utf-8")
    (folder / "inner" / "__init__.py").write_text("", "utf-8")
    (folder / "inner" / "word.py").write_text("from .. import NAME\nWORD = '旧'\n", "utf-8")
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "parcel"]:
        del sys.modules[name]


def test_modules_come_out_of_the_bundle(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "bundle")
    assert bundle.make(file, str(package)) == 3
    monkeypatch.setattr(sys, "meta_path", [bundle.opened(file, str(package)), *sys.meta_path])
    from parcel.inner import word  # type: ignore[import-not-found]

    assert isinstance(word.__loader__, bundle.Bundle)
    assert (word.WORD, word.NAME, word.__package__) == ("旧", "parcel", "parcel.inner")
    assert word.__file__ == str(package / "inner" / "word.py")


def test_a_changed_text_is_not_taken_from_the_bundle(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "bundle")
    bundle.make(file, str(package))
    (package / "inner" / "word.py").write_text("WORD = '改过'\n", "utf-8")
    found = bundle.opened(file, str(package))
    assert found is not None
    assert found.find_spec("parcel.inner.word") is None
    assert found.find_spec("parcel.inner") is not None
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "meta_path", [found, *sys.meta_path])
    from parcel.inner import word

    assert word.WORD == "改过"
    assert not isinstance(word.__loader__, bundle.Bundle)


def test_what_is_gone_or_unknown_is_left_to_others(package: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "bundle")
    bundle.make(file, str(package))
    (package / "inner" / "word.py").unlink()
    found = bundle.opened(file, str(package))
    assert found is not None
    assert found.find_spec("parcel.inner.word") is None
    assert found.find_spec("json") is None


@pytest.mark.parametrize("content", [b"", b"\xff\xff\xff\x7f", b"\x05\0\0\0hallo", b"\x01\0\0\0N"])
def test_a_damaged_bundle_is_as_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bundle").write_bytes(content)
    assert bundle.opened(str(tmp_path / "bundle")) is None
    assert bundle.opened(str(tmp_path / "none")) is None


def test_a_bundle_of_another_folder_is_none(package: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "bundle")
    bundle.make(file, str(package))
    assert bundle.opened(file) is None


def test_the_programs_own_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rubrics are those of the JSON files; a changed one is read anew."""
    file = str(tmp_path / "bundle")
    assert bundle.make(file) > 100
    found = bundle.opened(file)
    assert found is not None
    assert found.find_spec("rubric_sheets.tasks.score") is not None
    plain = compiled.load("yueyang-department")
    monkeypatch.setattr(bundle, "_USED", [found])
    assert bundle.rubric("yueyang-department") == plain == compiled.load("yueyang-department")
    assert bundle.rubric("../compiled/yueyang-department") is None
    assert compiled.load("没有这套") is None


def test_a_command_gives_the_same_with_a_bundle_and_without(tmp_path: Path) -> None:
    """In processes of their own; the module that the second one changes is its own copy's."""
    code = (
        "import sys; from rubric_sheets import bundle; bundle.FILE = sys.argv[1];"
        "from rubric_sheets.commands import cli; sys.argv = ['', 'rubric', 'list'];"
        "cli.bundle.use(); code = cli.main();"
        "kinds = {type(m.__loader__).__name__ for n, m in sys.modules.items() if n.startswith"
        "('rubric_sheets.')}; print('Bundle' in kinds)"
    )
    file = str(tmp_path / "bundle")
    bundle.make(file)
    told = []
    for where in (file, str(tmp_path / "none")):
        done = subprocess.run(
            [sys.executable, "-c", code, where],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        told.append(done.stdout.splitlines())
    assert told[0][:-1] == told[1][:-1]
    assert [lines[-1] for lines in told] == ["True", "False"]
