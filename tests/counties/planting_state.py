"""Planted problems of state, capacity, site and deliveries (ST, CA, SP, DQ), and the traps that look like them."""

from datetime import date, timedelta

from tests.counties.codes import start_of_working_days
from tests.counties.making import Maker
from tests.counties.planting import mark, pick, trap
from tests.counties.planting_scope import chain
from tests.counties.world import Address, Site


def gone_and_filed(m: Maker) -> None:
    """ST-01: the legal person is cancelled or revoked while the filing stands."""
    scope = "民办幼儿园（学前教育）；托育服务。"
    made: tuple[tuple[Site, str], ...] = (
        (m.private("market", "已备案", 60, scope=scope), "注销"),
        (m.private("civil", "已备案", 40, scope="学前教育；托育服务。"), "撤销"),
        (m.company("已备案", 50), "吊销"),
    )
    for site, state in made:
        when = m.within(pick(m, 4))
        site.legal_record.change(m.index_of(when) or 1, state=state, approved_on=when)
        mark(m, site, "ST-01", state)
    made[0][0].health[0].change(m.last, state="注销")
    site = m.company("已登记", 50)
    when = m.within(3)
    site.legal_record.change(m.index_of(when) or 1, state="注销", approved_on=when)
    trap(m, site, "ST-01", "not filed")


def certificate_ended(m: Maker) -> None:
    """ST-02: the certificate's end is past; renewed; the last day itself, 长期 and a market term are right."""
    mark(m, m.centre("已登记", 40, certificate_to=m.within(pick(m, 4))), "ST-02", "C")
    ended = m.within(2)
    site = m.public(None, certificate_to=ended)
    site.legal_record.change(pick(m, 5), certificate_to=date(ended.year + 5, ended.month, 1))
    mark(m, site, "ST-02", "B, renewed")
    trap(m, m.centre("已登记", 30, certificate_to=m.world.days[-1]), "ST-02", "ends on the last day")
    trap(m, m.centre("已登记", 30, certificate_to=date.max), "ST-02", "长期")
    trap(m, m.company("已登记", 40, term_to=m.within(3)), "ST-02", "a market register's term is none")


def closed_and_counted(m: Maker) -> None:
    """ST-04: education closed it, health still counts it; cancelled together is right."""
    for state, ended in (("停办", None), ("撤并", pick(m, m.last - 1, 0))):
        site = m.public("已登记", 20)
        site.education_record.change(pick(m, 3), state=state)
        if ended:
            site.health[0].change(ended, state="注销")
        mark(m, site, "ST-04", state)
    site = m.private("civil", "已登记", 40)
    index = pick(m, 3)
    site.education_record.change(index, state="停办")
    site.health[0].change(index, state="注销")
    trap(m, site, "ST-04", "closed in both")


def filing_behind(m: Maker) -> None:
    """ST-05: a new representative or name approved after the filing, until H follows."""
    for followed in (None, m.last - 1):
        site = chain(m, 0)
        when = m.within(pick(m, 4, 0))
        person = m.person()
        site.legal_record.change(m.index_of(when) or 1, representative=person, approved_on=when)
        if followed:
            site.health[0].change(followed, representative=person)
        mark(m, site, "ST-05", "representative newer than the filing")
    site = chain(m, 0)
    when, new = m.within(4), site.name.replace("幼儿园", "艺术幼儿园")
    index = m.index_of(when) or 1
    site.legal_record.change(index, name=new, approved_on=when)
    site.education_record.change(index, name=new, former_name=site.name)
    site.health[0].change(m.last - 1, name=new)
    mark(m, site, "ST-05", "name newer than the filing until H follows")
    site = m.private("civil", "已备案", 30, scope="学前教育；托育服务。")
    when = m.within(3)
    site.legal_record.change(m.index_of(when) or 1, representative=m.person(), approved_on=when)
    mark(m, site, "ST-05", "in the civil register")
    site = chain(m, 0)
    when, new = m.within(4), site.name.replace("幼儿园", "实验幼儿园")
    index = m.index_of(when) or 1
    site.legal_record.change(index, name=new, approved_on=when)
    site.health[0].change(index + 1, name=new)
    mark(m, site, "ST-05 ID-06", "H follows, E never does")


