"""The states of the counties at work, kept in memory while they fit, the least recently used dropped first."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection


class CountyStates:
    """A processor's states by county; a state that is not there is loaded from the tables."""

    def __init__(self, load: Callable[[Connection, str], Any], capacity: int) -> None:
        self._load = load
        self._capacity = capacity
        self._states: OrderedDict[str, Any] = OrderedDict()

    def of_county(self, connection: Connection, county_id: str) -> Any:
        """The county's state as its tables have it, or as the events applied since have left it."""
        if county_id in self._states:
            self._states.move_to_end(county_id)
            return self._states[county_id]
        while len(self._states) >= self._capacity:
            self._states.popitem(last=False)
        state = self._states[county_id] = self._load(connection, county_id)
        return state

    def forget(self, county_id: str) -> None:
        """Drop a county's state: what it holds was not committed."""
        self._states.pop(county_id, None)

    def forget_all(self) -> None:
        """Drop every state."""
        self._states.clear()
