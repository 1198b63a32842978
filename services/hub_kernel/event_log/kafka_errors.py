"""What Kafka's client reports, turned into our errors at the border, by what must happen next."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from ssl import SSLError
from typing import Protocol

from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import (
    AuthenticationFailedError,
    BrokerResponseError,
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    OffsetOutOfRangeError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
    UnsupportedSaslMechanismError,
)

from hub_kernel.errors import Retried, Stopped, TuolianError
from hub_kernel.event_log.broker_settings import BrokerSettings


class BrokerUnreachableError(Retried):
    """No broker answers, or one that answered went away: nothing is lost, the log waits in the database."""


class UnusableBrokerError(Stopped):
    """The cluster is there and cannot be used as it is: access, topics or settings are wrong."""


_GOODBYE_SECONDS = 0.1
# Their complaints come back as our errors, once.
_LOGGERS = ("aiokafka", "aiokafka.conn", "aiokafka.consumer.group_coordinator")

UNREACHABLE = "连不上 Kafka：请检查它是否在运行，以及 TUOLIAN_BROKER 的主机和端口；事件都在数据库里，不会丢失。"
MISSING_TOPIC = "Kafka 上没有主题 {topic}：请运行 tuolian topics apply。"
_NO_ACCESS = "Kafka 不接受这个用户名或口令：请检查 TUOLIAN_BROKER_USER 和 TUOLIAN_BROKER_PASSWORD。"

_SENTENCES: tuple[tuple[tuple[type[BaseException], ...], type[TuolianError], str], ...] = (
    (
        (AuthenticationFailedError, SaslAuthenticationFailed, UnsupportedSaslMechanismError),
        UnusableBrokerError,
        _NO_ACCESS,
    ),
    ((SSLError,), UnusableBrokerError, "与 Kafka 的加密连接建立不了：请检查 TUOLIAN_BROKER_CA 是不是它的证书。"),
    (
        (TopicAuthorizationFailedError, GroupAuthorizationFailedError, ClusterAuthorizationFailedError),
        UnusableBrokerError,
        "这个用户在 Kafka 上没有所需的权限：请让管理员授予托联各主题和消费组的读写权限。",
    ),
    (
        (UnknownTopicOrPartitionError,),
        UnusableBrokerError,
        "Kafka 上没有所需的主题或分区：请运行 tuolian topics apply。",
    ),
    (
        (OffsetOutOfRangeError,),
        UnusableBrokerError,
        "Kafka 上的日志不再从头保留：请检查主题的保留设置（tuolian topics apply --dry-run）。",
    ),
)


@contextmanager
def broker_errors() -> Iterator[None]:
    """Raise ours for what the client raises; others go through as they are."""
    try:
        yield
    except (KafkaError, OSError, TimeoutError) as error:
        raise _ours(error) from error


class Client(Protocol):
    """Any client of the cluster."""

    async def start(self) -> None:
        """Connect."""
        ...


async def begin(client: Client, settings: BrokerSettings) -> None:
    """Start a client, after one connection by hand: what keeps it from connecting the client only logs."""
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    await _connect_once(settings)
    await client.start()


async def probe(settings: BrokerSettings) -> None:
    """Find out whether a broker answers. Raises our errors where none does."""
    with broker_errors():
        await _connect_once(settings)


async def _connect_once(settings: BrokerSettings) -> None:
    options = settings.options()
    failures: list[Exception] = []
    for address in options.pop("bootstrap_servers"):
        host, _, port = address.rpartition(":")
        connection = AIOKafkaConnection(host, int(port), **options)
        try:
            await connection.connect()
        except Exception as error:
            failures.append(error)
        else:
            return
        finally:
            connection.close()
    # An encrypted connection takes a moment to say goodbye.
    await asyncio.sleep(_GOODBYE_SECONDS)
    raise failures[0]


def _ours(error: BaseException) -> TuolianError:
    for kinds, ours, sentence in _SENTENCES:
        if isinstance(error, kinds):
            return ours(sentence)
    if isinstance(error, BrokerResponseError):
        return BrokerUnreachableError(f"Kafka 暂时办不到（{type(error).__name__}）：稍后会再试。")
    return BrokerUnreachableError(UNREACHABLE)
