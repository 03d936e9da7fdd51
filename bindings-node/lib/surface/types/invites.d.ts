// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type { Card, ConnectionId, ContractorRoleId, InviteId, Link, PersonId } from './common.js'

/** A claim as text: the secret to keep in the visitor's session. */
export type Claim = string

/** What an invite is at a moment. */
export type InviteStatus =
  /** Its link waits to be opened. */
  | 'pending'
  /** Its link is consumed; its claim waits to be accepted. */
  | 'opened'
  /** It has connected somebody. */
  | 'accepted'
  /** The invited have declined it. */
  | 'declined'
  /** Its client has revoked it, or its inviter's authority has ended. */
  | 'revoked'
  /** Another took its place. */
  | 'superseded'
  /** Its time is over. */
  | 'expired'

/** A personal invite as its client sees it; its link is shown once, by `create` or `resend`. */
export interface Invite {
  /** Whether only somebody with that verified address can accept. */
  bound: boolean
  /** When it was made. */
  createdAt: Date
  /** When its link or, once opened, its claim ends. */
  endsAt: Date
  /** Its id. */
  id: InviteId
  /** The contractor role of the connection to be. */
  role: ContractorRoleId
  /** What it is now. */
  status: InviteStatus
  /** Where its mail goes. */
  address: string | null
  /** The connection that it made. */
  connection: ConnectionId | null
  /** Who made it; none for System. */
  inviter: PersonId | null
  /** The language of its mail, as a BCP 47 tag. */
  language: string | null
  /** A word from the inviter. */
  message: string | null
}

/** How many invites there are per status. */
export interface InviteCounts {
  /** They have connected somebody. */
  accepted: number
  /** The invited have declined them. */
  declined: number
  /** Their time is over. */
  expired: number
  /** Their claim waits to be accepted. */
  opened: number
  /** Their link waits to be opened. */
  pending: number
  /** They were revoked, or lost their inviter's authority. */
  revoked: number
  /** Others took their place. */
  superseded: number
}

/** What `invites.create` and `invites.resend` answer. */
export interface InviteCreated {
  /** The invite. */
  invite: Invite
  /** Its link, shown this once. */
  link: Link
}

/** One page of invites, the latest first. */
export interface InvitesPage {
  /** How many there are per status, whatever statuses are asked for. */
  counts: InviteCounts
  /** The invites. */
  invites: Invite[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** Which kind of link. */
export type LinkKind =
  /** Of a personal invite: one use. */
  | 'personal'
  /** Of a contractor role: many uses. */
  | 'group'

/** What `open` answers. */
export interface Opened {
  /** The secret to keep in the visitor's session until they accept. */
  claim: Claim
  /** Until when it lives. */
  until: Date
}

/** What a link or claim leads to, for anybody who has it. */
export interface Preview {
  /** The client who invites. */
  client: Card
  /** Which kind of link. */
  kind: LinkKind
  /** The name of the contractor role. */
  role: string
  /** A word from the inviter. */
  message: string | null
  /** Until when the link or claim lives; a group link lives until it is refreshed or disabled. */
  until: Date | null
}
