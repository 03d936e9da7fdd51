"""The way of one invite: a business registers, becomes a client account, invites somebody, and the mail goes out."""

from __future__ import annotations

import asyncio
import pickle
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from conftest import async_client, client, configuration, registration

from handclasp import (
    AsyncHandclasp,
    ClosedError,
    ConfigInvalidError,
    FolderMailer,
    Handclasp,
    HandclaspError,
    InviteStatus,
    Message,
    NotFoundError,
    SqliteStorage,
    SystemActor,
)


def test_an_invite_to_an_address_is_mailed(handclasp: Handclasp) -> None:
    acme = client(handclasp)
    assert acme.role.name == "Supplier"
    created = handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
    assert created.invite.status is InviteStatus.PENDING
    assert abs(datetime.now(timezone.utc) - created.invite.created_at) < timedelta(minutes=1)

    assert handclasp.sent() == ()
    handclasp.outbox.deliver_due(SystemActor())
    [message] = handclasp.sent()
    assert message.to == "kim@example.com"
    assert created.link in message.text


def test_the_same_as_coroutines() -> None:
    async def main() -> None:
        async with await AsyncHandclasp.open(configuration()) as handclasp:
            acme, system = await async_client(handclasp), SystemActor()
            created = await handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
            await handclasp.outbox.deliver_due(system)
            [message] = handclasp.sent()
            assert created.link in message.text
            with pytest.raises(NotFoundError):
                await handclasp.businesses.set_client_account(system, business=uuid4(), client_account=True)
        with pytest.raises(ClosedError):
            await handclasp.outbox.deliver_due(system)

    asyncio.run(main())


def test_many_coroutines_at_once() -> None:
    async def main() -> None:
        async with await AsyncHandclasp.open(configuration()) as handclasp:
            names = [f"Business {number}" for number in range(200)]
            calls = (handclasp.businesses.register(SystemActor(), **registration(name)) for name in names)
            businesses = await asyncio.gather(*calls)
            assert [business.profile.name for business in businesses] == names

    asyncio.run(main())


def test_a_coroutine_can_be_cancelled() -> None:
    async def main() -> None:
        arrived = asyncio.Event()

        class Stuck:
            async def send(self, message: Message) -> None:
                arrived.set()
                await asyncio.Event().wait()

        async with await AsyncHandclasp.open(configuration(mailer=Stuck())) as handclasp:
            acme = await async_client(handclasp)
            await handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
            call = asyncio.create_task(handclasp.outbox.deliver_due(SystemActor()))
            await arrived.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await async_client(handclasp)

    asyncio.run(main())


def test_a_refusal_is_an_exception_of_its_own_class(handclasp: Handclasp) -> None:
    with pytest.raises(NotFoundError) as caught:
        handclasp.businesses.set_client_account(SystemActor(), business=uuid4(), client_account=True)
    assert isinstance(caught.value, HandclaspError)
    assert caught.value.code == "not_found"
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), NotFoundError)


def test_the_same_idempotency_key_gives_the_same_answer_and_one_mail(handclasp: Handclasp) -> None:
    acme = client(handclasp)
    first, again = (
        handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com", idempotency_key="one")
        for _ in range(2)
    )
    assert again == first
    handclasp.outbox.deliver_due(SystemActor())
    assert len(handclasp.sent()) == 1


def test_mail_can_be_written_into_a_folder(tmp_path: Path) -> None:
    with Handclasp.open(configuration(mailer=FolderMailer(tmp_path))) as handclasp:
        acme = client(handclasp)
        handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
        handclasp.outbox.deliver_due(SystemActor())
        [mail] = tmp_path.glob("*.eml")
        assert "kim@example.com" in mail.read_text("utf-8")
        with pytest.raises(ConfigInvalidError):
            handclasp.sent()


def test_a_file_keeps_what_was_done(tmp_path: Path) -> None:
    standing = configuration(storage=SqliteStorage(tmp_path / "handclasp.db", create=True))
    with Handclasp.open(standing) as handclasp:
        acme = client(handclasp)
        created = handclasp.invites.create(acme.actor, role=acme.role.id)
    with Handclasp.open(standing) as handclasp:
        assert handclasp.invites.preview(link_or_claim=created.link).client.id == acme.business.id
    with pytest.raises(ConfigInvalidError, match="key 1"):
        Handclasp.open(configuration(storage=standing.storage))


def test_a_closed_handle_says_so(handclasp: Handclasp) -> None:
    handclasp.close()
    handclasp.close()
    with pytest.raises(ClosedError):
        handclasp.outbox.deliver_due(SystemActor())


def test_a_secret_stays_out_of_what_is_printed(handclasp: Handclasp) -> None:
    acme = client(handclasp)
    created = handclasp.invites.create(acme.actor, role=acme.role.id, address="kim@example.com")
    handclasp.outbox.deliver_due(SystemActor())
    assert created.link not in repr(created)
    assert created.link not in repr(handclasp.sent())
