'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { boolean, field, integer, list, nullable, optional, record, string } = require('../../codec.js')
const common = require('./common.js')

const Address = record({
  country: optional('country', nullable(string)),
  postcode: optional('postcode', nullable(string)),
  region: optional('region', nullable(string)),
  street: optional('street', nullable(string)),
  town: optional('town', nullable(string)),
})

const Branding = record({
  colour: optional('colour', nullable(string)),
  logoUrl: optional('logo_url', nullable(string)),
  name: optional('name', nullable(string)),
  replyTo: optional('reply_to', nullable(common.Email)),
})

const BusinessProfile = record({
  name: field('name', string),
  address: optional('address', Address),
  branding: optional('branding', Branding),
  contactEmail: optional('contact_email', nullable(string)),
  contactPhone: optional('contact_phone', nullable(string)),
  industry: optional('industry', nullable(string)),
  language: optional('language', nullable(string)),
  listed: optional('listed', boolean, true),
  notificationEmail: optional('notification_email', nullable(string)),
  registrationNumber: optional('registration_number', nullable(string)),
  tradingName: optional('trading_name', nullable(string)),
})

const Overrides = record({
  accessRequests: optional('access_requests', nullable(integer)),
  connections: optional('connections', nullable(integer)),
  contractorRoles: optional('contractor_roles', nullable(integer)),
  members: optional('members', nullable(integer)),
  perAddress: optional('per_address', nullable(integer)),
  perClient: optional('per_client', nullable(integer)),
  perInviter: optional('per_inviter', nullable(integer)),
  perPair: optional('per_pair', nullable(integer)),
})

const Business = record({
  archived: field('archived', boolean),
  clientAccount: field('client_account', boolean),
  id: field('id', common.BusinessId),
  overrides: field('overrides', Overrides),
  profile: field('profile', BusinessProfile),
})

const Contact = record({
  address: field('address', Address),
  email: optional('email', nullable(string)),
  phone: optional('phone', nullable(string)),
})

const BusinessSeen = record({
  card: field('card', common.Card),
  confusableWith: field('confusable_with', list(string)),
  contact: optional('contact', nullable(Contact)),
  own: optional('own', nullable(Business)),
})

const ClientAccount = record({
  business: field('business', Business),
  supplier: optional('supplier', nullable(common.ContractorRole)),
})

const PersonProfile = record({
  email: field('email', string),
  id: field('id', common.PersonId),
  name: field('name', string),
  language: optional('language', nullable(string)),
})

const SearchPage = record({
  businesses: field('businesses', list(common.Card)),
  confusable: field('confusable', list(common.Confusable)),
  next: optional('next', nullable(string)),
})

module.exports = {
  Address,
  Branding,
  Business,
  BusinessProfile,
  BusinessSeen,
  ClientAccount,
  Contact,
  Overrides,
  PersonProfile,
  SearchPage,
}
