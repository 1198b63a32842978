"""Kept bytes: the same under the same hash for ever, or a sentence that says what happened to them."""

from hashlib import sha256
from pathlib import Path

import pytest

from hub_kernel.errors import UsageError
from hub_kernel.keeping import DamagedBlobError, FolderBlobs, MissingBlobError

DATA = "办园名单".encode()


def test_bytes_are_given_back_by_their_hash(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "not" / "there")
    digest = blobs.put(DATA)
    assert digest == sha256(DATA).hexdigest()
    assert FolderBlobs(tmp_path / "not" / "there").get(digest) == DATA


def test_keeping_twice_keeps_one_file(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    assert blobs.put(DATA) == blobs.put(DATA)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [sha256(DATA).hexdigest()]


def test_a_write_that_broke_off_is_not_taken_for_the_bytes(tmp_path: Path) -> None:
    digest = sha256(DATA).hexdigest()
    (tmp_path / digest[:2]).mkdir()
    (tmp_path / digest[:2] / f"{digest}.99.part").write_bytes(DATA[:3])
    blobs = FolderBlobs(tmp_path)
    with pytest.raises(MissingBlobError):
        blobs.get(digest)
    assert blobs.get(blobs.put(DATA)) == DATA


def test_missing_and_damaged_bytes_are_told_apart(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    digest = blobs.put(DATA)
    (tmp_path / digest[:2] / digest).write_bytes(b"other")
    with pytest.raises(DamagedBlobError, match=digest):
        blobs.get(digest)
    with pytest.raises(MissingBlobError, match="f" * 64):
        blobs.get("f" * 64)


@pytest.mark.parametrize("name", ["", "../secret", "F" * 64])
def test_a_name_that_is_no_hash_leads_nowhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        FolderBlobs(tmp_path).get(name)
