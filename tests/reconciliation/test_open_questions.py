"""Who is left without a partner by codes, names and addresses is linked or asked about by weight, in any order."""

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub_events.records import CanonicalRecord
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.engine.decisions import NONE_IN_FORCE, DecisionsInForce
from reconciliation.engine.linkage import Linkage
from reconciliation.linking.links import PairDecision, PairDecisions
from tests.reconciliation.rules.made_up import (
    MARCH,
    REGION,
    a_filing,
    a_kindergarten,
    a_social_organisation,
    an_institution,
    code_of,
    person,
)

CODE, ANOTHER = code_of("52", 7), code_of("12", 8)
SLIP = CODE[:9] + CODE[10] + CODE[9] + CODE[11:]  # two characters exchanged
NAME, CLIPPED = "清河县柳林镇小天鹅幼儿园", "柳林小天鹅幼儿园(普惠)"
PLACE, ANOTHER_SPELLING = "清河县柳林镇育才路12号", "柳林镇育才路十二号"

Changes = Mapping[str, CanonicalRecord | None]


def relinked(linkage: Linkage, changes: Changes, decisions: DecisionsInForce = NONE_IN_FORCE) -> Linkage:
    """The county after these records came, changed or (None) went."""
    taken = {
        record_id: None
        if record is None
        else RecordTimeline(record.registry, record_id, [RecordVersion(MARCH, "registered", record, "x")])
        for record_id, record in changes.items()
    }
    linkage.relink(taken, MARCH, decisions, ())
    return linkage


def link_of(linkage: Linkage, left: str, right: str) -> tuple[str, str] | None:
    """Class and basis of the link between two records."""
    link = linkage.links.get((left, right))
    return None if link is None else (link.link_class, link.basis)


def decided(decision: PairDecision, *pair: str) -> DecisionsInForce:
    """One decision about two records."""
    one, other = sorted(pair)
    return DecisionsInForce(PairDecisions({(one, other): decision}))


def county(**records: CanonicalRecord) -> Linkage:
    """A county with these records."""
    return relinked(Linkage(REGION), records)


def test_a_code_with_exchanged_characters_and_a_clipped_name_are_linked_by_weight() -> None:
    linkage = county(
        e1=a_kindergarten(name=CLIPPED, uscc=SLIP, address=ANOTHER_SPELLING, principal=person("王红英")),
        c1=a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
    )
    assert link_of(linkage, "e1", "c1") == ("auto", "evidence")
    assert linkage.subjects["e1"].legal[0].record_id == "c1"


def test_a_link_by_weight_tells_codes_names_and_addresses() -> None:
    linkage = county(
        e1=a_kindergarten(name=CLIPPED, uscc=SLIP, address=ANOTHER_SPELLING, principal=person("王红英")),
        c1=a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
    )
    told = [(each.field, each.value) for each in linkage.links["e1", "c1"].evidence]
    assert told == [
        ("uscc", SLIP),
        ("uscc", CODE),
        ("name", CLIPPED),
        ("name", NAME),
        ("address", ANOTHER_SPELLING),
        ("address", PLACE),
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("清河县第一幼儿园", "清河县第二幼儿园"), ("柳林镇中心幼儿园杨庄分园", "柳林镇中心幼儿园")]
)
def test_no_weight_makes_one_site_of_two_ordinals_or_of_a_branch_and_its_main_kindergarten(
    one: str, other: str
) -> None:
    linkage = county(
        e1=a_kindergarten(name=one, uscc=None, address=PLACE, phone=person("5550123"), principal=person("王红英")),
        h1=a_filing(name=other, uscc=None, address=PLACE, phone=person("5550123"), representative=person("王红英")),
    )
    assert link_of(linkage, "e1", "h1") != ("auto", "evidence")
    assert linkage.subject_of["e1"] != linkage.subject_of["h1"]


def test_two_valid_codes_that_differ_are_two_legal_persons_whatever_the_weight() -> None:
    linkage = county(
        e1=a_kindergarten(name=CLIPPED, uscc=code_of("52", 9), address=PLACE, principal=person("王红英")),
        c1=a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
    )
    assert link_of(linkage, "e1", "c1") != ("auto", "evidence")


