"""Which county each row is of: by division code, by the county's name, else by what its address and name say."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from hub_vocabulary.text import comparison_key
from tuolian.linking.reading import ReadList

_CODE = re.compile(r"\d{6}")
_IN_ADDRESS = re.compile(
    r"(?:[^省市县区]{2,7}(?:省|自治区))?(?:[^省市县区]{2,6}(?:市|州|盟))?([^省市县区镇乡村路街]{1,6}[县区市旗])"
)
_RARE = 20  # a code with so many times fewer rows than another of the same county is a slip
_COMMON = 0.2  # of the rows of a county that must begin with a name for it to be the county's


@dataclass(slots=True)
class Counties:
    """The counties that the lists speak of: the usual name of each code, and the codes of each name."""

    name_of: dict[str, str] = field(default_factory=dict)
    codes_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def key(self, region: str, name: str, address: str, title: str) -> str:
        """A row's county: its code where it has one, else its name; empty where nothing tells."""
        if region in self.name_of:
            return region
        if codes := self.codes_of.get(name):
            return next((code for code in codes if region and code[:4] == region[:4]), codes[0])
        if name:
            return name
        return self._told(address + title) or (region if region and not region.endswith("00") else "")

    def _told(self, text: str) -> str:
        key = comparison_key(text)
        for name, codes in self.codes_of.items():
            if name in key:
                return codes[0]
        return next(iter(self.name_of)) if len(self.name_of) == 1 else ""


def with_counties(lists: Sequence[ReadList]) -> list[pl.DataFrame]:
    """The lists' frames with the county's key in counties and its usual name in county_names."""
    frames = [_cleaned(each.frame) for each in lists]
    counties = _counties(frames)
    keyed = [_keyed(frame, counties) for frame in frames]
    known = {key: name for key, name in counties.name_of.items() if name}
    names = {**_names_in_addresses(keyed, counties), **known}
    return [_named(frame, names) for frame in keyed]


def _cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Division codes as six digits, county names as comparison keys; a name in the code's column is a name."""
    region = _translated(frame["regions"], _region)
    name = _translated(frame["county_names"], comparison_key)
    words = _translated(
        frame["regions"], lambda text: "" if _CODE.match(comparison_key(text)) else comparison_key(text)
    )
    return frame.with_columns(
        region.alias("regions"), pl.when(name == "").then(words).otherwise(name).alias("county_names")
    )


def _words(text: str) -> str:
    key = comparison_key(text)
    return "" if _CODE.match(key) else key


def _region(text: str) -> str:
    match = _CODE.match(comparison_key(text))
    return match[0] if match else ""


def _translated(column: pl.Series, translate: Callable[[str], str]) -> pl.Series:
    """Each distinct text translated once."""
    distinct = column.unique()
    return column.replace_strict(distinct, pl.Series([translate(text) for text in distinct], dtype=pl.String))


def _counties(frames: Sequence[pl.DataFrame]) -> Counties:
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for frame in frames:
        for region, name, count in frame.group_by("regions", "county_names").len().iter_rows():
            if region and not region.endswith("00"):
                counted[region][name] += count
    usual = {
        region: _usual({name: count for name, count in names.items() if name}) for region, names in counted.items()
    }
    rows = {region: sum(names.values()) for region, names in counted.items()}
    most: dict[str, int] = defaultdict(int)
    for region, name in usual.items():
        most[name] = max(most[name], rows[region])
    counties = Counties()
    for region, name in sorted(usual.items()):
        if not name or rows[region] * _RARE > most[name]:
            counties.name_of[region] = name
            if name:
                counties.codes_of[name].append(region)
    return counties


def _usual(counted: Mapping[str, int]) -> str:
    named = [name for name in counted if name]
    return min(named, key=lambda name: (-counted[name], name), default="")


def _keyed(frame: pl.DataFrame, counties: Counties) -> pl.DataFrame:
    places = frame.select("regions", "county_names").unique()
    keys = [
        counties.key(region, name, "", "") if region in counties.name_of or name else None
        for region, name in places.iter_rows()
    ]
    told = places.with_columns(pl.Series("counties", keys, dtype=pl.String))
    # Only the two columns are joined: joining all of them would copy the whole list.
    joined = frame.select("regions", "county_names").join(
        told, on=["regions", "county_names"], how="left", maintain_order="left"
    )
    keyed = joined["counties"]
    unclear = keyed.is_null()
    if unclear.any():
        rows = frame.filter(unclear).select("regions", "addresses", "names").iter_rows()
        found = [counties.key(region, "", address, title) for region, address, title in rows]
        keyed = keyed.scatter(unclear.arg_true(), pl.Series(found, dtype=pl.String))
    return frame.with_columns(keyed)


def _names_in_addresses(frames: Sequence[pl.DataFrame], counties: Counties) -> Mapping[str, str]:
    """For counties that no list names: the name that their addresses begin with."""
    nameless = {key for frame in frames for key in frame["counties"].unique() if not counties.name_of.get(key)}
    if not nameless:
        return {}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows: Counter[str] = Counter()
    for frame in frames:
        chosen = frame.filter(pl.col("counties").is_in(list(nameless)))
        for key, address in chosen.select("counties", "addresses").iter_rows():
            rows[key] += 1
            if match := _IN_ADDRESS.match(comparison_key(address)):
                found[key][match[1]] += 1
    usual = {key: _usual(names) for key, names in found.items()}
    return {key: name for key, name in usual.items() if found[key][name] >= _COMMON * rows[key]}


def _named(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    keys = frame["counties"].unique()
    usual = pl.Series([names.get(key, "" if _CODE.fullmatch(key) else key) for key in keys], dtype=pl.String)
    return frame.with_columns(frame["counties"].replace_strict(keys, usual).alias("county_names")).drop("regions")
