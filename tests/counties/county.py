"""A whole made-up county: clean sites, plants, life events, and what must be found on each delivery day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tests.counties import planting_identity, planting_scope, planting_state
from tests.counties.judging import Judge
from tests.counties.making import ORDER, Maker
from tests.counties.places import Place
from tests.counties.planting_scope import chain
from tests.counties.world import Site

_BLOCKING = {"SC-01", "SC-07", "ST-01", "CA-07", "ST-02", "ST-04"}
_PLANTS = (*planting_identity.PLANTS, *planting_scope.PLANTS, *planting_state.PLANTS)


def delivery_days(rng: Random, first: date, count: int) -> tuple[date, ...]:
    """Roughly monthly delivery days: mostly month ends, now and then another day, the last in mid-month."""
    days, month = [], first.year * 12 + first.month - 1
    for step in range(count):
        year, number = divmod(month + step + 1, 12)
        end = date(year, number + 1, 1) - timedelta(days=1)
        days.append(end - timedelta(days=rng.choice((0, 0, 0, 1, 3))))
    days[-1] = days[-1].replace(day=rng.randint(8, 20))
    return tuple(days)


@dataclass
class County:
    """A made-up county and its maker."""

    maker: Maker
    place: Place

    @property
    def days(self) -> tuple[date, ...]:
        """The delivery days."""
        return self.maker.world.days


def make_county(
    seed: int, place: Place, days: tuple[date, ...], *, columns: dict[str, frozenset[str]] | None = None,
    delivered: dict[str, tuple[int, ...]] | None = None, plants: Iterable[Any] = _PLANTS, clean: int = 1,
) -> County:  # fmt: skip
    """A county with every plant once and clean sites around; columns restrict what its layouts can show."""
    maker = Maker(seed, place, days)
    maker.world.columns = columns or {}
    maker.world.delivered = delivered or {}
    for plant in plants:
        plant(maker)
    for _ in range(clean):
        _clean_sites(maker)
    _bodies(maker)
    maker.rng.shuffle(maker.world.records)
    return County(maker, place)


def _clean_sites(m: Maker) -> None:
    made: list[Site] = [chain(m, index, places) for index, places in ((0, 20), (1, 40), (2, 20), (3, 60))]
    made += [
        m.public("已登记", 20),
        m.public("在册", 20),
        m.private("civil", "已登记", 45),
        m.private("market", "在册", 50),
    ]
    made += [
        m.private("civil", "已备案", 60, scope="学前教育；托育服务。"),
        m.home(),
        m.home("已备案", 4),
        m.home("在册", 3),
    ]
    made += [m.station(10), m.station(20), m.company(), m.company("已备案", 90), m.company("在册", 30), m.centre()]
    made += [m.public(None), m.public(None), m.public(None), m.private("civil", None), m.private("market", None)]
    made += [m.branch(made[-5]), m.branch(made[-5]), m.branch(made[-4])]
    made += [_renamed(m), _newcomer(m), _grown(m), _closed(m), _taken_over(m), _filed_centre(m)]
    for site in made:
        site.clean = True


def _renamed(m: Maker) -> Site:
    site, index, new = m.public("已登记", 20), 3, ""
    new = site.name.replace("幼儿园", "第九幼儿园")
    when = m.within(index)
    assert site.legal and site.education
    site.legal.change(index, name=new, approved_on=when)
    site.education.change(index, name=new, former_name=site.name)
    site.health[0].change(index, name=new)
    return site


def _newcomer(m: Maker) -> Site:
    site = m.company("已登记", 40)
    assert site.legal
    site.legal.start = site.health[0].start = 2
    when = m.within(2)
    site.legal.base.update(founded_on=when, approved_on=when)
    site.health[0].base["listed_on"] = when
    return site


def _grown(m: Maker) -> Site:
    site = m.private("civil", "已登记", 40)
    assert site.education
    site.education.change(4, places=60, toddler_class_count=3)
    site.health[0].change(4, places=60, old_toddler_classes=3, old_toddler_children=60)
    return site


def _closed(m: Maker) -> Site:
    site = m.private("market", "已登记", 40)
    assert site.education
    site.education.change(5, state="停办")
    site.health[0].change(5, state="注销")
    return site


def _taken_over(m: Maker) -> Site:
    """Another company takes the site over: its code and name change in H a month after the old one is cancelled."""
    site = m.company("已登记", 65)
    assert site.legal
    when = m.within(3)
    new = m.company("已登记", 10)
    m.world.sites.remove(new)
    m.world.records.remove(new.health[0])
    heir = new.legal
    assert heir
    heir.start = 3
    heir.base.update(address=site.legal.base["address"], representative=site.legal.base["representative"])
    heir.base.update(founded_on=when, approved_on=when)
    site.legal.change(3, state="注销", approved_on=when)
    site.health[0].change(4, name=heir.base["name"], uscc=heir.base["uscc"])
    site.own_legal_from[4] = heir
    return site


def _filed_centre(m: Maker) -> Site:
    address = m.address()
    site = m.site("托育综合服务中心", "托育机构")
    scope = "承担托育服务、业务指导与人员培训。"
    site.legal = m.institution(site.name, address, scope=scope, approved_on=m.before(1300))
    m.health(site, address, 110, "已备案")
    return site


def _bodies(m: Maker) -> None:
    for registry, count in (("institution", 45), ("civil", 18), ("market", 22)):
        for _ in range(count):
            m.background(registry)
    schools = [record for record in m.world.of("institution") if record.base["scope"].startswith("实施")][:8]
    for record in schools:
        reviewed = m.world.days[0] - timedelta(days=m.rng.randint(60, 160))
        m.review(record, "法定代表人", reviewed, reviewed + timedelta(days=14), event=reviewed - timedelta(days=6))


def expected_of(county: County) -> dict[str, Any]:
    """What must be found in the county, in the form of the sample's expected.json (without its incidents)."""
    m, place = county.maker, county.place
    days = [day.isoformat() for day in county.days]
    judges = [Judge(m, index) for index in range(len(days))]
    held = [judge.findings() for judge in judges]
    listed, verified = {}, {}
    for index, day in enumerate(days):
        listed[day], verified[day] = _indicators(m, place, judges[index], held[index])
    names = {site.key: _name(m, site) for site in m.world.sites} | {
        record.key: _shown(m, record.base) for record in m.world.records
    }
    notes = {(plant.site, plant.code): plant.note for plant in m.world.plants if not plant.trap}
    findings = []
    for code, key in sorted(set().union(*held)):
        intervals = _intervals([(code, key) in found for found in held], days)
        findings.append(
            {"code": code, "site": key, "name": names[key], "opened": intervals[-1][0], "closed": intervals[-1][1],
             "intervals": intervals, "note": notes.get((key, code), "")}
        )  # fmt: skip
    traps = [{"code": plant.code, "site": plant.site, "name": names[plant.site], "note": plant.note}
             for plant in m.world.plants if plant.trap]  # fmt: skip
    return {
        "county": place.code, "name": place.name, "extracts": days, "indicators": listed,
        "indicators_verified": verified, "findings": findings, "traps": traps,
        "clean_sites": [site.key for site in m.world.sites if site.clean],
        "sites": [*(_site_entry(m, site) for site in m.world.sites), *_lone_entries(m, findings)],
    }  # fmt: skip


