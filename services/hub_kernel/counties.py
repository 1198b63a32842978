"""The counties of a hub: each with a partition that never changes and an ordered log of its own."""

from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from hub_kernel.tables import COUNTIES, LOG

PARTITIONS = 64

# The one topic on which everything lies whose order matters in a county: "known at" is a place on it.
COUNTY_TOPIC = "tuolian.registry-changes"


def ensure_county(connection: Connection, county_id: str) -> int:
    """The partition of a county, assigned in turn when the county is first named and never changed after."""
    known = partition_of(connection, county_id)
    if known is not None:
        return known
    number: int = connection.execute(select(func.coalesce(func.max(COUNTIES.c.number) + 1, 0))).scalar_one()
    partition = number % PARTITIONS
    connection.execute(insert(COUNTIES).values(county_id=county_id, number=number, partition=partition))
    return partition


def partition_of(connection: Connection, county_id: str) -> int | None:
    """The partition of a county, None when the hub does not know it."""
    statement = "SELECT partition FROM counties WHERE county_id = ?"
    row = connection.exec_driver_sql(statement, (county_id,)).first()
    return None if row is None else int(row[0])


def known_counties(connection: Connection) -> list[str]:
    """The ids of all counties, in the order in which they became known."""
    return list(connection.execute(select(COUNTIES.c.county_id).order_by(COUNTIES.c.number)).scalars())


def last_seq(connection: Connection, county_id: str, topic: str = COUNTY_TOPIC) -> int:
    """The county_seq of the newest event of a county, 0 before the first."""
    newest = select(func.coalesce(func.max(LOG.c.county_seq), 0))
    return int(connection.execute(newest.where(LOG.c.topic == topic, LOG.c.county_id == county_id)).scalar_one())


def seq_at(connection: Connection, county_id: str, moment: datetime, topic: str = COUNTY_TOPIC) -> int:
    """The highest county_seq recorded up to and including moment (aware), 0 when nothing was known yet."""
    statement = (
        select(LOG.c.county_seq)
        .where(LOG.c.topic == topic, LOG.c.county_id == county_id, LOG.c.recorded_at <= utc_text(moment))
        .order_by(LOG.c.county_seq.desc())
        .limit(1)
    )
    return int(connection.execute(statement).scalar_one_or_none() or 0)


def utc_text(moment: datetime) -> str:
    """An aware moment as the log writes it: UTC, ISO, microseconds, Z; texts sort as the moments do."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
