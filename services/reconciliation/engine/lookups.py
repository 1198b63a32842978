"""By what rules look records up: cleaned code, core name, school code, and the person named in a filing."""

from typing import Any

from hub_events.records import Registry
from reconciliation.linking.facts import RecordFacts


def code_lookup(code: str) -> str:
    """Under which records with this cleaned code are found."""
    return "code:" + code


def name_lookup(core_name: str) -> str:
    """Under which records with this core name are found."""
    return "name:" + core_name


def school_lookup(school_code: str) -> str:
    """Under which E records with this school code are found."""
    return "school:" + school_code


def person_lookup(digest: str) -> str:
    """Under which H records with this head or health worker are found."""
    return "person:" + digest


def is_person_lookup(lookup: str) -> bool:
    """Whether it finds records by a person: those it finds need share nothing by which records are linked."""
    return lookup.startswith("person:")


def lookups_of(facts: RecordFacts, record: Any) -> frozenset[str]:
    """Everything a record known on the day is found under."""
    found = [name_lookup(facts.core)]
    if facts.received is not None:
        found.append(code_lookup(facts.received))
    if facts.school_code is not None:
        found.append(school_lookup(facts.school_code))
    if facts.registry is Registry.HEALTH:
        for person in (record.head_identity, record.health_worker_identity):
            if person is not None:
                found.append(person_lookup(person.digest))
    return frozenset(found)
