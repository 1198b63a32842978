"""Which Kafka carries the log, how it is reached and who we are there: a value, built once at the start."""

from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext, SSLError, create_default_context
from typing import Any

from hub_kernel.errors import UsageError

_MECHANISM = "SCRAM-SHA-512"
_REQUEST_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """The address (host:port, several by commas) of a Kafka cluster, and what it asks of its clients.

    prefix stands before every topic and group of this hub, for clusters that carry several. tls encrypts, with the
    certificates of ca_file or those the system trusts; user and password are for SASL/SCRAM.
    """

    address: str
    prefix: str = ""
    tls: bool = False
    ca_file: Path | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def protocol(self) -> str:
        """Kafka's name for how its clients are received."""
        return ("SASL_" if self.user else "") + ("SSL" if self.tls else "PLAINTEXT")

    def context(self) -> SSLContext | None:
        """What TLS needs, None without it. Raises UsageError for a file that holds no certificates."""
        if not self.tls:
            return None
        try:
            return create_default_context(cafile=None if self.ca_file is None else str(self.ca_file))
        except (OSError, SSLError) as error:
            raise UsageError(f"证书文件 {self.ca_file} 读不了（{error}）：请给出 PEM 格式的证书。") from error

    def options(self) -> dict[str, Any]:
        """The options of every client of the cluster."""
        options: dict[str, Any] = {
            "bootstrap_servers": [one.strip() for one in self.address.split(",")],
            "client_id": "tuolian",
            "security_protocol": self.protocol,
            "ssl_context": self.context(),
            "request_timeout_ms": _REQUEST_MILLISECONDS,
        }
        if self.user:
            options |= {
                "sasl_mechanism": _MECHANISM,
                "sasl_plain_username": self.user,
                "sasl_plain_password": self.password or "",
            }
        return options
