"""The county's, city's and province's names at the head of a name or an address, and how to take them off."""

from hub_vocabulary.division_names import head_pattern
from hub_vocabulary.divisions import Region


def strip_places(key: str, region: Region) -> str:
    """A comparison key without province, city and county at its head, each with or without its kind (县, 区, 市).

    A county's former names go too. A text that is nothing but the place stays as it is.
    """
    names = (region.name, *region.former_names)
    head = head_pattern((region.province_name,), (region.city_name,), names).match(key)
    return (key[head.end() :] if head else key) or key
