"""What every test needs: an open handle, and a client account in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from handclasp import (
    AsyncHandclasp,
    Business,
    BusinessProfile,
    CaptureMailer,
    Configuration,
    ContractorRole,
    Handclasp,
    Key,
    MemoryStorage,
    PersonProfile,
    SystemActor,
)


def configuration(**changes: Any) -> Configuration:
    """What a test opens a handle with: everything in memory, mail captured."""
    standard: dict[str, Any] = {
        "storage": MemoryStorage(),
        "keys": [Key(1, secrets.token_bytes(32))],
        "base_url": "https://app.example.com",
        "sender": "network@app.example.com",
        "mailer": CaptureMailer(),
    }
    return Configuration(**(standard | changes))


def registration(name: str) -> dict[str, Any]:
    """What a business is registered with: its profile, and a first Admin who is new."""
    admin = PersonProfile(id=uuid4(), name="Jo Doe", email="jo@example.com")
    return {"profile": BusinessProfile(name=name), "admin": admin}


@dataclass(frozen=True)
class Client:
    """A client account, with its first contractor role and somebody who may act for it."""

    business: Business
    role: ContractorRole
    actor: SystemActor


def client(handclasp: Handclasp) -> Client:
    """Makes a client account."""
    business = handclasp.businesses.register(SystemActor(), **registration("Acme"))
    account = handclasp.businesses.set_client_account(SystemActor(), business=business.id, client_account=True)
    assert account.supplier is not None
    return Client(business, account.supplier, SystemActor(business=business.id))


async def async_client(handclasp: AsyncHandclasp) -> Client:
    """Makes a client account with coroutines."""
    business = await handclasp.businesses.register(SystemActor(), **registration("Acme"))
    account = await handclasp.businesses.set_client_account(SystemActor(), business=business.id, client_account=True)
    assert account.supplier is not None
    return Client(business, account.supplier, SystemActor(business=business.id))


@pytest.fixture
def handclasp() -> Iterator[Handclasp]:
    with Handclasp.open(configuration()) as opened:
        yield opened
