"""What `businesses` alone takes and answers."""

# Written by tests/surface/generate.py from tests/surface.json: change neither here.

from __future__ import annotations

from dataclasses import dataclass

from .common import BusinessId, Card, Confusable, ContractorRole, Email, PersonId


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
class Overrides:
    """What System has set for one business; where it has set nothing, the configuration holds."""

    access_requests: int | None = None
    """How many access requests to it may be open."""
    connections: int | None = None
    """How many connected contractors it may have, and as many connected clients."""
    contractor_roles: int | None = None
    """How many contractor roles it may have that are not archived."""
    members: int | None = None
    """How many members it may have, active or disabled."""
    per_address: int | None = None
    """How much the client may send to one address within 24 hours, all clients counted together."""
    per_client: int | None = None
    """How much the client may send within 24 hours."""
    per_inviter: int | None = None
    """How much one person may send for the client within 24 hours."""
    per_pair: int | None = None
    """How much the client may send to one contractor within 24 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """A business as its own members see it."""

    archived: bool
    """Whether it is frozen."""
    client_account: bool
    """Whether it may invite and request."""
    id: BusinessId
    """Its id."""
    overrides: Overrides
    """What System has set for it instead of the usual limits and quotas."""
    profile: BusinessProfile
    """What it says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How a business is reached; for its own members and for businesses Pending or Connected with it."""

    address: Address
    """Where it is."""
    email: str | None = None
    """Where its people get mail."""
    phone: str | None = None
    """Where its people are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSeen:
    """A business as far as the caller may see it."""

    card: Card
    """What anybody signed in sees."""
    confusable_with: tuple[str, ...]
    """Names of other listed businesses that its own can be taken for, up to three."""
    contact: Contact | None = None
    """How it is reached, for those near to it."""
    own: Business | None = None
    """All of it, for its own members and System."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of businesses."""

    businesses: tuple[Card, ...]
    """The businesses, in the order of the word that was found. A page may be short, even empty, and the list
    go on.
    """
    confusable: tuple[Confusable, ...]
    """Those of them whose names can be taken for others'."""
    next: str | None = None
    """Where the list goes on, if it does."""
