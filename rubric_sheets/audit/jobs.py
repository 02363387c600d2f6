"""What is handed over to those who judge, and what comes back: in the order of the inputs, whoever
is first."""

from __future__ import annotations

from collections import deque

from ..findings.finding import InputError
from ..records import Record
from .inputs import Input
from .judging import Outcome, unusable
from .second import SLOW

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

Task = tuple[Input, str]  # and the digest that the store knows
CHUNK = 16  # files handed over at once
AHEAD = 8  # chunks for each worker that may be under way or wait for their turn
LIMIT = 120.0  # seconds for what is handed over at once
TRIES = 2


class Job(Record):
    """Some of the tasks, by their number. `tries`: workers that died over them."""

    numbers: tuple[int, ...]
    tries: int = 0


class Jobs:
    """One list of tasks for several workers, each of which is at one job at a time."""

    def __init__(self, tasks: list[Task], workers: int) -> None:
        self.tasks, self.workers = tasks, workers
        chunk = 1 if tasks and tasks[0][0].engine in SLOW else CHUNK
        self.size = max(1, min(chunk, len(tasks) // (4 * workers)))
        self.again: deque[Job] = deque()
        self.done: dict[int, Outcome] = {}
        self.handed = self.given_back = 0  # how many tasks have been handed out, and yielded

    @property
    def is_over(self) -> bool:
        return self.given_back >= len(self.tasks)

    def next_job(self) -> Job | None:
        """What failed before comes first. Nobody runs far ahead of a slow file: what is done
        waits in memory."""
        if self.again:
            return self.again.popleft()
        room = AHEAD * self.size * self.workers
        if self.handed >= len(self.tasks) or self.handed - self.given_back >= room:
            return None
        first, self.handed = self.handed, min(self.handed + self.size, len(self.tasks))
        return Job(tuple(range(first, self.handed)))

    def finished(self, job: Job, found: list[Outcome]) -> None:
        self.done.update(zip(job.numbers, found))

    def died(self, job: Job) -> None:
        """Its worker did, or gave no answer: tried again file by file, or set aside."""
        if job.tries + 1 < TRIES:
            self.again.extend(Job((number,), job.tries + 1) for number in job.numbers)
            return
        for number in job.numbers:
            name = self.tasks[number][0].name
            self.done[number] = unusable(name, "", InputError("audit-killed", path=name))

    def ready(self) -> Iterator[Outcome]:
        """Those whose turn it is."""
        while self.given_back in self.done:
            yield self.done.pop(self.given_back)
            self.given_back += 1
