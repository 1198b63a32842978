"""What the offices of a small county have in their registers, and from what it may be written anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from hub_events.records import Registry
from hub_vocabulary.credit_code import check_character, inner_check_character
from tests.oracle.deliveries import REGION, Row

E, H, B, C, M, R = (
    Registry.EDUCATION,
    Registry.HEALTH,
    Registry.INSTITUTION,
    Registry.CIVIL,
    Registry.MARKET,
    Registry.REVIEW,
)
TOWNS = ("白兔潭镇", "浦口镇", "东富镇")
NAMES = tuple(f"{town}{word}幼儿园" for town in TOWNS for word in ("中心", "第一", "第二"))
ADDRESSES = tuple(f"醴陵市{town}育才路{number}号" for town in TOWNS for number in (3, 12, 28))
PEOPLE = ("王兰", "李平", "欧阳 春", "赵强")
IDENTITIES = ("430281198001010011", "430281199002020022")
PHONES = ("0731-23456789", "13907330001", "13907330002")
SCOPES = ("为学龄前儿童提供保育和教育服务。", "为学龄前儿童提供保育和教育服务；托育服务。", "学前教育；早教服务。")
STATES = ("在册", "已登记", "已提交", "已备案")
BUSINESS_DAYS = (date(2022, 9, 5), date(2022, 9, 8), date(2022, 9, 11), date(2023, 2, 20), date(2023, 4, 10))


def code_of(prefix: str, serial: int) -> str:
    """A valid credit code given in the county."""
    organisation = f"MB2{serial:05d}"
    first = f"{prefix}{REGION.code}{organisation}{inner_check_character(organisation)}"
    return first + check_character(first)


def wrong(code: str) -> str:
    """The code with a wrong check character."""
    return code[:-1] + next(letter for letter in "0123" if letter != code[-1])


CODES = tuple(code_of(prefix, serial) for serial in range(3) for prefix in ("12", "52"))
MANY_CODES = (None, *CODES[:4], wrong(CODES[0]), CODES[0].replace("0", "O", 1))
SCHOOLS = tuple(f"114302{number:04d}" for number in range(20))

# What may be written anew in a register's row, field by field.
AMENDMENTS: dict[Registry, dict[str, Sequence[Any]]] = {
    E: {
        "name": NAMES,
        "address": (None, *ADDRESSES),
        "uscc": MANY_CODES,
        "school_code": (None, *SCHOOLS[:3]),
        "former_name": (None, *NAMES[:3]),
        "places": (0, 15, 20, 40),
        "toddler_class_count": (0, 1, 2),
        "children_in_care": (None, 10, 50),
        "state": ("正常", "停办", "撤并"),
        "sponsor_code": ("831", "999", None),
        "is_branch": (False, True, None),
        "main_school_code": (None, *SCHOOLS[:2]),
        "confirmed_on": (None, *BUSINESS_DAYS),
        "principal": PEOPLE,
        "phone": (None, *PHONES),
    },
    H: {
        "name": NAMES,
        "address": (None, *ADDRESSES),
        "uscc": MANY_CODES,
        "alias": (None, *NAMES[:3]),
        "places": (10, 20, 40),
        "state": (*STATES, "注销"),
        "filing_no": (None, "43028120230001", "43028120230002"),
        "filed_on": (None, *BUSINESS_DAYS),
        "submitted_on": (None, *BUSINESS_DAYS),
        "representative": PEOPLE,
        "head_identity": (None, *IDENTITIES),
        "phone": (None, *PHONES),
        "children_in_care": (None, 8, 45),
        "old_toddler_children": (None, 20, 30),
    },
    B: {
        "name": NAMES,
        "address": (None, *ADDRESSES),
        "uscc": MANY_CODES,
        "scope": SCOPES,
        "representative": PEOPLE,
        "state": ("正常", "注销", "撤销"),
        "approved_on": (None, *BUSINESS_DAYS),
        "certificate_to": (date(2023, 3, 15), date(2023, 7, 15), date(2028, 3, 15)),
    },
    C: {
        "name": NAMES,
        "scope": SCOPES,
        "uscc": MANY_CODES,
        "state": ("正常", "注销"),
        "address": ADDRESSES,
        "certificate_to": (date(2023, 3, 15), date(2028, 3, 15)),
    },
    M: {"name": NAMES, "scope": SCOPES, "uscc": MANY_CODES, "state": ("存续", "吊销"), "address": ADDRESSES},
    R: {"approved_on": (None, *BUSINESS_DAYS), "result": (None, "核准", "审查中"), "uscc": (None, *CODES[:3])},
}


@dataclass
class Known:
    """A row as its office has it; away is for how many deliveries more it is left out, torn what nobody can read.

    first holds its values as they first were.
    """

    values: dict[str, Any]
    away: int = 0
    torn: dict[str, str] = field(default_factory=dict)
    first: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Keep how it was."""
        self.first = dict(self.values)

    @property
    def row(self) -> Row:
        """The row of a file."""
        return Row(tuple(self.values.items()), tuple(self.torn.items()))


