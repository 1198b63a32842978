"""How plants and traps are noted while a county is made."""

from tests.counties.making import Maker
from tests.counties.world import Plant, Record, Site


def pick(m: Maker, around: int, spread: int = 1) -> int:
    """A day index near the wanted one, never the first, always within the county's days."""
    return max(1, min(m.last, around + m.rng.randint(-spread, spread)))


def mark(m: Maker, subject: Site | Record, codes: str, note: str) -> None:
    """Notes that the codes (apart by spaces) must be found at a site, or at a record that runs none."""
    if isinstance(subject, Site):
        subject.used = True
    for code in codes.split():
        m.world.plants.append(Plant(subject.key, code, note))


def trap(m: Maker, site: Site, code: str, note: str) -> None:
    """Notes that the code must not be found at a site, though a hasty reader would find it."""
    site.used = True
    m.world.plants.append(Plant(site.key, code, note, trap=True))


def neighbour_code(m: Maker, prefix: str) -> str:
    """A credit code that the neighbouring county issued."""
    return m.codes.credit_code(prefix, m.place.neighbour[0])
