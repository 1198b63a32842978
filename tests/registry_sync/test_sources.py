"""The registers' descriptions are whole, and say of each field only what its record knows."""

import re

import pytest

import registry_sync.topology
from hub_events.records import RECORD_TYPES, Registry
from hub_intake.domain.sources import FieldKind, SourceSpec
from hub_intake.mapping.headings import heading_key

SOURCES = registry_sync.topology.SOURCES


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.registry))
def test_every_field_of_the_record_is_described_once_and_no_other(source: SourceSpec) -> None:
    names = [spec.name for spec in source.fields]
    assert len(set(names)) == len(names)
    assert set(names) == set(source.record_type.model_fields)
    assert source.record_type.registry is source.registry


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.registry))
def test_identities_states_and_relations_speak_of_fields_that_are_there(source: SourceSpec) -> None:
    names = {spec.name for spec in source.fields}
    assert {name for alternative in source.identity for name in alternative} <= names
    assert {name for relation in source.relations for name in (relation.left, relation.right)} <= names
    if source.state_field is not None:
        state = source.field(source.state_field)
        assert state.kind is FieldKind.WORD
        assert state.required
        assert source.active_states & state.words.keys()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.registry))
def test_a_strong_heading_names_one_field_first(source: SourceSpec) -> None:
    first = [heading_key(spec.headings[0]) for spec in source.fields]
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.registry))
def test_patterns_can_be_read(source: SourceSpec) -> None:
    assert all(re.compile(spec.pattern) for spec in source.fields if spec.pattern is not None)


def test_every_register_but_educations_comes_in_here() -> None:
    described = [source.registry for source in SOURCES]
    assert set(described) == {record.registry for record in RECORD_TYPES} - {Registry.EDUCATION}
    assert len(set(described)) == len(described)
