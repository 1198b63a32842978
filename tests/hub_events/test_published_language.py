"""The published language: names that never change, schemas that match, personal data sealed, old bytes readable."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from hub_events.catalogue import EVENTS, TOPICS
from hub_events.sealed import Sealed
from hub_kernel.counties import COUNTY_TOPIC
from hub_kernel.events import Event
from hub_kernel.serialization.fingerprints import fingerprint_of
from hub_kernel.serialization.schema_files import (
    Difference,
    find_differences,
    load_schemas,
    release_schemas,
    write_schemas,
)
from hub_kernel.serialization.schema_generation import Schema, full_name, schema_of, shape_of
from tests.hub_events.compatibility import failure, failures
from tests.hub_events.samples import CODEC, GOLDEN, encoded_samples, golden_file, golden_values, samples_of

SCHEMAS = Path(__file__).parents[2] / "schemas"
NAMES = Path(__file__).parent / "names.json"
PERSONAL = re.compile(r"(^|_)(principal|representative|person|contact|phone|mobile|telephone|guardian|child_name)s?$")


def models_under(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model in its fields."""
    yield model
    for info in model.model_fields.values():
        shape = shape_of(info.annotation)
        for inner in (shape.items or shape).models:
            yield from models_under(inner)


ALL_MODELS: set[type[BaseModel]] = {model for event in EVENTS for model in models_under(event)}

MODELS: list[type[BaseModel]] = sorted(ALL_MODELS, key=full_name)


def test_names_on_the_wire_are_unique_and_those_of_the_committed_list() -> None:
    names = {
        "events": sorted(f"{event.wire_name} {event.version} {event.topic}" for event in EVENTS),
        "parts": sorted(full_name(model) for model in ALL_MODELS if not issubclass(model, Event)),
        "topics": sorted(TOPICS),
    }
    assert names == json.loads(NAMES.read_text(encoding="utf-8"))
    assert len({full_name(model) for model in ALL_MODELS}) == len(ALL_MODELS)
    assert len(set(TOPICS)) == len(TOPICS)


def test_every_event_travels_on_a_listed_topic_and_the_kernel_knows_the_ordered_one() -> None:
    assert {event.topic for event in EVENTS} == set(TOPICS)
    assert COUNTY_TOPIC in TOPICS


def test_committed_schemas_are_those_of_the_events_and_releases_are_untouched() -> None:
    assert find_differences(SCHEMAS, EVENTS) == []


def test_fingerprints_tell_all_versions_apart() -> None:
    schemas = list(load_schemas(SCHEMAS))
    assert len({fingerprint_of(schema) for schema in schemas}) == len(schemas)


def test_all_versions_of_an_event_read_each_other() -> None:
    assert list(failures(list(load_schemas(SCHEMAS)))) == []


@pytest.mark.parametrize("event", EVENTS, ids=[event.wire_name for event in EVENTS])
def test_the_stored_bytes_of_an_event_are_those_it_still_writes_and_reads(event: type[Event]) -> None:
    stored = golden_values(golden_file(event))
    assert stored == encoded_samples(event), "changed: was it meant? then python -m tests.hub_events.samples"
    assert [CODEC.decode(value) for value in stored] == samples_of(event)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.hex")), ids=lambda path: path.stem)
def test_stored_bytes_of_every_version_are_read_as_the_current_one(path: Path) -> None:
    current = {event.wire_name: event for event in EVENTS}
    read = [CODEC.decode(value) for value in golden_values(path)]
    assert {type(event) for event in read} == {current[path.stem.rpartition(".")[0]]}


@pytest.mark.parametrize("model", MODELS, ids=full_name)
def test_names_and_phones_of_people_travel_sealed(model: type[BaseModel]) -> None:
    for name, info in model.model_fields.items():
        shape = shape_of(info.annotation)
        if PERSONAL.search(name) and (shape.items or shape).scalar is not bool:
            assert (shape.items or shape).models == (Sealed,), f"{full_name(model)}.{name} is not sealed"


def test_the_search_for_personal_fields_finds_them() -> None:
    found = {name for model in ALL_MODELS for name in model.model_fields if PERSONAL.search(name)}
    assert {"principal", "representative", "phone"} <= found


def two_versions(change: Any) -> tuple[Schema, Schema]:
    """A schema and its successor after change."""
    first = schema_of(EVENTS[0])
    second = json.loads(json.dumps(first))
    change(second["fields"])
    return first, second


def test_a_new_field_with_a_default_is_read_both_ways() -> None:
    first, second = two_versions(
        lambda fields: fields.append({"name": "new", "type": ["null", "long"], "default": None})
    )
    assert (failure(first, second), failure(second, first)) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.append({"name": "new", "type": "long"}),
        lambda fields: fields.pop(1),
        lambda fields: fields[1].update(name="renamed"),
        lambda fields: fields[1].update(type="long"),
    ],
    ids=["a field without default", "a field taken away", "a field renamed", "another type"],
)
def test_what_breaks_old_or_new_readers_is_found(change: Any) -> None:
    first, second = two_versions(change)
    assert failure(first, second) or failure(second, first)


def test_a_released_schema_is_never_written_over(tmp_path: Path) -> None:
    changed = {"file": "registry.day_declared.1.avsc"}
    assert len(write_schemas(tmp_path, EVENTS)) == len(EVENTS)
    assert write_schemas(tmp_path, EVENTS) == []
    assert len(release_schemas(tmp_path)) == len(EVENTS)
    assert find_differences(tmp_path, EVENTS) == []
    path = tmp_path / changed["file"]
    path.write_text(path.read_text(encoding="utf-8").replace('"int"', '"long"'), encoding="utf-8")
    assert write_schemas(tmp_path, EVENTS) == []
    problems = {difference.file: difference.problem for difference in find_differences(tmp_path, EVENTS)}
    assert set(problems) == {changed["file"]}
    path.unlink()
    assert Difference(changed["file"], "was released and is gone") in find_differences(tmp_path, EVENTS)


def test_a_change_that_the_fingerprint_does_not_see_is_seen(tmp_path: Path) -> None:
    write_schemas(tmp_path, EVENTS)
    release_schemas(tmp_path)
    path = tmp_path / "registry.extract_noted.1.avsc"
    schema = json.loads(path.read_text(encoding="utf-8"))
    del schema["fields"][-1]["default"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    assert fingerprint_of(schema) in {fingerprint_of(schema_of(event)) for event in EVENTS}
    assert any("has changed" in difference.problem for difference in find_differences(tmp_path, EVENTS))
