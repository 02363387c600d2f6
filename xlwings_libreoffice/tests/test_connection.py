"""Finding uno, addresses, starting and stopping LibreOffice, counting calls."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as libreoffice
from xlwings_libreoffice import (
    NotReachable,
    OfficeMissing,
    UnoMissing,
    connection,
    count_calls,
    recent,
)
from xlwings_libreoffice.office import Office
from xlwings_libreoffice.program import FONTS, find_soffice
from xlwings_libreoffice.testing import PATIENCE

ROOT = Path(libreoffice.__file__).resolve().parents[1]


def test_addresses(monkeypatch):
    monkeypatch.delenv("PYADDIN_UNO", raising=False)
    assert connection.target_address() == "socket,host=127.0.0.1,port=2002,tcpNoDelay=1"
    monkeypatch.setenv("PYADDIN_UNO", "uno:pipe,name=甲;urp;StarOffice.ComponentContext")
    assert connection.target_address() == "pipe,name=甲"
    with pytest.raises(NotReachable, match="应为 socket"):
        connection.target_address("127.0.0.1:2002")


def test_the_missing_bridge_names_the_packages(monkeypatch):
    monkeypatch.setattr(connection, "_uno", None)
    monkeypatch.setattr(connection, "_PLACES", ())
    monkeypatch.setitem(sys.modules, "uno", None)
    with pytest.raises(UnoMissing, match="libreoffice-calc python3-uno fonts-noto-cjk"):
        connection.uno_module()


def test_a_bridge_for_another_python_is_not_loaded(monkeypatch, tmp_path):
    (tmp_path / "libpyuno.so").write_bytes(b"\x7fELF libpython3.8.so.1.0")
    monkeypatch.setattr(connection, "_uno", None)
    monkeypatch.setattr(connection, "_PROGRAMS", (str(tmp_path),))
    with pytest.raises(UnoMissing, match=r"3\.8"):
        connection.uno_module()


def test_missing_programs(monkeypatch):
    monkeypatch.setattr(connection, "_PROGRAMS", ())
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(OfficeMissing, match="apt install"):
        find_soffice()


def test_a_program_that_does_not_start(monkeypatch):
    monkeypatch.setenv("PYADDIN_SOFFICE", shutil.which("false") or "/bin/false")
    office = Office(timeout=PATIENCE)
    with pytest.raises(NotReachable, match="退出码 1"):
        office.start()
    assert not office.profile.exists()
    monkeypatch.setenv("PYADDIN_SOFFICE", "/没有/soffice.bin")
    with pytest.raises(OfficeMissing, match="apt install"):
        office.start()


def test_a_program_that_does_not_end(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 1000\n")
    program.chmod(0o755)
    monkeypatch.setenv("PYADDIN_SOFFICE", str(program))
    with pytest.raises(NotReachable, match="秒内没有启动成功"):
        Office(timeout=0.1).start()


def test_a_second_office_beside_the_first(office):
    with Office() as second:
        assert second.pid not in (0, office.pid)
        assert second.desktop().getComponents() is not None
    assert not second.profile.exists()
    assert second.pid == 0


def test_an_app_of_our_own(office):
    [first] = xw.apps.keys()
    app = xw.App(visible=False)
    try:
        assert app.pid != first
        assert app.visible is False
        app.books[0].sheets[0]["A1"].value = 5
        assert app.books[0].sheets[0]["A1"].value == 5.0
        assert len(xw.apps) == 2
        with pytest.raises(libreoffice.MacroNotFound, match="被禁用"):
            app.books[0].macro("合计")(1, 2)
    finally:
        app.quit()
    assert len(xw.apps) == 1


@pytest.mark.parametrize(
    ("font", "noto"),
    [("宋体", "Serif"), ("SimHei", "Sans"), ("仿宋_GB2312", "Serif"), ("楷体", "Serif")],
)
def test_official_fonts_have_a_substitute(font, noto):
    found = subprocess.run(
        ["fc-match", "-f", "%{family}", font],
        capture_output=True,
        text=True,
        env={"FONTCONFIG_FILE": str(FONTS)},
    )
    assert found.stdout == font or f"Noto {noto} CJK SC" in found.stdout


@pytest.fixture
def unhurried(monkeypatch):
    """Else a slow machine asks for some names again."""
    monkeypatch.setattr(recent, "SECONDS", PATIENCE)


def test_counting_calls(unhurried, sheet):
    sheet["A1:J200"].value = [[float(i * j) for j in range(10)] for i in range(200)]
    block = sheet["A1:J200"]
    with count_calls() as calls:
        assert len(block.value) == 200
    assert calls.names["getDataArray"] == 1
    assert calls.total <= 9
    with count_calls() as texts:
        sheet["L1:L200"].options(transpose=True).value = ["指标"] * 200
    assert texts.names["setDataArray"] == 1
    assert texts.total <= 8
    with count_calls() as nothing:
        assert sheet["B2"].offset(1, 1).address == "$C$3"
    assert nothing.total == 0
    assert "getDataArray" in repr(calls)


def test_uno_can_be_linked_into_a_venv(tmp_path):
    venv.create(tmp_path / "v", symlinks=True)
    python = str(tmp_path / "v" / "bin" / "python")

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE
        )

    assert call("-S", "-c", "import uno").returncode != 0
    done = call("-m", "xlwings_libreoffice", "link")
    assert done.returncode == 0, done.stderr
    assert call("-c", "import uno, unohelper").returncode == 0
    assert call("-c", "import apt").returncode != 0, "nothing else of dist-packages"
    assert call("-m", "xlwings_libreoffice").returncode == 2
