"""docs/cli.md: every command with its options and examples, taken from the command line itself."""

from collections.abc import Iterator
from typing import Any

import typer.main

from tuolian.cli.app import app
from tuolian.reference.markdown import page, table


def render() -> str:
    """The page as text."""
    root: Any = typer.main.get_command(app)
    sections = list(_sections(root, "tuolian"))
    return page("命令 · Commands", str(root.help), *sections)


def _sections(command: Any, path: str) -> Iterator[str]:
    for name, sub in command.commands.items():
        yield _section(sub, f"{path} {name}")
        if hasattr(sub, "commands"):
            yield from _sections(sub, f"{path} {name}")


def _section(command: Any, path: str) -> str:
    parts = [f"## {path}", _help(command)]
    rows = [_option(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        parts.append(table(("参数", "必需", "说明"), rows))
    if command.epilog and not path.count(" ") > 1:
        parts.append(_examples(command.epilog))
    return "\n\n".join(part for part in parts if part)


def _help(command: Any) -> str:
    paragraphs = (command.help or "").strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)


def _option(parameter: Any) -> tuple[str, str, str]:
    names = [name for name in parameter.opts if name.startswith("-")]
    flag = bool(getattr(parameter, "is_flag", False))
    value = "" if flag else f" {parameter.metavar}" if names and parameter.metavar else ""
    shown = ", ".join(names) + value if names else parameter.metavar or parameter.name
    return f"`{shown}`", "是" if parameter.required else "", parameter.help or ""


def _examples(epilog: str) -> str:
    lines = [line.strip().removeprefix("$ ") for line in epilog.split("\n\n")[1:]]
    return "\n".join(("```sh", *lines, "```"))
