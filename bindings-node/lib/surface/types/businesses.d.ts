// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { BusinessId, ContractorRole, Email, PersonId } from './common.js'

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

/** A business as its own members see it. */
export interface Business {
  /** Whether it may invite and request. */
  clientAccount: boolean
  /** Its id. */
  id: BusinessId
  /** What it says of itself. */
  profile: BusinessProfile
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
