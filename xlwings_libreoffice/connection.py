"""Find Python's UNO bridge and connect to a running LibreOffice.

Nothing here needs xlwings, so that `office.py` can also be used alone (for a PDF export, say).
"""

from __future__ import annotations

import atexit
import builtins
import glob
import importlib.util
import os
import re
import sys
import time
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from .errors import NotReachable, UnoMissing

VARIABLE = "PYADDIN_UNO"  # set where LibreOffice, not Excel, is the program behind the click
DEFAULT_TARGET = "socket,host=127.0.0.1,port=2002"

# Where distributions keep uno.py. Debian and Ubuntu first; the RPM world and Arch use site-
# packages;
# the project's own packages (/opt) keep it beside the programs.
_PLACES = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3*/site-packages",
    "/usr/lib/python3*/site-packages",
    "/usr/lib64/libreoffice/program",
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice*/program",
)
_PROGRAMS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
)
_uno: ModuleType | None = None
_will_hang_up = False


def program_folders() -> Iterator[str]:
    """Folders that may hold soffice.bin and libpyuno.so, the newest of /opt first."""
    for pattern in _PROGRAMS:
        yield from sorted(glob.glob(pattern), reverse=True)


def uno_folders() -> Iterator[str]:
    """Folders that hold uno.py."""
    for pattern in _PLACES:
        for folder in sorted(glob.glob(pattern), reverse=True):
            if os.path.isfile(os.path.join(folder, "uno.py")):
                yield folder


def _built_for(program: str) -> str | None:
    """The Python version ("3.11") that a libpyuno.so was linked with, if the file tells.

    Loading one built for another version does not raise an error, it crashes the process.
    """
    try:
        with open(os.path.join(program, "libpyuno.so"), "rb") as file:
            found = re.search(rb"libpython(3\.\d+)", file.read())
    except OSError:
        return None
    return found[1].decode() if found else None


def _load(folder: str) -> ModuleType:
    """Import uno.py from `folder` alone: its neighbours in
    dist-packages must not become importable."""
    if os.path.isfile(os.path.join(folder, "pyuno.so")) and folder not in sys.path:
        sys.path.append(folder)
        os.environ.setdefault("URE_BOOTSTRAP", f"vnd.sun.star.pathname:{folder}/fundamentalrc")
    spec = importlib.util.spec_from_file_location("uno", os.path.join(folder, "uno.py"))
    if spec is None or spec.loader is None:
        raise ImportError(folder)
    module = importlib.util.module_from_spec(spec)
    sys.modules["uno"] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules["uno"]
        raise
    return module


def _import_uno() -> ModuleType:
    ours = f"{sys.version_info.major}.{sys.version_info.minor}"
    others = {
        built for folder in program_folders() if (built := _built_for(folder)) and built != ours
    }
    matching = [folder for folder in program_folders() if _built_for(folder) in (None, ours)]
    if others and not matching:
        raise UnoMissing(
            f"LibreOffice 的 Python 接口要求 Python {'、'.join(sorted(others))}，"
            f"当前是 Python {ours}。"
            "请改用同一版本的 Python（Debian、Ubuntu 用系统自带的 python3 建虚拟环境）。"
        )
    try:
        return importlib.import_module("uno")
    except ImportError:
        pass
    for folder in uno_folders():
        try:
            return _load(folder)
        except ImportError:
            continue
    raise UnoMissing(
        "找不到 LibreOffice 的 Python 接口（uno）。请安装：Debian、Ubuntu、统信、麒麟用 "
        "sudo apt install libreoffice-calc python3-uno fonts-noto-cjk；"
        "Fedora、openEuler 用 sudo dnf install libreoffice-calc libreoffice-pyuno。"
    )


def uno_module() -> Any:
    """The `uno` module, found once. Raises UnoMissing with the packages to install.

    Importing it puts a stand-in for `__import__` in place, for `from com.sun.star… import`, which
    is not used here. It raises ImportError where a missing module is ModuleNotFoundError, and so
    breaks packages that try one module and fall back to another: Python's own is put back."""
    global _uno
    if _uno is None:
        own = builtins.__import__
        try:
            _uno = _import_uno()
        finally:
            builtins.__import__ = own
    return _uno


def target_address(target: str | None = None) -> str:
    """The address to connect to: the argument, else PYADDIN_UNO, else LibreOffice's customary port.

    Sockets get tcpNoDelay, without which every small answer waits 40 ms for the next packet.
    """
    text = target or os.environ.get(VARIABLE) or DEFAULT_TARGET
    text = text.removeprefix("uno:").split(";")[0].strip()
    if not text.startswith(("socket,", "pipe,")):
        raise NotReachable(
            f"{VARIABLE} 写作“{text}”，应为 socket,host=127.0.0.1,port=2002 或 pipe,name=名称。"
        )
    if text.startswith("socket,") and "tcpnodelay" not in text.lower():
        text += ",tcpNoDelay=1"
    return text


def is_uno_error(error: BaseException) -> bool:
    """Did LibreOffice raise this?"""
    return _uno is not None and isinstance(error, _uno.getClass("com.sun.star.uno.Exception"))


def _hang_up() -> None:
    """Close all bridges before Python shuts down: their threads
    would run into its ruins and crash."""
    local = uno_module().getComponentContext()
    factory = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.BridgeFactory", local
    )
    for bridge in factory.getExistingBridges():
        bridge.dispose()


def connect(target: str | None = None, timeout: float = 10.0) -> Any:
    """The component context of the LibreOffice at `target`;
    tries until `timeout` seconds are over."""
    global _will_hang_up
    address = target_address(target)
    uno = uno_module()
    # registered before all that needs the bridge at exit, so that it runs after them
    if not _will_hang_up:
        atexit.register(_hang_up)
        _will_hang_up = True
    # a busy machine may let us in and drop the bridge at once: DisposedException
    names = ("com.sun.star.connection.NoConnectException", "com.sun.star.lang.DisposedException")
    no_answer = tuple(uno.getClass(name) for name in names)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    end = time.monotonic() + timeout
    while True:
        try:
            return resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
        except no_answer:
            if time.monotonic() >= end:
                raise NotReachable(_how_to_listen(address)) from None
            time.sleep(0.03)


def _how_to_listen(address: str) -> str:
    return (
        f"连不上 LibreOffice（{address}）。请先退出 LibreOffice，再用命令启动："
        f'soffice --calc --accept="{address};urp;StarOffice.ComponentContext"；'
        f"地址不同时设置环境变量 {VARIABLE}。"
    )


def properties(**values: Any) -> tuple[Any, ...]:
    """Keyword arguments as the PropertyValue sequence that UNO calls expect."""
    uno = uno_module()
    out = []
    for name, value in values.items():
        item = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        item.Name, item.Value = name, value
        out.append(item)
    return tuple(out)


def file_url(path: str) -> str:
    """A path as the file: address that UNO calls expect."""
    return str(uno_module().systemPathToFileUrl(os.path.realpath(path)))
