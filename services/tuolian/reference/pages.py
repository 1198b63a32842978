"""Every generated page and the function that renders it."""

from collections.abc import Callable

from tuolian.reference import cli, registers, rules, settings, topics

PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("cli.md", cli.render),
    ("registers.md", registers.render),
    ("rules.md", rules.render),
    ("settings.md", settings.render),
    ("topics.md", topics.render),
)
