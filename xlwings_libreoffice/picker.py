"""Ask for a file, in LibreOffice's own window or the desktop's."""

from __future__ import annotations

from typing import Any

from .connection import uno_module

OPEN, OK = 0, 1  # TemplateDescription.FILEOPEN_SIMPLE, ExecutableDialogResults.OK
SERVICE = "com.sun.star.ui.dialogs.FilePicker"


def pick(context: Any, title: str, kinds: dict[str, str]) -> str:
    """The path of the file that was chosen; "" where none was. `kinds`: what is shown, as
    `{"报告": "*.docx;*.pdf"}`. A headless office closes the window at once."""
    picker = context.ServiceManager.createInstanceWithArgumentsAndContext(SERVICE, (OPEN,), context)
    if picker is None:
        return ""
    picker.setTitle(title)
    for name, pattern in kinds.items():
        picker.appendFilter(name, pattern)
    try:
        chosen = picker.getSelectedFiles() if picker.execute() == OK else ()
    finally:
        picker.dispose()
    return str(uno_module().fileUrlToSystemPath(chosen[0])) if chosen else ""
