"""Mail through an object of the host's own, plain or asynchronous, for both faces."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from conftest import async_client, client, configuration

from handclasp import AsyncHandclasp, Handclasp, Message, NotSent, SystemActor


class Kept:
    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, message: Message) -> None:
        self.messages.append(message)


class SlowlyKept:
    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.threads: set[int] = set()

    async def send(self, message: Message) -> None:
        await asyncio.sleep(0.005)
        self.threads.add(threading.get_ident())
        self.messages.append(message)


def blocking(mailer: Any) -> Any:
    with Handclasp.open(configuration(mailer=mailer)) as handclasp:
        acme = client(handclasp)
        handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
        return handclasp.outbox.deliver_due(SystemActor())


def awaited(mailer: Any) -> Any:
    async def main() -> Any:
        async with await AsyncHandclasp.open(configuration(mailer=mailer)) as handclasp:
            acme = await async_client(handclasp)
            await handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
            return await handclasp.outbox.deliver_due(SystemActor())

    return asyncio.run(main())


@pytest.mark.parametrize("deliver", [blocking, awaited])
@pytest.mark.parametrize("kind", [Kept, SlowlyKept])
def test_the_mailer_gets_the_message(deliver: Any, kind: Any) -> None:
    mailer = kind()
    assert deliver(mailer).sent == 1
    assert [message.to for message in mailer.messages] == ["kim@example.com"]


def test_an_asynchronous_mailer_runs_on_the_loop_of_its_caller() -> None:
    mailer = SlowlyKept()
    awaited(mailer)
    assert mailer.threads == {threading.get_ident()}


class Broken:
    def __init__(self, error: BaseException) -> None:
        self.error = error

    def send(self, message: Message) -> None:
        raise self.error


class SlowlyBroken(Broken):
    async def send(self, message: Message) -> None:  # type: ignore[override]
        raise self.error


@pytest.mark.parametrize("deliver", [blocking, awaited])
@pytest.mark.parametrize("kind", [Broken, SlowlyBroken])
@pytest.mark.parametrize("error", [OSError("no line"), TimeoutError(), NotSent("no such address", permanent=True)])
def test_a_broken_mailer_fails_nothing_but_its_message(deliver: Any, kind: Any, error: BaseException) -> None:
    assert deliver(kind(error)).sent == 0
