"""Prints a measured table and keeps it beside the benchmark as Markdown."""

import platform
from collections.abc import Sequence
from pathlib import Path


def keep_table(name: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]], note: str) -> None:
    """Writes benchmarks/<name>.md with the table, the command that made it and the machine's kind; prints it too."""
    lines = [f"# {title}", "", f"`make bench` or `python benchmarks/bench_{name}.py`", ""]
    lines += ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    lines += ["", note, "", f"Python {platform.python_version()}, {platform.machine()}."]
    text = "\n".join(lines) + "\n"
    Path(__file__).with_name(f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
