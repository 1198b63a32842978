"""Which records mean one site, and under which legal person it runs."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub_events.records import CanonicalRecord
from reconciliation.domain.timeline import RecordTimeline, RecordVersion
from reconciliation.linking.facts import RecordFacts, facts_of
from reconciliation.linking.links import LinkedBlock, PairDecision, PairDecisions
from reconciliation.linking.sites import link_block
from tests.reconciliation.histories import filings, institutions, kindergartens, organisations
from tests.reconciliation.rules.made_up import (
    ADDRESS,
    MARCH,
    NAME,
    OWN_CODE,
    REGION,
    a_branch,
    a_company,
    a_filing,
    a_kindergarten,
    a_social_organisation,
    an_institution,
    code_of,
    person,
)

OTHER_NAME, ELSEWHERE = "清河县城关镇向阳幼儿园", "清河县城关镇向阳路9号"
OTHER_CODE = code_of("12", 2)

Decided = Mapping[tuple[str, str], PairDecision]


def facts(**records: CanonicalRecord | list[CanonicalRecord]) -> list[RecordFacts]:
    """Records by id as linking sees them; a list is what the register showed, oldest first."""
    found = []
    for record_id, shown in records.items():
        several = shown if isinstance(shown, list) else [shown]
        days = [MARCH.replace(day=day + 1) for day in range(len(several))]
        versions = [RecordVersion(day, "amended", record, "x") for day, record in zip(days, several, strict=True)]
        found.append(facts_of(RecordTimeline(several[0].registry, record_id, versions), MARCH, REGION))
    return found


def block(decided: Decided | None = None, /, **records: Any) -> LinkedBlock:
    """The records, linked."""
    return link_block(facts(**records), PairDecisions(decided or {}))


def sites(linked: LinkedBlock) -> list[str]:
    """Every site as its records' ids, its legal persons after a slash."""
    return [
        "+".join(sorted(each.record_id for each in site.members))
        + "".join("/" + each.record_id for each in site.legals)
        for site in linked.sites
    ]


def proposed(linked: LinkedBlock) -> list[tuple[str, str]]:
    """The pairs a person is asked about."""
    return [link.pair for link in linked.links if link.link_class == "proposed"]


def basis(linked: LinkedBlock, left: str, right: str) -> str | None:
    """On what two records are linked."""
    return next((link.basis for link in linked.links if link.pair == (left, right)), None)


def test_equal_valid_codes_link() -> None:
    linked = block(e=a_kindergarten(), h=a_filing(), i=an_institution())
    assert sites(linked) == ["e+h/i"]
    assert (basis(linked, "e", "h"), basis(linked, "e", "i"), basis(linked, "h", "i")) == ("code", "code", "code")


def test_a_look_alike_character_does_not_keep_records_apart() -> None:
    misread = OWN_CODE.replace("0", "O", 1)
    linked = block(e=a_kindergarten(), h=a_filing(uscc=misread, name=OTHER_NAME))
    assert sites(linked) == ["e+h"]
    assert basis(linked, "e", "h") == "repaired_code"


def test_name_and_address_link_where_no_code_speaks() -> None:
    linked = block(e=a_kindergarten(uscc=None), h=a_filing(uscc=None), i=an_institution())
    assert sites(linked) == ["e+h/i"]
    assert basis(linked, "e", "i") == "name_address"


def test_a_name_that_nobody_else_has_links_alone() -> None:
    assert sites(block(e=a_kindergarten(uscc=None), h=a_filing(uscc=None, address=None))) == ["e+h"]


def test_a_name_that_two_have_links_nobody_alone() -> None:
    linked = block(
        e=a_kindergarten(uscc=None),
        f=a_kindergarten(uscc=None, address=ELSEWHERE),
        h=a_filing(uscc=None, address=None),
    )
    assert sites(linked) == ["e", "f", "h"]
    assert proposed(linked) == [("e", "h"), ("f", "h")]


