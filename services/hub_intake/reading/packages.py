"""Zip packages (xlsx, ods) weighed before any parser sees them: members, real inflated size, inflation ratio."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from struct import error as StructError
from struct import unpack_from
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from hub_intake.reading import refusals
from hub_intake.reading.cells import ReadingLimits

_CHUNK = 1 << 20
_LOCAL_HEADER = 30
# Deflate cannot inflate further than this: members too small to reach a limit need not be inflated to be weighed.
_DEFLATE_MOST = 1032
# Below this, even an odd ratio does no harm: small workbooks of repeated text compress very well.
_HARMLESS_BYTES = 32 * 1024 * 1024


class Package:
    """A zip whose members are inflated under a shared budget; what the directory claims is not trusted."""

    def __init__(self, file_name: str, data: bytes, limits: ReadingLimits) -> None:
        self.file_name = file_name
        self._data = data
        self._limits = limits
        self._spent = 0
        self._members = {info.filename.lstrip("/"): info for info in _directory(file_name, data)}
        if len(self._members) > limits.max_members:
            raise refusals.too_many_parts(file_name, limits.max_members)
        self._check_claims()

    @property
    def names(self) -> tuple[str, ...]:
        """The members' paths, without a leading slash."""
        return tuple(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces; UnreadableFileError when the budget is spent or the member is broken."""
        info = self._members[name]
        packed = self._packed(info)
        if info.compress_type == ZIP_STORED:
            yield from self._weighed(iter([bytes(packed)]))
        elif info.compress_type == ZIP_DEFLATED:
            yield from self._weighed(self._inflate(packed))
        else:
            raise refusals.damaged(self.file_name)

    def read(self, name: str) -> bytes:
        """A whole member; only for small parts."""
        return b"".join(self.chunks(name))

    def weigh(self, name: str) -> None:
        """Inflates a member only to see that it keeps within the budget."""
        if self._members[name].compress_size * _DEFLATE_MOST > _HARMLESS_BYTES:
            for _ in self.chunks(name):
                pass

    def _check_claims(self) -> None:
        claimed = sum(info.file_size for info in self._members.values())
        packed = sum(info.compress_size for info in self._members.values())
        # Members that overlap are packed once and inflated many times.
        if packed > len(self._data):
            raise refusals.inflates_too_much(self.file_name)
        self._check_weight(claimed)

    def _check_weight(self, inflated: int) -> None:
        over = inflated > self._limits.max_inflated_bytes
        odd = inflated > _HARMLESS_BYTES and inflated > len(self._data) * self._limits.max_inflation_ratio
        if over or odd:
            raise refusals.inflates_too_much(self.file_name)

    def _weighed(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._spent += len(piece)
            self._check_weight(self._spent)
            yield piece

    def _packed(self, info: ZipInfo) -> memoryview:
        try:
            name_length, extra_length = unpack_from("<HH", self._data, info.header_offset + 26)
        except StructError:
            raise refusals.damaged(self.file_name) from None
        start = info.header_offset + _LOCAL_HEADER + name_length + extra_length
        packed = memoryview(self._data)[start : start + info.compress_size]
        if len(packed) != info.compress_size:
            raise refusals.damaged(self.file_name)
        return packed

    def _inflate(self, packed: memoryview) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        rest: memoryview | bytes = packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                if not piece and not rest and not inflater.eof:
                    raise refusals.damaged(self.file_name)
                yield piece
        except zlib.error:
            raise refusals.damaged(self.file_name) from None


def _directory(file_name: str, data: bytes) -> list[ZipInfo]:
    try:
        with ZipFile(BytesIO(data)) as package:
            return [info for info in package.infolist() if not info.is_dir()]
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise refusals.damaged(file_name) from None
