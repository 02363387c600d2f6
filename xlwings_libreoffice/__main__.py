"""`python -m xlwings_libreoffice link`: make `import uno` work in this virtual environment.

Links uno.py and unohelper.py alone into a folder that a .pth file adds to the path; adding all of
dist-packages would bring hundreds of other packages along. (The engine itself finds uno without
this.)
"""

from __future__ import annotations

import os
import sys
import sysconfig

from .connection import uno_folders, uno_module
from .errors import LibreOfficeError


def link() -> str:
    """Create the links; returns the folder they stand in."""
    uno_module()  # complains in Chinese if there is nothing to link, or for another Python
    site = sysconfig.get_paths()["purelib"]
    folder = os.path.join(site, "_uno_link")
    os.makedirs(folder, exist_ok=True)
    source = next(uno_folders())
    for name in ("uno.py", "unohelper.py"):
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            os.remove(path)
        if os.path.exists(os.path.join(source, name)):
            os.symlink(os.path.join(source, name), path)
    lines = [folder]
    # /opt packages: pyuno stands beside uno.py
    if os.path.isfile(os.path.join(source, "pyuno.so")):
        lines.append(source)
    with open(os.path.join(site, "_uno_link.pth"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return folder


def main(arguments: list[str]) -> int:
    """The command line."""
    if arguments != ["link"]:
        print("用法：python -m xlwings_libreoffice link", file=sys.stderr)
        return 2
    if sys.prefix == sys.base_prefix:
        print("请在虚拟环境里运行：系统的 Python 不需要链接。", file=sys.stderr)
        return 2
    try:
        print(f"已链接到 {link()}，现在可以 import uno。")
    except (LibreOfficeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
