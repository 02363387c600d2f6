"""A real browser without a window, for what is written for browsers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NEEDED = "请先安装：sudo apt install chromium"
NAMES = ("chromium", "google-chrome")  # as scripts/office.sh looks for them


@contextmanager
def running() -> Iterator[Any]:
    """Without a browser every test that asks for it fails with one line; none is skipped."""
    from playwright.sync_api import Error, sync_playwright

    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(f"浏览器测试无法进行。{NEEDED}。", pytrace=False)
    with sync_playwright() as play:
        try:
            # as root, Chromium runs without its sandbox only; the pages are our own
            browser = play.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except Error as error:
            pytest.fail(f"浏览器测试无法进行。{NEEDED}。原因：{error}", pytrace=False)
        yield browser
        browser.close()


class Opened:
    """A page from a file, with all that it said and asked for on the way."""

    def __init__(self, browser: Any, path: Path) -> None:
        self.page = browser.new_page(viewport={"width": 1300, "height": 900})
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements, as they are in the page."""
        return self.page.locator(selector).all_text_contents()
