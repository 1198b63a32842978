"""Sealing: comparable without reading, readable with the key, unreadable for ever without it."""

from pathlib import Path

import pytest

from hub_kernel.sealed import Sealed
from hub_kernel.sealing import DamagedSealError, Sealer
from hub_kernel.storage.database import Database


@pytest.fixture
def sealer(database: Database) -> Sealer:
    return Sealer(database)


def seal(
    database: Database, sealer: Sealer, text: str, record_id: str = "r", field: str = "principal", county: str = "a"
) -> Sealed:
    """Seal a text in a transaction of its own."""
    with database.transaction() as connection:
        return sealer.seal(connection, county, record_id, field, text, sealer.digest(text))


def opened(
    database: Database, sealer: Sealer, sealed: Sealed, record_id: str = "r", field: str = "principal"
) -> str | None:
    """What is under a seal."""
    with database.reading() as connection:
        return sealer.open(connection, "a", record_id, field, sealed)


def test_what_was_sealed_can_be_opened_and_is_not_shown(database: Database, sealer: Sealer) -> None:
    sealed = seal(database, sealer, "王小明")
    assert "王小明".encode() not in sealed.ciphertext
    assert opened(database, Sealer(database), sealed) == "王小明"


def test_the_same_text_of_a_field_gives_the_same_bytes(database: Database, sealer: Sealer) -> None:
    first = seal(database, sealer, "王小明")
    assert seal(database, Sealer(database), "王小明") == first
    others = [
        seal(database, sealer, "王小明", record_id="other"),
        seal(database, sealer, "王小明", field="representative"),
        seal(database, sealer, "王小明", county="b"),
        seal(database, sealer, "王小朋"),
    ]
    assert len({first.ciphertext, *(sealed.ciphertext for sealed in others)}) == 5


def test_digests_compare_people_within_a_hub_and_not_across(tmp_path: Path, database: Database, sealer: Sealer) -> None:
    assert sealer.digest("王小明") == Sealer(database).digest("王小明")
    assert sealer.digest("王小明") != sealer.digest("王小朋")
    assert len(sealer.digest("王小明")) == 32
    assert len(sealer.row_digest("王小明,1")) == 16
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    other.create_all()
    assert Sealer(other).digest("王小明") != sealer.digest("王小明")
    other.close()


def test_a_destroyed_key_erases_the_person(database: Database, sealer: Sealer) -> None:
    sealed, other = seal(database, sealer, "王小明"), seal(database, sealer, "李四", record_id="other")
    with database.transaction() as connection:
        sealer.destroy(connection, "a", "r")
        sealer.destroy(connection, "a", "r")
    assert opened(database, sealer, sealed) is None
    assert opened(database, sealer, other, record_id="other") == "李四"


def test_who_is_delivered_anew_after_erasure_gets_another_key(database: Database, sealer: Sealer) -> None:
    before = seal(database, sealer, "王小明")
    with database.transaction() as connection:
        sealer.destroy(connection, "a", "r")
        after = sealer.seal(connection, "a", "r", "principal", "王小明", before.digest)
    assert after.ciphertext != before.ciphertext
    assert opened(database, sealer, before) is None
    assert opened(database, sealer, after) == "王小明"


def test_a_destroyed_key_is_not_left_in_the_file(file_database: Database, tmp_path: Path) -> None:
    database, sealer = file_database, Sealer(file_database)
    seal(database, sealer, "王小明")
    with database.reading() as connection:
        key: bytes = connection.exec_driver_sql("SELECT key FROM record_keys").scalar_one()
    with database.transaction() as connection:
        sealer.destroy(connection, "a", "r")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    database.close()
    assert key not in (tmp_path / "hub.db").read_bytes()


def test_a_seal_moved_to_another_field_or_record_is_noticed(database: Database, sealer: Sealer) -> None:
    sealed = seal(database, sealer, "王小明")
    seal(database, sealer, "李四", record_id="other")
    with pytest.raises(DamagedSealError, match="representative"):
        opened(database, sealer, sealed, field="representative")
    damaged = sealed.model_copy(update={"ciphertext": sealed.ciphertext[:-1] + b"\x00"})
    with pytest.raises(DamagedSealError):
        opened(database, sealer, damaged)
    assert opened(database, sealer, sealed, record_id="other") is None


def test_a_key_made_in_a_transaction_that_failed_is_not_used_again(database: Database, sealer: Sealer) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        sealer.seal(connection, "a", "r", "principal", "王小明", "d")
        raise ZeroDivisionError
    assert opened(database, sealer, seal(database, sealer, "王小明")) == "王小明"


def test_what_was_sealed_can_be_opened_in_the_same_transaction(database: Database, sealer: Sealer) -> None:
    with database.transaction() as connection:
        sealed = sealer.seal(connection, "a", "r", "principal", "王小明", "d")
        assert sealer.open(connection, "a", "r", "principal", sealed) == "王小明"


@pytest.mark.parametrize("records", [3, 100])
def test_many_records_keep_their_keys_in_later_transactions(database: Database, sealer: Sealer, records: int) -> None:
    before = {number: seal_many(database, sealer, range(number, number + 1))[0] for number in range(records // 2)}
    after = seal_many(database, sealer, range(records))
    assert {number: after[number] for number in before} == before
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM record_keys").scalar() == records


def seal_many(database: Database, sealer: Sealer, numbers: range) -> list[Sealed]:
    """One text for each of many records."""
    with database.transaction() as connection:
        return [sealer.seal(connection, "a", f"r{number}", "principal", "王小明", "d") for number in numbers]
