"""How clerks write names, addresses, people and phones: every deviation happens the more often the more noise."""

from random import Random

import opencc

from tests.made_up_lists.county import County, Place, Title
from tests.made_up_lists.words import BRANDS, GIVEN, LIKE_SOUNDING, PERSONAL_REMARKS, SURNAMES

_OLD = opencc.OpenCC("s2t")
_DIGITS = "零一二三四五六七八九"
_STRAY = ("\u200b", "\ufeff", " ", "  ", "\u3000", "\t")
_ORDINALS = {word: str(number) for number, word in enumerate("一二三四五六七八九", 1)}


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def _in_words(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


class Clerk:
    """Writes the fields of one county's lists with the slips of that noise (0 none, 1 ordinary, 1.6 many)."""

    def __init__(self, draw: Random, county: County, noise: float) -> None:
        self._draw = draw
        self._county = county
        self._noise = noise

    def slips(self, ordinary: float) -> bool:
        """Whether a slip happens that is so frequent at noise 1."""
        return self._draw.random() < ordinary * self._noise

    def name(self, title: Title, *, legal: bool, care: str = "", formerly: str = "") -> str:
        """The name; legal registers write the whole of it, the others leave out what people know."""
        draw, county = self._draw, self._county
        township, core = title.township, self._core(title)
        if not title.township_matters and draw.random() < (0.4 if legal else min(0.85, 0.4 + 0.2 * self._noise)):
            township = ""
        if township and not legal and self.slips(0.13):
            township = township.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        if township and title.township_matters and not legal and title.shape.startswith("village"):
            township = "" if title.shape == "village_only" or draw.random() < 0.2 else township
        text = core if legal else self._branch(core, title)
        text = self._head(legal) + township + text
        if care:
            at = text.find("幼儿园") + 3
            text = text[:at] + care + text[at:] if at > 2 and draw.random() < 0.4 else text + care
        if not legal and self.slips(0.015):
            text += "（普惠）"
        if formerly and draw.random() < 0.2:
            text += f"（原{formerly}）"
        elif not legal and self.slips(0.006):
            text += f"（原{county.name[:-1]}{draw.choice(BRANDS)}幼儿园）"
        return self.text(text, 0.045)

    def _head(self, legal: bool) -> str:
        draw, county = self._draw, self._county
        if legal:
            return "" if self.slips(0.035) else county.name
        if draw.random() < 0.43:
            return ""
        if self.slips(0.075):
            return county.name[:-1]
        if self.slips(0.025):
            return (county.province + county.city, county.city, county.province)[draw.randrange(3)] + county.name
        return county.name

    def _core(self, title: Title) -> str:
        core = title.core
        draw = self._draw
        if core.startswith("第") and self.slips(0.1):
            number, rest = core[1], core[2:]
            return draw.choice((f"{number}{rest}", f"{_ORDINALS.get(number, number)}{rest}", core.replace("第", "")))
        if core.endswith("幼儿园") and "第" in core and self.slips(0.06):
            return core.replace("第", "").replace("幼儿园", "幼")
        if self.slips(0.03):
            return core.replace("幼儿园", draw.choice(("幼稚园", "幼儿院", "幼稚园", "园")))
        return core

    def _branch(self, core: str, title: Title) -> str:
        draw = self._draw
        if not title.shape:
            return core
        place = title.branch
        if title.shape.startswith("village") or (
            len(place) > 1 and place[-1] not in "区河南北" and draw.random() < 0.4
        ):
            place = place if place.endswith("村") or draw.random() < 0.6 else place + "村"
        if title.shape.startswith("village"):
            return place + draw.choices(("幼儿园", "园"), (95, 5))[0]
        tail = draw.choices(("分园", "教学点", "校区"), (6, 2, 2))[0]
        if title.shape == "bracket":
            return core + draw.choice((f"（{place}分园）", f"({place}园区)", f"（{place}）"))
        if title.shape == "dash":
            return f"{core}—{place}分园"
        if title.shape == "bare":
            return f"{place}园"
        return f"{core}{place}{tail}"

    def renamed(self, title: Title) -> Title:
        """The name after a renaming that the other lists have not heard of."""
        core = self._draw.choice(BRANDS) + ("托育中心" if "托育" in title.core else "幼儿园")
        return Title(title.township, core, False)

    def text(self, text: str, misheard: float) -> str:
        """Any text with slips: characters that sound alike, old characters, stray spaces, a trailing dot."""
        draw = self._draw
        if self.slips(misheard):
            text = self._misheard(text)
        if self.slips(0.062):
            text = _OLD.convert(text)
        if self.slips(0.035):
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice(_STRAY) + text[at:]
        if self.slips(0.018):
            text = draw.choice(("\u3000", " ", "")) + text + draw.choice(("\t", " ", "\n", "."))
        return text

    def _misheard(self, text: str) -> str:
        """One character written as another that sounds alike."""
        places = [at for at, sign in enumerate(text) if sign in LIKE_SOUNDING]
        if not places:
            return text
        at = self._draw.choice(places)
        return text[:at] + self._draw.choice(LIKE_SOUNDING[text[at]]) + text[at + 1 :]

    def person(self, name: str, other: str) -> str:
        """A person's name, or another's who had the post before, or nothing."""
        draw = self._draw
        if draw.random() < 0.012 + 0.004 * self._noise:
            return draw.choice(("", "待定"))
        if draw.random() < 0.14 * min(self._noise, 1.0) + 0.03 * max(self._noise - 1, 0):
            name = other
        if self.slips(0.03):
            name = self._misheard(name)
        if self.slips(0.04):
            return f"{name[0]}{draw.choice((' ', '  ', chr(0x3000)))}{name[1:]}"
        if self.slips(0.035):
            return name + draw.choice(PERSONAL_REMARKS)
        return _OLD.convert(name) if self.slips(0.04) else name

    def stranger(self) -> str:
        """Somebody else's name."""
        return self._draw.choice(SURNAMES) + "".join(self._draw.choice(GIVEN) for _ in range(self._draw.choice((1, 2))))

    def phone(self, number: str, blank: float) -> str:
        """A phone number in one of its writings, perhaps changed, perhaps with a second one, or a placeholder."""
        draw = self._draw
        if draw.random() < blank:
            return draw.choice(("", "", "/", "无", "0", "00000000"))
        if draw.random() < 0.26 * self._noise**0.5:
            number = f"1{draw.choice('35678')}{draw.randrange(10**8, 10**9)}"
        written = self._written(number)
        if self.slips(0.06):
            second = draw.choice((number, f"1{draw.choice('35678')}{draw.randrange(10**8, 10**9)}"))
            both = [written, second]
            draw.shuffle(both)
            return draw.choice(("/", "、", ",", "；", " ")).join(both)
        return written

    def _written(self, number: str) -> str:
        draw = self._draw
        if self.slips(0.02):
            at = draw.randrange(len(number) - 7, len(number))
            number = number[:at] + str(draw.randrange(10)) + number[at + 1 :]
        if not self.slips(0.3):
            return number
        if "-" in number:
            area, local = number.split("-")
            ways = (
                local,
                f"（{area}）{local}",
                area + local,
                f"86-{area[1:]}-{local}",
                f"{area}—{local}",
                _full_width(number),
            )
        else:
            three = (number[:3], number[3:7], number[7:])
            ways = (f"+86{number}", " ".join(three), "-".join(three), f"{number}.0", f"0{number}", _full_width(number))
        return draw.choice(ways)

    def address(self, place: Place, blank: float) -> str:
        """An address with as much of it as the clerk wrote down."""
        draw, county = self._draw, self._county
        if draw.random() < blank:
            return draw.choice(("", "-", "无", "详见备注"))
        township = place.township
        if draw.random() < (0.15 if place.village else 0.35) * min(1.0, 0.4 + 0.6 * self._noise):
            township = ""
        head = draw.choices(
            (county.name, county.province + county.city + county.name, county.city + county.name, "",
             county.province[:-1] + county.city + county.name),
            (45, 22, 9, 14, 5),
        )[0]  # fmt: skip
        return self.text(head + township + (self._in_village(place) if place.village else self._on_road(place)), 0.02)

    def _in_village(self, place: Place) -> str:
        draw = self._draw
        village = place.village
        if not village.endswith("村") and draw.random() < 0.75:
            village += "村"
        detail = draw.choices(
            (
                "",
                "原小学院内",
                "小学北邻",
                "村口",
                "文化广场旁",
                "村委会院内",
                "村委会东侧",
                f"{draw.randrange(1, 300)}号",
            ),
            (60, 5, 5, 5, 5, 5, 5, 10),
        )[0]
        return village + detail

    def _on_road(self, place: Place) -> str:
        draw = self._draw
        if place.estate and self.slips(0.3):
            return draw.choice(
                (
                    f"{place.estate}小区内",
                    f"{place.estate}配套幼儿园",
                    f"{place.estate}（{place.road}{place.number}号）",
                )
            )
        if self.slips(0.07):
            other = draw.choice(("建设北路", "团结路", "中山路", "青年路", "文化路"))
            return f"{place.road}与{other}{draw.choice(('交叉口东50米', '交汇处', '交叉口西路北', '交汇处100米'))}"
        if self.slips(0.1):
            return place.road
        number = f"{place.number}号"
        if self.slips(0.12):
            number = draw.choice(
                (f"{place.number}", _full_width(number), f"{_in_words(place.number)}号", _in_words(place.number) + "号")
            )
        segment = draw.choice(("东段", "西段", "中段")) if self.slips(0.06) else ""
        door = "" if self.slips(0.2) else place.door
        return f"{place.road}{segment}{number}{door}{'' if self.slips(0.3) else place.estate}"
