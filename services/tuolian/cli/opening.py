"""How a command gets at the hub: its home, its counties, its place in time, and progress on the way."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hub_kernel.errors import TuolianError, UsageError
from tuolian.cli.options import HOME_KEY
from tuolian.cli.printing import say
from tuolian.cli.unexpected import UnexpectedError, unexpected_sentence
from tuolian.settings import HubSettings, hub_settings

if TYPE_CHECKING:
    from hub_vocabulary.divisions import Region
    from tuolian.hub import Hub


def settings_of(context: typer.Context) -> HubSettings:
    """The settings of the running command: --home wherever it stood, else the environment, else the default."""
    return hub_settings(context.meta.get(HOME_KEY), os.environ)


@contextmanager
def opened(context: typer.Context, *, home: Path | None = None) -> "Iterator[Hub]":
    """The hub of this command, caught up with its log; closed at the end whatever happens.

    An error that nobody foresaw leaves as UnexpectedError, its details in the hub's own logs folder.
    """
    settings = HubSettings(home) if home is not None else settings_of(context)
    try:
        from tuolian.hub import Hub

        with Hub.open(settings, say=say) as hub:
            hub.catch_up()
            yield hub
    except (TuolianError, BrokenPipeError, typer.Exit, typer.Abort, typer.TyperException):
        raise
    except Exception as error:
        raise UnexpectedError(unexpected_sentence(error, settings.logs_folder)) from error


def find_region(hub: "Hub", text: str) -> "Region":
    """The county (or city) that a code or a name means; UsageError says what would be right."""
    wanted = text.strip()
    found = hub.divisions.find(wanted)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"叫“{wanted}”的不止一处，请写六位区划码：{_listed(found)}。")
    near = _near(hub, wanted)
    hint = f"是不是 {_listed(near)}？" if near else "请写六位区划码或县的全名；名录见 tuolian regions list。"
    raise UsageError(f"没有区划“{wanted}”：{hint}")


def _near(hub: "Hub", wanted: str) -> "list[Region]":
    """What may have been meant: a county that the hub has data of before any other."""
    known = {region.code if wanted.isdigit() else region.name: region for region in hub.known_regions()}
    near = [known[word] for word in get_close_matches(wanted, known, n=3, cutoff=0.5)]
    if wanted.isdigit():
        codes = {region.code: region for region in hub.divisions.all_counties()}
        near += [codes[code] for code in get_close_matches(wanted, codes, n=3, cutoff=0.8)]
    else:
        near += hub.divisions.suggest(wanted, limit=3)
    return list(dict.fromkeys(near))


def _listed(regions: "list[Region]") -> str:
    return "、".join(f"{region.code} {region.city_name}{region.name}" for region in regions[:5])


@dataclass(frozen=True, slots=True)
class Question:
    """One county that is asked about, as of a day and as known at a county_seq (None: now)."""

    region: "Region"
    as_of: date | None
    known_at: int | None


def questions(hub: "Hub", region: str | None, as_of: date | None, known_at: object) -> "list[Question]":
    """The counties asked about, in order of their codes: the one named, or every one the hub knows."""
    regions = [find_region(hub, region)] if region else hub.known_regions()
    return [Question(each, as_of, _seq_of(hub, each, known_at)) for each in regions]


def _seq_of(hub: "Hub", region: "Region", known_at: object) -> int | None:
    if isinstance(known_at, datetime):
        return hub.seq_at(region, known_at)
    return known_at if isinstance(known_at, int) else None


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Shows on stderr what is being worked on; silent where stderr is no terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status(title) as status:
        yield lambda text: status.update(f"{title} {text}")
