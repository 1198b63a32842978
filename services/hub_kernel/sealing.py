"""Sealing of personal text: a key a record, kept beside the log and never in it; destroying it erases the person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, select

from hub_kernel.errors import Stopped
from hub_kernel.sealed import Sealed
from hub_kernel.storage.database import Database, before_commit, in_transaction, transaction_notes
from hub_kernel.tables import RECORD_KEYS

_KEY_BYTES = 32
_MARK_BYTES = 4
_NONCE_BYTES = 12

# Keys of a county are looked up one by one as long as they are few, or few of many; then all are read at once.
_SINGLE_LOOKUPS = 16
_SINGLE_OF = 20
_MOST_EXPECTED, _AT_ONCE = 20_000, 500

_SELECT_SECRET = "SELECT secret FROM hub_secrets WHERE name = 'digests'"  # noqa: S105 - a statement, no secret
_INSERT_SECRET = "INSERT INTO hub_secrets (name, secret) VALUES ('digests', ?)"  # noqa: S105 - the same
_SELECT_KEY = "SELECT key FROM record_keys WHERE county_id = ? AND record_id = ?"
_SELECT_KEYS = "SELECT record_id, key FROM record_keys WHERE county_id = ?"
_COUNT_KEYS = "SELECT count(*) FROM record_keys WHERE county_id = ?"
_INSERT_KEY = "INSERT INTO record_keys (county_id, record_id, key) VALUES (?, ?, ?)"
_DELETE_KEY = "DELETE FROM record_keys WHERE county_id = ? AND record_id = ?"


class DamagedSealError(Stopped):
    """A ciphertext does not belong to the record, the field and the key it was found with."""


class Sealer:
    """Seals and opens personal text with the keys that a database holds.

    The hub's own secret is read, or made at first use, when the sealer is made: make it outside any
    transaction. Keys made in a transaction are written just before it commits and forgotten if it fails.
    """

    def __init__(self, database: Database) -> None:
        secret = _hub_secret(database)
        self._digesting = blake2b(key=secret, digest_size=16, person=b"tuolian-digest")
        self._row_digesting = blake2b(key=secret, digest_size=8, person=b"tuolian-row")

    def digest(self, cleaned: str) -> str:
        """The keyed digest (32 hex digits) of a cleaned value: equal values, equal digests within this hub."""
        state = self._digesting.copy()
        state.update(cleaned.encode())
        return state.hexdigest()

    def row_digest(self, text: str) -> str:
        """The keyed digest (16 hex digits) of a whole row, so that its hash tells nothing about who is in it."""
        state = self._row_digesting.copy()
        state.update(text.encode())
        return state.hexdigest()

    def seal(
        self, connection: Connection, county_id: str, record_id: str, field: str, text: str, digest: str
    ) -> Sealed:
        """text sealed under the key of its record; the same text of the same field gives the same bytes.

        connection is a write transaction of the hub's database; digest is the digest of the cleaned text.
        """
        key = _keys_of(connection, county_id).of_record(record_id)
        return Sealed(ciphertext=key.encrypt(field, text.encode()), digest=digest)

    def county(self, connection: Connection, county_id: str) -> "CountySealer":
        """seal() for many records of one county in one write transaction, without looking it up each time."""
        return CountySealer(_keys_of(connection, county_id))

    def open(self, connection: Connection, county_id: str, record_id: str, field: str, sealed: Sealed) -> str | None:
        """The text under a seal, None once the key of the record was destroyed.

        Raises DamagedSealError when the ciphertext was sealed for another record or field, or is damaged.
        """
        key = _existing_key(connection, county_id, record_id)
        if key is None or sealed.ciphertext[:_MARK_BYTES] != key.mark:
            return None
        try:
            return key.decrypt(field, sealed.ciphertext).decode()
        except InvalidTag as error:
            raise DamagedSealError(f"记录 {record_id} 的“{field}”密文与其密钥不符：请从备份恢复数据库。") from error

    def destroy(self, connection: Connection, county_id: str, record_id: str) -> None:
        """Destroy the key of a record: what was sealed under it can never be read again. Harmless twice."""
        if connection.dialect.name == "sqlite":
            # Without this SQLite leaves the deleted bytes in the file.
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        _keys_of(connection, county_id).forget(record_id)
        connection.exec_driver_sql(_DELETE_KEY, (county_id, record_id))


class CountySealer:
    """Seals for one county until its write transaction ends."""

    def __init__(self, keys: "_CountyKeys") -> None:
        self._keys = keys

    def seal(self, record_id: str, field: str, text: str, digest: str) -> Sealed:
        """See Sealer.seal."""
        key = self._keys.of_record(record_id)
        return Sealed(ciphertext=key.encrypt(field, text.encode()), digest=digest)

    def expect(self, record_ids: Sequence[str]) -> None:
        """Fetch the keys of records that are sealed next, a few hundred at a time; of very many, as they are needed."""
        if len(record_ids) <= _MOST_EXPECTED:
            self._keys.fetch(record_ids)


class RecordKey:
    """The key of one record, ready for use."""

    __slots__ = ("_cipher", "_nonces", "mark")

    def __init__(self, key: bytes) -> None:
        self.mark = blake2b(key, digest_size=_MARK_BYTES, person=b"tuolian-mark").digest()
        self._cipher = AESGCM(key)
        self._nonces = blake2b(key=key, digest_size=_NONCE_BYTES, person=b"tuolian-nonce")

    def encrypt(self, field: str, text: bytes) -> bytes:
        """Mark, nonce and ciphertext; the nonce follows from key, field and text, so it repeats only with them."""
        name = field.encode()
        state = self._nonces.copy()
        state.update(name + b"\x1f" + text)
        nonce = state.digest()
        return self.mark + nonce + self._cipher.encrypt(nonce, text, name)

    def decrypt(self, field: str, ciphertext: bytes) -> bytes:
        """The text under ciphertext; raises InvalidTag when it is not of this key and field."""
        body = _MARK_BYTES + _NONCE_BYTES
        return self._cipher.decrypt(ciphertext[_MARK_BYTES:body], ciphertext[body:], field.encode())


@dataclass(slots=True)
class _CountyKeys:
    """The keys of one county as its write transaction sees them, with those it made and must still write.

    They stay bytes, a tenth of what a key ready for use takes; the record at hand is ready.
    """

    connection: Connection
    county_id: str
    keys: dict[str, bytes] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    lookups: int = 0
    most_lookups: int = 0
    at_hand: tuple[str, RecordKey] | None = None
    fetched: set[str] = field(default_factory=set)

    def of_record(self, record_id: str) -> RecordKey:
        if self.at_hand is None or self.at_hand[0] != record_id:
            self.at_hand = record_id, RecordKey(self._key(record_id))
        return self.at_hand[1]

    def fetch(self, record_ids: Sequence[str]) -> None:
        wanted = [record_id for record_id in record_ids if record_id not in self.keys and record_id not in self.fetched]
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            chosen = (RECORD_KEYS.c.county_id == self.county_id) & RECORD_KEYS.c.record_id.in_(some)
            stored = self.connection.execute(select(RECORD_KEYS.c.record_id, RECORD_KEYS.c.key).where(chosen))
            self.keys.update((record_id, bytes(key)) for record_id, key in stored)
            self.fetched.update(some)

    def forget(self, record_id: str) -> None:
        self.at_hand = None
        self.keys.pop(record_id, None)
        self.made.pop(record_id, None)

    def write(self) -> None:
        rows = [(self.county_id, record_id, key) for record_id, key in self.made.items()]
        if rows:
            self.connection.exec_driver_sql(_INSERT_KEY, rows)
            self.made.clear()

    def _key(self, record_id: str) -> bytes:
        key = self.keys.get(record_id)
        if key is None:
            key = self.keys[record_id] = self._stored(record_id) or self._make(record_id)
        return key

    def _stored(self, record_id: str) -> bytes | None:
        if record_id in self.fetched or (self.lookups > self.most_lookups and self.lookups > _SINGLE_LOOKUPS):
            return None
        self.lookups += 1
        if self._has_looked_enough():
            self._read_all()
            return self.keys.get(record_id)
        row = self.connection.exec_driver_sql(_SELECT_KEY, (self.county_id, record_id)).first()
        return None if row is None else bytes(row[0])

    def _has_looked_enough(self) -> bool:
        if self.lookups <= max(_SINGLE_LOOKUPS, self.most_lookups):
            return False
        if not self.most_lookups:
            counted = self.connection.exec_driver_sql(_COUNT_KEYS, (self.county_id,)).scalar()
            self.most_lookups = max(_SINGLE_LOOKUPS, int(counted or 0) // _SINGLE_OF)
        return self.lookups > self.most_lookups

    def _read_all(self) -> None:
        stored = self.connection.exec_driver_sql(_SELECT_KEYS, (self.county_id,))
        self.keys = {**{row[0]: row[1] for row in stored}, **self.made}

    def _make(self, record_id: str) -> bytes:
        if not self.made:
            before_commit(self.connection, f"record keys of {self.county_id}", self.write)
        key = self.made[record_id] = token_bytes(_KEY_BYTES)
        return key


def _keys_of(connection: Connection, county_id: str) -> _CountyKeys:
    notes = transaction_notes(connection)
    found: _CountyKeys | None = notes.get((_CountyKeys, county_id))
    if found is None:
        found = notes[_CountyKeys, county_id] = _CountyKeys(connection, county_id)
    return found


def _existing_key(connection: Connection, county_id: str, record_id: str) -> RecordKey | None:
    if in_transaction(connection) and record_id in (keys := _keys_of(connection, county_id)).made:
        return keys.of_record(record_id)
    row = connection.exec_driver_sql(_SELECT_KEY, (county_id, record_id)).first()
    return None if row is None else RecordKey(row[0])


def _hub_secret(database: Database) -> bytes:
    with database.reading() as connection:
        row = connection.exec_driver_sql(_SELECT_SECRET).first()
    if row is not None:
        return bytes(row[0])
    with database.transaction() as connection:
        row = connection.exec_driver_sql(_SELECT_SECRET).first()
        if row is None:
            secret = token_bytes(_KEY_BYTES)
            connection.exec_driver_sql(_INSERT_SECRET, (secret,))
            return secret
    return bytes(row[0])
