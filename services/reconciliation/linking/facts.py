"""What linking knows of one record as of a day: cleaned codes, names, address and people, ready to be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from hub_events.findings import EvidenceValue
from hub_events.records import Registry
from hub_vocabulary.addresses import Address, address_key, parse_address
from hub_vocabulary.credit_code import clean_code, is_valid, suggest_repair
from hub_vocabulary.divisions import Region
from hub_vocabulary.names import branch_part, core_name
from reconciliation.domain.timeline import RecordTimeline
from reconciliation.rules.facts import PRIVATE_SPONSOR

LEGAL = frozenset({Registry.INSTITUTION, Registry.CIVIL, Registry.MARKET})
LINKED = frozenset({Registry.EDUCATION, Registry.HEALTH}) | LEGAL
NAMING = frozenset({Registry.REVIEW, Registry.ANNUAL_REPORT})  # lists whose rows name a subject and are none
STANDING_ALONE = frozenset({Registry.PUBLISHED, Registry.MANIFEST})  # each row is a subject of its own

# The order in which registers found a site, name it and are listed.
REGISTRY_ORDER: dict[Registry, int] = {
    registry: place
    for place, registry in enumerate(
        (
            Registry.EDUCATION,
            Registry.HEALTH,
            Registry.INSTITUTION,
            Registry.CIVIL,
            Registry.MARKET,
            Registry.REVIEW,
            Registry.ANNUAL_REPORT,
            Registry.PUBLISHED,
            Registry.MANIFEST,
            Registry.POPULATION,
        )
    )
}

_SEVERAL_NAMES = re.compile(r"[、，,;；/\n]+")


@dataclass(slots=True, eq=False)
class RecordFacts:
    """A record as linking sees it; a withdrawn one (known is False) by its last known values.

    core is the core name of the present name; aliases are core names that a register or a person declared,
    former those that this register showed before. code is the valid code, as received or (is_repaired) as the
    one look-alike substitution gives it; received is the cleaned code, valid or not. people holds digests, person
    the one of them who represents it. nature and care are what the record says of itself, as the weights read it.
    keys are what it may share with others.
    """

    registry: Registry
    record_id: str
    first_seen: date
    known: bool
    name: str
    core: str
    region: Region
    address_text: str | None = None
    address_key: str = ""
    former_addresses: tuple[str, ...] = ()
    received: str | None = None
    code: str | None = None
    is_repaired: bool = False
    aliases: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    person: str = ""
    phone: str | None = None
    nature: str = ""
    care: str = ""
    school_code: str | None = None
    main_school_code: str | None = None
    is_branch: bool = False
    keys: frozenset[str] = frozenset()
    shown: dict[str, EvidenceValue] | None = None

    @property
    def address(self) -> Address | None:
        """The parts of the address, None where there is none."""
        return None if self.address_text is None else parse_address(self.address_text, self.region)

    @property
    def branch(self) -> str | None:
        """The branch that the name designates."""
        return branch_part(self.name)

    @property
    def founding_order(self) -> tuple[date, int, str]:
        """What decides who founds a site: first seen, then the register, then the id."""
        return (self.first_seen, REGISTRY_ORDER[self.registry], self.record_id)

    @property
    def is_declared_branch(self) -> bool:
        """Whether the record names a main kindergarten, or says that it is a branch."""
        return self.is_branch or (self.main_school_code is not None and self.main_school_code != self.school_code)

    def evidence(self, name: str) -> EvidenceValue:
        """A field of this record as evidence; made once."""
        if self.shown is None:
            self.shown = {}
        made = self.shown.get(name)
        if made is None:
            made = EvidenceValue(registry=self.registry, record_id=self.record_id, field=name, value=self._told(name))
            self.shown[name] = made
        return made

    def _told(self, name: str) -> str | None:
        told: str | None = getattr(self, _OTHERWISE_CALLED.get(name, name))
        return told


# Fields of records that facts call otherwise.
_OTHERWISE_CALLED = {"uscc": "received", "address": "address_text"}


def facts_of(timeline: RecordTimeline, day: date, region: Region, decided_names: Iterable[str] = ()) -> RecordFacts:
    """The facts of a record as of day; decided_names are aliases that a person decided.

    Raises ValueError for a record that was not known by day.
    """
    last = timeline.last_known(day)
    if last is None or last.record is None:
        raise ValueError(f"{timeline.record_id} is not known by {day}")
    record: Any = last.record
    newest = timeline.version_at(day)
    facts = RecordFacts(
        registry=timeline.registry,
        record_id=timeline.record_id,
        first_seen=timeline.first_seen,
        known=newest is not None and newest.record is not None,
        name=record.name,
        core=core_name(record.name, region),
        region=region,
    )
    _set_code(facts, record.uscc)
    if timeline.registry in LINKED:
        _set_place(facts, record, region)
        _set_people(facts, record)
        _set_names(facts, record, region, decided_names)
        if len(timeline.versions) > 1:
            _set_former(facts, timeline, day, region)
    facts.keys = frozenset(keys_of(facts))
    return facts


# A core name this short (a lone 幼儿园 is three) says nothing about who is meant.
_SHORTEST_NAME = 2

_BUREAU = "11"  # the class of administrative organs
_DISTINCT_CHARACTERS = 3

_HOUSE_NUMBER = re.compile(r"\d号")


def keys_of(facts: RecordFacts) -> Iterator[str]:
    """What a record may share with others: valid or repaired code, names, school codes, a full address.

    Records that share no key, directly or through others, never influence each other's links.
    """
    if facts.code is not None:
        yield "code:" + facts.code
    for name in (facts.core, *facts.aliases, *facts.former):
        if len(name) >= _SHORTEST_NAME:
            yield "name:" + name
    if facts.school_code is not None:
        yield "school:" + facts.school_code
    if facts.main_school_code is not None:
        yield "school:" + facts.main_school_code
    if facts.address_key and _HOUSE_NUMBER.search(facts.address_key):
        yield "address:" + facts.address_key


def _set_code(facts: RecordFacts, uscc: str | None) -> None:
    if uscc is None:
        return
    facts.received, facts.code, facts.is_repaired = _cleaned_code(uscc)


@lru_cache(maxsize=65536)
def _cleaned_code(uscc: str) -> tuple[str | None, str | None, bool]:
    """The cleaned code, the valid one, and whether it had to be repaired.

    A bureau's code, which stands in many rows by mistake, and one of zeros only say nothing about who is meant.
    """
    cleaned = clean_code(uscc)
    if cleaned is None or cleaned.startswith(_BUREAU) or len(set(cleaned)) < _DISTINCT_CHARACTERS:
        return cleaned, None, False
    if is_valid(cleaned):
        return cleaned, cleaned, False
    repaired = suggest_repair(cleaned)
    return cleaned, repaired, repaired is not None


def _set_place(facts: RecordFacts, record: Any, region: Region) -> None:
    text = record.address
    if not text:
        return
    facts.address_text = text
    facts.address_key = address_key(text, region)


def _set_people(facts: RecordFacts, record: Any) -> None:
    # Not every register has these fields, and pydantic takes its time to say so.
    shown = record.__dict__.get
    sealed = (shown("representative"), shown("principal"))
    digests = [person.digest for person in sealed if person is not None]
    facts.people, facts.person = frozenset(digests), digests[0] if digests else ""
    phone = shown("phone")
    facts.phone = phone.digest if phone is not None else None


def _set_names(facts: RecordFacts, record: Any, region: Region, decided_names: Iterable[str]) -> None:
    declared: list[str] = list(decided_names)
    if facts.registry is Registry.EDUCATION:
        facts.school_code = record.school_code
        facts.main_school_code = record.main_school_code
        facts.is_branch = record.is_branch is True
        facts.nature = _nature(record.sponsor_code)
        facts.care = "" if record.toddler_class_count is None else str(record.toddler_class_count)
        declared += _names_in(record.former_name)
    elif facts.registry is Registry.HEALTH:
        facts.nature = record.nature or ""
        declared += _names_in(record.alias)
    if declared:
        facts.aliases = _cores(declared, region) - {facts.core}


def _nature(sponsor_code: str | None) -> str:
    if not sponsor_code:
        return ""
    return "民办" if sponsor_code == PRIVATE_SPONSOR else "公办"


def _names_in(text: str | None) -> Sequence[str]:
    return [name for name in _SEVERAL_NAMES.split(text) if name.strip()] if text else ()


def _cores(names: Iterable[str], region: Region) -> frozenset[str]:
    return frozenset(core for core in (core_name(name, region) for name in names) if core)


def _set_former(facts: RecordFacts, timeline: RecordTimeline, day: date, region: Region) -> None:
    """Earlier names and addresses of the register: a record renamed in one register only still links through them."""
    records: list[Any] = [version.record for version in timeline.until(day) if version.record is not None]
    facts.former = _cores({record.name for record in records}, region) - {facts.core}
    places = {record.address for record in records if record.address}
    facts.former_addresses = tuple(sorted({address_key(place, region) for place in places} - {facts.address_key}))
