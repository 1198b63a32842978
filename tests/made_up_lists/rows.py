"""The rows of four registers' lists about one made-up county, with what clerks did to them, and the true links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from tests.made_up_lists.codes import spoil
from tests.made_up_lists.county import Body, County, CountyMaker, Place, Site, Title
from tests.made_up_lists.dirt import Clerk
from tests.made_up_lists.words import (
    BRANDS,
    COUNTY_SERVICES,
    SOCIETIES,
    TOWN_SERVICES,
    VILLAGE_SERVICES,
)

Row = dict[str, str]
REGISTERS = ("education", "health", "institution", "civil")
COLUMNS = {
    "education": ("学校标识码", "幼儿园名称", "统一社会信用代码", "负责人", "联系电话", "地址", "行政区划代码", "县区",
                  "办园性质", "是否设托班", "班级数", "在园幼儿数", "建园日期"),
    "health": ("备案编号", "机构名称", "统一社会信用代码", "法定代表人", "联系电话", "服务地址", "行政区划代码", "县区",
               "机构性质", "服务形式", "托位数", "备案状态", "备案日期"),
    "institution": ("证书编号", "单位名称", "统一社会信用代码", "法定代表人", "联系电话", "住所", "行政区划代码",
                    "县区", "行业类别", "经费来源", "状态", "举办单位", "设立日期"),
    "civil": ("登记编号", "组织名称", "统一社会信用代码", "法定代表人", "联系电话", "住所", "行政区划代码", "县区",
              "行业类别", "业务主管单位", "状态", "成立日期"),
}  # fmt: skip
LINK_COLUMNS = (
    "left_registry", "left_id", "right_registry", "right_id", "relation", "left_uscc_state", "right_uscc_state",
    "name_state", "branch", "county",
)  # fmt: skip
_SITE_STATES = {
    "missing": 0.13, "placeholder": 0.045, "subst": 0.038, "ocr": 0.05, "oldnum": 0.034, "transpose": 0.026,
    "wrong_neighbour": 0.021, "wrong_bureau": 0.023, "drop": 0.016, "dup": 0.012, "excel": 0.002,
}  # fmt: skip
_CIVIL_STATES = {
    "missing": 0.03, "placeholder": 0.012, "subst": 0.011, "ocr": 0.009, "oldnum": 0.009, "transpose": 0.006,
    "wrong_neighbour": 0.004, "wrong_bureau": 0.005, "drop": 0.002, "dup": 0.003, "excel": 0.001,
}  # fmt: skip
_INSTITUTION_STATES = {
    "missing": 0.011, "placeholder": 0.002, "subst": 0.001, "ocr": 0.003, "oldnum": 0.003, "wrong_neighbour": 0.004,
    "wrong_bureau": 0.001, "excel": 0.002,
}  # fmt: skip
_STATES = {
    "education": _SITE_STATES,
    "health": _SITE_STATES,
    "institution": _INSTITUTION_STATES,
    "civil": _CIVIL_STATES,
}
_PHONE_BLANK = {"education": 0.06, "health": 0.05, "institution": 0.57, "civil": 0.3}


@dataclass
class MadeUpLists:
    """Rows by register and the true links as (left register, left id, right register, right id)."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {register: [] for register in REGISTERS})
    links: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """One row's identity with what was done to its code and name."""

    register: str
    key: str
    state: str
    renamed: bool


