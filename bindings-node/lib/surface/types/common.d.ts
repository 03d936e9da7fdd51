// Written by tests/surface/generate.py from tests/surface.json: change neither here.

/** A person's claim that a business is their employer. */
export type AccessRequestId = string

/**
 * A human, as the host's own user table names them. A host whose users have other ids makes a UUID of them
 * (version 5 of a namespace and its own id, for instance).
 */
export type PersonId = string

/** A reason as it was given; it stays as it was when the list changes. */
export interface StatedReason {
  /** Its code; `other` for a text. */
  code: string
  /** What people read. */
  label: string
  /** The text that goes with `other`. */
  text: string | null
}

/** The user roles that every business has. */
export type BuiltInRole =
  /** Everything. */
  | 'admin'
  /** `see` and `classify`. */
  | 'manager'
  /** `see`. */
  | 'viewer'
  /** Nothing. */
  | 'worker'

/** A user role that a business has defined. */
export type UserRoleId = string

/** Which user role: a built-in one by its name, or one that the business has defined, by its id. */
export type UserRole = BuiltInRole | UserRoleId

/** A company. */
export type BusinessId = string

/**
 * One bare e-mail address: local part as given, domain in its ASCII form.
 *
 * Quoted local parts, comments, display names, lists, routes, address literals and dotless domains are
 * refused. Two addresses are the same if they differ by case alone.
 */
export type Email = string

/** A signed-in person. */
export interface PersonActor {
  kind: 'person'
  /** The host's id for them. */
  id: PersonId
  /** The e-mail addresses that the host has verified to be theirs. */
  addresses?: readonly Email[]
  /** The business they act for, where the operation needs one. */
  business?: BusinessId | null
}

/** The host itself. It may do what an Admin of the business that it names may, and obeys every state rule. */
export interface SystemActor {
  kind: 'system'
  /** The business it acts for, where the operation needs one. */
  business?: BusinessId | null
}

/** Who calls, for which business. Membership is looked up, never believed. */
export type Actor = PersonActor | SystemActor

/** The public card of a business. */
export interface Card {
  /** Its id. */
  id: BusinessId
  /** Its name. */
  name: string
  /** What it does. */
  industry: string | null
  /** Its number in a register of companies. */
  registrationNumber: string | null
  /** The town it is in. */
  town: string | null
  /** The name it trades under. */
  tradingName: string | null
}

/** A category of a contractor role. */
export type CategoryId = string

/** A client's own name for a kind of contractor. */
export type ContractorRoleId = string

/** A sub-category of a category. */
export type SubCategoryId = string

/** Whether categories have to be chosen. */
export type Classification =
  /** No category was configured for the role. */
  | 'not_configured'
  /** They have to be chosen. */
  | 'required'
  /** They are chosen. */
  | 'classified'

/** Whether a contractor role takes new requests, invites and acceptances. */
export type ContractorRoleStatus =
  /** It does. */
  | 'live'
  /** It takes nothing new; its connections keep it. */
  | 'archived'

/** A client's own name for a kind of contractor. */
export interface ContractorRole {
  /** Its id. */
  id: ContractorRoleId
  /** Its name, as it was typed. */
  name: string
  /** Whether it takes anything new. */
  status: ContractorRoleStatus
}

/**
 * A business whose name or trading name looks like that of another listed business, though it is written
 * otherwise, as `Аcme` with a Cyrillic А looks like `Acme`. It is no proof of anything: people should look
 * twice.
 *
 * What looks alike is told by the skeletons of [UTS
 * #39](https://www.unicode.org/reports/tr39/#Confusable_Detection), whatever the case.
 */
export interface Confusable {
  /** The business. */
  business: BusinessId
  /** The names that its own can be taken for, up to three. */
  confusableWith: string[]
}

/** The directed edge client → contractor. */
export type ConnectionId = string

/** A connection's label. */
export type ConnectionStatus =
  /** Connection Pending. */
  | 'pending'
  /** Connected. */
  | 'connected'
  /** Declined. */
  | 'declined'
  /** Withdrawn. */
  | 'withdrawn'
  /** Disconnected. */
  | 'disconnected'

/** The two ends of a connection. */
export type Side =
  /** The business that asks contractors to work for it. */
  | 'client'
  /** The business that works for clients. */
  | 'contractor'

/** How a connection was ended. */
export interface Ended {
  /** When. */
  at: Date
  /** By which side. */
  by: Side
  /** Why; not for the other side if it is hidden from them. */
  reason: StatedReason | null
}

