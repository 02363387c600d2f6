"""Opens macro workbooks in a running LibreOffice and calls into them;
run by a Python that has `uno`.

Standard input: one JSON object {"target", "files", "steps"}; output: a JSON list with one value for
each step. The steps are about the last file. A step is one of ["call", module, macro, [arguments]],
["get", defined name], ["set", defined name, text], ["buttons"].
"""

import json
import os
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

PATIENCE = 300  # seconds for a busy machine to start LibreOffice
MACROS_ALWAYS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


def connect(target):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:{target};urp;StarOffice.ComponentContext"
    for _ in range(PATIENCE):
        try:
            context = resolver.resolve(address)
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
        except Exception:
            time.sleep(1)
    raise SystemExit(f"LibreOffice does not answer at {target}")


def open_book(desktop, path):
    mode = PropertyValue("MacroExecutionMode", 0, MACROS_ALWAYS, 0)
    return desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (mode,))


def cell_of(book, name):
    return book.NamedRanges.getByName(name).getReferredCells().getCellByPosition(0, 0)


def run(book, step):
    kind, *rest = step
    if kind == "call":
        module, macro, arguments = rest
        address = (
            f"vnd.sun.star.script:VBAProject.{module}.{macro}?language=Basic&location=document"
        )
        return book.getScriptProvider().getScript(address).invoke(tuple(arguments), (), ())[0]
    if kind == "get":
        return cell_of(book, rest[0]).String
    if kind == "set":
        cell_of(book, rest[0]).String = rest[1]
        return None
    return [
        form.getScriptEvents(index)[0].ScriptCode
        for form in book.Sheets.getByIndex(0).DrawPage.Forms
        for index in range(form.Count)
        if form.getScriptEvents(index)
    ]


def main():
    order = json.load(sys.stdin)
    desktop = connect(order["target"])
    if order.get("quit"):
        desktop.terminate()
        return
    books = [open_book(desktop, path) for path in order["files"]]
    try:
        json.dump([run(books[-1], step) for step in order["steps"]], sys.stdout)
    finally:
        for book in books:
            book.close(True)


main()
# The bridge may crash while Python takes itself apart; the answer is out by then.
sys.stdout.flush()
os._exit(0)
