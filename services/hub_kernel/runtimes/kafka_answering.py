"""A worker's small web server for those who watch it: /live, /ready, /version and /metrics, nothing else."""

import asyncio
import json
from collections.abc import Sequence
from http import HTTPStatus

from sqlalchemy.exc import SQLAlchemyError

from hub_kernel.clocks import utc_now
from hub_kernel.errors import Stopped, TuolianError
from hub_kernel.event_log.relay import RELAYING
from hub_kernel.runtimes.kafka_parts import Hosted, Worker
from hub_kernel.runtimes.measures import Measure, exposition, hub_measures
from hub_kernel.runtimes.positions import Consumer

_LONGEST_REQUEST = 8_192
_SECONDS = 10
_JSON, _TEXT = "application/json; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8"

Answer = tuple[HTTPStatus, str, str]


class Answering(Hosted):
    """Answers on one address: 200 where all is well, 503 with the reasons where it is not."""

    def __init__(self, worker: Worker, host: str, port: int) -> None:
        super().__init__(worker)
        self.host, self.port = host, port
        self.end = asyncio.Event()

    def interrupt(self) -> None:
        """No further answers."""
        self.end.set()

    async def work(self) -> None:
        """Listen until the worker ends."""
        try:
            server = await asyncio.start_server(self._serve, self.host, self.port, limit=_LONGEST_REQUEST)
        except OSError as error:
            raise Stopped(f"不能在 {self.host}:{self.port} 上应答（{error.strerror}）：请换一个 --listen。") from error
        self.well()
        async with server:
            await self.end.wait()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_SECONDS):
                request = await reader.readuntil(b"\r\n\r\n")
                status, kind, body = await self._answer(request.split(b" ", 2))
                writer.write(_response(status, kind, body.encode()))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            # Whoever asks so is not answered; the worker goes on.
            return
        finally:
            writer.close()

    async def _answer(self, request: list[bytes]) -> Answer:
        path = request[1].split(b"?")[0] if len(request) > 1 and request[0] == b"GET" else b""
        if path == b"/live":
            return HTTPStatus.OK, _JSON, json.dumps({"live": True})
        if path == b"/version":
            return HTTPStatus.OK, _JSON, json.dumps({"version": self.worker.version})
        if path == b"/ready":
            return self._ready()
        if path == b"/metrics":
            return await self._metrics()
        return HTTPStatus.NOT_FOUND, _JSON, json.dumps({"paths": ["/live", "/ready", "/version", "/metrics"]})

    def _ready(self) -> Answer:
        troubles = sorted(self.worker.counts.troubles.values())
        status = HTTPStatus.SERVICE_UNAVAILABLE if troubles else HTTPStatus.OK
        return status, _JSON, json.dumps({"ready": not troubles, "troubles": troubles}, ensure_ascii=False)

    async def _metrics(self) -> Answer:
        try:
            measures = await asyncio.to_thread(self._measure)
        except (TuolianError, SQLAlchemyError):
            # What the worker itself has counted is told also while the database is away.
            measures = []
        return HTTPStatus.OK, _TEXT, exposition([*self.worker.counts.measures(), *measures])

    def _measure(self) -> list[Measure]:
        worker = self.worker
        processors = [processor for topology in worker.topologies for processor in topology.processors]
        readers: dict[Consumer, Sequence[str]] = {
            **{Consumer(each.name, each.version): each.reads for each in processors},
            RELAYING: worker.topics,
        }
        with worker.database.reading() as connection:
            measures = hub_measures(connection, worker.log, readers, utc_now)
            return [*measures, *worker.more_measures(connection)]


def _response(status: HTTPStatus, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body
