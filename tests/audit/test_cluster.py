"""A real scheduler and two workers on loopback: the result is that of one process, whoever dies."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from distributed import Client

from rubric_sheets.audit import cluster, crew
from rubric_sheets.audit.inputs import gather
from rubric_sheets.audit.stopping import Stopping

from . import clusters
from .helpers import audit, folder
from .test_command import some
from .test_crew import said, tasks


@pytest.fixture(scope="module")
def address(tmp_path_factory: Any) -> Iterator[str]:
    """Its workers die over files of certain names."""
    preload = ("--preload", "tests.audit.deadly")
    with clusters.running(tmp_path_factory.mktemp("cluster"), 2, *preload) as one:
        with Client(one, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield one


def books(path: Path, count: int) -> Path:
    """Many files, of three units."""
    made = folder(path / "单位", 3)
    for number in range(3, count):
        os.link(made / f"{number % 3:02}.xlsx", made / f"{number:02}.xlsx")
    return made


def test_the_same_bytes_in_all_three(capsys: Any, tmp_path: Path, address: str) -> None:
    some(tmp_path / "单位")
    found = []
    for who in (("--workers", 1), ("--workers", 2), ("--cluster", address)):
        for left in tmp_path.glob("汇*"):
            left.unlink()
        made = [tmp_path / "汇总.xlsx", tmp_path / "汇页.html"]
        call = (tmp_path / "单位", "--out", made[0], "--html", made[1], "--json", *who)
        outcome = audit(capsys, *call)
        assert outcome.err == ""
        found.append((outcome.out, *(path.read_bytes() for path in made)))
    assert found[0] == found[1] == found[2]
    again = audit(capsys, *call)  # what is known is not judged; an empty file has nothing to know
    assert again.out == found[0][0]
    with duckdb.connect(str(tmp_path / "汇总.duckdb"), read_only=True) as base:
        assert base.execute("SELECT judged FROM runs ORDER BY run").fetchall()[1:] == [(1,)]


def test_a_worker_that_is_killed_in_the_middle(tmp_path: Path, address: str) -> None:
    """Nothing is lost, nothing is counted twice, the order stays."""
    listed = tasks(books(tmp_path, 60))
    alone = list(crew.outcomes(listed, 1, Stopping()))
    found = []
    with Client(address, timeout=60, set_as_default=False) as client:
        for outcome in cluster.outcomes(listed, address, Stopping()):
            found.append(outcome)
            if len(found) == 10:
                client.wait_for_workers(2, timeout=60)
                pids = client.run(os.getpid)
                os.kill(next(iter(pids.values())), signal.SIGKILL)
    assert found == alone


def test_a_file_that_kills_is_set_aside(tmp_path: Path, address: str) -> None:
    """After two tries, and what was handed over with it comes out as it would alone."""
    made = books(tmp_path, 12)
    alone = said(list(crew.outcomes(tasks(made), 1, Stopping())))
    os.link(made / "00.xlsx", made / "05致命.xlsx")
    os.link(made / "00.xlsx", made / "08致命.xlsx")
    found = said(list(cluster.outcomes(tasks(made), address, Stopping())))
    killed = [one for one in found if one.get("usable") is False]
    assert [Path(one["book"]).name for one in killed] == ["05致命.xlsx", "08致命.xlsx"]
    assert {one["findings"][0]["code"] for one in killed} == {"audit-killed"}
    assert [one for one in found if one not in killed] == alone


def test_a_file_without_an_end(tmp_path: Path, monkeypatch: Any, address: str) -> None:
    monkeypatch.setattr(cluster, "LIMIT", 5.0)
    made = books(tmp_path, 4)
    os.link(made / "00.xlsx", made / "03无声.xlsx")
    found = said(list(cluster.outcomes(tasks(made), address, Stopping())))
    assert [Path(one["book"]).name for one in found if "usable" in one] == ["03无声.xlsx"]
    assert len(found) == 5


def test_files_that_cannot_be_read(tmp_path: Path, address: str) -> None:
    """They are told here; the workers need no folder of ours."""
    (tmp_path / "坏.zip").write_bytes(b"PK")
    listed = [(given, "") for given in gather([str(tmp_path / "没有.xlsx"), str(tmp_path)])]
    found = list(cluster.outcomes(listed, address, Stopping()))
    assert found == list(crew.outcomes(listed, 1, Stopping()))
    codes = [one["findings"][0]["code"] for one in said(found)]
    assert codes == ["file-not-found", "file-truncated"]


def test_asked_to_stop(tmp_path: Path, address: str) -> None:
    stopping, found = Stopping(), []
    for outcome in cluster.outcomes(tasks(books(tmp_path, 6)) * 20, address, stopping):
        found.append(outcome)
        stopping.asked = True
    assert 1 <= len(found) < 120


def test_workers_of_another_program(
    capsys: Any, tmp_path: Path, monkeypatch: Any, address: str
) -> None:
    made = folder(tmp_path / "单位", 1)
    monkeypatch.setattr(cluster, "fingerprint", lambda: str(os.getpid()))
    outcome = audit(capsys, made, "--out", tmp_path / "s.csv", "--cluster", address)
    assert outcome.code == 2
    assert "装的都不是这个程序，或不是同一个版本" in outcome.err


def test_a_cluster_that_cannot_be_used(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    made = folder(tmp_path / "单位", 1)
    monkeypatch.setattr(cluster, "PATIENCE", 2.0)
    call = (made, "--out", tmp_path / "s.csv", "--cluster")
    with clusters.running(tmp_path, 0) as empty:
        assert "里没有工作进程。请在各台机器上运行 dask worker" in audit(capsys, *call, empty).err
    for address in (empty, "什么地址", "tcp://127.0.0.1:1", "ftp://x:1"):
        outcome = audit(capsys, *call, address)
        assert outcome.code == 2
        assert outcome.err.startswith(f"Dask 集群“{address}”连不上")
        assert len(outcome.err.splitlines()) == 1
    assert "--workers" in audit(capsys, *call, "tcp://x:1", "--workers", 2).err


def test_a_cluster_that_is_lost(capsys: Any, tmp_path: Path) -> None:
    """What was done is kept; the next run does the rest."""
    made = books(tmp_path, 300)
    (tmp_path / "c").mkdir()
    with clusters.running(tmp_path / "c", 1) as address:
        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        given = cluster.outcomes(tasks(made), address, Stopping())
        found = [next(given)]
    with pytest.raises(cluster.InputError, match=r"连不上，或中途断开|没有工作进程"):
        found += given
    assert 1 <= len(found) < 300


def test_without_its_package(capsys: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "rubric_sheets.audit.cluster", raising=False)
    monkeypatch.delattr("rubric_sheets.audit.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    call = (tmp_path, "--out", tmp_path / "s.csv", "--cluster", "tcp://127.0.0.1:1")
    told = audit(capsys, *call)
    assert told.code == 2
    assert 'pip install "rubric-sheets[cluster]"' in told.err
