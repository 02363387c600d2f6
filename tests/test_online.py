"""A workbook that is open in Excel from OneDrive or SharePoint: its name is an address on the net."""

from __future__ import annotations

import pytest

from pyaddin.hosts.excel.host import ExcelHost, full_name
from pyaddin.session import folder_of
from rubric_sheets.findings.finding import InputError

ADDRESS = "https://d.docs.live.net/0123/自评/评分表.xlsx"


class Online:
    """As xlwings has it where it finds no folder on this machine."""

    class api:
        FullName = ADDRESS

    @property
    def fullname(self) -> str:
        raise RuntimeError("Couldn't find your local OneDrive file.")


class Broken:
    @property
    def fullname(self) -> str:
        raise RuntimeError("the server is gone")


def test_its_address_is_its_name_and_no_folder_is_made_up() -> None:
    host = ExcelHost(Online())
    assert (host.path, host.folder) == (ADDRESS, "")
    with pytest.raises(InputError, match=r"“评分表\.xlsx”在 OneDrive 或 SharePoint 上") as told:
        folder_of(host)
    assert [one.code for one in told.value.findings] == ["live-online"]


def test_another_failure_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="gone"):
        full_name(Broken())
