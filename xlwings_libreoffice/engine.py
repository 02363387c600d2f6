"""The engine object that xlwings knows: its name, its apps, and the two conversions of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .apps import Apps
from .values import clean, prepare

if TYPE_CHECKING:
    from .protocols import App


class Engine:
    """One for the whole process; it remembers which LibreOffice processes we are connected to."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.running: dict[str, App] = {}  # by address

    @property
    def apps(self) -> Apps:
        return Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: Any, options: Any = None) -> Any:
        """One value on its way into a cell."""
        return prepare(x)

    @staticmethod
    def clean_value_data(
        data: list[list[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """A block of values on its way to the caller."""
        return [
            [clean(v, datetime_builder, empty_as, number_builder, err_to_str) for v in row]
            for row in data
        ]


engine = Engine()
