"""What a hub says beside what the reference says, and the smallest part of a history in which they differ."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.oracle.deliveries import Answers, Delivery, History, Item, hand_in_all, office
from tests.oracle.reference import Reference


def differences(prepared: Path, history: History, arrived: Sequence[Item], *, at_once: bool) -> list[str]:
    """What differs on the first evaluated day on which anything does; then as of no day at all."""
    reference = Reference(history)
    with office(prepared) as desk:
        hand_in_all(desk, arrived, at_once=at_once)
        for day in reference.days:
            told = _between(reference.answers(day), desk.answers(day))
            if told:
                return [f"as of {day}", *told]
        return _between(reference.answers(reference.days[-1]), desk.answers())


def _between(wanted: Answers, found: Answers) -> list[str]:
    """The lines that only one of the two has, and kinds of answers that come in another order."""
    told = []
    for name, lines in wanted.items():
        told += [f"lacking {name}: {line}" for line in lines if line not in found[name]]
        told += [f"too much {name}: {line}" for line in found[name] if line not in lines]
        if not told and lines != found[name]:
            told.append(f"{name} in another order")
    return told


def smallest(
    history: History, arrived: Sequence[Item], fails: Callable[[History, Sequence[Item]], bool]
) -> tuple[History, list[Item]]:
    """The history without every file that the failure does not need."""
    items = list(arrived)
    for file in reversed(history.deliveries):
        fewer = _without(history, file)
        rest = [item for item in items if item is not file]
        if len(fewer.deliveries) > 1 and fails(fewer, rest):
            history, items = fewer, rest
    return history, items


def _without(history: History, file: Delivery) -> History:
    return replace(history, deliveries=tuple(each for each in history.deliveries if each is not file))
