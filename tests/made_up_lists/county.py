"""A made-up county as it truly is: bodies with their codes, and sites that run under them."""

from dataclasses import dataclass, field, replace
from random import Random

from tests.made_up_lists.codes import credit_code
from tests.made_up_lists.words import (
    BRANDS,
    ESTATES,
    GIVEN,
    ROADS,
    SURNAMES,
    SURNAMES_OF_VILLAGES,
    TOWNSHIPS,
    VILLAGE_HEADS,
    VILLAGE_TAILS,
)


@dataclass(frozen=True)
class Place:
    """An address as its parts; road or village."""

    township: str
    road: str = ""
    number: int = 0
    door: str = ""
    estate: str = ""
    village: str = ""


@dataclass(frozen=True)
class Title:
    """A name as its parts: township (with its kind), whether lists may leave it out, and what stands after it.

    care says what follows 幼儿园 at a branch: the place of a branch and its shape.
    """

    township: str
    core: str
    township_matters: bool
    branch: str = ""
    shape: str = ""


@dataclass
class Body:
    """A legal person; register is the list that holds it, or empty if none of the four does."""

    register: str
    title: Title
    code: str
    person: str
    phone: str
    place: Place


@dataclass
class Site:
    """A place where children are: nature as the lists write it; body may stand in no list."""

    title: Title
    body: Body
    person: str
    phone: str
    place: Place
    nature: str
    is_branch: bool = False
    in_education: bool = True
    filings: int = 0


@dataclass
class County:
    """What the lists of one county are made from."""

    code: str
    name: str
    province: str
    city: str
    area_code: str
    bureau_code: str
    townships: list[str]
    villages: dict[str, list[str]]
    sites: list[Site] = field(default_factory=list)
    extra_bodies: list[Body] = field(default_factory=list)


