"""Records come back from their texts as they were."""

from datetime import date
from decimal import Decimal

import pytest

from hub_events.records import CanonicalRecord
from hub_events.sealed import Sealed
from reconciliation.projections.record_bodies import read_record, record_body
from tests.reconciliation.rules.made_up import (
    a_company,
    a_filing,
    a_kindergarten,
    a_manifest_entry,
    a_population,
    a_published_figure,
    a_review,
    a_social_organisation,
    an_annual_report,
    an_institution,
)


@pytest.mark.parametrize(
    "record",
    [
        a_kindergarten(address=None),
        a_filing(floor_area=Decimal("120.50"), phone=Sealed(ciphertext=bytes(range(256)), digest="0" * 32)),
        an_institution(certificate_to=date.max, capital=Decimal("10")),
        a_social_organisation(),
        a_company(),
        a_review(),
        a_population(),
        a_published_figure("places", "2556"),
        a_manifest_entry(),
        an_annual_report(),
    ],
    ids=lambda record: record.registry.value,
)
def test_a_record_comes_back_as_it_was(record: CanonicalRecord) -> None:
    assert read_record(record.registry, record_body(record)) == record
