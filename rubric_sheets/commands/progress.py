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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..audit.run import Told


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"每秒 {speed:.0f} 份" if speed else "")


class Bar:
    """Shown while inside of `with`; what is told goes on to `told`."""

    def __init__(self, told: Told) -> None:
        self.told = told
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

    def __enter__(self) -> Told:
        self.progress.start()
        task = self.progress.add_task("", total=None)
        self.told.total = lambda count: self.progress.update(task, total=count)  # type: ignore[method-assign]
        self.told.done = lambda count: self.progress.advance(task, count)  # type: ignore[method-assign]
        return self.told

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
