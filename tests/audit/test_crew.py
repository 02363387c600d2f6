"""Several processes at one list: nothing is lost, nothing is counted twice, the order stays."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from rubric_sheets.audit import crew, jobs, run
from rubric_sheets.audit.crew import Crew, outcomes
from rubric_sheets.audit.inputs import gather
from rubric_sheets.audit.stopping import Stopping

from . import deadly
from .helpers import folder


def tasks(path: Path) -> list[crew.Task]:
    return [(given, "") for given in gather([str(path)])]


def said(found: list[Any]) -> list[Any]:
    return [json.loads(outcome.check) for outcome in found]


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """Twelve files, of three units."""
    made = folder(tmp_path / "单位", 3)
    for number in range(3, 12):
        os.link(made / f"{number % 3:02}.xlsx", made / f"{number:02}.xlsx")
    return made


def crew_run(listed: list[crew.Task], workers: int, life: crew.Life = crew.work) -> list[Any]:
    team = Crew(listed, workers, Stopping(), life)
    try:
        return list(team.run())
    finally:
        team.end()


def test_a_file_that_kills_is_set_aside(books: Path) -> None:
    """The others come out as they would alone, those too that stood beside it."""
    alone = said(list(outcomes(tasks(books), 1, Stopping())))
    os.link(books / "00.xlsx", books / "05致命.xlsx")
    os.link(books / "00.xlsx", books / "08致命.xlsx")
    found = said(crew_run(tasks(books), 2, deadly.life))
    killed = [one for one in found if one.get("usable") is False]
    assert [one["book"][-9:] for one in killed] == ["05致命.xlsx"[-9:], "08致命.xlsx"[-9:]]
    assert {one["findings"][0]["code"] for one in killed} == {"audit-killed"}
    assert [one for one in found if one not in killed] == alone


def test_a_file_without_an_end(books: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(crew, "LIMIT", 6.0)  # a busy machine may need seconds to start a worker
    os.link(books / "00.xlsx", books / "03无声.xlsx")
    found = said(crew_run(tasks(books), 3, deadly.life))
    assert len(found) == 13
    assert [one["book"][-9:] for one in found if "usable" in one] == ["03无声.xlsx"[-9:]]


def test_a_worker_that_is_killed_from_outside(books: Path) -> None:
    listed = tasks(books)
    team = Crew(listed, 2, Stopping())
    found = []
    try:
        for outcome in team.run():
            found.append(outcome)
            if len(found) in (1, 7):
                for worker in team.workers:
                    assert worker.process.pid is not None
                    os.kill(worker.process.pid, signal.SIGKILL)
        left = [worker.process for worker in team.workers]
    finally:
        team.end()
    assert found == list(outcomes(listed, 1, Stopping()))
    assert not any(process.is_alive() for process in left)


def test_nobody_runs_far_ahead(books: Path) -> None:
    """What is done and waits for its turn is bounded, however slow the first file is."""
    listed = tasks(books) * 100
    team = Crew(listed, 2, Stopping())
    try:
        for _ in team.run():
            most = jobs.AHEAD * team.jobs.size * 2
            assert len(team.jobs.done) <= most
            assert team.jobs.handed - team.jobs.given_back <= most
            if team.jobs.given_back > 100:
                break
    finally:
        team.end()


def test_asked_to_stop(books: Path) -> None:
    stopping = Stopping()
    found = []
    for outcome in outcomes(tasks(books) * 20, 2, stopping):
        found.append(outcome)
        stopping.asked = True
    assert 1 <= len(found) < 240


def test_how_many_are_worth_while(monkeypatch: Any) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert [run.how_many(count, None) for count in (1, 127, 128, 100_000)] == [1, 1, 2, 8]
    assert run.how_many(1, 5) == 5
