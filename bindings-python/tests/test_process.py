"""A handle inside a process: Ctrl-C, `fork`, threads, and an interpreter that ends with calls under way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import client, configuration, registration

from handclasp import ForkedError, Handclasp, Message, SystemActor

HERE = Path(__file__).parent

PRELUDE = """
import asyncio, os, sys, threading, time
from conftest import client, configuration, registration
from handclasp import AsyncHandclasp, Handclasp, SqliteStorage, SystemActor
"""


def run(source: str) -> subprocess.CompletedProcess[str]:
    """Runs a program of its own to its end."""
    # Newer Pythons warn whoever forks with threads around, which is what is tested here.
    command = [sys.executable, "-W", "ignore:This process:DeprecationWarning", "-c", PRELUDE + source]
    return subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=60)


EXITS = {
    "after one coroutine": """
async def main():
    handclasp = await AsyncHandclasp.open(configuration())
    await handclasp.businesses.register(SystemActor(), **registration("A"))
asyncio.run(main())
""",
    "with coroutines under way": """
async def main():
    handclasp = await AsyncHandclasp.open(configuration())
    for _ in range(100):
        asyncio.ensure_future(handclasp.businesses.register(SystemActor(), **registration("A")))
    await asyncio.sleep(0.001)
asyncio.run(main())
""",
    "with threads under way": """
handclasp = Handclasp.open(configuration())
def work():
    while True:
        handclasp.businesses.register(SystemActor(), **registration("A"))
for _ in range(4):
    threading.Thread(target=work, daemon=True).start()
time.sleep(0.02)
""",
    "with a mailer under way": """
class Slow:
    def send(self, message):
        time.sleep(0.3)
handclasp = Handclasp.open(configuration(mailer=Slow()))
acme = client(handclasp)
handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
threading.Thread(target=handclasp.outbox.deliver_due, args=[SystemActor()], daemon=True).start()
time.sleep(0.1)
""",
}


@pytest.mark.parametrize("source", EXITS.values(), ids=EXITS.keys())
def test_the_interpreter_ends_in_peace(source: str) -> None:
    for _ in range(5):
        ended = run(source)
        assert (ended.returncode, ended.stderr) == (0, "")


@pytest.fixture
def interruptible() -> Iterator[None]:
    # A process that was started in the background ignores Ctrl-C, and Python then keeps it so.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_a_blocking_call() -> None:
    arrived = threading.Event()
    go_on = threading.Event()

    class Stuck:
        def send(self, message: Message) -> None:
            arrived.set()
            go_on.wait(30)

    def interrupt() -> None:
        arrived.wait(30)
        os.kill(os.getpid(), signal.SIGINT)

    with Handclasp.open(configuration(mailer=Stuck())) as handclasp:
        acme = client(handclasp)
        handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
        threading.Thread(target=interrupt).start()
        before = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            handclasp.outbox.deliver_due(SystemActor())
        assert time.monotonic() - before < 10
        go_on.set()


def test_threads_share_a_handle(handclasp: Handclasp) -> None:
    names: list[str] = []

    def work(number: int) -> None:
        for step in range(20):
            business = handclasp.businesses.register(SystemActor(), **registration(f"{number}/{step}"))
            names.append(business.profile.name)

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 160


FORK = """
def opened(name):
    return Handclasp.open(configuration(storage=SqliteStorage(folder / name, create=True)))
handclasp = opened("parent.db")
client(handclasp)
child = os.fork()
if child == 0:
    try:
        client(handclasp)
    except Exception as error:
        assert error.code == "forked", error
        handclasp.close()
        del handclasp, error
        with opened("child.db") as fresh:
            client(fresh)
        asyncio.run(AsyncHandclasp.open(configuration()))
        sys.exit(7)
    sys.exit(1)
deadline = time.monotonic() + 20
while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
    assert time.monotonic() < deadline, "the child hangs"
    time.sleep(0.01)
assert os.waitstatus_to_exitcode(ended[1]) == 7, ended
client(handclasp)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_is_told_and_can_open_its_own(tmp_path: Path) -> None:
    ended = run(f"from pathlib import Path; folder = Path({str(tmp_path)!r})\n" + FORK)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_forked_is_an_error_of_its_own() -> None:
    assert ForkedError.code == "forked"
