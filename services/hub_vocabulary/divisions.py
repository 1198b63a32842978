"""Administrative divisions with validity: what a six-digit code means, what it belongs to and what it was before."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from hub_vocabulary.division_names import (
    COLLECTIVE_NAMES,
    COUNTIES,
    DIRECT_OF_PROVINCE,
    DIRECT_OF_REGION,
    DISTRICTS,
    another_place_follows,
    head_pattern,
    stem,
)
from hub_vocabulary.national_table import NationalTable, national_table
from hub_vocabulary.text import comparison_key


@dataclass(frozen=True, slots=True)
class Region:
    """A county (or city) as the hub knows it.

    code: the present six-digit division code. county_id: stable id, the first code the hub knew it by.
    names: county, city and province names with and without 县/区/市 suffix handling left to the callers:
    full names only, county first. predecessors: retired codes of the county, its city and its province.
    """

    code: str
    county_id: str
    name: str
    city_code: str
    city_name: str
    province_code: str
    province_name: str
    predecessors: frozenset[str] = frozenset()
    former_names: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # A region is part of the key of every cached name and address: hashing nine fields a call would cost more.
        return hash(self.code)

    def covers_code(self, code6: str) -> bool:
        """Whether a six-digit code is the county's, its city's, its province's or a predecessor's of those."""
        return code6 in {self.code, self.city_code, self.province_code} or code6 in self.predecessors

    @property
    def full_name(self) -> str:
        """Province, city and county in one, each said once: 甘肃省兰州市永登县, 北京市朝阳区."""
        names = dict.fromkeys((self.province_name, self.city_name, self.name))
        return "".join(name for name in names if name not in COLLECTIVE_NAMES)


_LONGEST_HEAD = 20  # 新疆维吾尔自治区克孜勒苏柯尔克孜自治州
_LONGEST_NAME = 15  # 双江拉祜族佤族布朗族傣族自治县


def _city_of(code: str) -> str:
    return f"{code[:4]}00"


def _province_of(code: str) -> str:
    return f"{code[:2]}0000"


def _is_collective(city_code: str) -> bool:
    """Whether the city level is only a heading: districts and counties of 北京, 天津, 上海, 重庆, and …90."""
    return city_code[2:4] == "90" or (city_code[:2] in {"11", "12", "31", "50"} and city_code[2:4] in {"01", "02"})


def _collective_name(city_code: str) -> str:
    """What the standard calls a city level that is only a heading (110100 市辖区, 500200 县)."""
    if city_code[2:4] == "90":
        return DIRECT_OF_REGION if city_code.startswith("65") else DIRECT_OF_PROVINCE
    return COUNTIES if city_code[2:4] == "02" else DISTRICTS


def _predecessors(code: str, table: NationalTable) -> frozenset[str]:
    """Retired codes of the place and of what it belongs to, and the vanished cities that it once belonged to."""
    own = {old for level in {code, _city_of(code), _province_of(code)} for old in table.predecessors.get(level, ())}
    vanished = {city for city in map(_city_of, own) if city not in table.names and not _is_collective(city)}
    return frozenset(own | vanished)


def _from_table(code: str, table: NationalTable) -> Region:
    city = _city_of(code) if code[2:4] != "00" else code
    province = _province_of(code)
    return Region(
        code=code,
        county_id=code,
        name=table.names[code],
        city_code=city,
        city_name=table.names.get(city) or _collective_name(city),
        province_code=province,
        province_name=table.names[province],
        predecessors=_predecessors(code, table),
        former_names=table.former_names.get(code, ()),
    )


def _is_named_at(key: str, start: int, end: int, region: Region) -> bool:
    """Whether key[start:end], one of the region's names, can mean it: after nothing but what it belongs to."""
    if not head_pattern((region.province_name,), (region.city_name,)).fullmatch(key[:start]):
        return False
    name = key[start:end]
    return not another_place_follows(key[end:]) or name in map(comparison_key, (region.name, *region.former_names))


