"""The text of a plain cell as a sheet shows it, so that a number and its text compare equal; pure."""

from datetime import date, datetime, time, timedelta

from hub_intake.reading.cells import Cell, UnreadableCell

_MIDNIGHT = time()


def raw_text(cell: Cell) -> str:
    """The cell as text: 20 for 20.0, ISO for dates, empty for nothing; text stays as it is, blanks included."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return _moment_text(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, UnreadableCell):
        return cell.text
    return str(cell) if isinstance(cell, int | timedelta) else ""


def _number_text(number: float) -> str:
    # Beyond 2^53 a float no longer tells neighbours apart, but its integer text is still what was stored.
    return str(int(number)) if number.is_integer() else repr(number)


def _moment_text(moment: datetime) -> str:
    if moment.time() == _MIDNIGHT and moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")
