"""The Kafka cluster that carries a hub's log: the first one it meets, and no other after that."""

from sqlalchemy import Connection, insert, select

from hub_kernel.errors import Stopped
from hub_kernel.tables import BROKER_CLUSTERS


class OtherClusterError(Stopped):
    """The cluster that answers is not the one that carries this hub's log."""


def cluster_of(connection: Connection) -> str | None:
    """The id of the cluster that carries the log; None for a hub whose log was never on Kafka."""
    found: str | None = connection.execute(select(BROKER_CLUSTERS.c.cluster_id)).scalar()
    return found


def keep_cluster(connection: Connection, cluster_id: str) -> None:
    """Let a cluster carry the log from here on. Raises OtherClusterError when another one does."""
    known = cluster_of(connection)
    if known is None:
        connection.execute(insert(BROKER_CLUSTERS).values(cluster_id=cluster_id))
    elif known != cluster_id:
        raise OtherClusterError(
            f"这个枢纽的日志在另一个 Kafka 集群上（{known}，不是 {cluster_id}）：请检查 TUOLIAN_BROKER。"
        )
