"""Values of the store as texts: for people, for CSV, for JSON."""

from __future__ import annotations

from decimal import Decimal

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what begins so, a spreadsheet computes


def text_of(value: object) -> str:
    """For people; a decimal without zeros at its end."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, (list, tuple)):
        return "、".join(map(text_of, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def csv_text(value: object) -> str:
    """For CSV: a text that a spreadsheet would compute begins with an apostrophe."""
    text = text_of(value)
    return "'" + text if isinstance(value, str) and text.startswith(FORMULA) else text


def json_value(value: object) -> object:
    """For JSON: exact decimals and dates as texts, lists as lists."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [json_value(one) for one in value]
    if isinstance(value, dict):
        return {str(key): json_value(one) for key, one in value.items()}
    return text_of(value)
