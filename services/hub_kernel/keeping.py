"""Bytes kept for ever under their own hash, safe on disk before anything refers to them."""

import os
from collections.abc import Iterator
from hashlib import sha256 as hash_sha256
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from hub_kernel.errors import Stopped, UsageError
from hub_kernel.storage.database import Database
from hub_kernel.storage.writing import upsert
from hub_kernel.tables import BLOBS


class MissingBlobError(Stopped):
    """Bytes that the hub refers to are not where they were kept."""


class DamagedBlobError(Stopped):
    """Kept bytes are no longer what they were."""


class BlobStore(Protocol):
    """Keeps bytes by their sha256."""

    def put(self, data: bytes) -> str:
        """Keep data and give its sha256 (hex); when it returns, a crash no longer loses the bytes. Harmless twice."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes of a sha256, verified. Raises MissingBlobError or DamagedBlobError."""
        ...


class FolderBlobs:
    """A BlobStore of files, one each, in folders named by the first two digits of the hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep data; see BlobStore."""
        digest = hash_sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            _create_folder(path.parent)
            _write_safely(path, data)
        return digest

    def get(self, sha256: str) -> bytes:
        """The bytes kept under sha256; see BlobStore."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise MissingBlobError(f"保存的原始文件 {sha256} 不见了：请从备份恢复文件夹 {self._folder}。") from error
        if hash_sha256(data).hexdigest() != sha256:
            raise DamagedBlobError(f"保存的原始文件 {sha256} 已损坏：请从备份恢复文件夹 {self._folder} 中的这个文件。")
        return data

    def all(self) -> Iterator[str]:
        """The sha256 of everything that is kept, in order."""
        return (path.name for path in sorted(self._folder.glob("??/*")) if not path.name.endswith(".part"))

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise UsageError(f"“{digest}”不是 sha256:应为 64 位小写十六进制数字。")
        return self._folder / digest[:2] / digest


class DatabaseBlobs:
    """A BlobStore in the table blobs, for hubs whose commands run on several machines."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, data: bytes) -> str:
        """Keep data; see BlobStore."""
        digest = hash_sha256(data).hexdigest()
        with self._database.reading() as connection:
            if connection.execute(select(BLOBS.c.sha256).where(BLOBS.c.sha256 == digest)).first() is not None:
                return digest
        with self._database.transaction() as connection:
            upsert(connection, BLOBS, [{"sha256": digest, "data": data}])
        return digest

    def get(self, sha256: str) -> bytes:
        """The bytes kept under sha256; see BlobStore."""
        with self._database.reading() as connection:
            data: bytes | None = connection.execute(select(BLOBS.c.data).where(BLOBS.c.sha256 == sha256)).scalar()
        if data is None:
            raise MissingBlobError(f"保存的原始文件 {sha256} 不见了：请从备份恢复数据库。")
        if hash_sha256(data).hexdigest() != sha256:
            raise DamagedBlobError(f"保存的原始文件 {sha256} 已损坏：请从备份恢复数据库。")
        return data


def _create_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _create_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _write_safely(path: Path, data: bytes) -> None:
    # A name of its own for each process: two that keep the same bytes must not write into one file.
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
