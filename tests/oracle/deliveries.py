"""Deliveries as values, written as files and handed in to a hub of the test's own in any order."""

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from hub_events.records import Registry
from hub_intake.domain.rows import ROW_ACTION
from hub_intake.domain.sources import SourceSpec
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping_store import FolderMappings
from hub_kernel.ids import derive_id
from hub_vocabulary.divisions import Divisions, Region
from tuolian.cli.printing import json_line
from tuolian.hub import SOURCES, Hub
from tuolian.settings import HubSettings

SPECS: Mapping[Registry, SourceSpec] = {spec.registry: spec for spec in SOURCES}
COUNTY = "430281"
REMOVED = "删除"


def _region(code: str) -> Region:
    found = Divisions().region(code)
    assert found is not None
    return found


REGION = _region(COUNTY)


@dataclass(frozen=True)
class Row:
    """A row as its office means it: values by field, and cells that nobody can read, by field."""

    values: tuple[tuple[str, Any], ...]
    unreadable: tuple[tuple[str, str], ...] = ()
    removed: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """The cells of the file, by field; empty ones left out."""
        return {name: cell(value) for name, value in self.values if value is not None} | dict(self.unreadable)


@dataclass(frozen=True)
class Delivery:
    """A file: which register's, of which day, everything or what changed; left_out are columns that it lacks.

    accepted is False for a file that is held and that nobody releases.
    """

    registry: Registry
    as_of: date
    rows: tuple[Row, ...]
    kind: Literal["full", "delta"] = "full"
    left_out: frozenset[str] = frozenset()
    accepted: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that have a column."""
        return tuple(each.name for each in SPECS[self.registry].fields if each.name not in self.left_out)

    @property
    def data(self) -> bytes:
        """The file: comma separated, headed by the names of the fields."""
        columns = [*self.fields, ROW_ACTION] if self.kind == "delta" else list(self.fields)
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(columns)
        for row in self.rows:
            texts = row.texts | ({ROW_ACTION: REMOVED} if row.removed else {})
            writer.writerow([texts.get(name, "") for name in columns])
        return stream.getvalue().encode("utf-8-sig")

    @property
    def extract_id(self) -> str:
        """The id of the extract: region, register, day and bytes; a delta is another extract than a full one."""
        parts = (REGION.county_id, self.registry.value, self.as_of.isoformat(), sha256(self.data).hexdigest())
        return derive_id(*parts) if self.kind == "full" else derive_id(*parts, "delta")

    def __str__(self) -> str:
        """What a failing test shows of it."""
        shown = [f"\n    {'removed ' if row.removed else ''}{row.texts}" for row in self.rows]
        return f"\n{self.as_of} {self.registry} {self.kind} accepted={self.accepted}{''.join(shown)}"


def cell(value: Any) -> str:
    """A value as the files of these tests write it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class History:
    """What offices hand in, in the order of its days (files of one register and day in the order that counts)."""

    deliveries: tuple[Delivery, ...]
    declared: tuple[date, ...] = ()

    def __repr__(self) -> str:
        """What a failing test shows."""
        return f"{''.join(map(str, self.deliveries))}\ndeclared {self.declared}"


Item = Delivery | date
Answers = dict[str, list[dict[str, Any]]]


@dataclass
class Office:
    """A hub that things are handed in to."""

    hub: Hub
    folder: Path
    outcomes: list[str] = field(default_factory=list)

    def hand_in(self, item: Item) -> None:
        """A file, released if it is held and somebody wants it; or a day that passed."""
        if isinstance(item, date):
            self.hub.intake.declare_day(REGION, item)
            return
        path = self.folder / f"{item.registry.value}.csv"
        path.write_bytes(item.data)
        [line] = self.hub.intake.ingest([path], REGION, item.as_of, item.registry, delta=item.kind == "delta")
        if line["outcome"] == "held" and item.accepted:
            line = self.hub.intake.release(line["id"], "王芳", "health", "补报")
        assert line["outcome"] in (("accepted", "known") if item.accepted else ("held", "known")), line
        self.outcomes.append(line["outcome"])

    def catch_up(self) -> None:
        """Let everything follow that follows; nothing may be left waiting."""
        assert not self.hub.catch_up().parked

    def answers(self, day: date | None = None) -> Answers:
        """What the hub says as of a day; None for the newest."""
        answers = self.hub.answers
        return {
            "findings": list(answers.findings(REGION, day, include_closed=True)),
            "indicators": list(answers.indicators(REGION, day)),
            "sites": list(answers.sites(REGION, day)),
            "links": list(answers.links(REGION, day)),
            "chain": list(answers.chain(REGION, day)),
            "changes": list(self.hub.intake.changes(REGION, day)),
        }

    def bytes_of_answers(self, day: date | None = None) -> dict[str, list[str]]:
        """The same as `--json` prints it."""
        return {name: [json_line(line) for line in lines] for name, lines in self.answers(day).items()}


def prepare_home(home: Path) -> None:
    """Make a hub that reads the files of these tests."""
    settings = HubSettings(home)
    with Hub.open(settings, say=print):
        mappings = FolderMappings(settings.mappings_folder)
        for spec in SOURCES:
            columns = {each.name: each.name for each in spec.fields} | {ROW_ACTION: ROW_ACTION}
            mappings.put(REGION, LayoutMapping(registry=spec.registry, region=COUNTY, columns=columns))


@contextmanager
def office(prepared: Path) -> Iterator[Office]:
    """An office with a copy of a prepared hub, thrown away afterwards."""
    with TemporaryDirectory(dir=prepared.parent) as folder:
        home = Path(folder) / "home"
        shutil.copytree(prepared, home)
        with Hub.open(HubSettings(home), say=print) as hub:
            yield Office(hub, Path(folder))


def hand_in_all(desk: Office, items: Iterable[Item], *, at_once: bool) -> None:
    """Hand everything in, catching up after each or only at the end."""
    for item in items:
        desk.hand_in(item)
        if not at_once:
            desk.catch_up()
    desk.catch_up()


def keeping_order_of_each_source(items: Sequence[Item], shuffled: Iterable[Item]) -> list[Item]:
    """shuffled, but the files of one register and day in the order they had: it says which one replaces which."""
    waiting = list(items)
    result = []
    for item in shuffled:
        found = next(each for each in waiting if _source(each) == _source(item))
        waiting.remove(found)
        result.append(found)
    return result


def _source(item: Item) -> tuple[object, ...]:
    return (item,) if isinstance(item, date) else (item.registry, item.as_of)
