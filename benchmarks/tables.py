"""Prints a measured table and keeps it beside the benchmark as Markdown."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

SMALL = os.environ.get("TUOLIAN_BENCH_SIZE") == "small"


def sized(whole: int, small: int) -> int:
    """The size that is measured: `whole` for the committed table, `small` for a look that takes minutes."""
    return small if SMALL else whole


def most_memory() -> int:
    """MB that this process held at its most, without what the process that started it had held before."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kilobytes) // 1024


def keep_table(name: str, title: str, headings: Sequence[str], rows: Sequence[Sequence[object]], note: str) -> None:
    """Prints the table with the command that made it; at the whole size also keeps it as benchmarks/<name>.md."""
    lines = [f"# {title}", "", f"`make bench` or `python benchmarks/bench_{name}.py`", ""]
    lines += ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    lines += ["", note, "", f"Python {platform.python_version()}, {platform.machine()}."]
    text = "\n".join(lines) + "\n"
    if not SMALL:
        Path(__file__).with_name(f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
