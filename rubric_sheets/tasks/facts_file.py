"""What is wrong with a FACTS.json, under a line that names the file."""

from __future__ import annotations

from ..findings.finding import InputError, finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass


_FACTS = frozenset(
    (
        "facts-shape",
        "facts-value",
        "facts-unknown",
        "facts-other-rubric",
        "facts-one-project",
        "facts-projects",
        "facts-too-many-rows",
    )
)


class facts_file:
    """What is wrong with a FACTS.json comes under a line that names the file; `command` of `book`
    shows the names there are. An empty path: the facts are of no file."""

    def __init__(self, path: str, command: str, book: str) -> None:
        self.path = path
        self.names = f"rubric-sheets {command} " + (f'"{book}"' if " " in book else book)

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if not (
            self.path
            and isinstance(error, InputError)
            and all(one.code in _FACTS for one in error.findings)
        ):
            return
        unknown = any(one.code == "facts-unknown" for one in error.findings)
        suggestion = f"全部名称可用 {self.names} 查看。" if unknown else ""
        first = finding(
            "facts-file", path=self.path, count=len(error.findings), suggestion=suggestion
        )
        raise InputError.of([first, *error.findings]) from None
