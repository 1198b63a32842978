"""What make installs is what pyproject asks for, pinned and hashed."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCKED = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
PINNED = {name.lower().replace("_", "-"): version for name, version in re.findall(r"(?m)^([\w.-]+)==(\S+)", LOCKED)}


def wanted() -> list[Requirement]:
    """The requirements of the project, of its runtime on servers, and of its developers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [Requirement(text) for text in (*project["dependencies"], *extras["kafka"], *extras["dev"])]


def test_every_requirement_is_pinned_within_its_range() -> None:
    wrong = [
        str(requirement)
        for requirement in wanted()
        if not requirement.specifier.contains(PINNED.get(requirement.name.lower().replace("_", "-"), "0"))
    ]
    assert wrong == [], "run: make lock"


def test_every_pinned_version_has_hashes() -> None:
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", LOCKED)[1:]
    assert {block.partition("==")[0] for block in blocks} == set(PINNED)
    assert [block.partition(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_pinned_versions_name_no_place_to_fetch_them_from() -> None:
    assert re.findall(r"https?://|--index-url|--find-links|--extra-index", LOCKED) == []
