"""The rules a second time, plainly, over a made-up county's true links: what must be found as of each day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.counties.codes import is_valid, working_days
from tests.counties.making import AMBIGUOUS, EXCLUDED, NO_CHILDCARE, ORDER, Maker
from tests.counties.world import Record, Row, Site

_ACTIVE_LEGAL = ("正常", "存续", "在业")
_GONE_LEGAL = ("注销", "撤销", "吊销")
_SUFFIXES = ("有限责任公司", "有限公司")
_ROLE = {"institution": "1", "civil": "5", "market": "9"}
CHILDCARE_WORDS = ("托育", "托班", "婴幼儿照护", "3岁以下婴幼儿", "三岁以下", "0-3岁", "2—3岁")

Finding = tuple[str, str]  # rule code, subject key


def core(name: str) -> str:
    """A name of the made-up county without its legal form; truth holds names without the county's prefix."""
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name


def verdict(scope: str | None) -> str:
    """Whether a made-up scope shows childcare: positive, ambiguous or none."""
    if not scope or scope in NO_CHILDCARE or scope in EXCLUDED:
        return "none"
    if scope in AMBIGUOUS:
        return "ambiguous"
    return "positive" if any(word in scope for word in CHILDCARE_WORDS) else "none"


@dataclass
class SiteView:
    """A site as known at a day index."""

    site: Site
    education: Row | None
    health: list[tuple[Record, Row]]
    legal_record: Record | None
    legal: Row | None

    @property
    def filed(self) -> list[Row]:
        """The filed rows, the earliest filed first."""
        rows = [row for _, row in self.health if row["state"] == "已备案"]
        return sorted(rows, key=lambda row: row["filed_on"] or date.max)

    @property
    def counted(self) -> Row | None:
        """The row by which indicators count the site: the furthest along, then the earliest filed."""
        rows = [row for _, row in self.health if row["state"] in ORDER]
        return min(rows, key=lambda row: (-ORDER.index(row["state"]), row["filed_on"] or date.max), default=None)


