"""Clean sites of a made-up county: kindergartens, branches, home sites, stations, companies, and bodies around them."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.counties.codes import CodeMaker, nth_working_day
from tests.counties.places import BRANDS, GIVEN_NAMES, MINORITY_NAMES, SURNAMES, Place
from tests.counties.world import Address, Record, Row, Site, World

NO_CHILDCARE = (
    "为学龄前儿童提供保育和教育服务。幼儿保育；幼儿教育。",
    "实施学前教育，促进幼儿身心健康发展。3—6岁幼儿保育与教育。",
    "开展学龄前儿童保育教育，普及学前教育。",
    "承担3～6岁学龄前儿童的保育和教育工作。",
)
ADDED_CHILDCARE = ("托育服务", "为3岁以下婴幼儿提供照护服务", "开设托班，为2—3岁幼儿提供托育服务", "0-3岁婴幼儿照护")
AMBIGUOUS = ("学前教育；早教服务。", "婴幼儿早期发展指导；幼儿教育。", "幼儿教育；亲子活动。", "0—6岁儿童早期教育。")
EXCLUDED = ("幼儿保育与教育，不包括3岁以下婴幼儿照护。", "学前教育（不含托育服务）。", "幼儿教育；课后托管服务。")
ORDER = ("在册", "已登记", "已提交", "已备案")


def with_childcare(scope: str, added: str) -> str:
    """A scope with a phrase on childcare added, as registrars add it."""
    return scope.rstrip("。") + "；" + added + "。"


class Maker:
    """Makes a county's clean parts; every draw comes from one seeded source."""

    def __init__(self, seed: int, place: Place, days: tuple[date, ...]) -> None:
        self.rng = Random(seed)
        self.place = place
        self.world = World(days)
        self.codes = CodeMaker(self.rng)
        self._names: set[str] = set()
        self._addresses: set[str] = set()
        self._people: set[str] = set()
        self._filings = 0

    # dates

    @property
    def last(self) -> int:
        """The last day index."""
        return len(self.world.days) - 1

    def index_of(self, day: date) -> int | None:
        """The first delivery day that can know of something dated day; None after the last."""
        return next((index for index, delivered in enumerate(self.world.days) if delivered >= day), None)

    def within(self, index: int) -> date:
        """A date that becomes known at that day index and not before."""
        end = self.world.days[index]
        start = self.world.days[index - 1] if index else end - timedelta(days=25)
        return start + timedelta(days=self.rng.randint(1, (end - start).days))

    def before(self, days: int = 400) -> date:
        """A date well before the first delivery."""
        return self.world.days[0] - timedelta(days=self.rng.randint(days, days + 700))

    # small things

    def person(self) -> str:
        """A made-up person, another each time."""
        while True:
            person = self.rng.choice(SURNAMES) + self.rng.choice(GIVEN_NAMES)
            if self.rng.random() < 0.02:
                person = self.rng.choice(MINORITY_NAMES)
            if person not in self._people:
                self._people.add(person)
                return person

    def phone(self) -> str:
        """A made-up landline or mobile number in its plain form."""
        if self.rng.random() < 0.2:
            return f"1{self.rng.choice('3578')}{self.rng.randrange(10**8, 10**9)}"
        return f"{self.place.area_code}-{self.rng.randrange(5_000_000, 8_999_999)}"

    def address(self, township: str | None = None, village: str | None = None) -> Address:
        """An address nobody else has."""
        while True:
            made = Address(
                township or self.rng.choice(self.place.townships),
                village or self.rng.choice(self.place.roads),
                str(self.rng.randint(1, 299)),
            )
            if made.text not in self._addresses:
                self._addresses.add(made.text)
                return made

    def _fresh(self, *patterns: str) -> tuple[str, str, str | None]:
        """A name nobody else has, with its township and village."""
        for _ in range(500):
            township, village = self.rng.choice(self.place.townships), self.rng.choice(self.place.villages)
            pattern = self.rng.choice(patterns)
            name = pattern.format(t=township, v=village, b=self.rng.choice(BRANDS), n=self.rng.choice("一二三四五六"))
            if name not in self._names:
                self._names.add(name)
                return name, township, village if "{v}" in pattern else None
        raise AssertionError(f"no name left of {patterns}")

    # registers

    def institution(self, name: str, address: Address, **other: Any) -> Record:
        """A legal person in the register of institutions."""
        start = self.before(500)
        prefix = other.pop("prefix", "12")
        base: Row = {
            "uscc": self.codes.credit_code(prefix, self.place.code), "name": name, "_prefix": True,
            "address": address, "scope": self.rng.choice(NO_CHILDCARE), "representative": self.person(),
            "funding": self.rng.choice(("财政补助", "经费自理")), "capital": self.rng.randint(20, 300),
            "sponsor": f"{self.place.name}教育和体育局", "registrar": f"{self.place.name}事业单位登记管理局",
            "certificate_from": start, "certificate_to": date(start.year + 9, start.month, min(start.day, 28)),
            "approved_on": start, "state": "正常",
        }  # fmt: skip
        return self.world.add("institution", base | other)

    def civil(self, name: str, address: Address, **other: Any) -> Record:
        """A social organisation in the civil-affairs register."""
        founded = self.before(500)
        base: Row = {
            "uscc": self.codes.credit_code("52", self.place.code), "name": name, "_prefix": True,
            "kind": "民办非企业单位（法人）", "supervisor": f"{self.place.name}教育和体育局",
            "scope": "学前教育；幼儿保育。",
            "representative": self.person(), "address": address, "founded_on": founded, "certificate_from": founded,
            "certificate_to": date(founded.year + 9, founded.month, min(founded.day, 28)), "approved_on": founded,
            "state": "正常", "capital": self.rng.randint(3, 80), "registrar": f"{self.place.name}民政局",
        }  # fmt: skip
        return self.world.add("civil", base | other)

    def market(self, name: str, address: Address, **other: Any) -> Record:
        """An enterprise or individual business in the market register."""
        founded = self.before(500)
        prefix = other.pop("prefix", "91")
        base: Row = {
            "uscc": self.codes.credit_code(prefix, self.place.code), "name": name, "_prefix": True,
            "kind": "个体工商户" if prefix == "92" else "有限责任公司（自然人投资或控股）",
            "representative": self.person(), "address": address, "scope": "民办幼儿园（学前教育）。",
            "founded_on": founded, "approved_on": founded, "state": "存续",
            "registrar": f"{self.place.name}市场监督管理局", "region_code": self.place.code,
        }  # fmt: skip
        return self.world.add("market", base | other)

    def education(self, name: str, address: Address, legal: Record | None, **other: Any) -> Record:
        """A kindergarten in the education system, without toddler class."""
        base: Row = {
            "school_code": self.codes.school_code(self.place.province_code), "name": name, "_prefix": True,
            "former_name": None, "school_type": "111", "sponsor_code": "831", "sponsor": "县级教育部门",
            "uscc": legal.base["uscc"] if legal else None, "is_branch": False, "main_school_code": None,
            "is_legal_person": True, "region_code": f"{self.place.code}000000", "address": address,
            "principal": legal.base["representative"] if legal else self.person(), "phone": self.phone(),
            "class_count": self.rng.randint(3, 12), "child_count": self.rng.randint(70, 299),
            "toddler_class_count": 0, "places": 0, "children_in_care": 0, "confirmed_on": None, "state": "正常",
        }  # fmt: skip
        return self.world.add("education", base | other)

    def health(self, site: Site, address: Address, places: int, state: str, **other: Any) -> Record:
        """A row of the health list; its class table adds up and keeps the limits."""
        legal = site.legal
        listed = self.before(80)
        filed = listed + timedelta(days=self.rng.randint(8, 60)) if state == "已备案" else None
        representative = legal.base["representative"] if legal else self.person()
        base: Row = {
            "filing_no": self.filing_no() if filed else None, "name": site.name, "_prefix": True, "alias": None,
            "site_type": site.kind, "uscc": legal.base["uscc"] if legal else None, "nature": _nature(legal),
            "registrar": None, "representative": representative, "principal": representative, "phone": self.phone(),
            "address": address, "region_code": self.place.code, "service_forms": "全日托",
            "floor_area": self.rng.randint(90, 900), "places": places,
            "children_in_care": self.rng.randint(places // 2, places), "staff_count": 4 + places // 5,
            "offers_meals": self.rng.random() < 0.5, "is_inclusive": self.rng.random() < 0.5, "state": state,
            "listed_on": listed, "submitted_on": filed and filed - timedelta(days=4), "filed_on": filed,
            "notified_on": None, **classes_of(places, site.kind, self.rng),
        }  # fmt: skip
        record = self.world.add("health", base | other)
        site.health.append(record)
        return record

    def filing_no(self) -> str:
        """The next filing number of the county."""
        self._filings += 1
        return f"{self.place.code}{self.world.days[0].year}{self._filings:04d}"

    def site(self, name: str, kind: str) -> Site:
        """A site without records yet."""
        made = Site(f"S{len(self.world.sites) + 1:03d}", name, kind)
        self.world.sites.append(made)
        return made

    # sites

    def public(self, listed: str | None = "已登记", places: int = 0, **legal: Any) -> Site:
        """A public kindergarten under an institutional legal person; listed in H in that state with so many places."""
        name, township, village = self._fresh(
            "{t}{v}幼儿园", "{t}{v}幼儿园", "{t}中心幼儿园", "{t}第二中心幼儿园", "第{n}实验幼儿园", "{t}第{n}幼儿园",
            "机关第{n}幼儿园",
        )  # fmt: skip
        site = self.site(name, "幼儿园托班")
        address = self.address(township, village)
        site.legal = self.institution(name, address, **legal)
        sponsor = ("894", "集体") if village else self.rng.choice((("831", "县级教育部门"), ("832", "县级其他部门")))
        toddlers = _toddlers(places, self.rng)
        site.education = self.education(
            name, address, site.legal, sponsor_code=sponsor[0], sponsor=sponsor[1], **toddlers
        )
        if listed:
            self.health(site, address, places, listed, **_care(toddlers))
        return site

    def private(self, register: str, listed: str | None = "已登记", places: int = 0, **legal: Any) -> Site:
        """A private kindergarten under a civil-affairs ("civil") or market ("market") legal person."""
        name, township, _ = self._fresh("{b}幼儿园", "{t}{b}幼儿园", "{t}{b}幼儿园")
        site = self.site(name, "幼儿园托班")
        address = self.address(township)
        site.legal = (
            self.civil(name, address, **legal)
            if register == "civil"
            else self.market(name + self.rng.choice(("有限公司", "有限责任公司")), address, **legal)
        )
        toddlers = _toddlers(places, self.rng)
        site.education = self.education(name, address, site.legal, sponsor_code="999", sponsor="民办", **toddlers)
        if listed:
            self.health(site, address, places, listed, **_care(toddlers))
        return site

    def branch(self, main: Site, listed: str | None = None, places: int = 0) -> Site:
        """A declared branch of a public kindergarten, without a code of its own in E; H gives the main's code."""
        assert main.education
        while True:
            village = self.rng.choice(self.place.villages)
            name = f"{main.name}{village}分园"
            if name not in self._names:
                break
        self._names.add(name)
        site = self.site(name, "幼儿园托班")
        site.main, site.legal = main, main.legal
        address = self.address(main.education.base["address"].township, village)
        toddlers = _toddlers(places, self.rng)
        site.education = self.education(
            name, address, None, is_branch=True, main_school_code=main.education.base["school_code"],
            is_legal_person=False, principal=self.person(), sponsor_code=main.education.base["sponsor_code"],
            sponsor=main.education.base["sponsor"], **toddlers,
        )  # fmt: skip
        if listed:
            self.health(site, address, places, listed, principal=site.education.base["principal"], **_care(toddlers))
        return site

    def home(self, state: str = "已登记", places: int = 5) -> Site:
        """A home site of an individual business."""
        name, township, _ = self._fresh("{b}家庭托育点", "{t}{b}家庭托育点")
        site, address = self.site(name, "家庭托育点"), self.address(township)
        site.legal = self.market(name, address, prefix="92", scope="家庭托育服务。")
        self.health(site, address, places, state)
        return site

    def company(self, state: str = "已登记", places: int = 60, **legal: Any) -> Site:
        """A childcare company with the city in brackets in its name."""
        name, township, _ = self._fresh(
            f"{{b}}托育服务（{self.place.city}）有限公司", f"{{b}}托育（{self.place.city}）有限公司"
        )
        site, address = self.site(name, "托育机构"), self.address(township)
        scope = "托育服务；健康咨询服务（不含诊疗服务）。"
        site.legal = self.market(name, address, **({"scope": scope, "_prefix": False} | legal))
        self.health(site, address, places, state, _prefix=False)
        return site

    def centre(self, state: str = "已登记", places: int = 40, **legal: Any) -> Site:
        """A non-profit childcare centre."""
        name, township, _ = self._fresh("{b}托育中心", "{t}{b}托育园")
        site, address = self.site(name, "托育机构"), self.address(township)
        scope = self.rng.choice(("为3岁以下婴幼儿提供照护服务。", "三岁以下婴幼儿托育服务。"))
        supervisor = f"{self.place.name}卫生健康局"
        site.legal = self.civil(name, address, **({"scope": scope, "supervisor": supervisor} | legal))
        self.health(site, address, places, state)
        return site

    def station(self, places: int = 20) -> Site:
        """A community station without a code: 在册, and owes none."""
        name, township, village = self._fresh("{t}{v}社区托育驿站")
        site, address = self.site(name, "社区托育驿站"), self.address(township, village)
        self.health(site, address, places, "在册", _prefix=False, service_forms="临时托、计时托")
        return site

    def background(self, registry: str) -> Record:
        """A body of a register that runs no site."""
        address = self.address()
        if registry == "institution":
            name, *_ = self._fresh(
                "{t}{v}小学", "{t}中心小学", "{t}卫生院", "{t}农业综合服务中心", "第{n}中学", "{t}文化站"
            )
            scope = self.rng.choice(
                ("实施小学义务教育。", "为辖区居民提供医疗卫生服务。", "农业技术推广；受托管理水利设施。")
            )
            return self.institution(name, address, scope=scope)
        if registry == "civil":
            name, *_ = self._fresh("{t}{b}养老服务中心", "{b}培训学校", "{t}志愿服务协会")
            return self.civil(name, address, scope="养老服务；托老服务。", supervisor=f"{self.place.name}民政局")
        name, *_ = self._fresh("{t}{b}超市", "{b}商贸有限公司", "{t}{b}餐饮店")
        return self.market(name, address, scope="食品销售；接受委托代办服务。")

    # the chain of registration

    def review(
        self,
        legal: Record,
        item: str,
        reviewed: date,
        approved: date | None,
        event: date | None = None,
        wording: str | None = None,
    ) -> Record:
        """An item of the review list that shows, delivery by delivery, what had happened by then."""  # fmt: skip
        submitted = reviewed - timedelta(days=self.rng.randint(2, 4))
        applied = nth_working_day(reviewed, 2)
        accepted = nth_working_day(applied, 2)
        batch = f"{submitted.year}-{submitted.isocalendar().week:02d}"
        start = self.index_of(submitted)
        assert start is not None
        shown = legal.at(start)
        assert shown is not None
        base: Row = {"batch": batch, "name": shown["name"], "_prefix": True, "uscc": legal.base["uscc"],
                     "item": item, "submitted_on": submitted, "sponsor_reviewed_on": None, "sponsor_opinion": None,
                     "applied_on": None, "accepted_on": None, "approved_on": None, "result": None, "event_on": None,
                     "approved_wording": None}  # fmt: skip
        record = self.world.add("review", base, start=start)
        if approved is not None:
            applied, accepted = min(applied, approved), min(accepted, approved)
        for day, shown in (
            (reviewed, {"sponsor_reviewed_on": reviewed, "sponsor_opinion": "同意", "event_on": event or reviewed}),
            (applied, {"applied_on": applied}),
            (accepted, {"accepted_on": accepted, "result": "审查中"}),
            (approved, {"approved_on": approved, "result": "核准", "approved_wording": wording}),
        ):
            index = self.index_of(day) if day else None
            if index is not None:
                record.change(max(index, start), **shown)
        return record

    def confirm(self, site: Site, day: date) -> None:
        """Education confirms the toddler class."""
        assert site.education
        index = self.index_of(day)
        if index is not None:
            site.education.change(index, confirmed_on=day)

    def change_scope(self, site: Site, approved: date, reviewed: date | None = None) -> None:
        """The registrar adds childcare to the scope, with a review item when a review date is given."""
        assert site.legal
        index = self.index_of(approved)
        scope = with_childcare(site.legal.base["scope"], self.rng.choice(ADDED_CHILDCARE))
        if index is not None:
            site.legal.change(index, scope=scope, approved_on=approved)
        if reviewed:
            self.review(site.legal, "宗旨和业务范围", reviewed, approved, wording=scope)

    def file(self, site: Site, filed: date, record: Record | None = None) -> None:
        """The health bureau files the site; submitted two or three days before."""
        health = record or site.health[0]
        submitted = filed - timedelta(days=self.rng.randint(1, 3))
        first, index = self.index_of(submitted), self.index_of(filed)
        if first is not None and first != index:
            health.change(first, state="已提交", submitted_on=submitted)
        if index is not None:
            health.change(index, state="已备案", submitted_on=submitted, filed_on=filed, filing_no=self.filing_no())


def classes_of(places: int, kind: str, rng: Random) -> Row:
    """A class table that adds up to the places and keeps every limit."""
    table: Row = {f"{name}_{what}": None for name in ("infant", "young_toddler", "old_toddler", "mixed")
                  for what in ("classes", "children")}  # fmt: skip
    if kind == "家庭托育点":
        return table | {"mixed_classes": 1, "mixed_children": places}
    if kind == "幼儿园托班" or places < 30:
        return table | {"old_toddler_classes": -(-places // 20), "old_toddler_children": places}
    young = rng.randint(5, places // 2)
    old = places - young
    return table | {"young_toddler_classes": -(-young // 15), "young_toddler_children": young,
                    "old_toddler_classes": -(-old // 20), "old_toddler_children": old}  # fmt: skip


def _toddlers(places: int, rng: Random) -> Row:
    if not places:
        return {}
    return {"toddler_class_count": -(-places // 20), "places": places,
            "children_in_care": rng.randint(places // 2, places)}  # fmt: skip


def _care(toddlers: Row) -> Row:
    return {"children_in_care": toddlers["children_in_care"]} if toddlers else {}


def _nature(legal: Record | None) -> str | None:
    if legal is None:
        return None
    return {"institution": "事业单位", "civil": "社会服务机构", "market": "营利性机构"}[legal.registry]