def test_a_neighbours_code_is_outweighed() -> None:
    linkage = county(
        e1=a_kindergarten(name=CLIPPED, uscc=ANOTHER, address=ANOTHER_SPELLING, principal=person("王红英")),
        c1=a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
        i1=an_institution(name="清河县城关镇第一小学", uscc=ANOTHER, address="清河县城关镇学府路1号"),
    )
    assert link_of(linkage, "e1", "c1") == ("auto", "evidence")


@pytest.mark.parametrize("decision", ["unlink", "distinct"])
def test_a_person_overrules_the_weights_and_is_not_asked_again(decision: PairDecision) -> None:
    linkage = relinked(
        Linkage(REGION),
        {
            "e1": a_kindergarten(name=CLIPPED, uscc=SLIP, address=ANOTHER_SPELLING, principal=person("王红英")),
            "c1": a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
        },
        decided(decision, "e1", "c1"),
    )
    assert link_of(linkage, "e1", "c1") is None


def test_a_link_by_weight_ends_when_its_record_is_gone() -> None:
    linkage = county(
        e1=a_kindergarten(name=CLIPPED, uscc=SLIP, address=ANOTHER_SPELLING, principal=person("王红英")),
        c1=a_social_organisation(name=NAME, uscc=CODE, address=PLACE, representative=person("王红英")),
    )
    relinked(linkage, {"c1": None})
    assert not linkage.links
    assert linkage.subjects.keys() == {"e1"}


NAMES = (
    NAME,
    CLIPPED,
    "小天额幼儿园",
    "柳林镇中心园",
    "清河县柳林镇中心幼儿园",
    "清河县启航托育中心",
    "启航幼儿园",
    "清河县第一实验幼儿园",
    "第一实验幼",
)
CODES = (None, CODE, SLIP, ANOTHER, ANOTHER[:-1] + "I", "11990121MB0000017A", "0" * 18)
PLACES = (None, PLACE, ANOTHER_SPELLING, "清河县柳林镇杨庄村8号", "清河县东关街道南街3号")
KINDS = (a_kindergarten, a_filing, an_institution, a_social_organisation)


def drawn(random: Random, kind: int) -> CanonicalRecord:
    """A record that shares something with many others."""
    who = person(random.choice(("张三丰", "李四光", "王五军"))) if random.random() < 0.5 else None
    role = "principal" if kind == 0 else "representative"
    shown = {"name": random.choice(NAMES), "uscc": random.choice(CODES), "address": random.choice(PLACES), role: who}
    return KINDS[kind](**shown)


def state(linkage: Linkage) -> object:
    """Everything that linking says of a county."""
    links = {pair: (link.link_class, link.basis, link.score) for pair, link in linkage.links.items()}
    return links, linkage.subject_of, linkage.holders, linkage.subjects.keys()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32 - 1))
def test_any_order_and_any_batches_give_the_links_of_all_records_at_once(seed: int) -> None:
    random = Random(seed)
    kinds = {f"r{number}": random.randrange(len(KINDS)) for number in range(random.choice((6, 12, 24)))}
    last = {record_id: drawn(random, kind) for record_id, kind in kinds.items()}
    linkage = Linkage(REGION)
    for _ in range(random.randrange(5)):  # what was there before, and went or changed since
        some = random.sample(sorted(kinds), random.randint(1, len(kinds)))
        relinked(linkage, {each: drawn(random, kinds[each]) if random.random() < 0.8 else None for each in some})
    for batch in in_batches(random, sorted(kinds)):
        relinked(linkage, {each: last[each] for each in batch})
    assert state(linkage) == state(relinked(Linkage(REGION), last))


def in_batches(random: Random, record_ids: Sequence[str]) -> list[list[str]]:
    """The records in any order, some at a time."""
    left = random.sample(record_ids, len(record_ids))
    found = []
    while left:
        size = random.randint(1, len(left))
        found.append(left[:size])
        left = left[size:]
    return found