def test_the_same_name_at_another_address_is_asked_about_and_not_linked() -> None:
    linked = block(e=a_kindergarten(uscc=None), h=a_filing(uscc=None, address=ELSEWHERE))
    assert sites(linked) == ["e", "h"]
    assert proposed(linked) == [("e", "h")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("清河县第一幼儿园", "清河县第二幼儿园"),
        ("清河县柳林镇中心幼儿园", "清河县柳林镇中心幼儿园杨庄分园"),
        ("清河县柳林镇杨庄村幼儿园", "清河县柳林镇李庄村幼儿园"),
        ("清河县实验幼儿园", "清河县幼儿园"),
    ],
)
def test_ordinals_branches_and_villages_never_match_across(one: str, other: str) -> None:
    linked = block(e=a_kindergarten(uscc=None, name=one), h=a_filing(uscc=None, name=other, address=ADDRESS))
    assert sites(linked) == ["e", "h"]


def test_a_former_name_declared_by_the_education_bureau_links() -> None:
    renamed = a_kindergarten(uscc=None, name=OTHER_NAME, former_name=NAME)
    assert sites(block(e=renamed, h=a_filing(uscc=None))) == ["e+h"]


def test_a_name_that_the_register_showed_before_links() -> None:
    renamed = [an_institution(), an_institution(name="清河县柳林镇艺术幼儿园", address=None)]
    linked = block(e=a_kindergarten(uscc=None, address=None), i=renamed)
    assert sites(linked) == ["e/i"]


def test_the_alias_of_a_filing_links() -> None:
    assert sites(block(e=a_kindergarten(uscc=None), h=a_filing(uscc=None, name="柳林宝贝之家", alias=NAME))) == ["e+h"]


def test_equal_name_and_address_are_one_site_even_when_valid_codes_differ() -> None:
    linked = block(
        e=a_kindergarten(uscc=code_of("52", 1)),
        h=a_filing(uscc=OTHER_CODE),
        c=a_social_organisation(name=NAME, address=ADDRESS),
    )
    assert sites(linked) == ["e+h/c"]


def test_a_legal_person_of_equal_name_and_address_but_another_code_is_not_linked() -> None:
    linked = block(e=a_kindergarten(uscc=code_of("52", 7)), c=a_social_organisation(name=NAME, address=ADDRESS))
    assert sites(linked) == ["e"]
    assert proposed(linked) == [("e", "c")]


def test_a_neighbours_code_does_not_outweigh_name_and_address() -> None:
    """The other kindergarten's E record carries the first one's code; its own legal person has the right one."""
    linked = block(
        e=a_kindergarten(),
        i=an_institution(),
        f=a_kindergarten(school_code="1199000009", name=OTHER_NAME, address=ELSEWHERE),
        j=an_institution(uscc=OTHER_CODE, name=OTHER_NAME, address=ELSEWHERE),
    )
    assert sites(linked) == ["e/i", "f/j"]


def test_a_bureaus_code_links_nobody_to_the_bureau() -> None:
    bureau = an_institution(name="清河县教育和体育局", address="清河县城关镇人民路1号", representative=person("刘局"))
    linked = block(e=a_kindergarten(), i=bureau)
    assert sites(linked) == ["e"]
    assert proposed(linked) == [("e", "i")]


def test_a_company_elsewhere_under_another_name_is_known_by_code_and_person() -> None:
    owner = a_company(uscc=OWN_CODE, address=ELSEWHERE)
    assert sites(block(h=a_filing(representative=person("赵强")), m=owner)) == ["h/m"]
    assert sites(block(h=a_filing(), m=owner)) == ["h"]


def test_declared_branches_run_under_the_main_kindergartens_legal_person_and_stay_sites() -> None:
    linked = block(e=a_kindergarten(), f=a_branch(), i=an_institution())
    assert sites(linked) == ["e/i", "f/i"]
    assert basis(linked, "f", "i") == "main_school"


def test_a_filing_with_the_main_code_and_the_branchs_name_is_the_branchs() -> None:
    filing = a_filing(name=f"{NAME}杨庄分园", address="清河县柳林镇杨庄村8号")
    linked = block(e=a_kindergarten(), f=a_branch(), h=filing, i=an_institution())
    assert sites(linked) == ["e/i", "f+h/i"]


