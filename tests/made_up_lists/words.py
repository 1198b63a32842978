"""The words that made-up counties are made of: places, brands, people, and what is written for what by mistake."""

import tomllib
from pathlib import Path
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def _list(name: str) -> tuple[str, ...]:
    return tuple(_WORDS[name].split())


TOWNSHIPS = _list("townships")
COUNTIES = _list("counties")
SURNAMES_OF_VILLAGES: tuple[str, ...] = tuple(_WORDS["surnames_of_villages"])
VILLAGE_HEADS: tuple[str, ...] = tuple(_WORDS["village_heads"])
VILLAGE_TAILS = _list("village_tails")
ROADS = _list("roads")
ESTATES = _list("estates")
BRANDS = _list("brands")
SURNAMES: tuple[str, ...] = tuple(_WORDS["surnames"])
GIVEN: tuple[str, ...] = tuple(_WORDS["given"])
PERSONAL_REMARKS = _list("personal_remarks")
TOWN_SERVICES = _list("town_services")
VILLAGE_SERVICES = _list("village_services")
COUNTY_SERVICES = _list("county_services")
SOCIETIES = _list("societies")
LIKE_SOUNDING: dict[str, str] = _WORDS["like_sounding"]
