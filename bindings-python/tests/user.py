"""What a user writes, checked by `mypy --strict`: it is never run."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid4

import handclasp
from handclasp import (
    Actor,
    AsyncHandclasp,
    BusinessProfile,
    Configuration,
    FolderMailer,
    Handclasp,
    HandclaspError,
    Key,
    Limits,
    Message,
    PersonActor,
    PersonProfile,
    RateLimitedError,
    SqliteStorage,
    SystemActor,
)


class Mine:
    async def send(self, message: Message) -> None:
        print(message.to)


def blocking() -> datetime:
    system: Actor = SystemActor()
    configuration = Configuration(
        storage=SqliteStorage("handclasp.db", create=True),
        keys=[Key(1, secrets.token_bytes(32))],
        base_url="https://app.example.com",
        sender="network@app.example.com",
        mailer=FolderMailer("mail"),
        limits=Limits(per_client=2_000),
    )
    with Handclasp.open(configuration) as opened:
        admin = PersonProfile(id=uuid4(), name="Jo Doe", email="jo@example.com")
        business = opened.businesses.register(system, profile=BusinessProfile(name="Acme"), admin=admin)
        role = opened.businesses.set_client_account(system, business=business.id, client_account=True).supplier
        assert role is not None
        town: str | None = business.profile.address.town
        print(town)
        person = PersonActor(id=uuid4(), business=business.id)
        created = opened.invites.create(person, role=role.id, address="a@example.com", idempotency_key="first")
        opened.invites.create(person)  # type: ignore[call-arg]
        opened.invites.create(person, role="x")  # type: ignore[arg-type]
        opened.invites.create(person, role=role.id, colour="red")  # type: ignore[call-arg]
        identity: UUID = created.invite.id
        print(identity)
        return created.invite.ends_at


async def awaited() -> str:
    opened = await AsyncHandclasp.open(
        handclasp.Configuration(
            storage=handclasp.MemoryStorage(),
            keys=[Key(1, secrets.token_bytes(32))],
            base_url="https://app.example.com",
            sender="network@app.example.com",
            mailer=Mine(),
        )
    )
    business = await opened.businesses.register(SystemActor(), profile=BusinessProfile(name="Acme"))
    business.client_account = True  # type: ignore[misc]
    return business.profile.name


def waiting(error: HandclaspError) -> int:
    if isinstance(error, RateLimitedError):
        return error.retry_after
    print(error.code)
    return 0


def kind(actor: Actor) -> str:
    match actor:
        case PersonActor(id=person):
            return str(person)
        case SystemActor():
            return actor.kind
