"""Start a headless LibreOffice with a profile of its own, and stop it again.

For tests and for programs without a window: nothing of the user's LibreOffice is read or changed,
formulas are recalculated when a file is opened (the default trusts stored results, which may be
stale), and the official Chinese fonts are mapped to Noto where they are not installed.

    with Office() as office:
        register(office.target)
        xw.Book("评分表.xlsx")
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from .connection import connect, uno_module
from .errors import NotReachable
from .program import environment, headless, not_runnable

_RESTART = 81  # soffice.bin asks for a second start after it has filled a fresh profile
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)


def _settings(macros: bool) -> str:
    """The profile's settings; 0 stands for "always recalculate"."""
    level, disabled = ("0", "false") if macros else ("3", "true")
    scripting = "Office.Common/Security/Scripting"
    values = [
        ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
        ("Office.Calc/Formula/Load", "ODFRecalcMode", "0"),
        ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
        ("Office.Linguistic/General", "DefaultLocale_CJK", "zh-CN"),
        ("Setup/Office", "ooSetupInstCompleted", "true"),
        ("Setup/Office", "LastCompatibilityCheckID", ""),
        ("Office.Common/Misc", "FirstRun", "false"),
        ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
        (scripting, "MacroSecurityLevel", level),
        (scripting, "DisableMacrosExecution", disabled),
    ]
    items = [_ITEM.format(path=path, name=name, value=value) for path, name, value in values]
    return _SETTINGS.format(items="\n".join(items))


class Office:
    """A LibreOffice process. `target` is its address for `connect()` and for PYADDIN_UNO."""

    def __init__(
        self, profile: str | Path | None = None, *, macros: bool = False, timeout: float = 60.0
    ) -> None:
        """`macros` lets the opened workbooks run theirs; only for workbooks that you trust."""
        self._own_profile = profile is None
        self.profile = Path(profile) if profile else Path(tempfile.mkdtemp(prefix="pyaddin-lo-"))
        self.target = f"pipe,name=pyaddin-{uuid4().hex[:12]}"
        self._macros, self._timeout = macros, timeout
        self._process: subprocess.Popen[bytes] | None = None
        self.context: Any = None

    @property
    def pid(self) -> int:
        """The process id, 0 when it does not run."""
        return self._process.pid if self._process else 0

    def start(self) -> Office:
        """Start and wait until it answers."""
        uno_module()  # its error is clearer than a timeout
        user = self.profile / "user"
        user.mkdir(parents=True, exist_ok=True)
        settings = user / "registrymodifications.xcu"
        if not settings.exists():
            settings.write_text(_settings(self._macros), "utf-8")
        try:
            if self._own_profile:
                self._fill()
            self._process = self._launch()
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def _fill(self) -> None:
        """A start that nobody waits for: in a fresh profile the first one ends by itself,
        and may have let somebody in before. Not in a given profile: its extensions would stay
        half known."""
        self._process = self._run(headless(self.profile, "--terminate_after_init"))
        try:
            self._process.wait(self._timeout)
        except subprocess.TimeoutExpired:
            raise self._too_slow() from None

    def _launch(self) -> subprocess.Popen[bytes]:
        accept = f"--accept={self.target};urp;StarOffice.ComponentContext"
        return self._run(headless(self.profile, accept))

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        # a session of its own: Ctrl+C in the terminal must reach us, not kill the office under us
        try:
            return subprocess.Popen(
                command,
                env=environment(),
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                start_new_session=True,
            )
        except OSError as error:
            raise not_runnable(command[0], error) from error

    def _wait(self) -> None:
        end = time.monotonic() + self._timeout
        restarts = 0
        while True:
            code = self._process.poll() if self._process else None
            if code == _RESTART and restarts < 2:
                restarts += 1
                self._process = self._launch()
            elif code is not None:
                raise NotReachable(
                    f"LibreOffice 没有启动成功（退出码 {code}）。请在终端运行 soffice 看提示。"
                )
            try:
                self.context = connect(self.target, timeout=0.0)
                return
            except NotReachable:
                if time.monotonic() >= end:
                    raise self._too_slow() from None
                time.sleep(0.05)

    def _too_slow(self) -> NotReachable:
        return NotReachable(f"LibreOffice 在 {self._timeout:g} 秒内没有启动成功。")

    def desktop(self) -> Any:
        """The desktop service, from which documents are opened."""
        manager = self.context.ServiceManager
        return manager.createInstanceWithContext("com.sun.star.frame.Desktop", self.context)

    def stop(self) -> None:
        """End the process, politely first, and remove the profile if we made it."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            try:
                self.desktop().terminate()
                process.wait(10)
            except Exception:  # whatever the bridge says when its other end goes away
                process.terminate()
                try:
                    process.wait(5)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)
        self.context = None
        if self._own_profile:
            shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self) -> Office:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
