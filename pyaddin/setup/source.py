"""From where the private environment gets this very package."""

from __future__ import annotations

import json
import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from urllib.request import url2pathname

from rubric_sheets import __version__
from rubric_sheets.findings.finding import InputError

NAME = "rubric-sheets"
EXTRA = f"{NAME}[excel]"


def requirement(given: str | None) -> str:
    """What pip is told to install: the wheel or folder that was given,
    else what the running program came from."""
    if given is not None:
        path = Path(given).absolute()
        if (
            not (path.is_file() and path.suffix == ".whl")
            and not (path / "pyproject.toml").is_file()
        ):
            raise InputError("addin-source", path=given)
        return f"{EXTRA} @ {path.as_uri()}"
    origin = _origin()
    if origin is None:
        return f"{EXTRA}=={__version__}"
    url = str(origin["url"])
    if url.startswith("file:"):
        path = Path(url2pathname(urlparse(url).path))
        if not path.exists():
            raise InputError("addin-source-gone", path=os.fspath(path))
    version = origin.get("vcs_info")
    return (
        f"{EXTRA} @ {version['vcs']}+{url}@{version['commit_id']}"
        if version
        else f"{EXTRA} @ {url}"
    )


def _origin() -> dict[str, Any] | None:
    """pip's note about a package that it did not get by name from an index (PEP 610)."""
    try:
        note = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    return json.loads(note) if note else None