class Judge:
    """Evaluates every rule at one day index."""

    def __init__(self, maker: Maker, index: int) -> None:
        self.world, self.place, self.index = maker.world, maker.place, index
        self.day = self.world.days[index]
        self.views = [self._view(site) for site in self.world.sites]
        self.by_legal: dict[str, list[SiteView]] = defaultdict(list)
        for view in self.views:
            if view.legal_record:
                self.by_legal[view.legal_record.key].append(view)
        self.known = [(record, row) for record in self.world.records
                      if (row := self.world.known(record, index)) is not None]  # fmt: skip
        self.home_of = self._homes()

    def _view(self, site: Site) -> SiteView:
        known, index = self.world.known, self.index
        legal = site.legal_at(index)
        health = [(record, row) for record in site.health if (row := known(record, index)) is not None]
        education = known(site.education, index) if site.education else None
        return SiteView(site, education, health, legal, known(legal, index) if legal else None)

    def _homes(self) -> dict[str, str]:
        homes = {}
        for legal, views in self.by_legal.items():
            mains = [view for view in views if view.site.main is None]
            homes[legal] = (mains or views)[0].site.key
        for view in self.views:
            if view.site.education:
                homes[view.site.education.key] = view.site.key
            homes |= {record.key: view.site.key for record, _ in view.health}
            homes |= {record.key: view.site.key for record in view.site.health}
        return homes

    def subject(self, record: Record) -> str:
        """The site a record's finding is given on, or the record itself."""
        return self.home_of.get(record.key, record.key)

    def findings(self) -> set[Finding]:
        """Every (rule, subject) that holds."""
        found = set(self._records()) | set(self._groups())
        for view in self.views:
            found |= {(code, view.site.key) for code in self._site(view)}
            found |= {(code, view.site.key) for code in self._health_rows(view)}
        for legal, views in self.by_legal.items():
            if views[0].legal is not None:
                found |= {(code, self.home_of[legal]) for code in self._legal(views)}
        return found

    # records by themselves

    def _records(self) -> Iterator[Finding]:
        for record, row in self.known:
            if record.registry == "review":
                continue
            subject, code = self.subject(record), row.get("uscc")
            if code and not is_valid(code):
                yield "ID-02", subject
            if code and record.registry in _ROLE and code[0] != _ROLE[record.registry]:
                yield "ID-03", subject
            divisions = {(row.get("region_code") or self.place.code)[:6]}
            if code and is_valid(code):
                divisions.add(code[2:8])
            own = {self.place.code, self.place.city_code, self.place.province_code, self.place.predecessor}
            if divisions - own:
                yield "ID-08", subject
        for record in self.world.records:
            if (
                record.registry != "review"
                and self.world.known(record, self.index) is None
                and (self.world.shown(record, self.index))
            ):
                yield "DQ-01", self.subject(record)

    def _groups(self) -> Iterator[Finding]:
        rows = [(view.site.key, view.education) for view in self.views if view.education]
        active = [(key, row) for key, row in rows if row["state"] == "正常"]
        by_code, by_school = defaultdict(list), defaultdict(list)
        for key, row in active:
            by_code[row["uscc"]].append((key, row))
            by_school[row["school_code"]].append(key)
        for code, members in by_code.items():
            if code and is_valid(code) and len(members) > 1 and not _is_main_with_branches(members):
                yield "ID-04", min(members, key=lambda member: member[1]["school_code"] or "~")[0]
        for key, row in rows:
            school = row["school_code"]
            shared = row["state"] == "正常" and school and len(by_school[school]) > 1
            malformed = not school or len(school) != 10 or not school.isdigit()
            if malformed or shared or (school[:2] != "11" and row["school_type"] != "119"):
                yield "ID-09", key
        yield from self._twins()

    def _in_code_group(self, key: str) -> bool:
        codes = [view.education["uscc"] for view in self.views
                 if view.education and view.education["uscc"] and view.education["state"] == "正常"
                 and not view.education["is_branch"]]  # fmt: skip
        own = next(view.education for view in self.views if view.site.key == key)
        return own is not None and codes.count(own["uscc"]) > 1

    def _twins(self) -> Iterator[Finding]:
        groups: dict[Any, list[tuple[Record, Row, str]]] = defaultdict(list)
        clusters = {record.key: view.site.key for view in self.views for record, _ in view.health}
        clusters |= {view.site.education.key: view.site.key for view in self.views if view.site.education}
        clusters |= {legal: self.home_of[legal] for legal in self.by_legal}
        for record, row in self.known:
            if record.registry != "review" and row["address"]:
                cluster = clusters.get(record.key, record.key)
                groups[core(row["name"]), row["address"].text].append((record, row, cluster))
        for members in groups.values():
            for record, row, cluster in members:
                if record.registry in ("education", "health") and any(
                    other.registry != record.registry and theirs != cluster
                    and _both_valid_and_different(row["uscc"], other_row["uscc"])
                    for other, other_row, theirs in members
                ):  # fmt: skip
                    yield "ID-07", cluster

    # a site

    def _site(self, view: SiteView) -> Iterator[str]:
        education, legal = view.education, view.legal
        branch = bool(education and education["is_branch"])
        if education and education["state"] == "正常" and not education["uscc"] and not branch:
            yield "ID-01"
        if any(row["state"] in ORDER[1:] and not row["uscc"] for _, row in view.health):
            yield "ID-01"
        codes = {row["uscc"] for row in [education, *(row for _, row in view.health)] if row and row["uscc"]}
        if len({code[0] for code in codes if is_valid(code)}) > 1:
            yield "ID-05"
        if education and education["uscc"] and is_valid(education["uscc"]):
            sponsored = (education["sponsor_code"] or "") in ("811", "812", "821", "822", "831", "832")
            if sponsored and education["uscc"][0] in "59":
                yield "ID-03"
        active = [row for _, row in view.health if row["state"] in ORDER]
        if education and education["state"] != "正常" and active:
            yield "ST-04"
        if (
            education
            and education["state"] == "正常"
            and view.counted
            and education["places"] != view.counted["places"]
        ):
            yield "CA-01"
        if education and (education["children_in_care"] or 0) > education["places"]:
            yield "CA-04"
        if len(view.filed) > 1:
            yield "ST-07"
        if legal:
            stale = self._stale(view)
            yield from (["ST-05"] if stale else [])
            if "name" not in stale and not branch and self._other_name(view):
                yield "ID-06"
            if "representative" not in stale and any(
                row["representative"] and legal["representative"] and row["representative"] != legal["representative"]
                for _, row in view.health
            ):
                yield "SP-03"
            if not branch and any(_apart(row["address"], legal["address"]) for _, row in view.health):
                yield "SP-01"
            if branch and any(row["uscc"] == legal["uscc"] for _, row in view.health):
                yield "SP-02"
            ambiguous = verdict(legal["scope"]) == "ambiguous"
            if ambiguous and (view.filed or (education and (education["toddler_class_count"] or 0) > 0)):
                yield "SC-06"
            if view.filed and not branch and legal["state"] in _ACTIVE_LEGAL and verdict(legal["scope"]) != "positive":
                yield "SC-01" if view.legal_record and view.legal_record.registry == "institution" else "SC-07"

    def _other_name(self, view: SiteView) -> bool:
        legal, education = view.legal, view.education
        assert legal
        if education and self._in_code_group(view.site.key):
            return False
        rows = [row for row in [education, *(row for _, row in view.health)] if row and row["uscc"] == legal["uscc"]]
        if not rows or not is_valid(legal["uscc"]):
            return False
        aliases = {core(row[field]) for row in rows for field in ("former_name", "alias") if row.get(field)}
        return any(core(row["name"]) != core(legal["name"]) for row in rows) and core(legal["name"]) not in aliases

    def _stale(self, view: SiteView) -> set[str]:
        """Fields that a filed row still shows as they were before a change approved later than the filing."""
        stale, record = set(), view.legal_record
        assert record and view.legal
        history = self.world.shown(record, self.index)
        for field in ("name", "representative"):
            former = {row[field] for _, row in history} - {view.legal[field]}
            approved = self._changed_on(record, field)
            for row in view.filed:
                if row[field] in former and approved and row["filed_on"] and approved > row["filed_on"]:
                    stale.add(field)
        return stale

    def _changed_on(self, record: Record, field: str) -> date | None:
        """When the newest change of a field was approved, by the register's own date."""
        history = self.world.shown(record, self.index)
        for (_, before), (_, after) in zip(reversed(history[:-1]), reversed(history[1:]), strict=True):
            if before[field] != after[field]:
                return after["approved_on"]  # type: ignore[no-any-return]
        return None

    def _health_rows(self, view: SiteView) -> Iterator[str]:
        for record, row in view.health:
            table = {name: (row[f"{name}_classes"], row[f"{name}_children"])
                     for name in ("infant", "young_toddler", "old_toddler", "mixed")}  # fmt: skip
            children = [count for _, count in table.values() if count is not None]
            if children and sum(children) != row["places"]:
                yield "CA-02"
            for name, limit in (("infant", 10), ("young_toddler", 15), ("old_toddler", 20), ("mixed", 18)):
                classes, count = table[name]
                if classes and count and count > classes * limit:
                    yield "CA-03"
            if (row["children_in_care"] or 0) > row["places"]:
                yield "CA-04"
            if row["site_type"] == "家庭托育点" and max(row["places"], row["children_in_care"] or 0) > 5:
                yield "CA-07"
            if row["state"] == "已提交" and self._overdue(record, row):
                yield "ST-06"

    def _overdue(self, record: Record, row: Row) -> bool:
        start = row["submitted_on"]
        if start is None:
            shown = [(index, seen) for index, seen in self.world.shown(record, self.index)]
            for index, seen in reversed(shown):
                if seen["state"] != "已提交":
                    break
                start = self.world.days[index]
        end, limit = (row["notified_on"], 15) if row["notified_on"] else (self.day, 5)
        return working_days(start, end) > limit

    # a legal person, all its sites together

    def _legal(self, views: list[SiteView]) -> Iterator[str]:
        record, legal = views[0].legal_record, views[0].legal
        assert record and legal
        filed = [row for view in views for row in view.filed]
        if filed and legal["state"] in _GONE_LEGAL:
            yield "ST-01"
        ends = legal.get("certificate_to")
        if record.registry != "market" and legal["state"] in _ACTIVE_LEGAL and ends and ends < self.day:
            yield "ST-02"
        if record.registry != "institution":
            return
        items = self._items(record)
        if any(working_days(item["event_on"], item["approved_on"]) > 30
               for item in items if item["event_on"] and item["approved_on"] and item["result"] == "核准"):  # fmt: skip
            yield "SC-08"
        positive = verdict(legal["scope"]) == "positive"
        confirmed = self._confirmed(views, items)
        approved = self._scope_approved(record, items)
        since = approved or legal["approved_on"]
        if positive and legal["state"] == "正常" and since and (self.day - since).days > 60 and not filed:
            yield "SC-02"
        if confirmed and not positive and working_days(confirmed, self.day) > 60 and not filed:
            yield "SC-03"
        if positive and self._two_extracts_without_class(views):
            yield "SC-04"
        main = next((view for view in views if view.site.main is None), None)
        if (
            main
            and approved
            and (
                any(row["filed_on"] and row["filed_on"] < approved for row in main.filed)
                or (confirmed and approved < confirmed)
            )
        ):
            yield "SC-05"

    def _items(self, legal: Record) -> list[Row]:
        rows = (self.world.known(record, self.index) for record in self.world.of("review"))
        return [row for row in rows if row and row["uscc"] == legal.base["uscc"]]

    def _confirmed(self, views: list[SiteView], items: list[Row]) -> date | None:
        own = [view.education["confirmed_on"] for view in views if view.education and view.education["confirmed_on"]]
        reviewed = [item["sponsor_reviewed_on"] for item in items
                    if item["item"] == "宗旨和业务范围" and item["sponsor_opinion"] == "同意"]  # fmt: skip
        return min(own or reviewed, default=None)

    def _scope_approved(self, record: Record, items: list[Row]) -> date | None:
        history = self.world.shown(record, self.index)
        first = next((place for place, (_, row) in enumerate(history) if verdict(row["scope"]) == "positive"), None)
        if first is None:
            return None
        approved: list[date] = [
            item["approved_on"] for item in items if item["item"] == "宗旨和业务范围" and item["result"] == "核准"
        ]
        if approved:
            return min(approved)
        before, after = history[first - 1][1] if first else {}, history[first][1]
        others = [name for name in after if name not in ("scope", "approved_on") and before.get(name) != after[name]]
        return after["approved_on"] if not first or not others else None

    def _two_extracts_without_class(self, views: list[SiteView]) -> bool:
        deliveries = list(self.world.delivery_indexes("education", self.index))[-2:]
        records = [view.site.education for view in views if view.site.education]
        if len(deliveries) < 2 or not records:
            return False
        rows = [row for delivery in deliveries for record in records if (row := self.world.visible(record, delivery))]
        return bool(rows) and all(row["toddler_class_count"] == 0 for row in rows)


def _is_main_with_branches(members: list[tuple[str, Row]]) -> bool:
    mains = [row for _, row in members if not row["is_branch"]]
    return len(mains) == 1 and all(
        row["main_school_code"] == mains[0]["school_code"] for _, row in members if row["is_branch"]
    )


def _both_valid_and_different(left: str | None, right: str | None) -> bool:
    return bool(left and right and left != right and is_valid(left) and is_valid(right))


def _apart(left: Any, right: Any) -> bool:
    if left is None or right is None:
        return False
    pairs = zip((left.township, left.place, left.number), (right.township, right.place, right.number), strict=True)
    return any(one and other and one != other for one, other in pairs)
