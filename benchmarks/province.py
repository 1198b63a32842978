"""Makes up a province: counties with six registers each, as csv and xlsx, in the layout of the packaged sample."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl

from hub_vocabulary.credit_code import check_character, inner_check_character
from hub_vocabulary.divisions import Region


def headings_in(text: str) -> tuple[str, ...]:
    """The headings in a line of csv."""
    return tuple(text.split(","))


TOWNSHIPS = ("东河镇", "西山镇", "南桥镇", "北辛镇", "城关街道", "新城街道", "柳泉乡", "石门乡", "白塔镇", "龙湾镇")
ROADS = ("人民路", "建设路", "文化路", "府前街", "育才路", "金阳大街", "振兴路", "兴隆街")
VILLAGES = ("东张村", "西李村", "前王庄", "后刘村", "大杨庄", "小周村", "许家桥", "田家院", "石集村", "陈家店")
BRANDS = ("启明星", "小天鹅", "向日葵", "金苹果", "童心", "贝贝", "春蕾", "百花", "智慧树", "未来星", "蓓蕾", "红缨")
OFFICES = ("图书馆", "文化馆", "农业服务中心", "卫生院", "中心小学", "初级中学", "水利站", "畜牧站", "敬老院", "档案馆")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = ("建华", "桂兰", "新民", "海涛", "秀英", "玉梅", "振东", "春玲", "学峰", "永平", "冬梅", "明辉", "淑珍")
SCOPE = "为学龄前儿童提供保育和教育服务。幼儿保育；幼儿教育"

EDUCATION = headings_in(
    "学校标识码,幼儿园名称,曾用名,办学类型码,举办者码,举办者,统一社会信用代码,是否分园,主园标识码,是否法人,"
    "区划码,地址,园长,办公电话,班数,在园幼儿数,托班数,托位数,在托人数,托班核定日期,办学状态"
)
INSTITUTION = headings_in("TYSHXYDM,MC,ZS,ZZHYWFW,FDDBR,JFLY,KBZJ,JBDW,DJGLJG,ZSYXQSRQ,ZSYXJSRQ,HZRQ,ZT")
CIVIL = headings_in(
    "社会组织名称,统一社会信用代码,类型,业务主管单位,宗旨和业务范围,法定代表人,住所,成立日期,证书有效期至,核准日期,状态"
)
MARKET = headings_in(
    "统一社会信用代码,企业名称,类型,法定代表人/经营者,住所,经营范围,成立日期,核准日期,登记状态,登记机关"
)
REVIEW = headings_in(
    "批次,单位名称,统一社会信用代码,变更事项,提交日期,举办单位审核日期,举办单位审核意见,向登记机关申请日期,"
    "受理日期,核准日期,结果,事项发生日期"
)
HEALTH = headings_in(
    "备案编号,机构名称,机构类型,统一社会信用代码,机构性质,登记机关,法定代表人,负责人,联系电话,详细地址,"
    "行政区划代码,服务形式,托位数,在托人数,普惠,状态,列入日期,提交日期,备案完成时间"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Records of one county, a register."""

    public: int = 320
    private: int = 280
    companies: int = 220
    other_institutions: int = 310
    reviews: int = 160
    sites: int = 260

    @property
    def records(self) -> int:
        """All records that one month's folder of the county holds."""
        registered = self.public + self.private + self.companies + self.other_institutions
        return self.public + self.private + registered + self.reviews + self.sites


@dataclass(frozen=True, slots=True)
class _Body:
    name: str
    code: str
    address: str
    person: str
    phone: str
    school: str


