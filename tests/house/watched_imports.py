"""Imports modules of ours while watching what they do: our own top-level code must touch nothing outside."""

import importlib
import sys
import sysconfig
from pathlib import Path
from typing import Any

SERVICES = Path(__file__).parents[2] / "services"
FORBIDDEN = (
    "socket.",
    "sqlite3.",
    "subprocess.",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "tempfile.",
    "urllib.",
    "time.",
)
DATA = (".csv", ".json", ".toml", ".xlsx", ".db", ".txt", ".avsc")
LIBRARIES = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib"))


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Raises for what a module of ours must not do while it is imported; what libraries do is theirs."""
    opens_data = event == "open" and str(arguments[0]).endswith(DATA)
    if (event.startswith(FORBIDDEN) or opens_data) and is_ours(sys._getframe(1)):
        raise SystemExit(f"{event} {arguments!r} at import")


def is_ours(frame: Any) -> bool:
    """Whether the nearest code that is not the import machinery is in services/."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(str(SERVICES)):
            return True
        if file.startswith(LIBRARIES) and "importlib" not in file:
            return False
        frame = frame.f_back
    return False


for name in sys.argv[1:]:
    if name == sys.argv[1]:
        sys.addaudithook(watch)
    importlib.import_module(name)
