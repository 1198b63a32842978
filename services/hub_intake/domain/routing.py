"""Which county a row of a delivery belongs to: by its region column, its address, then its code; pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hub_vocabulary.credit_code import is_valid, registrar_division
from hub_vocabulary.divisions import Divisions, Region

Values = Mapping[str, Any]

# Province, city and county are said at the head of an address, if at all.
_HEAD = 24


class Routing:
    """Routes the rows of one delivery; covered are the counties of its source, one or several."""

    def __init__(self, divisions: Divisions, source: Region, covered: Sequence[Region]) -> None:
        self._divisions = divisions
        self._source = source
        self._covered = {region.code: region for region in covered}
        self._counties = frozenset(region.code for region in divisions.all_counties()) | self._covered.keys()
        self._by_address: dict[str, str | None] = {}
        self._own_head = _own_head(covered)

    def county_of(self, values: Values) -> str | None:
        """The code of the county that the row says it belongs to, covered or not; None when it says none.

        A code of the county's own city or province, or one that stands for no county, says none.
        """
        for name, check in (
            ("region_code", self._county_of_code),
            ("address", self._county_of_address),
            ("uscc", self._county_of_credit_code),
        ):
            value = values.get(name)
            code = check(value) if value else None
            if code is not None:
                return code
        return None

    def covers(self, code: str) -> bool:
        """Whether a county is one of the source's."""
        return code in self._covered

    def _county_of_code(self, code: str) -> str | None:
        region = self._divisions.region(code)
        return region.code if region is not None and region.code in self._counties else None

    def _county_of_address(self, address: str) -> str | None:
        own = self._own_head.match(address)
        if own is not None and own.lastgroup is not None:
            return own.lastgroup.removeprefix("c")
        head = address[:_HEAD]
        if head not in self._by_address:
            self._by_address[head] = self._located(head)
        return self._by_address[head]

    def _located(self, head: str) -> str | None:
        found = [region.code for region in self._divisions.locate(head)]
        covered = [code for code in found if code in self._covered]
        if covered:
            return covered[0] if len(covered) == 1 else None
        return found[0] if len(found) == 1 else None

    def _county_of_credit_code(self, code: str) -> str | None:
        return self._county_of_code(registrar_division(code)) if is_valid(code) else None


def _own_head(covered: Sequence[Region]) -> re.Pattern[str]:
    """Matches an address that begins with a covered county's name, in the group c and its code; nothing else.

    Most addresses do, and looking through all names of the country for each would cost more than all the rest.
    """
    counties = "|".join(
        f"(?P<c{region.code}>(?:{re.escape(region.province_name)})?(?:{re.escape(region.city_name)})?"
        f"{re.escape(region.name)})"
        for region in covered
        if sum(1 for other in covered if other.name == region.name) == 1
    )
    return re.compile(counties or "(?!)")
