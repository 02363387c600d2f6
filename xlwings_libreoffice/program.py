"""The program `soffice`: where it is, and how it is started
without a window and with a profile of its own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .connection import program_folders
from .errors import OfficeMissing

FONTS = Path(__file__).with_name("fonts.xml")  # the official Chinese fonts, mapped to Noto
_INSTALL = "请安装：sudo apt install libreoffice-calc python3-uno fonts-noto-cjk"


def find_soffice() -> str:
    """The soffice.bin to start; PYADDIN_SOFFICE names another one."""
    given = os.environ.get("PYADDIN_SOFFICE")
    if given:
        return given
    for folder in program_folders():
        binary = os.path.join(folder, "soffice.bin")
        if os.access(binary, os.X_OK):
            return binary
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return found
    raise OfficeMissing(f"没有找到 LibreOffice。{_INSTALL}")


def headless(profile: str | Path, *arguments: str) -> list[str]:
    """The command line that starts it on this profile. Raises OfficeMissing."""
    return [
        find_soffice(),
        f"-env:UserInstallation={Path(profile).resolve().as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nofirststartwizard",
        *arguments,
    ]


def environment() -> dict[str, str]:
    """Ours, with the fonts."""
    return dict(os.environ, FONTCONFIG_FILE=str(FONTS))


def not_runnable(program: str, error: OSError) -> OfficeMissing:
    """What to raise where the system refuses to start it."""
    return OfficeMissing(f"无法运行“{program}”：{error.strerror}。{_INSTALL}")
