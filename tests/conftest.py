"""For all tests: which messages the program makes, and that each is given whatever it asks for.

A message counts where the program made it in a process of the tests, not where a test did; what
another process of the program said counts where a test has read it there (`heard`). When all tests
have run, every message of the catalogue has been said, or the run fails; so does a run in which
tests were skipped: what was not tried has not passed.
"""

from __future__ import annotations

import os
import sys
import warnings
from types import FrameType
from typing import Any

import pytest
from xlsxwriter.worksheet import Worksheet

from rubric_sheets.findings import finding as making
from rubric_sheets.findings.catalogue import CATALOGUE

TESTS = os.path.dirname(__file__)
FINDINGS = os.path.dirname(making.__file__)
SAID: set[str] = set()  # the codes so far
SKIPPED: set[str] = set()  # the tests that could not run


def heard(code: str) -> None:
    """A test has read this message in the words of another process."""
    SAID.add(code)


class Listening(dict[str, tuple[str, str, str]]):
    """The catalogue, noting which of its messages the program looks up."""

    def __getitem__(self, code: str) -> tuple[str, str, str]:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename.startswith(FINDINGS):
            frame = frame.f_back
        if frame is not None and not frame.f_code.co_filename.startswith(TESTS):
            SAID.add(code)
        return super().__getitem__(code)


AS_USERS_SEE_IT = making.Words.__missing__


def refuse(words: object, name: str) -> str:
    raise AssertionError(f"a message asks for {name}, and nobody gave it")


WRITES = (
    *("write_string", "write_number", "write_formula", "write_blank", "merge_range"),
    *("data_validation", "conditional_format", "insert_chart", "insert_button", "set_row"),
)


def strict(name: str) -> None:
    """What XlsxWriter leaves out it tells by a number alone, or by a warning: neither passes."""
    written = getattr(Worksheet, name)

    def write(self: Worksheet, *given: object, **more: object) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            code = written(self, *given, **more)
        assert code in (None, 0), f"{name}{given[:3]!r:.200} gives {code}"
        return code

    setattr(Worksheet, name, write)


def pytest_configure(config: pytest.Config) -> None:
    for name in WRITES:
        strict(name)
    making.CATALOGUE = Listening(making.CATALOGUE)
    making.Words.__missing__ = refuse  # type: ignore[method-assign,assignment]


def is_whole(config: pytest.Config) -> bool:
    """Are all tests run? Of a part nothing follows."""
    asked = config.option
    some = ("ignore", "ignore_glob", "keyword", "markexpr", "deselect", "lf", "collectonly")
    in_full = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return in_full and not any(getattr(asked, name, None) for name in some)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        SKIPPED.add(report.nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """One of several processes has done its share of the tests."""
    SAID.update(getattr(node, "workeroutput", {}).get("said", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["said"] = sorted(SAID)
    elif session.exitstatus == pytest.ExitCode.OK and is_whole(session.config) and missing():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if is_whole(config):
        for line in missing():
            terminalreporter.write_line(line, red=True)


def missing() -> list[str]:
    """What a run of all tests owes, a line each."""
    skipped = [f"not tried, so not passed: {name}" for name in sorted(SKIPPED)]
    unsaid = [f"said in no test: message {code}" for code in sorted(set(CATALOGUE) - SAID)]
    return skipped + unsaid