class ListWriter:
    """Writes one county's rows; blanks leaves a third of the optional columns of each register empty."""

    def __init__(self, draw: Random, county: County, noise: float, *, blanks: bool) -> None:
        self._draw = draw
        self._county = county
        self._clerk = Clerk(draw, county, noise)
        self._noise = noise
        self._empty = {
            (register, column)
            for register in REGISTERS
            for column in ("person", "phone", "address")
            if blanks and draw.random() < 1 / 3
        }
        self._codes = [site.body.code for site in county.sites]
        self._numbers = draw.sample(range(1, 100_000), 30 * len(county.sites))

    def write(self, lists: MadeUpLists) -> None:
        """Adds the county's rows and links; each register's rows in an order that tells nothing."""
        rows: dict[str, list[Row]] = {register: [] for register in REGISTERS}
        bodies = {id(site.body): self._body(site.body, rows) for site in self._in_any_order(self._county.sites)}
        for site in self._county.sites:
            self._site(site, bodies[id(site.body)], rows, lists.links)
        for body in self._others():
            self._body(body, rows)
        for register in REGISTERS:
            lists.rows[register].extend(sorted(rows[register], key=lambda row: row["order"]))
            for row in rows[register]:
                del row["order"]

    def _in_any_order(self, sites: Iterable[Site]) -> list[Site]:
        unique = list({id(site.body): site for site in sites}.values())
        self._draw.shuffle(unique)
        return unique

    def _site(self, site: Site, legal: Written | None, rows: dict[str, list[Row]], links: list[Row]) -> None:
        shown: list[Written] = []
        if site.in_education:
            shown.append(self._listed("education", site, rows))
        filed = [self._listed("health", site, rows) for _ in range(site.filings)]
        for left in [*shown, *filed]:
            if legal is not None:
                links.append(self._link(left, legal, "same_legal", site))
        for left in shown:
            for right in filed:
                links.append(self._link(left, right, "same_site", site))

    def _link(self, left: Written, right: Written, relation: str, site: Site) -> Row:
        renamed = "renamed" if left.renamed != right.renamed else "variant"
        values = (
            left.register, left.key, right.register, right.key, relation, left.state, right.state, renamed,
            "1" if site.is_branch else "0", self._county.code,
        )  # fmt: skip
        return dict(zip(LINK_COLUMNS, values, strict=True))

    def _listed(self, register: str, site: Site, rows: dict[str, list[Row]]) -> Written:
        draw = self._draw
        care = ""
        if register == "health" and "幼儿园" in site.title.core and draw.random() < 0.45:
            care = draw.choice(("（托育）", "(托育)", "（托班）", "托育中心", "附设托育班", "托育部", "托班"))
        nature = site.nature
        if register == "health":
            nature = {"民办非营利": "民办", "民办营利": "营利性"}.get(nature, nature)
        if self._clerk.slips(0.03):
            nature = draw.choice(
                ("", "公办", "民办", "民办营利", "企事业单位办") if register == "education" else ("", "营利性")
            )
        elif draw.random() < 0.028 * min(1.0, self._noise):
            nature = ""
        person = site.body.person if register == "health" and draw.random() < 0.86 else site.person
        written = self._row(register, site.title, site.body.code, person, site.phone, site.place, rows, care, nature)
        if register == "education":
            has_class = bool(site.filings) != self._clerk.slips(0.07)
            rows[register][-1]["是否设托班"] = "是" if has_class else "否"
        return written

    def _body(self, body: Body, rows: dict[str, list[Row]]) -> Written | None:
        if not body.register:
            return None
        place = body.place
        if self._draw.random() < 0.1 * min(1.0, self._noise + 0.3):
            place = self._elsewhere()
        return self._row(body.register, body.title, body.code, body.person, body.phone, place, rows)

    def _elsewhere(self) -> Place:
        maker = self._draw.choice(self._county.sites)
        return maker.body.place

    def _row(self, register: str, title: Title, code: str, person: str, phone: str, place: Place,
             rows: dict[str, list[Row]], care: str = "", nature: str = "") -> Written:  # fmt: skip
        draw, clerk, county = self._draw, self._clerk, self._county
        state, code = self._code(register, code)
        renamed = (
            self._noise > 0 and draw.random() < 0.016 * self._noise**1.7 and bool(nature or register != "education")
        )
        written_title = clerk.renamed(title) if renamed else title
        key = f"{county.code}{self._numbers.pop():05}"
        name = clerk.name(written_title, legal=register in ("institution", "civil"), care=care,
                          formerly=title.core if renamed else "")  # fmt: skip
        empty = self._empty
        region = county.code
        if register in ("education", "health") and clerk.slips(0.015):
            region = draw.choice((county.code[:4] + "00", county.code[:4] + "00", ""))
        values = (
            key, name, code,
            "" if (register, "person") in empty else clerk.person(person, clerk.stranger()),
            "" if (register, "phone") in empty else clerk.phone(phone, _PHONE_BLANK[register]),
            "" if (register, "address") in empty else clerk.address(place, 0.015 + 0.025 * min(1.0, self._noise)),
            region, county.name,
        )  # fmt: skip
        row = dict.fromkeys(COLUMNS[register], "")
        row.update(zip(COLUMNS[register][:8], values, strict=True))
        if register in ("education", "health"):
            row[COLUMNS[register][8]] = nature
        row["order"] = f"{draw.random():.12f}"
        rows[register].append(row)
        return Written(register, key, state, renamed)

    def _code(self, register: str, code: str) -> tuple[str, str]:
        draw, county = self._draw, self._county
        chance = draw.random()
        for state, ordinary in _STATES[register].items():
            chance -= ordinary * self._noise
            if chance < 0:
                if state == "wrong_bureau":
                    return state, county.bureau_code
                if state == "wrong_neighbour":
                    return state, draw.choice(self._codes)
                return state, spoil(code, state, draw, county.code)
        if self._clerk.slips(0.08):
            return "fmt", spoil(code, "fmt", draw, county.code)
        return "ok", code

    def _others(self) -> Iterator[Body]:
        """Bodies that have nothing to do with children of that age, or have not opened."""
        draw, county = self._draw, self._county
        maker = CountyMaker(draw, county.code, county.name, 0)
        maker.county.townships = county.townships
        size = len(county.sites)

        def body(register: str, kind: str, title: Title, place: Place) -> Body:
            return Body(register, title, maker.code(kind), maker.person(), maker.phone(), place)

        for _ in range(round(size * 1.05)):
            town = draw.choice(county.townships)
            village = draw.choice(county.villages[town])
            title = Title(town, village + draw.choice(VILLAGE_SERVICES), True)
            yield body("institution", "12", title, Place(town, village=village))
        for _ in range(round(size * 0.95)):
            town = draw.choice(county.townships)
            yield body("institution", "12", Title(town, draw.choice(TOWN_SERVICES), True), maker.road(town))
        for core in draw.choices(COUNTY_SERVICES, k=round(size * 0.3)):
            yield body("institution", "12", Title("", core, True), maker.road(draw.choice(county.townships)))
        for _ in range(round(size * 0.38)):
            town = draw.choice(county.townships)
            title = Title(town, draw.choice(BRANDS) + draw.choice(SOCIETIES), False)
            yield body("civil", "52", title, maker.road(town))
