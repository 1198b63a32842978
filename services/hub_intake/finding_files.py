"""Which files are meant by the paths that a person names, what is left out of folders, and what each file is called."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hub_intake.reading.cells import UnreadableFileError
from hub_intake.reading.files import read_workbook
from hub_kernel.errors import UsageError

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".html", ".htm", ".xml"})
_LONGEST_REMARK = 64 * 1024  # bytes
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control and format characters, surrogates
_LINE_ENDS = str.maketrans(dict.fromkeys("\t\n\x0b\x0c\r\x1c\x1d\x1e\x85\u2028\u2029", " "))


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files to receive, and those in folders that are no lists: a remark in a .txt, a letter, an archive."""

    files: list[Path] = field(default_factory=list)
    left_out: list[Path] = field(default_factory=list)


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """The files named, and those in folders named, in order of name, each once.

    Raises UsageError for a path that is not there.
    """
    found = FoundFiles()
    for path in paths:
        if path.is_dir():
            for each in sorted(each for each in path.rglob("*") if _is_shown(each)):
                (found.files if _may_be_list(each) else found.left_out).append(each)
        elif path.is_file():
            found.files.append(path)
        else:
            raise UsageError(f"找不到 {shown_name(path)}：请核对路径。")
    return FoundFiles(list(dict.fromkeys(found.files)), list(dict.fromkeys(found.left_out)))


def shown_name(path: Path) -> str:
    """A file's name as text on one line: one from an archive may be in GBK, or hold line ends and terminal codes."""
    raw = os.fsencode(path.name)
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    return "".join(each for each in name.translate(_LINE_ENDS) if unicodedata.category(each) not in _UNSEEN)


def _is_shown(path: Path) -> bool:
    # Office programs leave lock files (~$…) beside open documents, and systems files that nobody sees.
    return path.is_file() and not path.name.startswith((".", "~$")) and path.name != "Thumbs.db"


def _may_be_list(path: Path) -> bool:
    ending = path.suffix.lower()
    return ending in ENDINGS and not (ending == ".txt" and _is_remark(path))


def _is_remark(path: Path) -> bool:
    """Whether no two lines of a text file have the same columns; one that cannot be read is to be told as a list."""
    if path.stat().st_size > _LONGEST_REMARK:
        return False
    try:
        sheets = read_workbook(shown_name(path), path.read_bytes()).sheets
    except UnreadableFileError:
        return False
    widths = Counter(len(row) for sheet in sheets for row in sheet.rows)
    return all(width < 2 or lines < 2 for width, lines in widths.items())
