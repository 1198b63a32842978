"""Made-up histories of a small county, for property tests: its records share codes, names and addresses at times."""

from datetime import date, timedelta

from hypothesis import strategies as st

from hub_events.records import CanonicalRecord, Registry
from hub_kernel.events import Event
from reconciliation.engine.findings import finding_id_of
from tests.reconciliation.deliveries import COUNTY, Batch, Source, accepted, decision, declared, restated
from tests.reconciliation.rules.made_up import (
    SCOPE_AMBIGUOUS,
    SCOPE_WITH,
    SCOPE_WITHOUT,
    a_filing,
    a_kindergarten,
    a_manifest_entry,
    a_population,
    a_published_figure,
    a_review,
    a_social_organisation,
    an_annual_report,
    an_institution,
    code_of,
    person,
)

DAYS = (date(2023, 3, 31), date(2023, 4, 30), date(2023, 5, 31), date(2023, 7, 31))
CODES = (None, code_of("12", 1), code_of("12", 2), code_of("52", 1), code_of("12", 1)[:-1] + "I")
NAMES = (
    "清河县柳林镇中心幼儿园",
    "柳林镇中心幼儿园",
    "清河县柳林镇第二幼儿园",
    "清河县柳林镇中心幼儿园杨庄分园",
    "清河县小天鹅幼儿园",
)
ADDRESSES = (None, "清河县柳林镇育才路12号", "柳林镇育才路12号", "清河县柳林镇杨庄村8号", "清河县东关街道南街3号")
ACCEPTABLE = ("CA-01", "ID-01", "ID-06", "SP-01", "ST-02", "DQ-01")
SCHOOLS = (None, "1199000001", "1199000002", "1199000003")

codes, names, addresses = st.sampled_from(CODES), st.sampled_from(NAMES), st.sampled_from(ADDRESSES)
scopes = st.sampled_from((SCOPE_WITH, SCOPE_WITHOUT, SCOPE_AMBIGUOUS))
places = st.sampled_from((0, 20, 40))

kindergartens = st.builds(
    a_kindergarten,
    uscc=codes,
    name=names,
    address=addresses,
    school_code=st.sampled_from(SCHOOLS),
    former_name=st.sampled_from((None, NAMES[2])),
    is_branch=st.booleans(),
    main_school_code=st.sampled_from((None, SCHOOLS[1])),
    places=places,
    toddler_class_count=st.sampled_from((0, 1)),
    confirmed_on=st.sampled_from((None, date(2023, 1, 10))),
    state=st.sampled_from(("正常", "停办")),
)
filings = st.builds(
    a_filing,
    uscc=codes,
    name=names,
    address=addresses,
    alias=st.sampled_from((None, NAMES[4])),
    places=places,
    representative=st.sampled_from((person("王兰"), person("李平"))),
    head_identity=st.sampled_from((None, person("430281"))),
    state=st.sampled_from(("在册", "已登记", "已提交", "已备案")),
    submitted_on=st.sampled_from((None, date(2023, 3, 15))),
)
institutions = st.builds(
    an_institution,
    uscc=codes,
    name=names,
    address=addresses,
    scope=scopes,
    certificate_to=st.sampled_from((date(2023, 5, 1), date(2026, 5, 1))),
    approved_on=st.sampled_from((date(2023, 2, 20), date(2023, 4, 20))),
    state=st.sampled_from(("正常", "注销")),
)
organisations = st.builds(a_social_organisation, uscc=codes, name=names, address=addresses, scope=scopes)
reviews = st.builds(a_review, uscc=codes, name=names, approved_on=st.sampled_from((None, date(2023, 2, 20))))
populations = st.builds(a_population)
reports = st.builds(an_annual_report, uscc=codes, name=names, result=st.sampled_from(("合格", "未报送")))
figures = st.builds(
    a_published_figure, st.sampled_from(("sites", "filed", "places", "per_thousand")), st.sampled_from(("1", "20"))
)
manifests = st.builds(a_manifest_entry, file=st.just("education.csv"), rows=st.sampled_from((1, 2)))

