"""Derived ids: the same parts, the same id, now and in every later version."""

from uuid import UUID, uuid5

import pytest

from hub_kernel.ids import derive_id


def test_an_id_never_changes() -> None:
    assert derive_id("extract", "记录", "1") == "4de44d33-8967-5025-aeb9-e352f22d3e50"


def test_an_id_is_the_uuid5_of_its_parts() -> None:
    namespace = UUID("5d3f2d0e-7f0c-5b53-9a44-7f2c1d6a9b10")
    for number in range(200):
        assert derive_id("记录", str(number)) == str(uuid5(namespace, f"记录\x1f{number}"))


def test_the_order_and_the_borders_of_parts_count() -> None:
    ids = {derive_id("a", "b"), derive_id("b", "a"), derive_id("ab"), derive_id("a", "b", ""), derive_id("", "a", "b")}
    assert len(ids) == 5


@pytest.mark.parametrize("parts", [(), ("a\x1fb",)])
def test_no_part_and_a_part_that_looks_like_two_are_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one or more parts"):
        derive_id(*parts)
