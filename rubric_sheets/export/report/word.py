"""A report's template and its context → the bytes of a .docx, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...findings.finding import InputError
from ..watermark import on_document
from .charts import Drawn, put_charts

HERE = Path(__file__).parent
STAMP = (1980, 1, 1, 0, 0, 0)
ONE_PAGE = ("project", "department-page")  # forms with funds, goals and targets on one page
MOST = 60  # characters of a tag that are told


def shipped(form: str) -> bytes:
    """The template that comes with the program, for the reports of a form."""
    name = "project" if form in ONE_PAGE else "department"
    return HERE.joinpath(f"{name}.docx").read_bytes()


def render(
    template: bytes, context: dict[str, Any], path: str = "", charts: Sequence[list[Drawn]] = ()
) -> bytes:
    """`charts`: of each project, for where the template has `图`. `path`: of a template from
    outside, whose faults are told. InputError template-tag, template-name, template-failed."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    from .merging import merge

    document = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document.render(context, environment)
    except TemplateSyntaxError as problem:
        raise InputError("template-tag", path=path, tag=_tag(problem)) from None
    except UndefinedError as problem:
        raise _unknown(path, str(problem), context) from None
    except InputError:
        raise
    except Exception as problem:
        if not path:
            raise
        what = f"{type(problem).__name__}: {problem}"[:200]
        raise InputError("template-failed", path=path, what=what) from None
    merge(document.docx.element.body)
    put_charts(document.docx, list(charts))
    if context["草稿"]:
        on_document(document.docx)
    return _saved(document)


def _tag(problem: Any) -> str:
    """The text of the paragraph in which the template cannot be understood; of a block that is
    never closed, where it begins."""
    if "end of template" in str(problem.message):
        return _unclosed(problem.source or "")[:MOST]
    lines = list(getattr(problem, "docx_context", ()))
    at = min(3, problem.lineno - 1)
    line = lines[at] if at < len(lines) else ""
    tags = re.findall(r"[{][{%#].*", line)
    return (tags[0] if tags else line).strip()[:MOST]


def _unclosed(source: str) -> str:
    """The innermost block that is open at the end."""
    begun: list[str] = []
    for tag, word in re.findall(r"({%-?\s*(\w+)[^%]*%})", source):
        if word in ("for", "if"):
            begun.append(tag)
        elif word in ("endfor", "endif") and begun:
            begun.pop()
    return begun[-1] if begun else ""


def _unknown(path: str, problem: str, context: dict[str, Any]) -> InputError:
    """A name that the template has and the report has not."""
    from difflib import get_close_matches

    quoted = re.findall(r"'([^']*)'", problem)
    name = quoted[-1] if quoted else problem
    if " is undefined" in problem and quoted:
        name = quoted[0]
    near = get_close_matches(name, [*context, *context["数据"]], 1, 0.5)
    hint = f"是否指“{near[0]}”？" if near else ""
    return InputError("template-name", path=path, name=name, hint=hint)


def _saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.docx.save(made)
    return packed(made.getvalue())


def packed(data: bytes) -> bytes:
    """The package without the time of its making."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            new.writestr(entry, old.read(name))
    return out.getvalue()
