"""Whether the hub is whole: every county caught up, none parked, the database undamaged."""

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hub_kernel.counties import last_seq

if TYPE_CHECKING:
    from hub_kernel.runtimes.parking import ParkedCounty
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub

PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What was found: the counties with their state, how far the consumers are behind, and what is damaged."""

    home: str
    counties: list[dict[str, Any]]
    lag: int
    damage: str | None
    on_kafka: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing is parked, behind or damaged."""
        return self.damage is None and not self.lag and not any(county["parked"] for county in self.counties)

    def as_row(self) -> dict[str, Any]:
        """One JSON line."""
        return {
            "home": self.home,
            "is_well": self.is_well,
            "lag": self.lag,
            "damage": self.damage,
            "counties": self.counties,
        }

    def sentences(self) -> list[str]:
        """The verdict for people."""
        told = [f"数据目录：{self.home}"]
        if self.damage is not None:
            told.append(f"数据库有损坏（{self.damage}）：请从备份恢复整个目录。")
        if self.lag:
            working = "worker 在处理；一直不减少时请看 worker 是否在运行" if self.on_kafka else "另一个命令可能正在运行"
            told.append(f"还有 {self.lag} 个事件没有处理：{working}，稍后再看。")
        for county in self.counties:
            if county["parked"]:
                told.append(f"{county['county']}停在第 {county['parked_at']} 号事件：{county['parked']}")
        return [*told, "一切正常。"] if self.is_well else told


def examine(hub: "Hub", wait_seconds: float = 0.0) -> HealthReport:
    """Looks at everything; waits up to wait_seconds until every consumer has reached the end of the log."""
    end = time.monotonic() + wait_seconds
    while hub.runtime.lag() and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)
    broker = hub.settings.broker
    parked = {each.county_id: each for each in hub.runtime.parked_counties()}
    held = Counter(row["region"] for row in hub.intake.extracts() if row["outcome"] == "held")
    counties = [_county(hub, region, parked.get(region.county_id), held[region.code]) for region in hub.known_regions()]
    return HealthReport(hub.settings.place, counties, hub.runtime.lag(), hub.database.damage(), broker is not None)


def _county(hub: "Hub", region: "Region", parked: "ParkedCounty | None", held: int) -> dict[str, Any]:
    with hub.database.reading() as connection:
        events = last_seq(connection, region.county_id)
    last_day = hub.last_day(region)
    return {
        "region": region.code,
        "county": region.name,
        "events": events,
        "last_day": last_day.isoformat() if last_day else None,
        "held": held,
        "parked": parked.reason if parked else None,
        "parked_at": parked.county_seq if parked else None,
    }