def not_decided(m: Maker) -> None:
    """ST-06: submitted more than five working days ago; five exactly, a notice in time and a receipt are right."""
    index = pick(m, 2)
    for count, note in ((9, "9 wd"), (6, "6 wd"), (5, "5 wd exactly")):
        site = m.company("已登记", 30)
        submitted = start_of_working_days(m.world.days[index], count)
        site.health[0].change(m.index_of(submitted) or 0, state="已提交", submitted_on=submitted)
        filed = m.world.days[index] + timedelta(days=1)
        site.health[0].change(index + 1, state="已备案", filed_on=filed, filing_no=m.filing_no())
        if count > 5:
            mark(m, site, "ST-06", note)
        else:
            trap(m, site, "ST-06", note)
    site = m.centre("已登记", 30)
    site.health[0].change(3, state="已提交")
    mark(m, site, "ST-06", "no day of submission: counted from when it was first seen")
    site.health[0].change(m.last, state="已登记")
    if "notified_on" in m.world.columns.get("health", {"notified_on"}):
        site = m.company("已登记", 30)
        submitted, notified = m.world.days[2] - timedelta(days=8), m.world.days[2] - timedelta(days=1)
        site.health[0].change(2, state="已提交", submitted_on=submitted, notified_on=notified)
        trap(m, site, "ST-06", "notified in time")


def filed_twice(m: Maker) -> None:
    """ST-07: the same site on two filed rows, one of them cancelled later."""
    for ended in (None, m.last - 1):
        site = m.centre("已备案", 45)
        first = site.health[0]
        index = pick(m, 2)
        filed = m.within(index)
        again = {"filing_no": m.filing_no(), "filed_on": filed, "submitted_on": filed - timedelta(days=2)}
        second = m.world.add("health", first.base | again, start=index)
        site.health.append(second)
        if ended:
            second.change(ended, state="注销")
        mark(m, site, "ST-07", "two filed rows")


def capacities(m: Maker) -> None:
    """CA-01 to CA-04 and CA-07."""
    site = m.public("已登记", 40)
    site.education_record.base["places"] = 60
    site.education_record.change(pick(m, 4), places=40)
    mark(m, site, "CA-01", "agreed later")
    site = m.private("civil", "已登记", 60)
    site.education_record.base["places"] = 80
    site.education_record.change(2, places=60).change(4, places=90)
    mark(m, site, "CA-01", "the same finding again")
    site = m.public("已登记", 40)
    site.health[0].base["old_toddler_children"] = 30
    mark(m, site, "CA-02", "the classes hold fewer")
    for name, classes, children in (
        ("infant", 1, 12),
        ("young_toddler", 2, 31),
        ("old_toddler", 1, 24),
        ("mixed", 1, 20),
    ):
        site = m.company("已登记", children)
        for other in ("infant", "young_toddler", "old_toddler", "mixed"):
            site.health[0].base.update({f"{other}_classes": None, f"{other}_children": None})
        site.health[0].base.update({f"{name}_classes": classes, f"{name}_children": children})
        mark(m, site, "CA-03", f"{children} in {classes} {name}")
    site = m.public("已登记", 20)
    site.health[0].change(3, children_in_care=26)
    site.education_record.change(3, children_in_care=26)
    mark(m, site, "CA-04", "E and H")
    site = m.company("已登记", 60)
    for index, children in ((1, 75), (2, 50), (m.last - 1, 66)):
        site.health[0].change(index, children_in_care=children)
    mark(m, site, "CA-04", "twice")
    site = m.home()
    site.health[0].change(2, places=8, mixed_children=8).change(pick(m, 4, 0), places=5, mixed_children=5)
    mark(m, site, "CA-07", "places")
    site = m.home()
    site.health[0].change(3, children_in_care=7)
    mark(m, site, "CA-07 CA-04", "children")


