"""A hub in a folder of its own for measuring, fed with counties of the made-up province."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping.proposing import propose
from hub_intake.reading.files import read_workbook
from hub_vocabulary.divisions import Divisions, Region
from province import CountyMaker, Sizes, write_county
from tuolian.hub import Hub
from tuolian.settings import HubSettings


@contextmanager
def fresh_hub(home: Path) -> Iterator[Hub]:
    """A new hub in the folder."""
    with Hub.open(HubSettings(home), say=print) as hub:
        yield hub


def some_counties(count: int) -> list[Region]:
    """So many counties of the country, by code."""
    return sorted(Divisions().all_counties(), key=lambda region: region.code)[:count]


def make_province(folder: Path, regions: list[Region], sizes: Sizes) -> None:
    """One month's folder a county."""
    for seed, region in enumerate(regions):
        write_county(folder / region.code, CountyMaker(region, seed, sizes))


def map_layouts(hub: Hub, folder: Path, regions: list[Region]) -> None:
    """The layouts are proposed once and kept for every county: they are the same offices' software."""
    first = regions[0]
    proposals = [proposed(hub, path, first) for path in sorted((folder / first.code).iterdir())]
    for region in regions:
        for mapping in proposals:
            hub.intake.activate_mapping(region, mapping.model_copy(update={"region": region.code}))


def proposed(hub: Hub, path: Path, region: Region) -> LayoutMapping:
    """The mapping proposed for a file, which must be certain."""
    proposal = propose(read_workbook(path.name, path.read_bytes()), region, hub.sources)
    if proposal.mapping is None or not proposal.certain:
        raise SystemExit(f"{path.name}: the layout was not recognised")
    return proposal.mapping


def map_file(hub: Hub, path: Path, region: Region) -> None:
    """The layout of one file is proposed and kept for its region."""
    hub.intake.activate_mapping(region, proposed(hub, path, region))


def load_county(hub: Hub, folder: Path, region: Region, as_of: date) -> int:
    """Ingests a county's folder, lets everything follow, and gives the rows accepted."""
    lines = hub.intake.ingest([folder / region.code], region, as_of)
    hub.catch_up()
    for line in lines:
        if line["outcome"] != "accepted":
            raise SystemExit(f"{region.code} {line['file']}: {line['outcome']} {line['reasons']}")
    return sum(int(line["rows"]) for line in lines)
