"""Planted problems of scope and order (SC-01 to SC-08), and the traps that look like them."""

from datetime import timedelta

from tests.counties.codes import start_of_working_days
from tests.counties.making import AMBIGUOUS, EXCLUDED, Maker
from tests.counties.planting import mark, pick, trap
from tests.counties.world import Site


def filed_without_scope(m: Maker) -> None:
    """SC-01: filed for good, until the scope follows or filing is cancelled, under ambiguous and excluding words."""
    site = m.public("已登记", 20)
    m.file(site, m.within(2))
    mark(m, site, "SC-01", "never changed its scope")
    site = m.public("已登记", 40)
    m.file(site, m.within(2))
    approved = m.within(4)
    m.change_scope(site, approved, reviewed=approved - timedelta(days=m.rng.randint(12, 25)))
    mark(m, site, "SC-01 SC-05", "changed its scope after the filing")
    site = m.public("已登记", 20)
    m.file(site, m.within(1))
    site.health[0].change(pick(m, 4), state="注销")
    mark(m, site, "SC-01", "the filing was cancelled")
    site = m.public("已登记", 20)
    when = m.within(2)
    site.legal_record.change(m.index_of(when) or 0, scope=m.rng.choice(AMBIGUOUS), approved_on=when)
    m.file(site, m.within(3))
    mark(m, site, "SC-01 SC-06", "ambiguous is not childcare in scope")
    site = m.public("已登记", 20, scope=EXCLUDED[0])
    m.file(site, m.within(3))
    mark(m, site, "SC-01", "the scope excludes childcare")


def changed_and_not_filed(m: Maker) -> None:
    """SC-02: more than sixty days after the change; closed by the filing; sixty days exactly are not yet too many."""
    site = m.public("已登记", 20)
    approved = m.within(1)
    m.change_scope(site, approved, reviewed=approved - timedelta(days=18))
    mark(m, site, "SC-02", "by the review list")
    site = m.public("已登记", 20)
    m.change_scope(site, m.within(1))
    mark(m, site, "SC-02", "by the register's own date")
    site = m.public("已登记", 60)
    approved = m.within(1)
    m.change_scope(site, approved, reviewed=approved - timedelta(days=15))
    m.file(site, m.within(m.last - 1))
    mark(m, site, "SC-02", "filed in the end")
    site = m.public("已登记", 20, scope="幼儿保育；托育服务。", approved_on=m.world.days[1] - timedelta(days=45))
    mark(m, site, "SC-02", "childcare in scope from the first delivery on")
    middle = pick(m, 4)
    approved = m.world.days[middle] - timedelta(days=60)
    if m.index_of(approved) != 0:
        site = m.public("已登记", 20)
        m.change_scope(site, approved)
        m.file(site, m.world.days[middle] + timedelta(days=4))
        trap(m, site, "SC-02", "sixty days exactly")
    trap(m, m.public("已登记", 20, scope=EXCLUDED[1]), "SC-02", "不含托育 in the scope")


def confirmed_and_not_changed(m: Maker) -> None:
    """SC-03: more than sixty working days after education's confirmation; ended by the change or by a filing."""
    for ended in ("", "changed", "filed"):
        site = m.public("已登记", 20)
        m.confirm(site, m.world.days[0] - timedelta(days=m.rng.randint(2, 9)))
        if ended == "changed":
            m.change_scope(site, m.within(m.last - 1))
            mark(m, site, "SC-03", "the scope followed at last")
        elif ended == "filed":
            m.file(site, m.within(m.last - 1))
            mark(m, site, "SC-03 SC-01", "filed without the scope: SC-01 says it")
        else:
            mark(m, site, "SC-03", "the registrar did nothing")
    site = m.public("已登记", 20)
    m.review(site.legal_record, "宗旨和业务范围", m.world.days[0] - timedelta(days=5), None)
    mark(m, site, "SC-03", "confirmed by the sponsor's review only")
    site = m.public("已登记", 20)
    index = min(m.last, 4)
    confirmed = start_of_working_days(m.world.days[index], 60)
    m.confirm(site, confirmed)
    if index < m.last:
        m.change_scope(site, m.world.days[index] + timedelta(days=1))
        m.file(site, m.world.days[index] + timedelta(days=6))
    trap(m, site, "SC-03", "sixty working days exactly")