class CountyMaker:
    """One county's bodies, from a seed; the same seed gives the same county."""

    def __init__(self, region: Region, seed: int, sizes: Sizes) -> None:
        self.region, self.sizes, self.dice, self._serial = region, sizes, random.Random(seed), 0
        self.public = [self._body("12", "MB", self._public_name(n)) for n in range(sizes.public)]
        self.private = [self._body("52", "MJ", self._private_name(n)) for n in range(sizes.private)]
        self.companies = [
            self._body("91", "MA", f"{self._private_name(n)}托育服务有限公司") for n in range(sizes.companies)
        ]
        self.others = [
            self._body("12", "MB", f"{region.name}{TOWNSHIPS[n % 10]}{VILLAGES[n // 100 % 10]}{OFFICES[n // 10 % 10]}")
            for n in range(sizes.other_institutions)
        ]

    def _body(self, code_class: str, segment: str, name: str) -> _Body:
        self._serial += 1
        dice = self.dice
        inner = f"{segment}{self._serial:06d}"
        first = f"{code_class}{self.region.code}{inner}{inner_check_character(inner)}"
        address = f"{self.region.name}{dice.choice(TOWNSHIPS)}{dice.choice(ROADS)}{dice.randint(1, 300)}号"
        return _Body(
            name,
            first + check_character(first),
            address,
            dice.choice(SURNAMES) + dice.choice(GIVEN),
            f"0538-{dice.randint(5000000, 6999999)}",
            f"11{self.region.code[:2]}{int(self.region.code) % 1000:03d}{self._serial % 1000:03d}",
        )

    def _public_name(self, number: int) -> str:
        place = f"{TOWNSHIPS[number % 10]}{VILLAGES[number // 10 % 10]}"
        return f"{self.region.name}{place}{self._which(number, 100)}幼儿园"

    def _private_name(self, number: int) -> str:
        return f"{self.region.name}{TOWNSHIPS[number % 10]}{BRANDS[number // 10 % 12]}{self._which(number, 120)}幼儿园"

    @staticmethod
    def _which(number: int, size: int) -> str:
        return ("", "第二", "第三", "第四", "第五", "第六")[number // size]

    def education(self) -> Iterator[list[object]]:
        """The education bureau's rows."""
        for number, body in enumerate([*self.public, *self.private]):
            public = number < len(self.public)
            sponsor = ("831", "县级教育部门") if public else ("999", "民办")
            places = 20 if number % 3 == 0 else 0
            counts = (6 + number % 6, 120 + number % 150, places // 20, places, max(places - 4, 0))
            confirmed = "2023-03-07" if places and number % 2 == 0 else ""
            yield [
                body.school, body.name, "", "111", *sponsor, body.code, "否", "", "是", f"{self.region.code}000000",
                body.address, body.person, body.phone, *counts, confirmed, "正常",
            ]  # fmt: skip

    def institution(self) -> Iterator[list[object]]:
        """The institutional register's rows."""
        for number, body in enumerate([*self.public, *self.others]):
            has_care = SCOPE + ("；托育服务。" if number % 6 == 0 else "。")
            scope = has_care if number < len(self.public) else "承担公共服务。"
            approved = f"20230{1 + number % 3}1{number % 10}" if number % 6 == 0 else "20210702"
            yield [
                body.code, body.name, body.address, scope, body.person, "财政补助", 100 + number % 90,
                f"{self.region.name}教育局", f"{self.region.name}事业单位登记管理局", "20210702", "20260702",
                approved, "正常",
            ]  # fmt: skip

    def civil(self) -> Iterator[list[object]]:
        """The civil-affairs register's rows."""
        for number, body in enumerate(self.private):
            scope = "学前教育；托育服务。" if number % 3 == 0 else "学前教育；幼儿保育。"
            yield [
                body.name, body.code, "民办非企业单位（法人）", f"{self.region.name}教育局", scope, body.person,
                body.address, "2020-07-01", date(2025, 7, 1) + timedelta(days=number), "2020-07-01", "正常",
            ]  # fmt: skip

    def market(self) -> Iterator[list[object]]:
        """The market register's rows."""
        for body in self.companies:
            yield [
                body.code, body.name, "有限责任公司", body.person, body.address, "托育服务。", "2021-07-26",
                "2021-07-26", "存续", f"{self.region.name}市场监督管理局",
            ]  # fmt: skip

    def review(self) -> Iterator[list[object]]:
        """The scope review's rows."""
        for number, body in enumerate(self.public[: self.sizes.reviews]):
            yield [
                f"2023-{number // 10:02d}", body.name, body.code, "宗旨和业务范围", "2023-01-10", "2023-01-12", "同意",
                "2023-01-16", "2023-01-17", f"2023-0{1 + number % 3}-20", "核准", "2023-01-05",
            ]  # fmt: skip

    def health(self) -> Iterator[list[object]]:
        """The health bureau's rows."""
        bodies = [body for number, body in enumerate([*self.public, *self.private]) if number % 3 == 0]
        for number, body in enumerate([*bodies, *self.companies][: self.sizes.sites]):
            filed = number % 4 == 0
            state = "已备案" if filed else "已登记"
            nature = "事业单位" if body.code[0] == "1" else "民办非企业单位"
            yield [
                f"{self.region.code}2023{number:04d}" if filed else "", body.name, "幼儿园托班", body.code, nature, "",
                body.person, body.person, body.phone, body.address, self.region.code, "全日托", 20, 16, "是", state,
                "2023-01-05", "2023-03-20" if filed else "", "2023-03-24" if filed else "",
            ]  # fmt: skip


def write_csv(path: Path, headings: Sequence[str], rows: Iterator[list[object]]) -> None:
    """One csv file in gb18030, as county offices write them."""
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows(rows)


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterator[list[object]]) -> None:
    """One workbook with a single sheet."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sheet")
    sheet.append(list(headings))
    for row in rows:
        sheet.append(row)
    book.save(path)


def write_county(folder: Path, maker: CountyMaker) -> None:
    """One month's folder of a county: three csv files and three workbooks."""
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "education.csv", EDUCATION, maker.education())
    write_csv(folder / "institution.csv", INSTITUTION, maker.institution())
    write_csv(folder / "market.csv", MARKET, maker.market())
    write_xlsx(folder / "civil.xlsx", CIVIL, maker.civil())
    write_xlsx(folder / "review.xlsx", REVIEW, maker.review())
    write_xlsx(folder / "health.xlsx", HEALTH, maker.health())