def addresses(m: Maker) -> None:
    """SP-01: another number, road or township; a part that is missing decides nothing."""
    site = m.centre("已登记", 40)
    old: Address = site.health[0].base["address"]
    site.health[0].base["address"] = Address(old.township, old.place, str(int(old.number) + 7))
    mark(m, site, "SP-01", "another house number")
    site = m.company("已登记", 55)
    old = site.health[0].base["address"]
    other = next(road for road in m.place.roads if road != old.place)
    site.health[0].change(2, address=Address(old.township, other, old.number))
    site.health[0].change(pick(m, 5), address=old)
    mark(m, site, "SP-01", "another road, mended")
    site = m.home()
    old = site.health[0].base["address"]
    other = next(town for town in m.place.townships if town != old.township)
    site.health[0].base["address"] = Address(other, old.place, old.number)
    mark(m, site, "SP-01", "another township")
    site = m.company("已登记", 35)
    old = site.health[0].base["address"]
    site.health[0].base["address"] = Address(old.township, old.place, "")
    trap(m, site, "SP-01", "H names no house number")


def branches(m: Maker) -> None:
    """SP-02: the health list gives the main kindergarten's code and the branch's address."""
    main = m.public(None)
    branch = m.branch(main, "已登记", 20)
    main.used = True
    mark(m, branch, "SP-02", "the main's code with the branch's address")
    main = m.public(None)
    branch = m.branch(main, "在册", 20)
    branch.health[0].base["uscc"] = None
    main.used = True
    trap(m, branch, "SP-02", "no code: on record only")


def representatives(m: Maker) -> None:
    """SP-03: another representative; a remark in brackets and a middle dot are none."""
    site = m.home()
    site.health[0].base["representative"] = m.person()
    mark(m, site, "SP-03", "another person")
    site = m.company("已登记", 40)
    person = site.health[0].base["representative"]
    site.health[0].base["representative"] = m.person()
    site.health[0].change(pick(m, 4), representative=person)
    mark(m, site, "SP-03", "mended")
    site = m.public("已登记", 20)
    site.health[0].base["_raw"] = {"representative": site.legal_record.base["representative"] + "（主持工作）"}
    trap(m, site, "SP-03", "a remark in brackets")
    site = m.centre("已登记", 40)
    site.legal_record.base["representative"] = site.health[0].base["representative"] = "阿依古丽·买买提"
    site.health[0].base["_raw"] = {"representative": "阿依古丽•买买提"}
    trap(m, site, "SP-03", "another middle dot")


def absences(m: Maker) -> None:
    """DQ-01: a row absent twice; it returns; once is nothing."""
    site = m.private("civil", None)
    index = pick(m, 2)
    site.education_record.gone |= set(range(index, m.last + 1))
    mark(m, site, "DQ-01", "absent from E for good")
    site = m.station(10)
    site.health[0].gone |= {2, 3}
    mark(m, site, "DQ-01", "absent from H twice, returned")
    body = m.background("civil")
    body.gone |= set(range(3, m.last + 1))
    mark(m, body, "DQ-01", "absent from C")
    site = m.private("market", None)
    site.education_record.gone |= {pick(m, 3)}
    trap(m, site, "DQ-01", "absent from E once")
    site = m.station(12)
    site.health[0].gone |= {2, 4}
    trap(m, site, "DQ-01", "absent from H twice, not in a row")


PLANTS = (
    gone_and_filed, certificate_ended, closed_and_counted, filing_behind, not_decided, filed_twice, capacities,
    addresses, branches, representatives, absences,
)  # fmt: skip