def _intervals(holds: list[bool], days: list[str]) -> list[list[str | None]]:
    intervals: list[list[str | None]] = []
    for before, now, day in zip([False, *holds], holds, days, strict=False):
        if now and not before:
            intervals.append([day, None])
        elif before and not now:
            intervals[-1][1] = day
    return intervals


def _indicators(m: Maker, place: Place, judge: Judge, held: set[tuple[str, str]]) -> tuple[Any, Any]:
    people = _people(place, judge.day)
    counted = [(view, row) for view in judge.views if (row := view.counted) is not None]
    without: dict[str, list[str]] = {}
    for view, _ in counted:
        codes = sorted(code for code, key in held if key == view.site.key and code in _BLOCKING)
        if codes:
            without[view.site.key] = codes
    kept = [(view, row) for view, row in counted if view.site.key not in without]
    lines = [{"site": key, "codes": codes} for key, codes in sorted(without.items())]
    return _sums(counted, people), _sums(kept, people) | {"without": lines}


def _sums(counted: list[Any], people: int | None) -> dict[str, Any]:
    places = sum(row["places"] for _, row in counted)
    along = [ORDER.index(row["state"]) for _, row in counted]
    rate = Decimal(places * 1000) / people if people else None
    public = [view for view, row in counted
              if row["state"] == "已备案" and view.education and view.education["sponsor_code"] != "999"]  # fmt: skip
    return {
        "sites": len(counted), "places": places,
        "per_thousand": float(rate.quantize(Decimal("0.01"), ROUND_HALF_UP)) if rate is not None else None,
        "on_record": len(counted), "registered": sum(step >= 1 for step in along),
        "filed": sum(step == 3 for step in along), "filed_public_kindergartens": len(public),
    }  # fmt: skip


def _people(place: Place, day: date) -> int | None:
    dated = [(_reference(basis), people) for basis, people in place.populations if "户籍" not in basis]
    return max(((on, people) for on, people in dated if on <= day), default=(None, None))[1]


def _reference(basis: str) -> date:
    if "普查" in basis:
        return date(2020, 11, 1)
    return date(int(basis[:4]), 12, 31)


def _name(m: Maker, site: Site) -> str:
    row = site.education.base if site.education else site.health[0].base
    return _shown(m, row | {"name": site.name})


def _shown(m: Maker, row: dict[str, Any]) -> str:
    return (m.place.name if row.get("_prefix") else "") + str(row["name"])


def _site_entry(m: Maker, site: Site) -> dict[str, Any]:
    records = [record for record in (site.education, *site.health) if record]
    rows = [row for record in records for index in range(m.last + 1) if (row := record.at(index))]
    legals = {record.base["uscc"]: record for record in (site.legal, *site.own_legal_from.values()) if record}
    legal_rows = [row for record in legals.values() for index in range(m.last + 1) if (row := record.at(index))]
    return {
        "site": site.key, "name": _name(m, site),
        "school": next((row["school_code"] for row in rows if row.get("school_code")), None),
        "listed": bool(site.health), "legal": site.legal.base["uscc"] if site.legal else None,
        "register": {"institution": "B", "civil": "C", "market": "M"}[site.legal.registry] if site.legal else None,
        "main_school": site.main.education.base["school_code"] if site.main and site.main.education else None,
        "filing_nos": sorted({row["filing_no"] for row in rows if row.get("filing_no")}),
        "codes": sorted({row["uscc"] for row in (*rows, *legal_rows) if row["uscc"]}),
        "names": sorted({_shown(m, row) for row in (*rows, *legal_rows)} | {_name(m, site)}),
    }  # fmt: skip


def _lone_entries(m: Maker, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    keys = {finding["site"] for finding in findings}
    return [
        {"site": record.key, "name": _shown(m, record.base), "school": None, "listed": False,
         "legal": record.base["uscc"], "register": None, "main_school": None, "filing_nos": [],
         "codes": [record.base["uscc"]], "names": [_shown(m, record.base)]}
        for record in m.world.records if record.key in keys
    ]  # fmt: skip