def test_a_filing_with_the_main_code_and_name_at_the_branchs_address_is_the_branchs() -> None:
    filing = a_filing(address="清河县柳林镇杨庄村8号")
    assert sites(block(e=a_kindergarten(), f=a_branch(), h=filing, i=an_institution())) == ["e/i", "f+h/i"]


def test_two_education_records_are_never_one_site() -> None:
    assert sites(block(e=a_kindergarten(), f=a_kindergarten(school_code="1199000007"))) == ["e", "f"]


def test_two_filings_of_one_site_are_both_its() -> None:
    assert sites(block(e=a_kindergarten(), g=a_filing(filing_no="2"), h=a_filing())) == ["e+g+h"]


def test_two_filings_of_a_childcare_centre_are_one_site() -> None:
    assert sites(block(g=a_filing(filing_no="2"), h=a_filing())) == ["g+h"]


def test_two_campuses_of_one_unit_are_not_linked() -> None:
    linked = block(e=a_kindergarten(), g=a_filing(), h=a_filing(address=ELSEWHERE), i=an_institution())
    assert sites(linked) == ["e+g/i", "h/i"]


def test_a_person_overrules_what_records_say() -> None:
    apart = block({("e", "h"): "unlink"}, e=a_kindergarten(), h=a_filing(), i=an_institution())
    assert sites(apart) == ["e/i", "h/i"]
    together = block({("e", "h"): "link"}, e=a_kindergarten(uscc=None), h=a_filing(uscc=None, name=OTHER_NAME))
    assert sites(together) == ["e+h"]
    assert basis(together, "e", "h") == "decision"


def test_a_person_may_say_that_two_education_records_are_one_site() -> None:
    linked = block({("e", "f"): "link"}, e=a_kindergarten(), f=a_kindergarten(school_code="1199000007"))
    assert sites(linked) == ["e+f"]


def test_a_legal_person_kept_apart_is_not_the_sites_through_another_record() -> None:
    linked = block({("e", "i"): "distinct"}, e=a_kindergarten(), h=a_filing(), i=an_institution())
    assert sites(linked) == ["e+h"]
    assert proposed(linked) == []


def test_a_site_is_founded_by_the_record_seen_first_then_by_the_register() -> None:
    [site] = block(e=a_kindergarten(), h=a_filing()).sites
    assert site.founder.record_id == "e"
    later = facts(e=a_kindergarten(), h=a_filing())
    later[0].first_seen = MARCH.replace(day=20)
    [site] = link_block(later, PairDecisions()).sites
    assert site.founder.record_id == "h"


def test_every_link_tells_what_decided_it() -> None:
    linked = block(e=a_kindergarten(), h=a_filing())
    [link] = linked.links
    told = {(value.record_id, value.field): value.value for value in link.evidence}
    assert told["e", "uscc"] == told["h", "uscc"] == OWN_CODE
    assert link.score > block(e=a_kindergarten(uscc=None), h=a_filing()).links[0].score


anybody = st.one_of(kindergartens, filings, institutions, organisations)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(anybody, min_size=1, max_size=9), data=st.data())
def test_linking_does_not_depend_on_the_order_of_records(records: list[CanonicalRecord], data: st.DataObject) -> None:
    named = facts(**{f"r{place}": record for place, record in enumerate(records)})
    one = link_block(named, PairDecisions())
    other = link_block(data.draw(st.permutations(named)), PairDecisions())
    assert sites(one) == sites(other)
    assert [(link.pair, link.basis, link.score) for link in one.links] == [
        (link.pair, link.basis, link.score) for link in other.links
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(anybody, min_size=1, max_size=9))
def test_every_record_is_in_one_site_and_no_site_has_two_known_education_records(
    records: list[CanonicalRecord],
) -> None:
    linked = link_block(facts(**{f"r{place}": record for place, record in enumerate(records)}), PairDecisions())
    placed = [facts.record_id for site in linked.sites for facts in site.members]
    assert len(placed) == len(set(placed))
    assert all(len([each for each in site.educations if each.known]) <= 1 for site in linked.sites)
