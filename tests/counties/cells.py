"""How a made-up office writes a cell: its dates, flags and words, and the harmless dirt that people leave in texts."""

from datetime import date, datetime
from random import Random
from typing import Any

from tests.counties.codes import is_valid
from tests.counties.layouts import LEGAL_REGISTERS, Layout, Table
from tests.counties.places import Place
from tests.counties.world import Address, Record, Row

_WIDE = str.maketrans(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-()",
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－（）",
)
_EMPTY_WORDS = ("", "", "无", "—", "/", "--", "暂无")
_DATES = {
    "iso": "%Y-%m-%d", "dot": "%Y.%m.%d", "slash": "%Y/%m/%d", "compact": "%Y%m%d", "zh": "%Y年%m月%d日",
    "iso_time": "%Y-%m-%d 00:00:00",
}  # fmt: skip
_MIXED = ("iso", "dot", "slash", "compact", "zh", "zh_short", "slash_short")
_MARKUP = ("html", "page")  # ends of texts do not survive there
PERSONS = ("representative", "principal")


class CellWriter:
    """Writes the cells of one county's files in one layout; the same record is written the same way every time."""

    def __init__(self, layout: Layout, place: Place, seed: int) -> None:
        self.layout, self.place, self._seed = layout, place, seed

    def _draw(self, record: Record, field: str, index: int) -> Random:
        """Chance that stays the same for a record's field, until the layout says that the office writes it anew."""
        since = [at for at in self.layout.rewritten.get((record.registry, field), ()) if at <= index]
        return Random(f"{self._seed}|{record.key}|{field}|{max(since, default=0)}")

    def cell(self, table: Table, record: Record, row: Row, field: str, index: int) -> Any:
        """The cell of a field in the row that the record shows at a day index."""
        if "+" in field:
            start, end = (_dated(row.get(name), "iso") for name in field.split("+"))
            return f"{start}至{end}"
        raw = row.get("_raw", {}).get(field)
        value, draw = row.get(field), self._draw(record, field, index)
        if raw is not None:
            return raw
        if field == "sponsor_code" and table.sponsor_with_words:
            return f"{value}-{row['sponsor']}"
        if isinstance(value, Address):
            return self._address(record, value, draw)
        if isinstance(value, bool):
            return self.layout.yes_no[0 if value else 1]
        if isinstance(value, date):
            return _date(table, value, draw)
        if isinstance(value, int):
            return _number(table, field, value, draw)
        if value is None:
            return draw.choice(_EMPTY_WORDS) if field == "uscc" and self.layout.dirt else None
        return self._text(table, record, row, field, str(value), draw)

    def _text(self, table: Table, record: Record, row: Row, field: str, value: str, draw: Random) -> str:
        value = self.layout.words.get((record.registry, field), {}).get(value, value)
        if field in ("name", "former_name", "alias"):
            return self._name(table, record, row, value, draw)
        if not self.layout.dirt:
            return value
        if field == "uscc":
            return _code(value, draw)
        if field in PERSONS:
            return _person(value, draw)
        return _phone(value, draw) if field == "phone" else value

    def _name(self, table: Table, record: Record, row: Row, value: str, draw: Random) -> str:
        body, prefix = value, ""
        if row.get("_prefix"):
            short = record.registry in ("education", "health") and Random(f"{self._seed}{record.key}").random() < 0.4
            prefix = "" if short else self.place.name
            if record.registry in LEGAL_REGISTERS and self.layout.city_in_names:
                prefix = self.place.city + self.place.name
        if not self.layout.dirt:
            return prefix + body
        chance = draw.random()
        if chance < 0.08:
            body = body.replace("幼儿园", draw.choice(("幼儿園", "幼兒園")))
        elif chance < 0.14 and prefix:
            prefix += " "
        elif chance < 0.20 and table.kind not in _MARKUP:
            body += draw.choice(("　", " ", "\n"))
        elif chance < 0.24:
            body = body.replace("（", "(").replace("）", ")")
        elif chance < 0.27:
            body = body[:2] + "　" + body[2:]
        return prefix + body

    def _address(self, record: Record, value: Address, draw: Random) -> str:
        place = self.place
        before = (place.name, place.province + place.city + place.name, place.city + place.name, "")
        weights = (8, 1, 1, 0) if record.registry in LEGAL_REGISTERS else (5, 1, 1, 1)
        text = f"{value.township}{value.place}" + (f"{value.number}号" if value.number else "")
        if self.layout.dirt:
            chance = draw.random()
            if chance < 0.10 and value.township.endswith("街道"):
                text = text.replace(value.township, value.township + "办事处", 1)
            elif chance < 0.18 and value.number:
                text = text.removesuffix("号") + "#"
            elif chance < 0.24 and value.number:
                text = text.replace(value.number, value.number.translate(_WIDE))
            elif chance < 0.28:
                text = value.township + " " + text.removeprefix(value.township)
        return draw.choices(before, weights)[0] + text


def _date(table: Table, value: date, draw: Random) -> Any:
    style = draw.choice(_MIXED) if table.dates == "mixed" else table.dates
    if style in ("excel", "serial") and not table.is_workbook:
        style = "iso"
    if value == date.max or style not in ("excel", "serial"):
        return _dated(value, style)
    return datetime(value.year, value.month, value.day) if style == "excel" else (value - date(1899, 12, 30)).days


def _dated(value: date | None, style: str) -> str:
    if value is None:
        return ""
    if value == date.max:
        return "长期"
    if style == "zh_short":
        return f"{value.year}年{value.month}月{value.day}日"
    if style == "slash_short":
        return f"{value.year}/{value.month}/{value.day}"
    return value.strftime(_DATES[style])


def _number(table: Table, field: str, value: int, draw: Random) -> Any:
    if table.numbers == "unit" and field in ("places", "children_in_care", "child_count"):
        return f"{value}{'个' if field == 'places' else '人'}"
    if table.numbers == "wide":
        return str(value).translate(_WIDE) if draw.random() < 0.1 else str(value)
    return str(value) if table.numbers == "text" else value


def _code(value: str, draw: Random) -> str:
    chance = draw.random()
    if not is_valid(value) or chance > 0.2:
        return value
    if chance < 0.06:
        return value.lower()
    if chance < 0.12:
        return value[:8] + " " + value[8:]
    if chance < 0.16:
        return value.translate(_WIDE)
    return f"{value[:8]}-{value[8:16]}-{value[16:]}"


def _person(value: str, draw: Random) -> str:
    if len(value) == 2 and draw.random() < 0.3:
        return value[0] + draw.choice(("　", " ", "  ")) + value[1]
    return value.replace("·", draw.choice("·•・")) if "·" in value else value


def _phone(value: str, draw: Random) -> str:
    if "-" not in value:
        return draw.choice(
            (value, value, f"{value[:3]} {value[3:7]} {value[7:]}", f"{value[:3]}-{value[3:7]}-{value[7:]}")
        )
    area, number = value.split("-")
    return draw.choice((value, value, area + number, f"({area}){number}", f"（{area}）{number}", f"{area} {number}"))
