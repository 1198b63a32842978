"""The committed schemas: one .avsc an event version, and the list of those that a release has frozen."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from hub_kernel.events import Event
from hub_kernel.serialization.fingerprints import content_hash, fingerprint_of
from hub_kernel.serialization.schema_generation import Schema, schema_of

RELEASED = "released.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a committed schema file has otherwise than the events or the releases say."""

    file: str
    problem: str


def file_name(schema: Schema) -> str:
    """The name of the file of an event's schema: wire name and version."""
    return f"{schema['name']}.{schema['version']}.avsc"


def load_schemas(folder: Traversable) -> Iterator[Schema]:
    """Every committed schema in folder, in order of file name."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".avsc"):
            yield json.loads(file.read_text(encoding="utf-8"))


def write_schemas(folder: Path, events: Sequence[type[Event]]) -> list[str]:
    """Write the schema of each event's current version and give the names of the files that changed.

    A released schema is never written over: the difference stays for find_differences to tell.
    """
    frozen = {entry["file"] for entry in _released(folder)}
    changed = []
    for schema in map(schema_of, events):
        path, text = folder / file_name(schema), _text(schema)
        if file_name(schema) not in frozen and (not path.exists() or path.read_text(encoding="utf-8") != text):
            path.write_text(text, encoding="utf-8")
            changed.append(path.name)
    return changed


def release_schemas(folder: Path) -> list[str]:
    """Freeze every committed schema that is not frozen yet, and give the names of their files."""
    released = _released(folder)
    known = {entry["file"] for entry in released}
    new = [_entry(schema) for schema in load_schemas(folder) if file_name(schema) not in known]
    (folder / RELEASED).write_text(_text([*released, *new]), encoding="utf-8")
    return [entry["file"] for entry in new]


def find_differences(folder: Path, events: Sequence[type[Event]]) -> list[Difference]:
    """Where the committed schemas are not those of the events, or not what was released."""
    committed = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.avsc"))}
    return [*_drift(committed, events), *_changed_releases(committed, _released(folder))]


def _drift(committed: dict[str, Schema], events: Sequence[type[Event]]) -> Iterator[Difference]:
    for schema in map(schema_of, events):
        name = file_name(schema)
        if name not in committed:
            yield Difference(name, "is not committed")
        elif committed[name] != schema:
            yield Difference(name, "is not what the event model says")


def _changed_releases(committed: dict[str, Schema], released: list[dict[str, str]]) -> Iterator[Difference]:
    for entry in released:
        schema = committed.get(entry["file"])
        if schema is None:
            yield Difference(entry["file"], "was released and is gone")
        elif _entry(schema) != entry:
            yield Difference(entry["file"], "was released and has changed: give the event a new version instead")


def _entry(schema: Schema) -> dict[str, str]:
    return {
        "file": file_name(schema),
        "fingerprint": fingerprint_of(schema).hex(),
        "sha256": content_hash(schema),
    }


def _released(folder: Path) -> list[dict[str, str]]:
    file = folder / RELEASED
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else []


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
