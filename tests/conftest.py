"""For all tests: which messages the program makes, and that each is given whatever it asks for.

A message counts where the program made it in this process, not where a test did; what another
process of the program said counts where a test has read it there (`heard`).
"""

from __future__ import annotations

import os
import sys
import warnings
from types import FrameType

import pytest
from xlsxwriter.worksheet import Worksheet

from rubric_sheets.findings import finding as making

TESTS = os.path.dirname(__file__)
FINDINGS = os.path.dirname(making.__file__)
LAST = "test_every_message_is_said"
SAID: set[str] = set()  # the codes so far
SKIPPED = False  # was there a test that could not run?


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
    left_out = config.option.ignore or config.option.ignore_glob
    in_full = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not left_out
    config.stash[WHOLE] = in_full


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The one that looks back over all tests comes last."""
    items.sort(key=lambda item: item.name == LAST)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A test that could not run here, for want of LibreOffice, has nothing to say."""
    global SKIPPED
    SKIPPED = SKIPPED or report.skipped


def pytest_deselected(items: list[pytest.Item]) -> None:
    if items:
        items[0].config.stash[WHOLE] = False


WHOLE = pytest.StashKey[bool]()  # are all tests run? Of a part nothing follows


@pytest.fixture
def said(request: pytest.FixtureRequest) -> set[str]:
    """The codes that the program has used, where all tests were run."""
    if SKIPPED or not request.config.stash[WHOLE]:
        pytest.skip("only where all tests are run")
    return SAID