class CountyMaker:
    """Draws a county: about so many kindergartens, their legal persons and their filings."""

    def __init__(self, draw: Random, code: str, name: str, kindergartens: int) -> None:
        self._draw = draw
        self._wanted = kindergartens
        count = min(20 + draw.randrange(5) + max(0, kindergartens - 300) // 60, len(TOWNSHIPS))
        kinds = draw.choices(("镇", "乡", "街道"), (6, 3, 2), k=count)
        townships = [stem + kind for stem, kind in zip(draw.sample(TOWNSHIPS, count), kinds, strict=True)]
        self.county = County(
            code=code,
            name=name,
            province=draw.choice(("河北省", "四川省", "江西省", "安徽省")),
            city=draw.choice(("怀浦市", "桐丘市", "松岭市", "云和市")),
            area_code=f"0{draw.randrange(310, 999)}",
            bureau_code=credit_code(draw, "11", code),
            townships=townships,
            villages={town: [self._village() for _ in range(draw.randrange(7, 11))] for town in townships},
        )
        self._roads = draw.sample(ROADS, 18)

    def make(self) -> County:
        """The whole county."""
        county, draw, wanted = self.county, self._draw, self._wanted
        for township in county.townships:
            self._central(township, "中心幼儿园")
        for township in draw.sample(county.townships, max(3, wanted // 150)):
            self._central(township, "第二中心幼儿园")
        self._town_kindergartens()
        for _ in range(round(wanted * 0.065)):
            self._at_a_school()
        while len(county.sites) < wanted * 0.94:
            self._private_non_profit()
        while len(county.sites) < wanted * 0.985:
            self._company()
        self._filings()
        self._childcare()
        return county

    def person(self) -> str:
        """A person's name."""
        draw = self._draw
        return draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choices((1, 2), (4, 6))[0]))

    def phone(self) -> str:
        """A mobile number, or a land line with its area code."""
        draw = self._draw
        if draw.random() < 0.62:
            return f"1{draw.choice('35678')}{draw.randrange(10**8, 10**9)}"
        return f"{self.county.area_code}-{draw.randrange(2 * 10**6, 9 * 10**6)}"

    def road(self, township: str) -> Place:
        """A place on a road of the county town or a township."""
        draw = self._draw
        return Place(
            township,
            draw.choice(self._roads),
            draw.randrange(1, 300),
            draw.choices(("", "附1号", "-2号", "甲", "A座"), (82, 5, 5, 4, 4))[0],
            self._estate() if draw.random() < 0.1 else "",
        )

    def code(self, kind: str) -> str:
        """A code of that class, one in ten registered at the city."""
        division = self.county.code if self._draw.random() < 0.92 else self.county.code[:4] + "00"
        return credit_code(self._draw, kind, division)

    def _village(self) -> str:
        draw = self._draw
        return draw.choice(VILLAGE_HEADS) + draw.choice(SURNAMES_OF_VILLAGES) + draw.choice(VILLAGE_TAILS)

    def _estate(self) -> str:
        return self._draw.choice(ESTATES) + self._draw.choices(("", "一期", "二期"), (6, 2, 2))[0]

    def _body(self, register: str, kind: str, title: Title, place: Place) -> Body:
        return Body(register, title, self.code(kind), self.person(), self.phone(), place)

    def _main(self, body: Body, nature: str) -> Site:
        person = body.person if self._draw.random() < 0.9 else self.person()
        site = Site(body.title, body, person, body.phone, body.place, nature)
        site.in_education = self._draw.random() < 0.975
        self.county.sites.append(site)
        return site

    def _branch(self, body: Body, title: Title, place: Place, nature: str) -> None:
        draw = self._draw
        person = body.person if draw.random() < 0.5 else self.person()
        phone = body.phone if draw.random() < 0.75 else self.phone()
        self.county.sites.append(Site(title, body, person, phone, place, nature, is_branch=True))

    def _central(self, township: str, core: str) -> None:
        body = self._body("institution", "12", Title(township, core, True), self.road(township))
        if core != "中心幼儿园":
            self._headed_by_a_neighbour(body)
            self._main(body, "公办")
            return
        self._main(body, "公办")
        mean = self._wanted * 0.225 / len(self.county.townships)
        for village in self._draw.sample(
            self.county.villages[township], min(6, round(self._draw.uniform(0, 2 * mean)))
        ):
            title = Title(township, core, True, village, self._draw.choices(
                ("after", "bracket", "dash", "bare", "village", "village_only"), (34, 9, 5, 3, 30, 19))[0])  # fmt: skip
            self._branch(body, title, Place(township, village=village), "公办")

    def _headed_by_a_neighbour(self, body: Body) -> None:
        """Some heads lead two kindergartens of a township, with one office phone."""
        if self._draw.random() < 0.3:
            neighbours = [site.body for site in self.county.sites if site.body.title.township == body.title.township]
            body.person, body.phone = neighbours[0].person, neighbours[0].phone

    def _town_kindergartens(self) -> None:
        draw = self._draw
        cores = [f"第{number}幼儿园" for number in "一二三四五六七八九"]
        cores += [f"第{number}实验幼儿园" for number in "一二三四五六七八九"]
        cores += ["实验幼儿园", "机关幼儿园", "直属机关幼儿园", "城关幼儿园", "妇联实验幼儿园"]
        if self._wanted > 600:
            cores += [
                f"第{number}{kind}幼儿园" for kind in ("", "实验") for number in ("十", "十一", "十二", "十三", "十四")
            ]
        cores += [f"第二{kind}幼儿园" for kind in ("机关", "城关") if draw.random() < 0.5]
        for core in cores:
            body = self._body(
                "institution", "12", Title("", core, False), self.road(draw.choice(self.county.townships))
            )
            self._main(body, "公办")
            for where in draw.sample(
                ("滨河", "新区", "城南", "城北", "东", "西", "二"), draw.choices((0, 1, 2), (66, 26, 8))[0]
            ):
                title = replace(
                    body.title, branch=where, shape=draw.choices(("after", "bracket", "dash"), (6, 3, 2))[0]
                )
                self._branch(body, title, self.road(draw.choice(self.county.townships)), "公办")

    def _at_a_school(self) -> None:
        draw = self._draw
        township = draw.choice(self.county.townships)
        if draw.random() < 0.3:
            core, place = "中心小学", self.road(township)
        else:
            village = draw.choice(self.county.villages[township])
            core, place = f"{village}小学", Place(township, village=village)
        if any(site.body.title.core == core and site.body.title.township == township for site in self.county.sites):
            return
        body = self._body("institution", "12", Title(township, core, True), place)
        words = draw.choice(("附设幼儿园", "附属幼儿园", "幼儿园", "幼儿班"))
        self._branch(body, Title(township, core + words, True), place, "公办")

    def _brand(self) -> str:
        draw = self._draw
        estate = self._estate() if draw.random() < 0.17 else ""
        return estate + draw.choice(BRANDS)

    def _private_place(self, township: str) -> Place:
        if self._draw.random() < 0.22:
            return Place(township, village=self._draw.choice(self.county.villages[township]))
        return self.road(township)

    def _private_non_profit(self) -> None:
        draw = self._draw
        township, brand = draw.choice(self.county.townships), self._brand()
        kind = draw.choices(("", "艺术", "双语", "实验", "国际"), (86, 5, 4, 3, 2))[0]
        person, phone = self.person(), self.phone()
        told_by_place = draw.random() < 0.3
        for ordinal in ("", "第二", "第三", "第四")[: draw.choices((1, 2, 3, 4), (86, 8, 4, 2))[0]]:
            there = township if draw.random() < 0.7 else draw.choice(self.county.townships)
            told = (self._estate() if draw.random() < 0.5 else "", brand) if told_by_place else (brand, ordinal)
            title = Title(there if told_by_place else township, f"{told[0]}{told[1]}{kind}幼儿园", False)
            register = "civil" if draw.random() < 0.97 else ""
            body = self._body(register, "52", title, self._private_place(there))
            body.person = person
            if draw.random() < 0.4:
                body.phone = phone
            self._main(body, "民办非营利")
            if draw.random() < 0.05:
                where = draw.choice(("滨河", "新区", "城南", "城北", "", "二", "东"))
                branch = replace(title, branch=where, shape=draw.choice(("after", "after", "bracket", "dash")))
                self._branch(body, branch, self.road(draw.choice(self.county.townships)), "民办非营利")

    def _company(self) -> None:
        draw = self._draw
        township = draw.choice(self.county.townships)
        core = f"{self._brand()}幼儿园{draw.choices(('有限公司', '有限责任公司', ''), (6, 1, 3))[0]}"
        self._main(self._body("", "91", Title(township, core, False), self._private_place(township)), "民办营利")

    def _filings(self) -> None:
        for site in self.county.sites:
            if self._draw.random() < (0.19 if site.in_education else 0.5):
                site.filings = 2 if self._draw.random() < 0.025 else 1

    def _childcare(self) -> None:
        """Places for the youngest alone: in health's list, not in education's."""
        draw, county = self._draw, self.county
        for _ in range(round(self._wanted * 0.03)):
            brand = self._brand()
            core = brand + draw.choice(("托育中心", "托育园", "婴幼儿托育中心"))
            self._childcare_site(self._body("civil", "52", Title(draw.choice(county.townships), core, False),
                                            self.road(draw.choice(county.townships))), "民办")  # fmt: skip
        for _ in range(round(self._wanted * 0.02)):
            self._public_childcare(draw.choice(county.townships))
        for _ in range(round(self._wanted * 0.107)):
            self._commercial_childcare()

    def _childcare_site(self, body: Body, nature: str, title: Title | None = None) -> Site:
        site = Site(title or body.title, body, body.person, body.phone, body.place, nature)
        site.in_education, site.filings = False, 1
        self.county.sites.append(site)
        return site

    def _public_childcare(self, township: str) -> None:
        draw = self._draw
        if draw.random() < 0.5:
            core = "社区卫生服务中心" if township.endswith("街道") else "卫生院"
            body = self._body("institution", "12", Title(township, core, True), self.road(township))
            title = replace(body.title, core=core + draw.choice(("托育园", "托育中心", "医育结合托育园")))
            self._childcare_site(body, "公办", title).is_branch = True
            return
        core = draw.choice(("公办托育服务中心", "婴幼儿照护服务中心", "托育综合服务中心"))
        there = township if draw.random() < 0.8 else ""
        body = self._body("institution", "12", Title(there, core, True), self.road(township))
        if all(site.body.title != body.title for site in self.county.sites):
            self._childcare_site(body, "公办")

    def _commercial_childcare(self) -> None:
        draw, county = self._draw, self.county
        core = self._brand() + draw.choice(
            (
                "托育服务有限公司",
                "托育中心",
                "托育园",
                "婴幼儿照护服务有限公司",
                "教育科技有限公司",
                "婴幼儿照护服务中心",
            )
        )
        township = draw.choice(county.townships)
        body = self._body("", draw.choice(("91", "91", "92")), Title(township, core, False), self.road(township))
        if draw.random() < 0.05:
            host = draw.choice([site for site in county.sites if site.nature.startswith("民办") and site.in_education])
            body.person, body.phone, body.place = host.person, host.phone, host.place
            if draw.random() < 0.7:
                own = host.title.core.partition("幼儿园")[0]
                body.title = replace(body.title, core=own + draw.choice(("托育园", "托育服务有限公司", "托育中心")))
        self._childcare_site(body, "营利性")
