"""Makes text from a register harmless in a spreadsheet: what looks like a formula stays text."""

from datetime import date
from decimal import Decimal
from typing import Any

# A cell that begins with one of these is computed by Excel or WPS when a CSV file is opened.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

CellValue = str | int | float | date | None


def cell_value(value: Any) -> CellValue:
    """A value as a cell holds it: numbers and dates as such, everything else as text without control characters."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | date):
        return value
    if isinstance(value, Decimal | float):
        return float(value)
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value)
    return "".join(character for character in str(value) if character >= " " or character in "\t\n")


def looks_like_formula(value: CellValue) -> bool:
    """Whether a spreadsheet might compute the text instead of showing it."""
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)


def csv_text(value: CellValue) -> str:
    """A value as CSV text; what looks like a formula gets an apostrophe in front, as spreadsheets hide it."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if looks_like_formula(value) else text
