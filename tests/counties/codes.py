"""Credit codes, school codes and working days, written a second time so that tests do not trust the hub's own."""

from datetime import date, timedelta
from functools import cache
from random import Random

import chinese_calendar

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LOOK_ALIKE = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}


def outer_check(first17: str) -> str:
    """The 18th character of a credit code (GB 32100): weights are the powers of three modulo 31."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17))
    return ALPHABET[(31 - total % 31) % 31]


def inner_check(body8: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    value = 11 - sum(int(character, 36) * weight for character, weight in zip(body8, _OLD_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(value, str(value))


def is_valid(code: str) -> bool:
    """Whether an eighteen-character code passes length, character set and outer check."""
    return len(code) == 18 and set(code) <= set(ALPHABET) and outer_check(code[:17]) == code[17]


_SEGMENTS = {"1": "MB", "5": "MJ", "9": "MA"}


class CodeMaker:
    """Draws codes, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[str] = set()

    def credit_code(self, prefix: str, division: str, *, inner_holds: bool = True) -> str:
        """A valid credit code that starts with prefix and names the division as registrar."""
        while True:
            segment = _SEGMENTS[prefix[0]] if self._rng.random() < 0.9 else self._rng.choice(("3", "4", "7")) + "6"
            body = segment + self._rng.choice("2389ABCX") + "".join(self._rng.choice(ALPHABET[:10]) for _ in range(5))
            check = inner_check(body)
            first17 = f"{prefix}{division}{body}{check if inner_holds else ('5' if check != '5' else '6')}"
            code = first17 + outer_check(first17)
            if code not in self._used:
                self._used.add(code)
                return code

    def school_code(self, province: str, kind: str = "11") -> str:
        """A ten-digit school code of a class (11 kindergarten) in a province."""
        while True:
            code = f"{kind}{province[:2]}{self._rng.randrange(100_000, 999_999)}"
            if code not in self._used:
                self._used.add(code)
                return code

    def broken(self, code: str) -> str:
        """The code with another check character, so that no look-alike repairs it."""
        while True:
            wrong = code[:17] + self._rng.choice("3467ACDEFGHJKLMNPQRTW")
            if wrong != code and not repairs(wrong):
                return wrong

    def look_alike(self, code: str) -> str | None:
        """The code with one digit typed as a letter that looks like it, repairable in exactly one way."""
        places = [place for place in range(2, 17) if code[place] in LOOK_ALIKE]
        self._rng.shuffle(places)
        for place in places:
            wrong = code[:place] + LOOK_ALIKE[code[place]] + code[place + 1 :]
            if not is_valid(wrong) and repairs(wrong) == [code]:
                return wrong
        return None


_BACK = {"O": "0", "I": "1", "Z": "2", "S": "5", "B": "8", "V": "UY"}


def repairs(code: str) -> list[str]:
    """Every valid code that one look-alike substitution makes of this one."""
    made = (
        code[:place] + right + code[place + 1 :]
        for place, character in enumerate(code)
        for right in _BACK.get(character, "")
    )
    return [candidate for candidate in made if is_valid(candidate)]


@cache
def working_days(start: date, end: date) -> int:
    """Chinese working days from the day after start to end, inclusive."""
    count, day = 0, start + timedelta(days=1)
    while day <= end:
        count += chinese_calendar.is_workday(day)
        day += timedelta(days=1)
    return count


def nth_working_day(start: date, count: int) -> date:
    """The count-th working day after start."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


def start_of_working_days(end: date, count: int) -> date:
    """The latest day after which exactly count working days run to end."""
    start = end
    while working_days(start, end) < count:
        start -= timedelta(days=1)
    return start
