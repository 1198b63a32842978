"""A Kafka that demands TLS and a password of its clients, and the certificate by which they know it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.kafka import KafkaBroker, kafka_broker
from tests.servers.processes import free_port

USER, PASSWORD = "hub", "correct-horse"


@contextmanager
def secure_kafka(folder: Path) -> Iterator[KafkaBroker]:
    """The broker; folder gets its certificate as ca.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = self_signed(key)
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(pem)
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    keystore = folder / "keystore.pem"
    keystore.write_bytes(encoded + pem)

    def settings(port: int) -> dict[str, str]:
        inner, controller = free_port(), free_port()
        own = f"INNER://127.0.0.1:{inner}"
        return {
            "listeners": f"OUTER://127.0.0.1:{port},{own},CONTROLLER://127.0.0.1:{controller}",
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "advertised.listeners": f"OUTER://127.0.0.1:{port},{own}",
            "listener.security.protocol.map": "OUTER:SASL_SSL,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "INNER",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.outer.scram-sha-512.sasl.jaas.config": (
                "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            ),
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(keystore),
        }

    option = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
    with kafka_broker(settings, ("--add-scram", option)) as broker:
        yield broker


def self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate of 127.0.0.1 that vouches for itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kafka of the tests")])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
