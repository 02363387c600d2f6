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
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait

from .jobs import LIMIT, Job, Jobs, Task
from .judging import Outcome, judge
from .stopping import Stopping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Life = Callable[[Connection], None]


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
        self.jobs, self.stopping, self.life = Jobs(tasks, workers), stopping, life
        self.workers = [Worker(life) for _ in range(workers)]

    def run(self) -> Iterator[Outcome]:
        while not self.jobs.is_over and not self.stopping.asked:
            for worker in self.workers:
                if worker.job is None:
                    self.hand_over(worker)
            self.listen()
            yield from self.jobs.ready()

    def hand_over(self, worker: Worker) -> None:
        worker.job = self.jobs.next_job()
        if worker.job is None:
            return
        worker.deadline = time.monotonic() + LIMIT
        try:
            worker.pipe.send([self.jobs.tasks[number] for number in worker.job.numbers])
        except OSError:
            self.replace(worker)

    def listen(self) -> None:
        """Wait until a worker has something, has died, or is late."""
        busy = [worker for worker in self.workers if worker.job is not None]
        ready = wait([worker.pipe for worker in busy], timeout=1.0)
        for worker in (one for one in busy if one.pipe in ready):
            try:
                found = worker.pipe.recv()
            except (EOFError, OSError):
                self.replace(worker)
                continue
            assert worker.job is not None
            self.jobs.finished(worker.job, found)
            worker.job = None
        for worker in self.workers:
            if worker.job is not None and time.monotonic() > worker.deadline:
                self.replace(worker)

    def replace(self, worker: Worker) -> None:
        """Another in its place; what it was at is tried again, or set aside."""
        job, at = worker.job, self.workers.index(worker)
        worker.end()
        self.workers[at] = Worker(self.life)
        if job is not None:
            self.jobs.died(job)

    def end(self) -> None:
        for worker in self.workers:
            worker.end()
