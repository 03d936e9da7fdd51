"""What `businesses` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass

from .common import BusinessId, ContractorRole, Email, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address."""

    country: str | None = None
    """Country, as an ISO 3166 code of two capital letters."""
    postcode: str | None = None
    """Postcode."""
    region: str | None = None
    """County, state or province."""
    street: str | None = None
    """Street and number."""
    town: str | None = None
    """Town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branding:
    """How a business's mails look."""

    colour: str | None = None
    """A colour as `#rrggbb`."""
    logo_url: str | None = None
    """The https address of a logo."""
    name: str | None = None
    """The name shown as the sender."""
    reply_to: Email | None = None
    """Where answers to its mails go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessProfile:
    """What a business says of itself; texts up to 200 graphemes, numbers up to 64. The name alone is
    required.
    """

    name: str
    """Its name; it need not be unique."""
    address: Address = Address()
    """Where it is."""
    branding: Branding = Branding()
    """How its mails look."""
    contact_email: str | None = None
    """Where its people are reached, as one bare e-mail address."""
    contact_phone: str | None = None
    """Where its people are called."""
    industry: str | None = None
    """What it does."""
    language: str | None = None
    """The language of its mails, as a BCP 47 tag."""
    listed: bool = True
    """Whether search finds it; it does unless said otherwise."""
    notification_email: str | None = None
    """The address listed as able to accept notifications."""
    registration_number: str | None = None
    """Its number in a register of companies; it need not be unique."""
    trading_name: str | None = None
    """The name it trades under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """A business as its own members see it."""

    client_account: bool
    """Whether it may invite and request."""
    id: BusinessId
    """Its id."""
    profile: BusinessProfile
    """What it says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAccount:
    """What `set_client_account` answers."""

    business: Business
    """The business."""
    supplier: ContractorRole | None = None
    """The contractor role that every client account starts with; none if the business has never been one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProfile:
    """A person as the host knows them."""

    email: str
    """Where they get mail, as one bare e-mail address."""
    id: PersonId
    """The host's id for them."""
    name: str
    """Their name, up to 200 graphemes."""
    language: str | None = None
    """The language of their mails, as a BCP 47 tag."""
