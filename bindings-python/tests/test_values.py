"""What can't be handed to the core is refused by field and reason, and nothing is coerced on the way."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from conftest import client, configuration

from handclasp import (
    ConfigInvalidError,
    Handclasp,
    InvalidArgumentError,
    Key,
    PersonActor,
    Reason,
    SchemaMismatchError,
    SqliteStorage,
    StorageUnavailableError,
    SystemActor,
    _codec,
)

ROLE = uuid4()

REFUSED = {
    "text for an id": ({"role": str(ROLE)}, "role", Reason.FORMAT),
    "nothing where something is needed": ({"role": None}, "role", Reason.FORMAT),
    "a lone surrogate": ({"role": ROLE, "message": "a\ud800"}, "message", Reason.NONCHARACTER),
    "bytes for text": ({"role": ROLE, "message": b"a"}, "message", Reason.FORMAT),
    "True for a number": ({"role": ROLE, "life": True}, "life", Reason.FORMAT),
    "a float for a number": ({"role": ROLE, "life": 60.0}, "life", Reason.FORMAT),
    "a number beyond all bounds": ({"role": ROLE, "life": 2**64}, "life", Reason.OUT_OF_RANGE),
    "1 for True": ({"role": ROLE, "bind": 1}, "bind", Reason.FORMAT),
    "a key that is no text": ({"role": ROLE, "idempotency_key": 5}, "idempotency_key", Reason.FORMAT),
}


@pytest.mark.parametrize(("arguments", "field", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_inp_23_24_26_27_a_wrong_value_is_refused(handclasp: Handclasp, arguments: Any, field: str, reason: Reason) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        handclasp.invites.create(SystemActor(), **arguments)
    assert (caught.value.code, caught.value.field, caught.value.reason) == ("invalid_argument", field, reason)
    assert caught.value.__cause__ is None


ACTORS: dict[str, tuple[Any, str]] = {
    "nobody": (None, "actor"),
    "a dictionary": ({"kind": "system"}, "actor"),
    "a person whose id is text": (PersonActor(id=str(ROLE)), "actor.id"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize(("actor", "field"), ACTORS.values(), ids=ACTORS.keys())
def test_a_wrong_actor_is_refused(handclasp: Handclasp, actor: Any, field: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        handclasp.invites.create(actor, role=ROLE)
    assert (caught.value.field, caught.value.reason) == (field, Reason.FORMAT)


def test_a_refusal_by_the_core_looks_the_same(handclasp: Handclasp) -> None:
    acme = client(handclasp)
    with pytest.raises(InvalidArgumentError) as caught:
        handclasp.invites.create(acme.actor, role=acme.role.id, idempotency_key="")
    assert caught.value.field == "idempotency_key"


def test_instants_are_sent_in_utc_to_the_microsecond() -> None:
    encode = _codec.encoder(datetime)
    paris = datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=ZoneInfo("Europe/Paris"))
    assert encode(paris, "at") == "2026-07-01T10:00:00.000001Z"
    assert _codec.decoder(datetime)("2026-07-01T10:00:00.000001Z") == paris


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (datetime(2026, 1, 1), "format"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=1))), "out_of_range"),
        ("2026-01-01T00:00:00Z", "format"),
    ],
)
def test_a_naive_or_impossible_instant_is_refused(value: Any, reason: str) -> None:
    with pytest.raises(_codec.Refusal) as caught:
        _codec.encoder(datetime)(value, "at")
    assert caught.value.reason == reason


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"])
def test_clk_05_a_time_zone_that_changes_meanwhile_moves_no_instant(
    handclasp: Handclasp, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    acme = client(handclasp)
    try:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        before = datetime.now(timezone.utc)
        invite = handclasp.invites.create(acme.actor, role=acme.role.id).invite
        assert before <= invite.created_at <= datetime.now(timezone.utc)
        assert invite.ends_at - invite.created_at == timedelta(seconds=604_800)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_list_is_no_text_and_a_member_no_string() -> None:
    class Colour(Enum):
        RED = "red"

    from collections.abc import Sequence

    with pytest.raises(_codec.Refusal):
        _codec.encoder(Sequence[str])("ab", "names")
    with pytest.raises(_codec.Refusal):
        _codec.encoder(Colour)("red", "colour")
    assert _codec.encoder(Sequence[Colour])([Colour.RED], "colours") == ["red"]
    with pytest.raises(_codec.Refusal) as caught:
        _codec.encoder(Sequence[UUID])([uuid4(), "x"], "ids")
    assert caught.value.field == "ids[1]"


CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "no storage": {"storage": None},
    "no keys": {"keys": []},
    "a short key": {"keys": [Key(1, b"short")]},
    "a key that is text": {"keys": [Key(1, "a" * 43)]},  # type: ignore[arg-type]
    "a base URL that is none": {"base_url": "nowhere"},
    "a mailer that sends nothing": {"mailer": object()},
    "a signing key that is not there": {"signing_key": 2},
}


@pytest.mark.parametrize("changes", CONFIGURATIONS.values(), ids=CONFIGURATIONS.keys())
def test_a_wrong_configuration_opens_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigInvalidError):
        Handclasp.open(configuration(**changes))


def test_a_missing_file_is_not_created_unasked() -> None:
    with pytest.raises((SchemaMismatchError, StorageUnavailableError)):
        Handclasp.open(configuration(storage=SqliteStorage("/nonexistent/handclasp.db")))