@dataclass
class Offices:
    """What the offices of the county know at a time."""

    random: Random
    rows: dict[Registry, list[Known]] = field(default_factory=lambda: {registry: [] for registry in AMENDMENTS})
    serial: int = 0

    def pick(self, registry: Registry) -> Known | None:
        """One of a register's rows."""
        return self.random.choice(self.rows[registry]) if self.rows[registry] else None

    def choose(self, choices: Sequence[Any]) -> Any:
        """One of some values."""
        return self.random.choice(choices)

    def perhaps(self, share: float = 0.5) -> bool:
        """Yes or no; share is how often yes."""
        return self.random.random() < share

    def found(self, registry: Registry, **values: Any) -> Known:
        """A row is there from now on."""
        known = Known(values)
        self.rows[registry].append(known)
        return known

    def found_kindergarten(self) -> None:
        """A kindergarten: in E, perhaps in H, with a legal person, perhaps with its change of scope."""
        number, self.serial = self.serial, self.serial + 1
        legal = self.choose((B, B, C, M))
        code = code_of({B: "12", C: "52", M: "91"}[legal], number)
        same = {"name": NAMES[number % 9], "address": ADDRESSES[number % 9], "uscc": code}
        person = PEOPLE[number % len(PEOPLE)]
        self.found(
            E,
            school_code=SCHOOLS[number],
            **same,
            sponsor_code="831" if legal is B else "999",
            region_code=REGION.code,
            is_branch=False,
            principal=person,
            class_count=6,
            child_count=150,
            places=20,
            toddler_class_count=1,
            confirmed_on=date(2022, 9, 1),
            state="正常",
        )
        if self.perhaps():
            self._list_with_health(number, same, person)
        self._register(legal, same, person)
        if legal is B and self.perhaps():
            self._review(same)

    def _register(self, legal: Registry, same: dict[str, str], person: str) -> None:
        until = {M: {}}.get(legal, {"certificate_to": self.choose((date(2023, 4, 15), date(2028, 3, 15)))})
        state, scope = "存续" if legal is M else "正常", self.choose(SCOPES)
        shown = {"scope": scope, "representative": person, "approved_on": date(2022, 8, 1), "state": state}
        self.found(legal, **same, **until, **shown)

    def _list_with_health(self, number: int, same: dict[str, str], person: str) -> None:
        state = self.choose(STATES)
        self.found(
            H,
            **same,
            site_type="幼儿园托班",
            representative=person,
            head_identity=IDENTITIES[0],
            region_code=REGION.code,
            places=20,
            children_in_care=15,
            old_toddler_classes=1,
            old_toddler_children=20,
            state=state,
            filing_no=f"4302812022{number:04d}" if state == "已备案" else None,
            listed_on=date(2022, 9, 1),
            filed_on=date(2022, 12, 1) if state == "已备案" else None,
        )

    def _review(self, same: dict[str, str]) -> None:
        self.found(
            R,
            name=same["name"],
            uscc=same["uscc"],
            item="宗旨和业务范围",
            submitted_on=date(2022, 9, 5),
            sponsor_reviewed_on=date(2022, 9, 10),
            sponsor_opinion="同意",
            approved_on=date(2022, 10, 8),
            result="核准",
        )

    def file(self, registry: Registry) -> tuple[Row, ...]:
        """What a full delivery of a register shows now."""
        shown = []
        for known in self.rows[registry]:
            if known.away:
                known.away -= 1
            else:
                shown.append(known.row)
            known.torn.clear()
        return tuple(shown)
