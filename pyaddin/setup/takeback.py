"""Undoing what an installation wrote down: folders, files, and single settings of xlwings.conf."""

from __future__ import annotations

import locale
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from typing import Any

Record = dict[str, Any]
Say = Callable[[str], None]
TEXTS = {
    "folder": "删除文件夹 {path}",
    "file": "把 {path} 恢复原状",
    "setting": "把 {path} 里的 {key} 恢复原状",
}


def told(record: Record) -> str:
    """What undoing it will do, for a person."""
    return TEXTS[record["kind"]].format(**record)


def take_back(record: Record, say: Say) -> None:
    """Undo one record.

    What somebody changed since is left as it is, and said. OSError where it cannot be done.
    """
    {"folder": _folder, "file": _file, "setting": _setting}[record["kind"]](record, say)


def digest(path: str) -> str:
    """Of a file's content; empty where there is none."""
    try:
        with open(path, "rb") as file:
            return sha256(file.read()).hexdigest()
    except FileNotFoundError:
        return ""


def _folder(record: Record, say: Say) -> None:
    if os.path.isdir(record["path"]):
        shutil.rmtree(record["path"])


def _file(record: Record, say: Say) -> None:
    """`kept`: a copy of what was there before; `digest`: of what was
    put there, empty while that is not known."""
    path, kept = record["path"], record["kept"]
    if record["digest"] and digest(path) not in ("", record["digest"]):
        say(f"“{path}”安装之后又有改动，保持不变。")
    elif kept:
        shutil.copyfile(kept, path)
    elif os.path.exists(path):
        os.remove(path)
    if kept and os.path.exists(kept):
        os.remove(kept)


def _setting(record: Record, say: Say) -> None:
    """`existed`: the file did, before; `made`: its folder was made for it."""
    path, key = record["path"], record["key"]
    if setting(path, key) not in (record["value"], record["before"]):
        say(f"“{path}”里的 {key} 安装之后又有改动，保持不变。")
        return
    change(path, key, record["before"])
    if not record["existed"] and os.path.exists(path) and not os.path.getsize(path):
        os.remove(path)
        if record["made"] and not os.listdir(os.path.dirname(path)):
            os.rmdir(os.path.dirname(path))


def _lines(path: str) -> list[str]:
    """The file is in the system's own encoding, for Excel's macros read it; other bytes survive."""
    try:
        with open(path, encoding=locale.getencoding(), errors="surrogateescape") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


def _is(line: str, key: str) -> bool:
    return line.split(",", maxsplit=1)[0].strip().strip('"').upper() == key


def setting(path: str, key: str) -> str | None:
    """The value of a key of xlwings.conf: lines of `"KEY","value"`."""
    for line in _lines(path):
        if _is(line, key):
            return line.partition(",")[2].strip().strip('"')
    return None


def change(path: str, key: str, value: str | None) -> None:
    """Set a key where it stands, or at the end; None removes it.
    All other lines stay as they are."""
    lines, new = _lines(path), [] if value is None else [f'"{key}","{value}"']
    places = [number for number, line in enumerate(lines) if _is(line, key)]
    at = places[0] if places else len(lines)
    rest = [line for number, line in enumerate(lines) if number not in places]
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    part = path + ".new"
    with open(part, "w", encoding=locale.getencoding(), errors="surrogateescape") as file:
        file.writelines(f"{line}\n" for line in [*rest[:at], *new, *rest[at:]])
    os.replace(part, path)
