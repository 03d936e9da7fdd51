// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { BusinessId, Card, Confusable, ContractorRole, Email, PersonId } from './common.js'

/** A postal address. */
export interface Address {
  /** Country, as an ISO 3166 code of two capital letters. */
  country: string | null
  /** Postcode. */
  postcode: string | null
  /** County, state or province. */
  region: string | null
  /** Street and number. */
  street: string | null
  /** Town. */
  town: string | null
}

/** A postal address. */
export interface AddressInput {
  /** Country, as an ISO 3166 code of two capital letters. */
  country?: string | null
  /** Postcode. */
  postcode?: string | null
  /** County, state or province. */
  region?: string | null
  /** Street and number. */
  street?: string | null
  /** Town. */
  town?: string | null
}

/** How a business's mails look. */
export interface Branding {
  /** A colour as `#rrggbb`. */
  colour: string | null
  /** The https address of a logo. */
  logoUrl: string | null
  /** The name shown as the sender. */
  name: string | null
  /** Where answers to its mails go. */
  replyTo: Email | null
}

/** How a business's mails look. */
export interface BrandingInput {
  /** A colour as `#rrggbb`. */
  colour?: string | null
  /** The https address of a logo. */
  logoUrl?: string | null
  /** The name shown as the sender. */
  name?: string | null
  /** Where answers to its mails go. */
  replyTo?: Email | null
}

/** What a business says of itself; texts up to 200 graphemes, numbers up to 64. The name alone is required. */
export interface BusinessProfile {
  /** Its name; it need not be unique. */
  name: string
  /** Where it is. */
  address: Address
  /** How its mails look. */
  branding: Branding
  /** Where its people are reached, as one bare e-mail address. */
  contactEmail: string | null
  /** Where its people are called. */
  contactPhone: string | null
  /** What it does. */
  industry: string | null
  /** The language of its mails, as a BCP 47 tag. */
  language: string | null
  /** Whether search finds it; it does unless said otherwise. */
  listed: boolean
  /** The address listed as able to accept notifications. */
  notificationEmail: string | null
  /** Its number in a register of companies; it need not be unique. */
  registrationNumber: string | null
  /** The name it trades under. */
  tradingName: string | null
}

/** What a business says of itself; texts up to 200 graphemes, numbers up to 64. The name alone is required. */
export interface BusinessProfileInput {
  /** Its name; it need not be unique. */
  name: string
  /** Where it is. */
  address?: AddressInput
  /** How its mails look. */
  branding?: BrandingInput
  /** Where its people are reached, as one bare e-mail address. */
  contactEmail?: string | null
  /** Where its people are called. */
  contactPhone?: string | null
  /** What it does. */
  industry?: string | null
  /** The language of its mails, as a BCP 47 tag. */
  language?: string | null
  /** Whether search finds it; it does unless said otherwise. */
  listed?: boolean
  /** The address listed as able to accept notifications. */
  notificationEmail?: string | null
  /** Its number in a register of companies; it need not be unique. */
  registrationNumber?: string | null
  /** The name it trades under. */
  tradingName?: string | null
}

/** What System has set for one business; where it has set nothing, the configuration holds. */
export interface Overrides {
  /** How many access requests to it may be open. */
  accessRequests: number | null
  /** How many connected contractors it may have, and as many connected clients. */
  connections: number | null
  /** How many contractor roles it may have that are not archived. */
  contractorRoles: number | null
  /** How many members it may have, active or disabled. */
  members: number | null
  /** How much the client may send to one address within 24 hours, all clients counted together. */
  perAddress: number | null
  /** How much the client may send within 24 hours. */
  perClient: number | null
  /** How much one person may send for the client within 24 hours. */
  perInviter: number | null
  /** How much the client may send to one contractor within 24 hours. */
  perPair: number | null
}

/** What System has set for one business; where it has set nothing, the configuration holds. */
export interface OverridesInput {
  /** How many access requests to it may be open. */
  accessRequests?: number | null
  /** How many connected contractors it may have, and as many connected clients. */
  connections?: number | null
  /** How many contractor roles it may have that are not archived. */
  contractorRoles?: number | null
  /** How many members it may have, active or disabled. */
  members?: number | null
  /** How much the client may send to one address within 24 hours, all clients counted together. */
  perAddress?: number | null
  /** How much the client may send within 24 hours. */
  perClient?: number | null
  /** How much one person may send for the client within 24 hours. */
  perInviter?: number | null
  /** How much the client may send to one contractor within 24 hours. */
  perPair?: number | null
}

/** A business as its own members see it. */
export interface Business {
  /** Whether it is frozen. */
  archived: boolean
  /** Whether it may invite and request. */
  clientAccount: boolean
  /** Its id. */
  id: BusinessId
  /** What System has set for it instead of the usual limits and quotas. */
  overrides: Overrides
  /** What it says of itself. */
  profile: BusinessProfile
}

/** How a business is reached; for its own members and for businesses Pending or Connected with it. */
export interface Contact {
  /** Where it is. */
  address: Address
  /** Where its people get mail. */
  email: string | null
  /** Where its people are called. */
  phone: string | null
}

/** A business as far as the caller may see it. */
export interface BusinessSeen {
  /** What anybody signed in sees. */
  card: Card
  /** Names of other listed businesses that its own can be taken for, up to three. */
  confusableWith: string[]
  /** How it is reached, for those near to it. */
  contact: Contact | null
  /** All of it, for its own members and System. */
  own: Business | null
}

/** What `setClientAccount` answers. */
export interface ClientAccount {
  /** The business. */
  business: Business
  /** The contractor role that every client account starts with; none if the business has never been one. */
  supplier: ContractorRole | null
}

/** A person as the host knows them. */
export interface PersonProfile {
  /** Where they get mail, as one bare e-mail address. */
  email: string
  /** The host's id for them. */
  id: PersonId
  /** Their name, up to 200 graphemes. */
  name: string
  /** The language of their mails, as a BCP 47 tag. */
  language?: string | null
}

/** One page of businesses. */
export interface SearchPage {
  /**
   * The businesses, in the order of the word that was found. A page may be short, even empty, and the list go
   * on.
   */
  businesses: Card[]
  /** Those of them whose names can be taken for others'. */
  confusable: Confusable[]
  /** Where the list goes on, if it does. */
  next: string | null
}
