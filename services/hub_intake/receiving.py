"""From a file to a received delivery: its bytes kept first, then its register found and its rows read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hub_events.records import Registry
from hub_intake.domain.sources import SourceSpec
from hub_intake.large_tables import LARGE_BYTES
from hub_intake.layouts import Layout, find_layout, registry_by_name
from hub_intake.mapping.layout import LayoutMapping
from hub_intake.mapping_store import MappingStore
from hub_intake.reading.cells import ReadingLimits, UnreadableFileError
from hub_intake.reading.files import read_workbook
from hub_intake.received import ReceivedFile, read_received
from hub_kernel.errors import Rejected
from hub_vocabulary.divisions import Region


class UnknownRegisterError(Rejected):
    """A file cannot be read, and nothing tells of which register it would have been."""


@dataclass(frozen=True, slots=True)
class ReceivingSettings:
    """Guards before any parser, and from how many bytes on a plain text table is read in columns."""

    limits: ReadingLimits = field(default_factory=ReadingLimits)
    large_bytes: int = LARGE_BYTES


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it arrived: what it is called, its bytes' hash, whose it is and of which day.

    mapping is given where whoever delivers has said how it is to be read, as feeds do.
    """

    file_name: str
    sha256: str
    region: Region
    as_of: date
    registry: Registry | None = None
    delta: bool = False
    mapping: LayoutMapping | None = None


class Receiving:
    """Reads arrived files with the mappings of a hub."""

    def __init__(
        self, mappings: MappingStore, specs: Mapping[Registry, SourceSpec], settings: ReceivingSettings
    ) -> None:
        self._mappings = mappings
        self._specs = specs
        self._settings = settings

    def read(self, arrival: Arrival, data: bytes, earlier_names: Callable[[], Mapping[str, Registry]]) -> ReceivedFile:
        """The file's rows; a file that cannot be read has the sentence why in unreadable.

        earlier_names: file name → register of earlier deliveries, asked only to place an unreadable file.
        Raises UndecidedError where the layout is not certain, UnknownRegisterError where nothing tells what an
        unreadable file is.
        """
        mappings = self._mappings.of_region(arrival.region)
        try:
            workbook = read_workbook(arrival.file_name, data, self._settings.limits)
            if arrival.mapping is not None:
                layout = Layout(arrival.mapping)
            else:
                layout = find_layout(workbook, arrival.region, arrival.registry, mappings, self._specs)
        except UnreadableFileError as error:
            return self._unreadable(arrival, error, mappings, earlier_names)
        received = self._begin(arrival, layout.mapping.registry, layout.mapping)
        if layout.message is not None:
            received.messages.append(layout.message)
        try:
            read_received(received, workbook, layout.mapping, data, self._settings.large_bytes)
        except UnreadableFileError as error:
            received.unreadable = str(error)
        return received

    def read_as(self, arrival: Arrival, data: bytes, mapping: LayoutMapping) -> ReceivedFile:
        """The file's rows by a given mapping; raises UnreadableFileError."""
        received = self._begin(arrival, mapping.registry, mapping)
        read_received(
            received,
            read_workbook(arrival.file_name, data, self._settings.limits),
            mapping,
            data,
            self._settings.large_bytes,
        )
        return received

    def present_mapping(self, arrival: Arrival, data: bytes) -> LayoutMapping:
        """The mapping by which the file would be read now; raises UndecidedError and UnreadableFileError."""
        mappings = self._mappings.of_region(arrival.region)
        workbook = read_workbook(arrival.file_name, data, self._settings.limits)
        return find_layout(workbook, arrival.region, arrival.registry, mappings, self._specs).mapping

    def _begin(self, arrival: Arrival, registry: Registry, mapping: LayoutMapping | None) -> ReceivedFile:
        is_delta = arrival.delta or (mapping is not None and mapping.kind == "delta")
        kind: Literal["full", "delta"] = "delta" if is_delta else "full"
        return ReceivedFile(
            arrival.file_name, arrival.sha256, arrival.region, arrival.as_of, self._specs[registry], kind
        )

    def _unreadable(
        self,
        arrival: Arrival,
        error: UnreadableFileError,
        mappings: Iterable[LayoutMapping],
        earlier_names: Callable[[], Mapping[str, Registry]],
    ) -> ReceivedFile:
        registry = arrival.registry or registry_by_name(arrival.file_name, mappings, earlier_names())
        if registry is None:
            raise UnknownRegisterError(str(error)) from error
        received = self._begin(arrival, registry, None)
        received.unreadable = str(error)
        return received
