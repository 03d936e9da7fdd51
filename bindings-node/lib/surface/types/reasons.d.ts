// Written by tests/surface/generate.py from tests/surface.json: change neither here.

/** One reason of a list. */
export interface ListedReason {
  /** A stable code of lower-case letters, digits and underscores, up to 64. */
  code: string
  /** What people read, up to 200 graphemes. */
  label: string
}

/** What reasons are given for. */
export type ReasonKind =
  /** Declining an access request. */
  | 'access_decline'
  /** Disconnecting. */
  | 'disconnect'

/** The reasons of a business. */
export interface ReasonsListed {
  /** For what. */
  kind: ReasonKind
  /** The reasons; *Other* is always there beside them. */
  reasons: ListedReason[]
}
