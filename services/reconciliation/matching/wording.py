"""What observations and blocks are called in Chinese, for people who ask why."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("reconciliation.matching").joinpath("words.toml").read_text("utf-8"))


def observation_word(name: str) -> str:
    """What an observation means; KeyError for a name that has no word."""
    words = _words()["observations"]
    if name.startswith("kind_"):
        _, word, side = name.split("_")
        return words[f"kind_{side}"].format(word)
    return words[name]


def block_word(parts: Sequence[str]) -> str:
    """What the records of a block share."""
    words = _words()["blocks"]
    return "＋".join(words[part.rstrip("?")] for part in parts)
