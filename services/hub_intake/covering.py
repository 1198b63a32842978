"""City-wide deliveries that covered a county before they ever showed a record of it: each is an empty extract of it."""

from sqlalchemy import Connection, select

from hub_intake.county_extract import CountyExtract
from hub_intake.deliveries import Delivery, find_delivery
from hub_intake.domain.extract import Extract
from hub_intake.domain.folding import fold_extract
from hub_intake.domain.known import SourceState
from hub_intake.received import extract_id_of
from hub_intake.source_history import SourceHistory
from hub_intake.tables import DELIVERIES, EXTRACTS
from hub_vocabulary.divisions import Region


def earlier_coverings(connection: Connection, part: CountyExtract, region: Region) -> list[CountyExtract]:
    """The empty extracts, oldest first, that a county lacks although accepted deliveries covered it.

    Absences are counted, and days evaluated, by what covered the county, not by when it was first shown.
    """
    above = {region.city_code, region.province_code} - {region.code}
    has_extract = select(EXTRACTS.c.delivery_id).where(EXTRACTS.c.county_id == region.county_id)
    found = connection.execute(
        select(DELIVERIES.c.delivery_id)
        .where(
            DELIVERIES.c.region.in_(above),
            DELIVERIES.c.registry == part.registry.value,
            DELIVERIES.c.outcome == "accepted",
            DELIVERIES.c.delivery_id != part.delivery_id,
            DELIVERIES.c.delivery_id.not_in(has_extract),
        )
        .order_by(DELIVERIES.c.as_of, DELIVERIES.c.received_no)
    ).scalars()
    deliveries = [find_delivery(connection, delivery_id) for delivery_id in found]
    return [_empty(connection, part, region, each) for each in deliveries if each is not None]


def _empty(connection: Connection, part: CountyExtract, region: Region, delivery: Delivery) -> CountyExtract:
    extract_id = extract_id_of(region.county_id, part.registry, delivery.as_of, delivery.sha256, delivery.kind)
    extract = Extract(extract_id, delivery.as_of, delivery.kind, frozenset(), [])
    return CountyExtract(
        region=region.code,
        delivery_id=delivery.delivery_id,
        file_name=delivery.file_name,
        sha256=delivery.sha256,
        mapping_hash=delivery.mapping_hash or "",
        rules=part.rules,
        history=SourceHistory(connection, part.rules),
        state=SourceState(),
        extract=extract,
        fold=fold_extract(part.rules, SourceState(), extract),
        rows=0,
        rejected_rows=0,
        reading_hash="",
    )
