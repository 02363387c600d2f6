"""A bar on the terminal: how far, how fast, how much longer."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from ..audit.run import Told


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"每秒 {speed:.0f} 份" if speed else "")


class Bar(Told):
    """Shown while inside of `with`; what is said goes on to `told`."""

    def __init__(self, told: Told) -> None:
        self.told, self.wants_lines = told, told.wants_lines
        self.progress = Progress(
            TextColumn("审核"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TextColumn("还要"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )

        self.task = self.progress.add_task("", total=None)

    def total(self, count: int) -> None:
        self.progress.update(self.task, total=count)

    def done(self, count: int) -> None:
        self.progress.advance(self.task, count)

    def said(self, line: str) -> None:
        self.told.said(line)

    def __enter__(self) -> Told:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
