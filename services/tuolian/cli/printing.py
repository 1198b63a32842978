"""What commands print: JSON lines or tables on stdout, progress and errors on stderr."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import typer

Row = Mapping[str, Any]

# A pipe has no width; wide enough that a Chinese address is not broken, narrow enough for a pager.
PIPED_WIDTH = 180
# What a file may hold to move the cursor, to forge a line or to turn the direction of writing.
_TERMINAL_CODES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, and the text it shows of a row."""

    title: str
    text: Callable[[Row], Any]
    justify: str = "left"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"not a JSON value: {type(value).__name__}")


def json_line(row: Row) -> str:
    """One stable line of JSON; Chinese stays readable, decimals are numbers, dates ISO."""
    return json.dumps(row, ensure_ascii=False, default=_plain)


def visible(text: str) -> str:
    """The text with every code that a terminal would obey shown as �; line ends and tabs stay."""
    return _TERMINAL_CODES.sub("\ufffd", text)


def emit(text: str) -> None:
    """Writes text for people to stdout, without terminal codes that came with it."""
    _emit_as_it_is(visible(text))


def _emit_as_it_is(text: str) -> None:
    """The only way out for data. A reader that has gone (head, less) ends the command well."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    except BrokenPipeError:
        leave_closed_pipe()
        raise typer.Exit from None


def leave_closed_pipe() -> None:
    """Lets nothing more be written to a pipe that nobody reads, not even at the interpreter's end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def emit_json(rows: Iterable[Row]) -> None:
    """Writes the rows as JSON lines."""
    for row in rows:
        _emit_as_it_is(json_line(row))


def say(text: str) -> None:
    """Tells the person at the keyboard something that is no data, on stderr."""
    sys.stderr.write(visible(text) + "\n")
    sys.stderr.flush()


def say_left_out(paths: Sequence[Path]) -> None:
    """Tells which files of a folder were not looked at, and what to do if they hold lists after all."""
    if paths:
        from hub_intake.finding_files import shown_name

        names = "、".join(shown_name(path) for path in paths)
        say(f"略过不是表格的文件：{names}（里面有名单的，请解压或另存为 xlsx 再送）")


def text_of(value: Any) -> str:
    """A value as a table shows it: empty for None, yes and no in Chinese."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(text_of(item) for item in value)
    return visible(str(value))


def emit_table(title: str, columns: Sequence[Column], rows: Sequence[Row], *, empty: str = "没有记录。") -> None:
    """Writes the rows as a table; a sentence instead where there are none."""
    if not rows:
        emit(f"{title}：{empty}" if title else empty)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for column in columns:
        table.add_column(column.title, justify="right" if column.justify == "right" else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(text_of(column.text(row))) for column in columns))
    _emit_as_it_is(rendered(table))


def rendered(renderable: Any) -> str:
    """A Rich renderable as text for this stdout: coloured on a terminal, plain in a pipe."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    buffer = StringIO()
    console = Console(
        file=buffer,
        force_terminal=terminal,
        no_color=not terminal,
        width=terminal_width() if terminal else PIPED_WIDTH,
        highlight=False,
    )
    console.print(renderable)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def terminal_width() -> int:
    """The terminal's width in columns, 100 where it does not tell."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except OSError:
        return 100


def emit_rows(
    rows: Iterable[Row], columns: Sequence[Column], *, as_json: bool, title: str = "", empty: str = "没有记录。"
) -> None:
    """Writes rows for machines or for people."""
    if as_json:
        emit_json(rows)
    else:
        emit_table(title, columns, list(rows), empty=empty)