/** One request within a connection. */
export type RequestId = string

/** How far a connection is as a whole. */
export type WorkflowStatus =
  /** It is not classified yet, or something is incomplete or returned. */
  | 'incomplete'
  /** Everything is submitted or approved, and something is not approved yet. */
  | 'submitted'
  /** Everything is approved, or nothing is demanded. */
  | 'approved'

/** A connection as one of its two businesses sees it. */
export interface Connection {
  /** When it last changed. */
  changedAt: Date
  /** Its id. */
  id: ConnectionId
  /** The business at the other end; no more than its name once the two are apart, unless anybody sees more. */
  other: Card
  /** The contractor role that it is about. */
  role: ContractorRoleId
  /** The role's name. */
  roleName: string
  /** Which end the acting business is. */
  side: Side
  /** Where it stands. */
  status: ConnectionStatus
  /** Whether categories have to be chosen; while Connected. */
  classification: Classification | null
  /** Since when the two are connected. */
  connectedSince: Date | null
  /** How it was ended; while Disconnected. */
  ended: Ended | null
  /** The request that waits for an answer. */
  request: RequestId | null
  /** How far its requirements are; while Connected. */
  workflowStatus: WorkflowStatus | null
}

/** What connecting answers. */
export interface Connected {
  /** Whether the contractor must now choose categories. */
  classification: Classification
  /** The connection. */
  connection: Connection
}

/** How a request, an invite, an access request or a connection ended. */
export type Decided =
  /** It was accepted. */
  | 'accepted'
  /** It was declined. */
  | 'declined'
  /** It was withdrawn by who had made it. */
  | 'withdrawn'
  /** It was revoked by its client, or with its inviter's authority. */
  | 'revoked'
  /** Another took its place. */
  | 'superseded'
  /** It was disconnected. */
  | 'disconnected'

/** A reason as it is given. */
export interface GivenReason {
  /** The code of a listed reason, or `other`. */
  code: string
  /** The text that goes with `other`, up to 500 graphemes, lines allowed; a listed reason takes none. */
  text?: string | null
}

/** A link as text: who has it may open what it leads to. */
export type Link = string

/** A personal invite. It is drawn at random, and its link is derived from it. */
export type InviteId = string

/** A quota of a business. */
export type LimitName =
  /** Members, active or disabled. */
  | 'members'
  /** Contractor roles that are not archived. */
  | 'contractor_roles'
  /** Connections that are Connected, on either side. */
  | 'connections'
  /** Access requests that are open. */
  | 'access_requests'
  /** Categories of one contractor role. */
  | 'categories'
  /** Requirements of one contractor role. */
  | 'requirements'

/** Why an argument is refused. */
export type Reason =
  /** Nothing was given. */
  | 'empty'
  /** Nothing visible was given. */
  | 'blank'
  /** More bytes or more graphemes than allowed, or a grapheme of too many marks. */
  | 'too_long'
  /** A control character, or a line break where one line is asked for. */
  | 'control'
  /** A character that turns the direction of writing. */
  | 'bidi'
  /** An invisible character that joins nothing. */
  | 'invisible'
  /** A code point that Unicode keeps out of text. */
  | 'noncharacter'
  /** Not of the form that is asked for. */
  | 'format'
  /** Not within the bounds. */
  | 'out_of_range'
  /** Not one of the values that exist. */
  | 'unknown_value'
  /** No such argument. */
  | 'unknown_field'
  /** It is needed here. */
  | 'missing'
  /** It does not go with the other arguments. */
  | 'not_allowed_here'

/** A workflow step that a client demands. */
export type RequirementId = string

/** All of them. */
export interface RoleRequirementTarget {
  kind: 'role'
}

/** Those of this category. */
export interface CategoryRequirementTarget {
  kind: 'category'
  /** The category. */
  category: CategoryId
}

/** Those of this sub-category. */
export interface SubCategoryRequirementTarget {
  kind: 'sub_category'
  /** The category. */
  category: CategoryId
  /** The sub-category. */
  subCategory: SubCategoryId
}

/** Which contractors of a role a requirement concerns. */
export type RequirementTarget =
  | RoleRequirementTarget
  | CategoryRequirementTarget
  | SubCategoryRequirementTarget

/** A requirement of a contractor role. */
export interface Requirement {
  /** Its id. */
  id: RequirementId
  /** What it is called. */
  name: string
  /** The contractor role. */
  role: ContractorRoleId
  /** Whom it concerns. */
  target: RequirementTarget
  /** What has to be done. */
  description: string | null
}
