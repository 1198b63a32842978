"""Events as Avro single objects: written by their current schema, read by whichever schema wrote them."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any, Generic, TypeVar, cast

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from pydantic import BaseModel, ValidationError

from hub_kernel.errors import Parked, Stopped
from hub_kernel.serialization.datums import reading, writing
from hub_kernel.serialization.fingerprints import HEADER_BYTES, MARKER, fingerprint_of, written_fingerprint
from hub_kernel.serialization.schema_generation import Schema, full_name, schema_of

# Kafka carries one megabyte by default; events stay far below it, headers and batches included.
MAX_BYTES = 60 * 1024

ModelT = TypeVar("ModelT", bound=BaseModel)


class EventTooLargeError(Parked):
    """An event is larger than the log takes."""


class UnknownSchemaError(Stopped):
    """Bytes were written with a schema that this program does not have."""


class UnreadableEventError(Stopped):
    """Bytes follow their schema and are still no event of the current version."""


def _no_schemas() -> Iterable[Schema]:
    return ()


class AvroCodec(Generic[ModelT]):
    """Turns models of the given types into single objects and back.

    written_with gives every schema that may have written what is read, current and older; it is asked once,
    when a fingerprint is met that none of the current schemas has. Nothing is prepared before it is needed.
    """

    def __init__(
        self, models: Sequence[type[ModelT]], written_with: Callable[[], Iterable[Schema]] = _no_schemas
    ) -> None:
        self._models = {full_name(model): model for model in models}
        self._written_with = written_with
        self._writers: dict[type[BaseModel], _Writer] = {}
        self._readers: dict[bytes, Callable[[bytes], ModelT]] = {}

    def encode(self, model: ModelT) -> bytes:
        """The single object of a model.

        Raises EventTooLargeError above 60 KB and IntegerTooLargeError beyond 2^53.
        """
        writer = self._writers.get(type(model))
        if writer is None:
            writer = self._writers[type(model)] = _Writer(type(model))
        return writer.write(model)

    def decode(self, value: bytes) -> ModelT:
        """The model in a single object, as its current type has it.

        Raises NotSingleObjectError and UnknownSchemaError for bytes of another program or a newer version,
        UnreadableEventError when the current type refuses what an older one wrote.
        """
        read = self._readers.get(value[2:HEADER_BYTES])
        if read is None or value[:2] != MARKER:
            read = self._find_reader(written_fingerprint(value))
        return read(value)

    def _find_reader(self, fingerprint: bytes) -> Callable[[bytes], ModelT]:
        if not self._readers:
            self._readers.update(self._current_readers())
        if fingerprint not in self._readers:
            self._readers.update(self._older_readers())
        if fingerprint not in self._readers:
            raise UnknownSchemaError(
                f"事件的模式指纹 {fingerprint.hex()} 未知：这些数据由更新的版本写入，请升级本程序。"
            )
        return self._readers[fingerprint]

    def _current_readers(self) -> dict[bytes, Callable[[bytes], ModelT]]:
        schemas = {model: schema_of(model) for model in self._models.values()}
        return {fingerprint_of(schema): _reader(model, schema, None) for model, schema in schemas.items()}

    def _older_readers(self) -> dict[bytes, Callable[[bytes], ModelT]]:
        older = {fingerprint_of(schema): schema for schema in self._written_with()}
        return {
            fingerprint: _reader(model, schema, schema_of(model))
            for fingerprint, schema in older.items()
            if fingerprint not in self._readers and (model := self._models.get(schema["name"])) is not None
        }


class _Writer:
    """Writes models of one type."""

    __slots__ = ("_convert", "_header", "_model", "_schema")

    def __init__(self, model: type[BaseModel]) -> None:
        schema = schema_of(model)
        self._model = model
        self._schema = cast(dict[str, Any], parse_schema(schema))
        self._header = MARKER + fingerprint_of(schema)
        self._convert = writing(model)

    def write(self, model: BaseModel) -> bytes:
        buffer = BytesIO()
        buffer.write(self._header)
        schemaless_writer(buffer, self._schema, self._convert(model))
        value = buffer.getvalue()
        if len(value) > MAX_BYTES:
            raise EventTooLargeError(
                f"事件 {full_name(self._model)} 有 {len(value)} 字节，超出 {MAX_BYTES} 字节的上限："
                "请检查原始数据中是否有异常长的文字。"
            )
        return value


def _reader(model: type[ModelT], written: Schema, current: Schema | None) -> Callable[[bytes], ModelT]:
    writer_schema = parse_schema(written)
    reader_schema = None if current is None else parse_schema(current)
    convert = reading(model)
    validate = model.model_validate

    def read(value: bytes) -> ModelT:
        buffer = BytesIO(value)
        buffer.seek(HEADER_BYTES)
        # Where a union has several records, the reader is told which of them was written.
        datum: Any = schemaless_reader(buffer, writer_schema, reader_schema, True, True)
        try:
            return validate(datum if convert is None else convert(datum))
        except ValidationError as error:
            raise UnreadableEventError(
                f"事件 {full_name(model)} 不符合当前版本的定义（{error.error_count()} 处）：请升级本程序或联系维护者。"
            ) from error

    return read
