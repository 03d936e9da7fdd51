import type { Mailer, Message } from './mail.js'
import { Groups } from './surface/groups/index.js'

/** Where the records lie. */
export type Storage =
  /** In memory, until the handle is closed: for tests. */
  | { kind: 'memory' }
  /** In one SQLite file, which several processes may share; a missing one is refused unless `create`. */
  | { kind: 'sqlite'; path: string; create?: boolean }
  /**
   * In a PostgreSQL database; its tables are made if `create`. `caFile` names the certificate authorities that the
   * server's certificate may come from, in PEM; else they are those of the machine.
   */
  | { kind: 'postgres'; url: string; create?: boolean; caFile?: string }

/** A secret that links are made with. Keep it out of the database that it protects. */
export interface Key {
  /** Its number, once given for ever. */
  number: number
  /** At least 32 random bytes, as they are or in base64url. */
  secret: Uint8Array | string
}

/** How mail is sent: kept for `sent()`, written as `.eml` files into a folder, or by an object of your own. */
export type MailerChoice = { kind: 'capture' } | { kind: 'folder'; path: string } | Mailer

/** How much may be sent within 24 hours; what is left out stays as usual. */
export interface Limits {
  /** By one person; 100 if left out. */
  perInviter?: number
  /** By one client; 500 if left out. */
  perClient?: number
  /** To one address; 5 if left out. */
  perAddress?: number
  /** From one client to one contractor; 3 if left out. */
  perPair?: number
  /** Access requests of one person; 5 if left out. */
  perRequester?: number
  /** Access requests of one person to one business; 3 if left out. */
  perRequesterPair?: number
}

/** How much a business may have; what is left out stays as usual. */
export interface Quotas {
  /** Members, active or disabled; 10 000 if left out. */
  members?: number
  /** Contractor roles that are not archived; 1 000 if left out. */
  contractorRoles?: number
  /** Access requests that are open; 1 000 if left out. */
  accessRequests?: number
  /** Connected contractors, and as many connected clients; 1 000 000 if left out. */
  connections?: number
}

/** What a handle is opened with. */
export interface Configuration {
  storage: Storage
  /** The secrets that links are made and checked with. */
  keys: readonly Key[]
  /** The number of the key that new links are made with; the only key's, if there is one alone. */
  signingKey?: number
  /** Where the host's pages are, to which links and mails lead: a plain https address. */
  baseUrl: string
  /** The address that mails come from. */
  sender: string
  /** The name shown beside the sender's address. */
  senderName?: string
  mailer: MailerChoice
  /** How much may be sent within 24 hours. */
  limits?: Limits
  /** How much a business may have. */
  quotas?: Quotas
}

/** An open Handclasp. An idle one does not keep the process alive. */
export class Handclasp extends Groups {
  private constructor()

  /**
   * Opens a handle.
   *
   * @throws {ConfigInvalidError} The configuration can't be used, or its keys are not those of the database.
   * @throws {SchemaMismatchError} The database is missing, foreign, or of a newer version.
   */
  static open(configuration: Configuration): Promise<Handclasp>

  /** The messages that the capturing mailer holds, oldest first. */
  sent(): Message[]

  /** Finishes what is under way and lets go of the database: later calls reject with `ClosedError`. */
  close(): Promise<void>
}
