"""One LibreOffice of the tests' own, and xlwings told of it:
for the folders that drive the real program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from xlwings_libreoffice import testing
from xlwings_libreoffice.errors import LibreOfficeError
from xlwings_libreoffice.office import Office
from xlwings_libreoffice.testing import PATIENCE

__all__ = ["NEEDED", "PATIENCE", "running"]

NEEDED = "请先安装：sudo apt install libreoffice-calc python3-uno fonts-noto-cjk"


@contextmanager
def running() -> Iterator[Office]:
    """Without LibreOffice every test that asks for it fails with one line; none is skipped."""
    with ExitStack() as stack:
        try:
            process = stack.enter_context(testing.running())
        except LibreOfficeError as error:
            pytest.fail(f"LibreOffice 测试无法进行。{NEEDED}。原因：{error}", pytrace=False)
        yield process