class Divisions:
    """Look-ups in the national table and in divisions given as data (made-up ones, other ids, later changes).

    Building one costs nothing; the table is read at the first look-up. An extra region takes precedence over the
    table's of the same code.
    """

    def __init__(self, extra: Iterable[Region] = ()) -> None:
        self._extra = tuple(extra)
        self._by_code: dict[str, Region | None] = {}

    def with_extra(self, regions: Iterable[Region]) -> "Divisions":
        """These divisions and more; a later region with the same code replaces an earlier one."""
        return Divisions((*self._extra, *regions))

    @cached_property
    def _extra_by_code(self) -> Mapping[str, Region]:
        """By every code that leads to it: a present code before an id, an id before a predecessor."""
        found: dict[str, Region] = {}
        for region in self._extra:
            found.update(dict.fromkeys((code for code in region.predecessors if code[4:] != "00"), region))
        found.update({region.county_id: region for region in self._extra})
        found.update({region.code: region for region in self._extra})
        return found

    def region(self, code: str) -> Region | None:
        """The division of a code of six digits or more; a retired code leads to the present division; else None."""
        code6 = code[:6]
        if code6 not in self._by_code:
            self._by_code[code6] = self._look_up(code6)
        return self._by_code[code6]

    def _look_up(self, code6: str) -> Region | None:
        if code6 in self._extra_by_code:
            return self._extra_by_code[code6]
        table = national_table()
        if code6 in table.names:
            return _from_table(code6, table)
        retired = table.retired.get(code6)
        return self.region(retired.present_code) if retired and retired.present_code else None

    def is_statistical(self, code: str) -> bool:
        """Whether a code is a development zone's in the statistics table (620171), not a division of GB/T 2260."""
        return code[:6] in national_table().statistical

    @cached_property
    def _counties(self) -> tuple[Region, ...]:
        names = national_table().names
        with_counties = {_city_of(code) for code in names if code[4:] != "00"}
        codes = {
            code
            for code in names
            if code[4:] != "00" or (code[2:4] != "00" and code not in with_counties)  # 东莞 has no counties
        }
        codes.update(region.code for region in self._extra if region.code[2:4] != "00")
        regions = (self.region(code) for code in sorted(codes))
        return tuple(region for region in regions if region is not None)

    def all_counties(self) -> tuple[Region, ...]:
        """Every county, district and statistical zone, and cities that have none; by code."""
        return self._counties

    def counties_of(self, code: str) -> tuple[Region, ...]:
        """The counties of a city or province (or the county itself), by code."""
        above = self.region(code)
        return () if above is None else self._counties_below.get(above.code, ())

    @cached_property
    def _counties_below(self) -> Mapping[str, tuple[Region, ...]]:
        """Counties by their own code, their city's and their province's."""
        found: dict[str, list[Region]] = {}
        for county in self._counties:
            for code in {county.code, county.city_code, county.province_code}:
                found.setdefault(code, []).append(county)
        return {code: tuple(counties) for code, counties in found.items()}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Region, ...]]:
        """Regions by the comparison key of every name: full, former, and without its kind."""
        found: dict[str, dict[str, Region]] = {}
        above = (self.region(code) for code in national_table().names if code[4:] == "00")
        for region in (*self._counties, *(region for region in above if region is not None)):
            for name in (region.name, stem(region.name), *region.former_names):
                found.setdefault(comparison_key(name), {})[region.code] = region
        return {name: tuple(regions.values()) for name, regions in found.items()}

    def find(self, text: str) -> list[Region]:
        """Every division that a code or a name can mean, by code: 620121, 永登, 兰州市永登县; empty if none."""
        key = comparison_key(text)
        if key[:6].isdigit():
            region = self.region(key) if len(key) in (6, 9, 12) else None
            return [region] if region else []
        found = {
            region.code: region
            for start in range(len(key))
            for region in self._by_name.get(key[start:], ())
            if _is_named_at(key, start, len(key), region)
        }
        return [found[code] for code in sorted(found)]

    def locate(self, text: str, within: str | None = None) -> list[Region]:
        """Every county that an address or a body's name can begin with; within: only those of this city or province.

        The longest reading counts: 兰州市永登县文庙街道 is 永登县, not 兰州. Used to route the rows of a city's file.
        """
        key = comparison_key(text)
        longest, found = 0, dict[str, Region]()
        for end, region in self._counties_at_the_head(key):
            if end < longest or (within is not None and within not in (region.city_code, region.province_code)):
                continue
            longest, found = end, ({} if end > longest else found)
            found[region.code] = region
        return [found[code] for code in sorted(found)]

    def _counties_at_the_head(self, key: str) -> Iterator[tuple[int, Region]]:
        """Counties named at the head of a key, each with the position where its name ends."""
        for start in range(min(len(key), _LONGEST_HEAD)):
            for end in range(start + 2, min(start + _LONGEST_NAME, len(key)) + 1):
                for region in self._by_name.get(key[start:end], ()):
                    if region in self._county_set and _is_named_at(key, start, end, region):
                        yield end, region

    @cached_property
    def _county_set(self) -> frozenset[Region]:
        return frozenset(self._counties)

    def suggest(self, text: str, limit: int = 5) -> list[Region]:
        """Divisions whose name is near to a misspelt one, nearest first."""
        near = get_close_matches(comparison_key(text), self._by_name, n=limit, cutoff=0.5)
        regions = {region.code: region for name in near for region in self._by_name[name]}
        return list(regions.values())[:limit]
