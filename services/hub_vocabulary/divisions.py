"""Administrative divisions with validity: what a six-digit code means, what it belongs to and what it was before."""

from dataclasses import dataclass


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

    def covers_code(self, code6: str) -> bool:
        """Whether a six-digit code is the county's, its city's, its province's or a predecessor's of those."""
        return code6 in {self.code, self.city_code, self.province_code} or code6 in self.predecessors
