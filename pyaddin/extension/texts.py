"""The XML files of the extension, made from the table of buttons in `office/click.py`."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from rubric_sheets import __version__

from .office.click import BUTTONS, IMPLEMENTATION, PROTOCOL, TITLE

IDENTIFIER = "cn.rubric-sheets.office"
NODE = "cn.rubric_sheets.office"
MINIMAL = "7.4"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
LANGUAGES = ("en-US", "zh-CN", "zh-TW")  # en-US is what LibreOffice shows to all the others
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_REGISTRY = (
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    "oor:name={name} oor:package={package}>\n{body}</oor:component-data>\n"
)
_FILES = (  # path in the package, media type
    ("Addons.xcu", "application/vnd.sun.star.configuration-data"),
    ("CalcWindowState.xcu", "application/vnd.sun.star.configuration-data"),
    ("ProtocolHandler.xcu", "application/vnd.sun.star.configuration-data"),
    ("component.py", "application/vnd.sun.star.uno-component;type=Python"),
)


def description() -> str:
    """description.xml"""
    names = "".join(
        f"    <name lang={quoteattr(lang[:2])}>{TITLE}</name>\n" for lang in LANGUAGES[:2]
    )
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:lo="http://libreoffice.org/extensions/description/2011" '
        'xmlns:d="http://openoffice.org/extensions/description/2006">\n'
        f"  <identifier value={quoteattr(IDENTIFIER)}/>\n"
        f"  <version value={quoteattr(__version__)}/>\n"
        f"  <display-name>\n{names}  </display-name>\n"
        "  <dependencies>\n"
        f'    <lo:LibreOffice-minimal-version value="{MINIMAL}" d:name="LibreOffice {MINIMAL}"/>\n'
        "  </dependencies>\n"
        "</description>\n"
    )


def manifest() -> str:
    """META-INF/manifest.xml"""
    entries = "".join(
        f"  <manifest:file-entry manifest:full-path={quoteattr(path)} "
        f"manifest:media-type={quoteattr(kind)}/>\n"
        for path, kind in _FILES
    )
    opening = '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">'
    return f"{_HEAD}{opening}\n{entries}</manifest:manifest>\n"


def addons() -> str:
    """Addons.xcu: one menu and one toolbar, in Calc only."""
    items = [
        _item(f"{number:02}", action, label)
        for number, (action, label) in enumerate(BUTTONS.items(), 1)
    ]
    submenu = _node("Submenu", "".join(items), replace=False)
    menu = _node(f"{NODE}.menu", _title(TITLE) + _property("Context", CALC) + submenu)
    toolbar = _node(f"{NODE}.toolbar", "".join(items))
    body = _node("OfficeMenuBar", menu, replace=False) + _node(
        "OfficeToolBar", toolbar, replace=False
    )
    return _registry("Addons", "org.openoffice.Office", _node("AddonUI", body, replace=False))


def window_state() -> str:
    """CalcWindowState.xcu: the toolbar's name, and that it is shown."""
    state = _title(TITLE, "UIName") + _property("Visible", "true", "xs:boolean")
    state += _property("Docked", "true", "xs:boolean") + _property("Style", "1", "xs:int")
    toolbar = _node(f"private:resource/toolbar/addon_{NODE}.toolbar", state)
    body = _node("UIElements", _node("States", toolbar, replace=False), replace=False)
    return _registry("CalcWindowState", "org.openoffice.Office.UI", body)


def protocol_handler() -> str:
    """ProtocolHandler.xcu: which component answers addresses `rubric-sheets:…`."""
    protocols = (
        f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop>\n'
    )
    body = _node("HandlerSet", _node(IMPLEMENTATION, protocols), replace=False)
    return _registry("ProtocolHandler", "org.openoffice.Office", body)


def component() -> str:
    """component.py: what LibreOffice loads. It puts `pythonpath`, beside it, on Python's path."""
    return (
        "import unohelper\n"
        "from rubric_sheets_office.click import IMPLEMENTATION\n"
        "from rubric_sheets_office.handler import SERVICE, Handler\n\n"
        "g_ImplementationHelper = unohelper.ImplementationHelper()\n"
        "g_ImplementationHelper.addImplementation(Handler, IMPLEMENTATION, (SERVICE,))\n"
    )


def _registry(name: str, package: str, body: str) -> str:
    return _HEAD + _REGISTRY.format(name=quoteattr(name), package=quoteattr(package), body=body)


def _node(name: str, body: str, *, replace: bool = True) -> str:
    operation = ' oor:op="replace"' if replace else ""
    return f"<node oor:name={quoteattr(name)}{operation}>\n{body}</node>\n"


def _property(name: str, value: str, kind: str = "xs:string") -> str:
    attributes = f"oor:name={quoteattr(name)} oor:type={quoteattr(kind)}"
    return f"<prop {attributes}><value>{escape(value)}</value></prop>\n"


def _title(text: str, name: str = "Title") -> str:
    values = "".join(
        f"<value xml:lang={quoteattr(lang)}>{escape(text)}</value>" for lang in LANGUAGES
    )
    return f'<prop oor:name={quoteattr(name)} oor:type="xs:string">{values}</prop>\n'


def _item(name: str, action: str, label: str) -> str:
    body = _property("URL", PROTOCOL + action) + _title(label)
    return _node(name, body + _property("Target", "_self") + _property("Context", CALC))
