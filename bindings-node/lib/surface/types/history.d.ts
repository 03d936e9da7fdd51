// Written by tests/surface/generate.py from tests/surface.json: change neither here.

import type {
  AccessRequestId,
  BusinessId,
  CategoryId,
  ConnectionId,
  ContractorRoleId,
  InviteId,
  PersonId,
  RequirementId,
  UserRoleId,
} from './common.js'

/** One thing that happened. */
export interface HistoryEntry {
  /** When. */
  at: Date
  /** More about it. */
  details: { [key: string]: unknown }
  /** What, as in `invite.opened`. */
  event: string
  /** To which record, by its id; a group link has its contractor role's, a membership one of its own. */
  subject: string
  /** Which change of the record this was, from 1. */
  version: number
  /** The business that they acted for. */
  acting: BusinessId | null
  /**
   * The person who did it; none for System, for visitors, and for people of the other side. Nobody learns who
   * decided on their own access request, nor who let them in.
   */
  person: PersonId | null
}

/** One thing that happened, in the feed. */
export interface FeedEntry {
  /** What happened. */
  entry: HistoryEntry
  /** Its place in the feed. */
  position: number
  /** The business at the other end of a connection. */
  counterpart: BusinessId | null
  /** The business whose record it is. */
  owner: BusinessId | null
}

/** What happened after a position. */
export interface HistoryFeed {
  /** What happened, in the order of positions. */
  entries: FeedEntry[]
  /** The position to go on after. */
  next: number
}

/** One page of a history. */
export interface HistoryPage {
  /** What happened, the earliest first. */
  entries: HistoryEntry[]
  /** Where the list goes on, if it does. */
  next: string | null
}

/** A business. */
export interface BusinessSubject {
  kind: 'business'
  /** Its id. */
  id: BusinessId
}

/** A person; their history is the host's alone. */
export interface PersonSubject {
  kind: 'person'
  /** Their id. */
  id: PersonId
}

/** A membership. */
export interface MemberSubject {
  kind: 'member'
  /** Of this business. */
  business: BusinessId
  /** This person. */
  person: PersonId
}

/** A contractor role. */
export interface ContractorRoleSubject {
  kind: 'contractor_role'
  /** Its id. */
  id: ContractorRoleId
}

/** A user role that the business has defined. */
export interface UserRoleSubject {
  kind: 'user_role'
  /** Its id. */
  id: UserRoleId
}

/** A category of a contractor role. */
export interface CategorySubject {
  kind: 'category'
  /** Its id. */
  id: CategoryId
}

/** A requirement of a contractor role. */
export interface RequirementSubject {
  kind: 'requirement'
  /** Its id. */
  id: RequirementId
}

/** An access request; for holders of `users`. */
export interface AccessRequestSubject {
  kind: 'access_request'
  /** Its id. */
  id: AccessRequestId
}

/** A business's reasons. */
export interface ReasonsSubject {
  kind: 'reasons'
  /** Whose. */
  business: BusinessId
}

/** A client's fee plans; for holders of `fees`. */
export interface FeePlansSubject {
  kind: 'fee_plans'
  /** Whose. */
  client: BusinessId
}

/** A contractor role's group link. */
export interface GroupLinkSubject {
  kind: 'group_link'
  /** The contractor role. */
  role: ContractorRoleId
}

/** A personal invite. */
export interface InviteSubject {
  kind: 'invite'
  /** Its id. */
  id: InviteId
}

/** A connection. */
export interface ConnectionSubject {
  kind: 'connection'
  /** Its id. */
  id: ConnectionId
}

/** Of what the history is asked. */
export type Subject =
  | BusinessSubject
  | PersonSubject
  | MemberSubject
  | ContractorRoleSubject
  | UserRoleSubject
  | CategorySubject
  | RequirementSubject
  | AccessRequestSubject
  | ReasonsSubject
  | FeePlansSubject
  | GroupLinkSubject
  | InviteSubject
  | ConnectionSubject
