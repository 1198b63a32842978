"""Server processes of the tests: where their programs are, free ports, waiting until they answer, and their end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

_PAUSE_SECONDS = 0.05


class MissingServerError(RuntimeError):
    """A server that the tests need is not on this machine; says what to install."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody listens on a port of 127.0.0.1."""
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex(("127.0.0.1", port)) == 0


def wait_until(is_ready: Callable[[], bool], process: "subprocess.Popen[bytes]", log: Path, seconds: float) -> None:
    """Wait for a server; fails with the end of its log when it ended or takes too long."""
    end = monotonic() + seconds
    while not is_ready():
        if process.poll() is not None or monotonic() > end:
            stop(process)
            raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        sleep(_PAUSE_SECONDS)


def stop(process: "subprocess.Popen[bytes]", sign: signal.Signals = signal.SIGTERM, seconds: float = 20) -> None:
    """End a server that we started, by its number; at once when it does not end when asked."""
    if process.poll() is None:
        process.send_signal(sign)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def program(name: str, *folders: str, package: str) -> str:
    """The path of a program; raises MissingServerError naming the package that has it."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if found is None:
        raise MissingServerError(f"缺少 {name}：请运行 make servers，或安装 {package}。Run make servers.")
    return found


def unprivileged_user() -> "pwd.struct_passwd | None":
    """Whom a server should run as where we are root, as some servers refuse to serve root; None: as we are."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None
