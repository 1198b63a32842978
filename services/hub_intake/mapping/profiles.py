"""What a column holds, by a sample of its values: shares of codes, dates, names, numbers; how full, how varied."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from hub_intake.reading.cells import Cell, UnreadableCell
from hub_vocabulary.credit_code import clean_code, is_valid
from hub_vocabulary.dates import LONG_TERM, parse_date, parse_range
from hub_vocabulary.numbers import parse_decimal
from hub_vocabulary.text import comparison_key, is_empty_word

_PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)"
_CREDIT_SHAPE = re.compile(r"[0-9A-Z]{18}")
_SCHOOL = re.compile(rf"[1-9]\d{_PROVINCE}\d{{6}}")
_REGION = re.compile(rf"{_PROVINCE}\d{{4}}(?:\d{{3}}|\d{{6}})?")
_REGION_NAME = re.compile(r".{1,12}[县区市旗]")
_PHONE = re.compile(
    r"(?:\+?86)?(?:1[3-9][\d*]{9}|0\d{2,3}-?[\d*]{7,8}|[2-8][\d*]{6,7})(?:转\d+|-\d{1,6})?(?:[、/,;].*)?"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方"
    "邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦向柳邢路岳齐"
    "梅庄辛管祝左涂谷时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛仇车连滕蓝冀代"
    "欧阳上官司马诸葛东方皇甫尉迟公孙"
)
_PERSON = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf䶮·•・]{2,4}|[\u4e00-\u9fff]{2,8}[·•・][\u4e00-\u9fff]{2,8}")
_ADDRESS = re.compile(r"路|街|村|镇|乡|巷|弄|胡同|号|社区|小区|大道|花园|楼|室|组|屯|庄")
_ADDRESS_END = re.compile(r"号|村|路|街|楼|室|组|屯|层|单元|栋|区|院|内|侧|处|庄|镇|道|\d|号楼|附近|对面")
_ORGANISATION = re.compile(
    r".*(?:园|校|中心|公司|托育|站|点|所|院|局|部|社|会|厂|店|馆|处|办|厅|学|班|机关|政府|单位|委员会|联合会|基金会|协会|屋|坊|苑|家)"
    r"(?:\(.*\))?$"
)
_SCOPE = re.compile(r"服务|教育|保育|经营|管理|幼儿|承担|负责|开展|提供|促进|销售|咨询|活动|职责|照护|照料|食品|工作")
_SENTENCE = re.compile(r"[;；。,，、]")
_DIGITS = re.compile(r"\d+")

LEAST_SCOPE = 6


class ColumnProfile:
    """A sampled column: its texts, empty words left out as empty, and the shares of what the texts look like."""

    def __init__(self, heading: str, cells: Sequence[Cell], date_system: int = 1900) -> None:
        self.heading = heading
        self.cells = cells
        self._date_system = date_system
        self.keys = [_key(cell) for cell in cells]
        self.filled = sum(1 for key in self.keys if key)

    @property
    def fill(self) -> float:
        """The share of rows with a value."""
        return self.filled / max(len(self.keys), 1)

    @cached_property
    def values(self) -> list[str]:
        """The values that are there, as comparison keys, in order."""
        return [key for key in self.keys if key]

    @cached_property
    def distinct(self) -> float:
        """Different values as a share of the filled rows."""
        return len(set(self.values)) / max(self.filled, 1)

    def share(self, test: Callable[[str], bool]) -> float:
        """The share of the values that pass a test."""
        return sum(1 for value in self.values if test(value)) / max(self.filled, 1)

    @cached_property
    def valid_credit_codes(self) -> float:
        """The share of credit codes with a right check character."""
        return self.share(lambda value: is_valid(clean_code(value) or ""))

    @cached_property
    def credit_shapes(self) -> float:
        """The share of values of 18 letters and digits, right or wrong."""
        return self.share(lambda value: _CREDIT_SHAPE.fullmatch(clean_code(value) or "") is not None)

    def code_prefixes(self, prefixes: tuple[str, ...]) -> float:
        """The share of valid credit codes, among all valid ones, that begin so."""
        valid = [value for value in self.values if is_valid(clean_code(value) or "")]
        return sum(1 for value in valid if value.startswith(prefixes)) / max(len(valid), 1)

    @cached_property
    def school_codes(self) -> float:
        """The share of ten-digit school codes with a province."""
        return self.share(lambda value: _SCHOOL.fullmatch(value) is not None)

    @cached_property
    def region_codes(self) -> float:
        """The share of division codes of 6, 9 or 12 digits."""
        return self.share(lambda value: _REGION.fullmatch(value) is not None)

    @cached_property
    def region_names(self) -> float:
        """The share of names of counties, districts and cities."""
        return self.share(lambda value: _REGION_NAME.fullmatch(value) is not None)

    @cached_property
    def phones(self) -> float:
        """The share of telephone numbers."""
        return self.share(lambda value: _PHONE.fullmatch(value.replace("(", "").replace(")", "-")) is not None)

    @cached_property
    def persons(self) -> float:
        """The share of personal names: a surname and one or two characters, or a name with a middle dot."""
        return self.share(lambda value: value[0] in _SURNAMES and _PERSON.fullmatch(value.split("(")[0]) is not None)

    @cached_property
    def addresses(self) -> float:
        """The share of addresses."""
        return self.share(_is_address)

    @cached_property
    def organisations(self) -> float:
        """The share of names of organisations."""
        return self.share(lambda value: len(value) >= 4 and _ORGANISATION.fullmatch(value) is not None)

    @cached_property
    def scopes(self) -> float:
        """The share of texts that say what a body does."""
        return self.share(_is_scope)

    @cached_property
    def with_digits(self) -> float:
        """The share of values with a digit in them."""
        return self.share(lambda value: _DIGITS.search(value) is not None)

    @cached_property
    def numbers(self) -> list[float | None]:
        """The number of each row, None where there is none."""
        return [_number(cell) if key else None for cell, key in zip(self.cells, self.keys, strict=True)]

    @cached_property
    def number_share(self) -> float:
        """The share of values that are numbers."""
        return sum(1 for number in self.numbers if number is not None) / max(self.filled, 1)

    @cached_property
    def whole_share(self) -> float:
        """The share of values that are whole numbers, not negative."""
        whole = sum(1 for number in self.numbers if number is not None and number >= 0 and number == int(number))
        return whole / max(self.filled, 1)

    @cached_property
    def middle(self) -> float | None:
        """The middle one of the numbers above 0; None if there is none."""
        above = sorted(number for number in self.numbers if number)
        return above[len(above) // 2] if above else None

    @cached_property
    def is_counter(self) -> bool:
        """Whether the column only counts the rows: 1, 2, 3 …, perhaps beginning anew on each sheet."""
        numbers = [number for number in self.numbers if number is not None]
        if len(numbers) < 3 or len(numbers) < self.filled * 0.9:
            return False
        steps = [two - one for one, two in pairwise(numbers)]
        ahead = sum(1 for step in steps if step == 1)
        return ahead >= len(steps) * 0.8 and min(numbers) <= 1

    @cached_property
    def dates(self) -> list[date | None]:
        """The day of each row, None where there is none; of a range the last one."""
        return [self._date(cell) if key else None for cell, key in zip(self.cells, self.keys, strict=True)]

    @cached_property
    def date_share(self) -> float:
        """The share of values that are days, 长期 or ranges of days."""
        return sum(1 for day in self.dates if day is not None) / max(self.filled, 1)

    @cached_property
    def range_share(self) -> float:
        """The share of values that are ranges of days."""
        return self.share(lambda value: _range(value) is not None)

    @cached_property
    def open_ended(self) -> float:
        """The share of days that never come (长期)."""
        return sum(1 for day in self.dates if day == LONG_TERM) / max(self.filled, 1)

    def _date(self, cell: Cell) -> date | None:
        if isinstance(cell, datetime | date):
            return cell.date() if isinstance(cell, datetime) else cell
        if isinstance(cell, str):
            ranged = _range(cell)
            if ranged is not None:
                return ranged[1] or ranged[0]
        elif not isinstance(cell, int | float) or isinstance(cell, bool) or not _may_be_day(cell):
            return None
        try:
            return parse_date(cell, self._date_system)
        except ValueError:
            return None


def _may_be_day(number: float) -> bool:
    """A serial day of 1980 to 2064, or a day written as eight digits: smaller numbers are counts."""
    return 29_000 <= number <= 60_000 or 19_500_101 <= number <= 20_991_231


def _key(cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    text = cell.text if isinstance(cell, UnreadableCell) else str(cell)
    return "" if is_empty_word(text) else comparison_key(text)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool | UnreadableCell):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str) or len(cell) > 16:
        return None
    try:
        return float(parse_decimal(cell))
    except ValueError:
        return None


def _range(text: str) -> tuple[date | None, date | None] | None:
    if len(text) < 10:
        return None
    try:
        return parse_range(text)
    except ValueError:
        return None


def _is_scope(value: str) -> bool:
    if len(value) < LEAST_SCOPE or _SCOPE.search(value) is None or _is_address(value):
        return False
    return _SENTENCE.search(value) is not None or _ORGANISATION.fullmatch(value) is None


def _is_address(value: str) -> bool:
    if len(value) < 5 or _ADDRESS.search(value) is None:
        return False
    return _ADDRESS_END.search(value[-3:]) is not None or len(_ADDRESS.findall(value)) > 2
