"""Workers that die, or fall silent, over files of certain names."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection

from rubric_sheets.audit import cluster, crew
from rubric_sheets.audit.inputs import Input
from rubric_sheets.audit.judging import Outcome, judge


def life(pipe: Connection) -> None:
    crew.judge = deadly
    crew.work(pipe)


def dask_setup(worker: object) -> None:
    """A worker of a cluster, which loads this module before anything else."""
    cluster.judge = deadly


def deadly(given: Input, known: str) -> Outcome:
    if "致命" in given.name:
        os._exit(3)
    if "无声" in given.name:
        time.sleep(600)
    return judge(given, known)
