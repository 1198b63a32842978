"""Every example of every rule, theme by theme."""

from tests.reconciliation.rules import (
    capacity_examples,
    codes_examples,
    deliveries_examples,
    filing_examples,
    identity_examples,
    order_examples,
    scope_examples,
    site_and_people_examples,
    state_examples,
)
from tests.reconciliation.rules.casebook import Example

EXAMPLES: list[Example] = [
    example
    for theme in (
        codes_examples,
        identity_examples,
        scope_examples,
        order_examples,
        state_examples,
        filing_examples,
        capacity_examples,
        site_and_people_examples,
        deliveries_examples,
    )
    for example in theme.EXAMPLES.examples
]
