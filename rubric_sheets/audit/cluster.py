"""Who judges: the workers of a Dask cluster, on this machine or on others. They are given the bytes
of the files, so they need no folder of ours; the order and what becomes of a file that kills are
those of `jobs`.

Each worker is at one job at a time, and the job is its own: Dask would try a deadly job again and
again, and with it whatever stood beside. Dask trusts whoever reaches it, so the cluster must be
one's own.
"""

from __future__ import annotations

import logging
import time
import uuid
import warnings
from contextlib import suppress
from hashlib import sha256

from distributed import Client, Future, wait
from distributed.comm.core import CommClosedError

from ..findings.finding import InputError
from .jobs import LIMIT, Job, Jobs, Task
from .judging import Outcome, contents, judge
from .program import fingerprint
from .stopping import Stopping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0  # seconds to reach the scheduler, and to meet a worker
PAUSE = 0.5  # seconds after which we look who is still there
MOST_BYTES = 16 << 20  # of one job


def judge_all(tasks: list[Task]) -> list[Outcome]:
    """What a worker does."""
    return [judge(*task) for task in tasks]


class Busy:
    """One job at one worker."""

    def __init__(self, job: Job, future: Future) -> None:
        self.job, self.future = job, future
        self.deadline = time.monotonic() + LIMIT


def outcomes(tasks: list[Task], address: str, stopping: Stopping) -> Iterator[Outcome]:
    """One for each task, in their order; the rest is left out once it is asked to stop. InputError
    cluster-unreachable, cluster-empty, cluster-program."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    cluster = Cluster(tasks, address, stopping)
    try:
        yield from cluster.run()
    except (OSError, CommClosedError, TimeoutError) as error:
        raise _unreachable(address, error) from None
    finally:
        cluster.end()


class Cluster:
    """The workers of a scheduler at one list of tasks."""

    def __init__(self, tasks: list[Task], address: str, stopping: Stopping) -> None:
        self.address, self.stopping = address, stopping
        self.client = _client(address)
        self.ours = fingerprint()
        self.fit: dict[str, bool] = {}  # worker → does it run the same program?
        self.busy: dict[str, Busy] = {}
        self.alone_since = time.monotonic()  # since when is there nobody to work
        self.looked = 0.0
        self.jobs = Jobs(tasks, max(1, len(self.workers())))

    def run(self) -> Iterator[Outcome]:
        while not self.jobs.is_over and not self.stopping.asked:
            self.hand_over()
            self.listen()
            yield from self.jobs.ready()

    def workers(self) -> list[str]:
        """Those that are there now and run the same program as we do. InputError."""
        there = self._there()
        for worker in there:
            if worker not in self.fit:
                self.fit[worker] = self._is_fit(worker)
        found = [worker for worker in there if self.fit[worker]]
        if found:
            self.alone_since = time.monotonic()
        elif there and not any(self.fit.values()):
            raise InputError("cluster-program", path=self.address, count=len(there))
        elif time.monotonic() - self.alone_since > PATIENCE:
            raise InputError("cluster-empty", path=self.address)
        return found

    def _there(self) -> list[str]:
        """All that the scheduler knows. CommClosedError where there is no scheduler any more."""
        told = self.client.scheduler_info(n_workers=-1)
        if "workers" not in told:
            raise CommClosedError("调度器没有回答")
        workers: dict[str, object] = told["workers"]
        return sorted(workers)

    def _is_fit(self, worker: str) -> bool:
        try:
            told = self.client.run(fingerprint, workers=[worker], on_error="return")
        except (OSError, CommClosedError, TimeoutError, KeyError):  # it is gone already
            return False
        return bool(told.get(worker) == self.ours)

    def hand_over(self) -> None:
        """A job for everybody who has none, as far as there are any."""
        found = self.workers()
        self.jobs.workers = max(1, len(found))
        for worker in found:
            if worker not in self.busy and (given := self._next()):
                job, tasks = given
                key = f"rubric-sheets-{uuid.uuid4()}"
                future = self.client.submit(judge_all, tasks, key=key, workers=[worker])
                self.busy[worker] = Busy(job, future)

    def _next(self) -> tuple[Job, list[Task]] | None:
        """The next job that somebody has to work on, with the bytes of its files."""
        while (job := self.jobs.next_job()) is not None:
            numbers, tasks, size = [], [], 0
            for at, number in enumerate(job.numbers):
                if size > MOST_BYTES:
                    self.jobs.again.appendleft(Job(job.numbers[at:], job.tries))
                    break
                task = self._with_bytes(number)
                if task is not None:
                    numbers.append(number)
                    tasks.append(task)
                    size += len(task[0].data or b"")
            if tasks:
                return Job(tuple(numbers), job.tries), tasks
        return None

    def _with_bytes(self, number: int) -> Task | None:
        """None where there is nothing to judge: the file is known, or cannot be read."""
        given, digest = self.jobs.tasks[number]
        try:
            if given.fault is None:
                data = contents(given)
                if not digest or sha256(data).hexdigest() != digest:
                    return given._replace(data=data), digest
                self.jobs.done[number] = Outcome(digest)
                return None
        except InputError:
            pass
        self.jobs.done[number] = judge(given, digest)
        return None

    def listen(self) -> None:
        """Wait until a worker has something, has died, or is late."""
        if self.busy:
            futures = [one.future for one in self.busy.values()]
            with self.client.as_current(), suppress(TimeoutError):
                wait(futures, timeout=PAUSE, return_when="FIRST_COMPLETED")
        elif not self.jobs.done:
            time.sleep(PAUSE)
        self._gather()
        if time.monotonic() - self.looked > PAUSE:
            self.looked = time.monotonic()
            self._miss()

    def _gather(self) -> None:
        for worker, one in list(self.busy.items()):
            if not one.future.done():
                continue
            del self.busy[worker]
            try:
                self.jobs.finished(one.job, one.future.result(timeout=PATIENCE))
            except Exception:  # of whatever kind: the worker died over it, or with its result
                self.jobs.died(one.job)
            one.future.release()

    def _miss(self) -> None:
        """Who is gone, and who gives no answer."""
        there = self._there()
        for worker, one in list(self.busy.items()):
            if worker in there and time.monotonic() < one.deadline:
                continue
            del self.busy[worker]
            one.future.cancel()
            self.jobs.died(one.job)
            if worker in there:
                self.fit[worker] = False
                self.client.restart_workers([worker], timeout=PATIENCE, raise_for_error=False)

    def end(self) -> None:
        for one in self.busy.values():
            one.future.cancel()
        self.client.close()


def _client(address: str) -> Client:
    """InputError cluster-unreachable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that libraries differ: we compare the program itself
            return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        raise _unreachable(address, error) from None


def _unreachable(address: str, error: Exception) -> InputError:
    what = " ".join(str(error).split())[:120]
    return InputError("cluster-unreachable", path=address, what=what or type(error).__name__)
