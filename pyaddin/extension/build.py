"""Packs the extension: the same bytes from the same sources, on every machine."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from . import texts

HERE = Path(__file__).resolve().parent
EPOCH = (1980, 1, 1, 0, 0, 0)
# where LibreOffice's Python looks for modules of a component
PACKAGE = "pythonpath/rubric_sheets_office"
MODULES = ("__init__.py", "bridge.py", "click.py", "handler.py")


def parts() -> dict[str, str]:
    """Path in the package → text."""
    made = {
        "META-INF/manifest.xml": texts.manifest(),
        "description.xml": texts.description(),
        "Addons.xcu": texts.addons(),
        "CalcWindowState.xcu": texts.window_state(),
        "ProtocolHandler.xcu": texts.protocol_handler(),
        "component.py": texts.component(),
    }
    for name in MODULES:
        made[f"{PACKAGE}/{name}"] = (HERE / "office" / name).read_text(encoding="utf-8")
    return made


def extension() -> bytes:
    """The .oxt file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for path, text in parts().items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED  # deflate's bytes depend on the zlib at hand
            package.writestr(entry, text.encode("utf-8"))
    return stream.getvalue()