def changed_and_no_class(m: Maker) -> None:
    """SC-04: scope without toddler class at two extracts; a class opened; a branch that has the class."""
    site = m.public(None)
    m.change_scope(site, m.within(m.last - 1))
    mark(m, site, "SC-04", "no toddler class")
    site = m.public(None)
    m.change_scope(site, m.within(m.last - 1))
    site.education_record.change(m.last, toddler_class_count=1, places=20, children_in_care=9)
    mark(m, site, "SC-04", "a toddler class opened")
    site = m.public(None, scope="幼儿保育；托育服务。", approved_on=m.world.days[0] - timedelta(days=10))
    mark(m, site, "SC-04 SC-02", "childcare in scope from the first delivery on: the second extract decides")
    main = m.public(None)
    branch = m.branch(main, None, 20)
    m.change_scope(main, m.within(m.last - 1))
    trap(m, main, "SC-04", "the branch has the toddler class")
    branch.used = True


def wrong_order(m: Maker) -> None:
    """SC-05: the change before education's confirmation; the filing before the change though both came at once."""
    site = m.public("已登记", 20)
    approved = m.world.days[3] - timedelta(days=m.rng.randint(0, 9))
    m.change_scope(site, approved)
    m.confirm(site, m.within(4))
    m.file(site, m.world.days[4] + timedelta(days=3))
    mark(m, site, "SC-05", "confirmed after the change")
    site = m.public("已登记", 20)
    index = pick(m, 3)
    approved = m.world.days[index] - timedelta(days=2)
    m.change_scope(site, approved, reviewed=approved - timedelta(days=20))
    m.file(site, approved - timedelta(days=3))
    mark(m, site, "SC-05", "filed three days before the change, known together")
    trap(m, chain(m, 1), "SC-05", "the order is right")


def chain(m: Maker, index: int, places: int = 20) -> Site:
    """A public kindergarten that goes the right way: confirmed, changed, filed."""
    site = m.public("已登记", places)
    confirmed = m.within(index)
    m.confirm(site, confirmed)
    approved = confirmed + timedelta(days=m.rng.randint(16, 30))
    m.change_scope(site, approved, reviewed=confirmed if m.rng.random() < 0.7 else None)
    m.file(site, approved + timedelta(days=m.rng.randint(5, 12)))
    return site


def loose_words(m: Maker) -> None:
    """SC-06: ambiguous words with a toddler class, mended; without class they are nobody's business."""
    site = m.private("civil", None, 20, scope=m.rng.choice(AMBIGUOUS))
    when = m.within(4)
    site.legal_record.change(m.index_of(when) or 1, scope="学前教育；托育服务。", approved_on=when)
    mark(m, site, "SC-06", "mended")
    mark(m, m.public("已登记", 20, scope=AMBIGUOUS[0]), "SC-06", "has a toddler class")
    trap(m, m.private("market", None, scope=AMBIGUOUS[2]), "SC-06", "has no toddler class and no filing")


def filed_without_scope_elsewhere(m: Maker) -> None:
    """SC-07: filed companies and non-profits without childcare in scope."""
    site = m.company("已登记", 70, scope="健康咨询服务（不含诊疗服务）；玩具销售。")
    m.file(site, m.within(3))
    mark(m, site, "SC-07", "a company")
    site = m.private("civil", "已登记", 40)
    m.file(site, m.within(2))
    when = m.within(5)
    site.legal_record.change(m.index_of(when) or 1, scope="学前教育；幼儿保育；托育服务。", approved_on=when)
    mark(m, site, "SC-07", "the scope followed")
    site = m.private("market", "已登记", 60, scope="民办幼儿园（学前教育）；托育服务。")
    m.file(site, m.within(2))
    trap(m, site, "SC-07", "childcare in scope")


def late_registration(m: Maker) -> None:
    """SC-08: a change registered more than thirty working days after the event; thirty exactly are allowed."""
    for count, note in ((43, "43 wd after the event"), (31, "31 wd after the event"), (30, "30 wd exactly")):
        site = m.public(None)
        approved = m.within(pick(m, 4))
        event = start_of_working_days(approved, count)
        reviewed = approved - timedelta(days=m.rng.randint(8, 14))
        m.review(site.legal_record, "法定代表人", reviewed, approved, event=event)
        person = m.person()
        site.legal_record.change(m.index_of(approved) or 1, representative=person, approved_on=approved)
        if count > 30:
            mark(m, site, "SC-08", note)
        else:
            trap(m, site, "SC-08", note)


PLANTS = (
    filed_without_scope, changed_and_not_filed, confirmed_and_not_changed, changed_and_no_class, wrong_order,
    loose_words, filed_without_scope_elsewhere, late_registration,
)  # fmt: skip
