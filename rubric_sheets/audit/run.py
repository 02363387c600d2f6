"""One audit, from the files to the store."""

from __future__ import annotations

import os
import time

from ..findings.finding import InputError
from ..records import Record
from .crew import outcomes
from .inputs import Input, gather
from .jobs import Task
from .judging import Outcome
from .program import fingerprint
from .stopping import Stopping
from .store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

BATCH = 256  # inputs written to the store at once
PATIENCE = 1.0  # seconds after which fewer are written too
WORTH = 64  # inputs for each worker: starting one takes as long as judging these


class Done(Record):
    """How an audit ended. `judged`: how many were not known from before."""

    inputs: int
    judged: int
    complete: bool


class Told:
    """Whom an audit tells of its progress. `total`: how many inputs there are; `done`: so many
    more; `said`: the object of the next input, as one line of JSON."""

    def total(self, count: int) -> None:
        pass

    def done(self, count: int) -> None:
        pass

    def said(self, line: str) -> None:
        pass

    wants_lines = False


def how_many(inputs: int, workers: int | None) -> int:
    """Processes to judge with; None: as many as are worth while."""
    if workers is not None:
        return workers
    return max(1, min(os.cpu_count() or 1, inputs // WORTH))


class By(Record):
    """Who judges: so many processes (None: as many as are worth while), or a cluster; and which
    engine computes each workbook again."""

    workers: int | None = None
    cluster: str | None = None
    engine: str = ""

    def outcomes(self, tasks: list[Task], stopping: Stopping) -> Iterator[Outcome]:
        if self.cluster is None:
            return outcomes(tasks, how_many(len(tasks), self.workers), stopping)
        from . import cluster

        return cluster.outcomes(tasks, self.cluster, stopping)


def audit(
    paths: list[str], store_path: str, *, by: By, leave_out: list[str], told: Told
) -> tuple[Store, Done]:
    """Judge what has changed, keep everything; the store is left open. InputError for a call that
    names nothing, and for a store or a cluster that cannot be used. Ctrl-C ends the run early."""
    inputs = list(gather(paths, [*leave_out, store_path, store_path + ".wal"]))
    if not inputs:
        raise InputError("audit-nothing", names=paths)
    engine = ""
    if by.engine:
        from .second import known_as

        engine = known_as(by.engine)
        inputs = [given._replace(engine=by.engine) for given in inputs]
    store = Store.open(store_path, fingerprint(), engine)
    try:
        store.begin(paths)
        told.total(len(inputs))
        done = _judged(store, inputs, by, told)
        roots = list(dict.fromkeys(given.root for given in inputs))
        store.end(done.inputs, done.judged, roots, complete=done.complete)
    except BaseException:
        store.close()
        raise
    return store, done


def _judged(store: Store, inputs: list[Input], by: By, told: Told) -> Done:
    """Judge and keep, a batch at a time."""
    tasks = [(given, store.digest_of(given)) for given in inputs]
    keep = _Keeper(store, inputs, told)
    with Stopping() as stopping:
        try:
            for outcome in by.outcomes(tasks, stopping):
                keep.take(outcome)
        finally:
            keep.empty()
    return Done(keep.kept, keep.judged, keep.kept == len(inputs))


class _Keeper:
    """Gathers outcomes into batches."""

    def __init__(self, store: Store, inputs: list[Input], told: Told) -> None:
        self.store, self.inputs, self.told = store, inputs, told
        self.waiting: list[Outcome] = []
        self.kept = self.judged = 0
        self.since = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        self.waiting.append(outcome)
        self.told.done(1)
        if len(self.waiting) >= BATCH or time.monotonic() - self.since > PATIENCE:
            self.empty()

    def empty(self) -> None:
        """Write what waits, and say it."""
        given = self.inputs[self.kept : self.kept + len(self.waiting)]
        self.store.add(self.kept, list(zip(given, self.waiting)))
        if self.told.wants_lines:
            self._say(given)
        self.kept += len(self.waiting)
        self.judged += sum(1 for outcome in self.waiting if outcome.check)
        self.waiting = []
        self.since = time.monotonic()

    def _say(self, given: list[Input]) -> None:
        known = [self.store.unit_of(one) for one, out in zip(given, self.waiting) if not out.check]
        said = self.store.said(known) if known else iter(())
        for outcome in self.waiting:
            self.told.said(outcome.check or next(said))