_KINDS: dict[Registry, st.SearchStrategy[CanonicalRecord]] = {
    Registry.EDUCATION: kindergartens,
    Registry.HEALTH: filings,
    Registry.INSTITUTION: institutions,
    Registry.CIVIL: organisations,
    Registry.REVIEW: reviews,
    Registry.POPULATION: populations,
    Registry.ANNUAL_REPORT: reports,
    Registry.PUBLISHED: figures,
    Registry.MANIFEST: manifests,
}
_SIZES = {
    Registry.EDUCATION: 4,
    Registry.HEALTH: 4,
    Registry.INSTITUTION: 3,
    Registry.CIVIL: 2,
    Registry.REVIEW: 1,
    Registry.POPULATION: 1,
    Registry.ANNUAL_REPORT: 1,
    Registry.PUBLISHED: 1,
    Registry.MANIFEST: 1,
}
RECORD_IDS = tuple(f"{registry.value[:2]}{number}" for registry, size in _SIZES.items() for number in range(size))


@st.composite
def histories(draw: st.DrawFn, taken_back: bool = True) -> list[Batch]:
    """Extracts of all registers day by day, some days declared and some things decided; in order of their days.

    taken_back: now and then an extract of a day is replaced by one that says nothing of some of its records, and
    shows others otherwise.
    """
    sources = {registry: Source(registry) for registry in _KINDS}
    batches: list[Batch] = []
    for day in DAYS:
        for registry, source in sources.items():
            if draw(st.integers(0, 3)) > 0:
                before = dict(source.known)
                batches.append(source.extract(day, _drawn(draw, registry, source)))
                if taken_back and len(batches[-1]) > 1 and draw(st.integers(0, 4)) == 0:
                    batches.append(_replacing(draw, source, before, batches[-1]))
        for _ in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
            batches.append([draw(_decisions(day))])
        if draw(st.integers(0, 4)) == 0:
            batches.append([declared(day + timedelta(days=draw(st.sampled_from((0, 12)))))])
    if not batches or draw(st.booleans()):
        batches.append([declared(date(2023, 9, 30))])
    return batches


def _drawn(draw: st.DrawFn, registry: Registry, source: Source) -> dict[str, CanonicalRecord | None]:
    found: dict[str, CanonicalRecord | None] = {}
    for number in range(_SIZES[registry]):
        record_id = f"{registry.value[:2]}{number}"
        what = draw(st.integers(0, 9))
        if what < 4:
            found[record_id] = draw(_KINDS[registry])
        elif what == 4 and source.known.get(record_id) is not None:
            found[record_id] = None
    return found


def _replacing(draw: st.DrawFn, source: Source, before: dict[str, CanonicalRecord | None], batch: Batch) -> Batch:
    """A file in place of a batch: of its first record and some others as if nothing had been said, or otherwise."""
    day = batch[-1].as_of  # type: ignore[attr-defined]  # an accepted extract
    events: list[Event] = []
    for said in batch[:-1]:
        record_id = said.record_id  # type: ignore[attr-defined]  # a record event
        what = draw(st.sampled_from(("unchanged", "amended", "as it was"))) if events else "unchanged"
        if what == "amended":
            source.known[record_id] = record = draw(_KINDS[source.registry])
            change = "registered" if before.get(record_id) is None else "amended"
            events.append(restated(source.registry, record_id, day, change, record))
        elif what == "unchanged":
            _take_back(source, before, record_id)
            events.append(restated(source.registry, record_id, day, "unchanged"))
    shuffled = draw(st.permutations(events))
    return [*shuffled, accepted(source.registry, day, "replacing", len(events))]


def _take_back(source: Source, before: dict[str, CanonicalRecord | None], record_id: str) -> None:
    if record_id in before:
        source.known[record_id] = before[record_id]
    else:
        del source.known[record_id]


@st.composite
def _decisions(draw: st.DrawFn, day: date) -> Event:
    kind = draw(st.sampled_from(("link", "unlink", "distinct", "alias", "accept")))
    if kind == "accept":
        finding = finding_id_of(COUNTY, draw(st.sampled_from(ACCEPTABLE)), draw(st.sampled_from(RECORD_IDS[:8])))
        expires_on = draw(st.sampled_from((None, *DAYS)))
        value = draw(st.sampled_from((None, "FALSE_POSITIVE")))
        return decision("accept", finding, day=day, value=value, expires_on=expires_on)
    one = draw(st.sampled_from(RECORD_IDS[:12]))
    if kind == "alias":
        return decision("alias", one, day=day, value=draw(names))
    other = draw(st.sampled_from([each for each in RECORD_IDS[:12] if each != one]))
    return decision(kind, one, other, day=day)
