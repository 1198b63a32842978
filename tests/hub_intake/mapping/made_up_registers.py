"""Six made-up registers of a made-up county, row by row by field name, for layouts to be written from."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from hub_vocabulary.credit_code import check_character, inner_check_character

Row = dict[str, Any]

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("秀英", "建国", "丽", "伟", "玉梅", "志强", "敏", "晓燕", "海涛", "静", "文博", "桂兰", "军", "雪")
_TOWNSHIPS = ("龙门街道", "景州镇", "杜桥镇", "安陵镇", "留智庙镇", "王瞳镇", "温城乡", "梁集镇")
_ROADS = ("人民路", "文化街", "育才路", "景安大街", "亚夫路")
_NAMES = (
    "阳光",
    "小太阳",
    "金色摇篮",
    "童心",
    "蓓蕾",
    "星星",
    "启明",
    "七彩",
    "育英",
    "爱婴",
    "晨曦",
    "乐童",
    "春芽",
    "博雅",
)


class MadeUpCounty:
    """Draws consistent rows of the registers; the same seed gives the same rows."""

    def __init__(self, code: str = "131127", name: str = "景县", city: str = "衡水市", seed: int = 7) -> None:
        self.code, self.name, self.city = code, name, city
        self._random = Random(seed)
        self._serial = 0

    def rows(self, registry: str, count: int) -> list[Row]:
        """So many rows of a register."""
        makers: dict[str, Callable[[int], Row]] = {
            "education": self._kindergarten,
            "health": self._site,
            "institution": self._institution,
            "civil": self._organisation,
            "market": self._company,
            "review": self._review,
        }
        return [makers[registry](number) for number in range(count)]

    def credit_code(self, prefix: str) -> str:
        """A valid credit code of this county's registrar."""
        self._serial += 1
        middle = {"1": "MB", "5": "MJ", "9": "MA"}[prefix[0]]
        body = f"{middle}{self._random.choice('2X9')}{self._random.choice('ABCX0')}{self._serial:04d}"
        first17 = f"{prefix}{self.code}{body}{inner_check_character(body)}"
        return first17 + check_character(first17)

    def _person(self) -> str:
        return self._random.choice(_SURNAMES) + self._random.choice(_GIVEN)

    def _phone(self) -> str:
        if self._random.random() < 0.4:
            return f"1{self._random.choice('3578')}{self._random.randrange(10**8, 10**9)}"
        return f"0318-{self._random.randrange(4_000_000, 4_999_999)}"

    def _address(self) -> str:
        place = f"{self.name}{self._random.choice(_TOWNSHIPS)}"
        return f"{place}{self._random.choice(_ROADS)}{self._random.randrange(1, 300)}号"

    def _kindergarten_name(self, number: int) -> str:
        township = _TOWNSHIPS[number % len(_TOWNSHIPS)]
        ordinal = ("", "第二", "第三", "第四", "第五", "实验", "机关")[number // len(_TOWNSHIPS) % 7]
        return f"{self.name}{township}{ordinal}中心幼儿园"

    def _day(self, first: date, span: int) -> date:
        return first + timedelta(days=self._random.randrange(span))

    def _kindergarten(self, number: int) -> Row:
        sponsor_code, sponsor = self._random.choices(
            (("831", "县级教育部门"), ("894", "集体"), ("999", "民办"), ("832", "县级其他部门")), (60, 15, 20, 5)
        )[0]
        branch = number % 7 == 6
        classes = self._random.randrange(3, 14)
        toddler = self._random.choice((0, 0, 1, 1, 1, 2))
        return {
            "school_code": f"1113{self._random.randrange(100_000, 999_999)}",
            "name": self._kindergarten_name(number),
            "former_name": f"{self.name}{_NAMES[number % 14]}幼儿园" if number % 9 == 0 else None,
            "school_type": "111",
            "sponsor_code": sponsor_code,
            "sponsor": sponsor,
            "uscc": None if branch else self.credit_code("52" if sponsor_code == "999" else "12"),
            "is_branch": branch,
            "main_school_code": f"1113{100_000 + number % 3}" if branch else None,
            "is_legal_person": not branch,
            "region_code": f"{self.code}000000",
            "address": self._address(),
            "principal": self._person(),
            "phone": self._phone(),
            "class_count": classes,
            "child_count": classes * self._random.randrange(17, 30),
            "toddler_class_count": toddler,
            "places": toddler * 20,
            "children_in_care": toddler and toddler * self._random.randrange(8, 20),
            "confirmed_on": self._day(date(2024, 9, 1), 120) if toddler and number % 3 else None,
            "state": "停办" if number % 23 == 22 else "正常",
        }

    def _site(self, number: int) -> Row:
        state = self._random.choices(("在册", "已登记", "已提交", "已备案"), (15, 25, 10, 50))[0]
        listed = self._day(date(2024, 1, 3), 60)
        submitted = listed + timedelta(days=self._random.randrange(20, 90))
        kind = self._random.choice(("幼儿园托班", "托育机构", "家庭托育点"))
        old, young = self._random.randrange(1, 4), self._random.choice((0, 0, 1))
        places = old * 20 + young * 15
        later = state in ("已提交", "已备案")
        return {
            "filing_no": f"{self.code}2024{number:04d}" if state == "已备案" else None,
            "name": self._kindergarten_name(number)
            if kind == "幼儿园托班"
            else f"{_NAMES[number % 14]}{number}托育中心",
            "site_type": kind,
            "uscc": None if state == "在册" else self.credit_code("12" if kind == "幼儿园托班" else "91"),
            "nature": "事业单位" if kind == "幼儿园托班" else "企业",
            "registrar": "机构编制部门" if kind == "幼儿园托班" else "市场监管部门",
            "representative": self._person(),
            "principal": self._person(),
            "phone": self._phone(),
            "address": self._address(),
            "region_code": self.code,
            "service_forms": self._random.choice(("全日托", "全日托、半日托", "半日托、计时托")),
            "floor_area": places * self._random.randrange(5, 12),
            "places": places,
            "children_in_care": self._random.randrange(places // 3, places),
            "young_toddler_classes": young or None,
            "young_toddler_children": young * 15 or None,
            "old_toddler_classes": old,
            "old_toddler_children": old * 20,
            "staff_count": old * 3 + 2,
            "offers_meals": number % 3 > 0,
            "is_inclusive": number % 2 > 0,
            "state": state,
            "listed_on": listed,
            "submitted_on": submitted if later else None,
            "filed_on": submitted + timedelta(days=self._random.randrange(2, 9)) if state == "已备案" else None,
        }

    def _institution(self, number: int) -> Row:
        start = self._day(date(2019, 3, 1), 1500)
        childcare = "；为3岁以下婴幼儿提供照护服务" if number % 3 == 0 else ""
        return {
            "uscc": self.credit_code("12"),
            "name": self._kindergarten_name(number),
            "address": self._address(),
            "scope": f"为学龄前儿童提供保育和教育服务。幼儿保育；幼儿教育{childcare}。",
            "representative": self._person(),
            "funding": self._random.choice(("财政补助", "经费自理")),
            "capital": self._random.randrange(10, 400),
            "sponsor": f"{self.name}教育局",
            "registrar": f"{self.name}事业单位登记管理局",
            "certificate_from": start,
            "certificate_to": start + timedelta(days=1826),
            "approved_on": start + timedelta(days=self._random.choice((0, 0, 200, 400))),
            "state": "注销" if number % 29 == 28 else "正常",
        }

    def _organisation(self, number: int) -> Row:
        founded = self._day(date(2018, 1, 5), 1200)
        return {
            "uscc": self.credit_code("52"),
            "name": f"{self.name}{_TOWNSHIPS[number // 14 % 8]}{_NAMES[number % 14]}幼儿园",
            "kind": "民办非企业单位（法人）",
            "supervisor": f"{self.name}教育局",
            "scope": "学前教育；幼儿保育；托育服务。" if number % 3 == 0 else "学前教育；幼儿保育。",
            "representative": self._person(),
            "address": self._address(),
            "founded_on": founded,
            "certificate_to": founded + timedelta(days=1826),
            "approved_on": founded + timedelta(days=self._random.choice((0, 0, 500))),
            "state": "异常" if number % 17 == 16 else "正常",
        }

    def _company(self, number: int) -> Row:
        founded = self._day(date(2018, 1, 5), 1200)
        return {
            "uscc": self.credit_code("91"),
            "name": f"{self.name}{_NAMES[number % 14]}{number}托育服务有限公司",
            "kind": "有限责任公司",
            "representative": self._person(),
            "address": self._address(),
            "scope": "托育服务；教育咨询服务。" if number % 2 else "民办幼儿园（学前教育）。",
            "founded_on": founded,
            "approved_on": founded + timedelta(days=self._random.choice((0, 0, 500))),
            "state": "注销" if number % 13 == 12 else "存续",
            "registrar": f"{self.name}市场监督管理局",
        }

    def _review(self, number: int) -> Row:
        submitted = self._day(date(2024, 3, 1), 200)
        reviewed, applied = submitted + timedelta(days=3), submitted + timedelta(days=5)
        accepted, done = applied + timedelta(days=2), number % 5 > 0
        return {
            "batch": f"2024-{submitted.isocalendar().week:02d}",
            "name": self._kindergarten_name(number),
            "uscc": self.credit_code("12"),
            "item": "宗旨和业务范围" if number % 3 else "法定代表人",
            "submitted_on": submitted,
            "sponsor_reviewed_on": reviewed,
            "sponsor_opinion": "同意",
            "applied_on": applied,
            "accepted_on": accepted,
            "approved_on": accepted + timedelta(days=self._random.randrange(4, 25)) if done else None,
            "result": "核准" if done else "审查中",
            "event_on": submitted - timedelta(days=self._random.randrange(1, 9)),
        }
