"""Who judges: this process alone, or several beside it. The outcomes come in the order of the
inputs, whoever made them, so that the result is the same whatever their number.

A worker that dies, or does not answer, is replaced. What it was given is tried again file by file;
a file that has been there at two deaths is set aside.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait

from ..findings.finding import InputError
from ..records import Record
from .inputs import Input
from .judging import Outcome, judge, unusable
from .stopping import Stopping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Life = Callable[[Connection], None]
Task = tuple[Input, str]  # and the digest that the store knows
CHUNK = 16  # files handed over at once
AHEAD = 8  # chunks for each worker that may be under way or wait for their turn
LIMIT = 120.0  # seconds for what is handed over at once
TRIES = 2


class Job(Record):
    """Some of the tasks, by their number. `tries`: workers that died over them."""

    numbers: tuple[int, ...]
    tries: int = 0


class Worker:
    """One process and the way to it. `life`: what it does with what comes."""

    def __init__(self, life: Life) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process: SpawnProcess = context.Process(target=life, args=(other,), daemon=True)
        self.process.start()
        other.close()
        self.job: Job | None = None
        self.deadline = 0.0

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def work(pipe: Connection) -> None:
    """A worker's life: judge what comes, until nothing comes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is asked to stop is the one above
    settle_memory()
    try:
        while True:
            pipe.send([judge(*task) for task in pipe.recv()])
    except (EOFError, OSError):
        return


def settle_memory() -> None:
    """Judging leaves hardly any circles: looking for them seldom saves a fifth of the time."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


def outcomes(tasks: list[Task], workers: int, stopping: Stopping) -> Iterator[Outcome]:
    """One for each task, in their order; the rest is left out once it is asked to stop."""
    settle_memory()
    if workers <= 1:
        for task in tasks:
            if stopping.asked:
                return
            yield judge(*task)
        return
    crew = Crew(tasks, workers, stopping)
    try:
        yield from crew.run()
    finally:
        crew.end()


class Crew:
    """Several workers at one list of tasks."""

    def __init__(
        self, tasks: list[Task], workers: int, stopping: Stopping, life: Life = work
    ) -> None:
        self.tasks, self.stopping, self.life = tasks, stopping, life
        self.size = max(1, min(CHUNK, len(tasks) // (4 * workers)))
        self.again: deque[Job] = deque()
        self.done: dict[int, Outcome] = {}
        self.handed = self.given_back = 0  # how many tasks have been handed out, and yielded
        self.workers = [Worker(life) for _ in range(workers)]

    def run(self) -> Iterator[Outcome]:
        while self.given_back < len(self.tasks) and not self.stopping.asked:
            for worker in self.workers:
                if worker.job is None:
                    self.hand_over(worker)
            self.listen()
            while self.given_back in self.done:
                yield self.done.pop(self.given_back)
                self.given_back += 1

    def next_job(self) -> Job | None:
        """What failed before comes first. Nobody runs far ahead of a slow file: what is done
        waits in memory."""
        if self.again:
            return self.again.popleft()
        room = AHEAD * self.size * len(self.workers)
        if self.handed >= len(self.tasks) or self.handed - self.given_back >= room:
            return None
        first, self.handed = self.handed, min(self.handed + self.size, len(self.tasks))
        return Job(tuple(range(first, self.handed)))

    def hand_over(self, worker: Worker) -> None:
        worker.job = self.next_job()
        if worker.job is None:
            return
        worker.deadline = time.monotonic() + LIMIT
        try:
            worker.pipe.send([self.tasks[number] for number in worker.job.numbers])
        except OSError:
            self.replace(worker)

    def listen(self) -> None:
        """Wait until a worker has something, has died, or is late."""
        busy = {worker.pipe: worker for worker in self.workers if worker.job is not None}
        for pipe in wait(list(busy), timeout=1.0):
            worker = busy[pipe]  # type: ignore[index]
            try:
                found = worker.pipe.recv()
            except (EOFError, OSError):
                self.replace(worker)
                continue
            assert worker.job is not None
            self.done.update(zip(worker.job.numbers, found))
            worker.job = None
        for worker in self.workers:
            if worker.job is not None and time.monotonic() > worker.deadline:
                self.replace(worker)

    def replace(self, worker: Worker) -> None:
        """Another in its place; what it was at is tried again, or set aside."""
        job, at = worker.job, self.workers.index(worker)
        worker.end()
        self.workers[at] = Worker(self.life)
        if job is None:
            return
        if job.tries + 1 < TRIES:
            self.again.extend(Job((number,), job.tries + 1) for number in job.numbers)
            return
        for number in job.numbers:
            name = self.tasks[number][0].name
            self.done[number] = unusable(name, "", InputError("audit-killed", path=name))

    def end(self) -> None:
        for worker in self.workers:
            worker.end()
