"""Message boxes, shown where somebody can see them and recorded everywhere."""

from __future__ import annotations

from typing import Any, NamedTuple

from .calls import untraced
from .connection import uno_module


class Alert(NamedTuple):
    """A message that was shown, or recorded where nobody could see it, and what was answered."""

    prompt: str
    title: str
    buttons: str
    mode: str | None
    answer: str


# buttons → (MessageBoxButtons, the answer when nobody can be asked: the one that changes nothing)
_BUTTONS = {
    "ok": (1, "ok"),
    "ok_cancel": (2, "cancel"),
    "yes_no": (3, "no"),
    "yes_no_cancel": (4, "cancel"),
}
# MessageBoxResults; 0 is cancel, and what a headless office returns
_ANSWERS = {1: "ok", 2: "yes", 3: "no"}


def ask(
    context: Any, window: Any, prompt: str, title: str, buttons: str, mode: str | None
) -> Alert:
    """Show a message over `window`, if there is one, and wait for the answer.

    A headless office closes the box at once without an answer; that counts as the cautious one.
    """
    number, answer = _BUTTONS[buttons]
    if window is not None:
        uno = uno_module()
        toolkit = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.awt.Toolkit", context
        )
        kinds = {
            None: "QUERYBOX" if number > 1 else "MESSAGEBOX",
            "info": "INFOBOX",
            "critical": "ERRORBOX",
        }
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", kinds.get(mode, "MESSAGEBOX"))
        box = toolkit.createMessageBox(untraced(window), kind, number, title, prompt)
        answer = _ANSWERS.get(box.execute(), answer)
        box.dispose()  # or the toolkit keeps it among its windows
    return Alert(prompt, title, buttons, mode, answer)
