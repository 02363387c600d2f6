"""The macros in a real spreadsheet program: LibreOffice compiles and runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Calls
from .test_sources import BUTTONS, MACROS


def test_every_module_compiles(office: Calls, book_file: Path) -> None:
    assert office([book_file], [["call", "Canary", "CanarySum", [3, 4]]]) == [7]


def test_the_button_on_the_sheet_is_bound_to_its_macro(office: Calls, book_file: Path) -> None:
    [scripts] = office([book_file], [["buttons"]])
    assert scripts == [
        "vnd.sun.star.script:VBAProject.Buttons.SelfCalculate?language=Basic&location=document"
    ]


@pytest.mark.parametrize("label", [label for label in BUTTONS if label != "自检"])
def test_a_click_reaches_the_addin_and_the_answer_is_accepted(
    office: Calls, book_file: Path, addin_file: Path, label: str
) -> None:
    cells = [["get", "收到命令"], ["get", "握手请求"], ["get", "握手应答"]]
    answer = office([addin_file, book_file], [["call", "Buttons", MACROS[label], []], *cells])
    command = f"import pyaddin.ribbon; pyaddin.ribbon.{BUTTONS[label]}()"
    assert answer[1:] == [command, "", ""], "answered, so both cells are empty again"


def test_without_an_answer_the_request_stays(
    office: Calls, book_file: Path, addin_file: Path
) -> None:
    cells = [["get", "收到命令"], ["get", "握手请求"], ["get", "握手应答"]]
    steps = [["set", "握手应答", "旧的"], ["call", "Buttons", "SelfDoctor", []], *cells]
    _, _, command, request, answer = office([addin_file, book_file], steps)
    assert command == "import pyaddin.ribbon; pyaddin.ribbon.doctor()"
    assert request.startswith("T")
    assert answer == "", "an old answer is wiped before the call"


def test_every_click_has_its_own_token(office: Calls, book_file: Path) -> None:
    click = [["call", "Buttons", "SelfCalculate", []], ["get", "握手请求"]]
    _, first, _, second = office([book_file], [*click, *click])
    assert first.startswith("T")
    assert first != second


def test_without_the_addin_nothing_breaks(office: Calls, book_file: Path) -> None:
    _, request = office(
        [book_file], [["call", "Buttons", "SelfCalculate", []], ["get", "握手请求"]]
    )
    assert request.startswith("T")


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("workbook", "rubric-sheets new"),
        ("addin", "xlwings addin install"),
        ("silent", "rubric-sheets doctor"),
        ("libreoffice", "菜单“绩效自评”"),
        ("wps", "rubric-sheets --help"),
        ("other", "rubric-sheets doctor"),
    ],
)
def test_each_message_says_what_to_do(
    office: Calls, book_file: Path, reason: str, advice: str
) -> None:
    [text] = office([book_file], [["call", "Bridge", "FailureText", [reason, "原话"]]])
    assert advice in text
    assert ("原话" in text) == (reason != "libreoffice")


def test_a_failed_call_is_told_apart(office: Calls, book_file: Path) -> None:
    def reason(number: int, detail: str) -> list[object]:
        return ["call", "Bridge", "CallFailure", [number, detail]]

    steps = [
        reason(1004, "Cannot run the macro"),
        reason(13, "Type mismatch"),
        reason(1, "com.sun.star.uno.X"),
    ]
    assert office([book_file], steps) == ["addin", "other", "libreoffice"]
