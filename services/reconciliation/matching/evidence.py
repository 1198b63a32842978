"""Says in Chinese, field by field, what speaks for a pair and what against it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reconciliation.matching.columns import Columns, Floats, Longs
from reconciliation.matching.comparing import Observations
from reconciliation.matching.encoding import Encoder
from reconciliation.matching.pairing import SITE, kind_of
from reconciliation.matching.pairs import Pairs

_NUMERALS = "〇一二三四五六七八九十"
_CLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Spoken:
    """One row's texts, as far as evidence quotes them."""

    columns: Columns
    encoder: Encoder
    row: int

    def text(self, part: str, lexicon: str) -> str:
        """The text of a part; empty where the record has none."""
        texts = self.encoder.lexicons[lexicon].texts
        return texts[int(self.columns[part][self.row])]

    @property
    def core(self) -> str:
        """What is compared of the name: the ordinal with the brand, or with the rest of the name."""
        ordinal = int(self.columns["ordinal"][self.row])
        numeral = f"第{_NUMERALS[ordinal] if ordinal < len(_NUMERALS) else ordinal}" if ordinal else ""
        brand = self.text("brand", "brand")
        return brand + numeral if brand else numeral + self.text("base", "base")

    @property
    def place(self) -> str:
        """Road and number as quoted."""
        number = self.text("number", "number")
        return self.text("road", "road") + (f"{number}号" if number else "")


Quote = Callable[[Spoken, Spoken], str]


def _nothing(left: Spoken, right: Spoken) -> str:
    return ""


def _both(part: str, lexicon: str) -> Quote:
    def quote(left: Spoken, right: Spoken) -> str:
        a, b = left.text(part, lexicon), right.text(part, lexicon)
        return a if a == b else f"{a}/{b}"

    return quote


def _left(part: str, lexicon: str) -> Quote:
    return lambda left, right: left.text(part, lexicon)


# Observation, what it says, and what it quotes. The first of a group that holds is said, the rest of it is not.
_FOR: tuple[tuple[tuple[str, str, Quote], ...], ...] = (
    (
        ("code_equal_valid", "信用代码一致", _nothing),
        ("code_look_alike", "信用代码一致（形近字符混写）", _nothing),
        ("code_one_off", "信用代码只差一处", _nothing),
        ("code_rounded", "信用代码前段一致（后几位被表格软件抹成0）", _nothing),
        ("code_equal_invalid", "代码一致（校验位不对）", _nothing),
        ("code_two_off", "信用代码只差两处", _nothing),
        ("code_body_only", "组织机构代码一致", _nothing),
    ),
    (
        ("name_equal", "名称一致", _nothing),
        ("base_equal", "名称核心一致", lambda left, right: left.core),
        ("brand_equal", "字号一致", _both("brand", "brand")),
        ("brand_sounds_alike", "字号同音", _both("brand", "brand")),
        ("brand_alike", "字号相近", _both("brand", "brand")),
        ("former_name_equal", "与曾用名相符", _nothing),
    ),
    (("branch_equal", "分园一致", _both("branch", "branch")),),
    (
        ("name_village_equal", "村名一致", _both("name_village", "village")),
        ("name_village_alike", "村名相近", _both("name_village", "village")),
        ("village_in_address", "村名与对方地址相符", _nothing),
    ),
    (
        ("central_of_township", "是所在乡镇的中心园", _left("township", "township")),
        ("central_of_possible_township", "可能是所在乡镇的中心园", _nothing),
        ("name_township_equal", "乡镇一致", _left("name_township", "township")),
    ),
    (("person_equal", "负责人一致", _nothing), ("person_alike", "负责人姓名相近", _nothing)),
    (("phone_equal", "电话一致", _nothing), ("phone_one_off", "电话只差一位", _nothing)),
    (
        ("number_equal_on_road", "地址门牌一致", lambda left, right: left.place),
        ("road_equal", "道路一致", _left("road", "road")),
        ("address_village_equal", "村址一致", _both("address_village", "village")),
        ("landmark_equal", "小区一致", _both("landmark", "landmark")),
    ),
    (("sibling_code", "同代码的其他记录也属于它", _nothing),),
    (("sibling_phone", "同电话的其他记录也属于它", _nothing),),
    (("support", "第三方登记互相印证", _nothing),),
)
_AGAINST: tuple[tuple[tuple[str, str, Quote], ...], ...] = (
    (
        ("code_other_valid", "信用代码不同", _nothing),
        ("code_other", "代码对不上", _nothing),
        ("code_other_bureau", "一方填的是主管机关的代码", _nothing),
        ("code_equal_bureau", "双方填的是主管机关的代码", _nothing),
    ),
    (("ordinal_differs", "序号不同", _nothing), ("ordinal_one_side", "只有一方有序号", _nothing)),
    (("branch_differs", "分园不同", _both("branch", "branch")), ("branch_right_only", "对方是分园", _nothing)),
    (("name_village_differs", "村名不同", _both("name_village", "village")), ("village_elsewhere", "村不同", _nothing)),
    (("brand_differs", "字号不同", _both("brand", "brand")),),
    (("body_care_and_kindergarten", "一方是幼儿园、一方是托育机构", _nothing),),
    (
        ("name_township_differs", "名称中的乡镇不同", _both("name_township", "township")),
        ("township_differs", "乡镇不同", _both("township", "township")),
    ),
    (("person_differs", "负责人不同", _nothing),),
    (("phone_differs", "电话不同", _nothing),),
    (
        ("number_differs_on_road", "门牌不同", _both("number", "number")),
        ("road_differs", "道路不同", _both("road", "road")),
        ("address_village_differs", "村址不同", _both("address_village", "village")),
    ),
    (("nature_public_and_private", "公办民办不符", _nothing),),
)
_OF_SITES_ONLY = (("branch_left_only", "只有一方是分园", _nothing),)
_OF_LEGAL_PERSONS_ONLY = (("branch_left_only", "是它的分园", _left("branch", "branch")),)


def _said(
    groups: Sequence[Sequence[tuple[str, str, Quote]]], seen: Mapping[str, Floats], at: int, left: Spoken, right: Spoken
) -> list[str]:
    said = []
    for group in groups:
        for name, words, quote in group:
            values = seen.get(name)
            if values is not None and values[at] >= _CLEAR:
                quoted = quote(left, right)
                said.append(f"{words}({quoted})" if quoted else words)
                break
    return said


def evidence(pairs: Pairs, encoder: Encoder, seen: Observations) -> list[str]:
    """For each pair what speaks for it and, after 但, what against; seen holds both looks' observations."""
    site = kind_of(pairs.left.registry, pairs.right.registry) == SITE
    supporting = _FOR if site else (*_FOR, _OF_LEGAL_PERSONS_ONLY)
    opposing = (*_AGAINST, _OF_SITES_ONLY) if site else _AGAINST
    texts = []
    for at, (i, j) in enumerate(zip(pairs.i.tolist(), pairs.j.tolist(), strict=True)):
        left, right = Spoken(pairs.left, encoder, i), Spoken(pairs.right, encoder, j)
        spoken = _said(supporting, seen, at, left, right)
        against = _said(opposing, seen, at, left, right)
        if against:
            spoken += [f"但{against[0]}", *against[1:]]
        texts.append("；".join(spoken) or "没有可比的内容")
    return texts


def picked(seen: Observations, rows: Longs) -> Observations:
    """The observations of some pairs only."""
    return {name: values[rows] for name, values in seen.items()}
