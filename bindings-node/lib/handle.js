'use strict'

// The handle: opening, closing, and what a test looks at. Its operations are generated, by group.

const { bridgeTo } = require('./bridge.js')
const { answered, errorOf } = require('./call.js')
const { Refusal, boolean, field, integer, isObject, list, optional, record, string, union, wrongType } = require('./codec.js')
const { MESSAGE } = require('./message.js')
const native = require('./native.js')
const { ConfigInvalidError } = require('./surface/errors.js')
const { Groups } = require('./surface/groups/index.js')

const STORAGE = union(
  record({}, 'memory'),
  record({ path: field('path', string), create: optional('create', boolean) }, 'sqlite'),
  record(
    { url: field('url', string), create: optional('create', boolean), caFile: optional('ca_file', string) },
    'postgres',
  ),
)

/** A key as 32 bytes or more, or as the core reads it, base64url. */
const SECRET = {
  encode(value, where) {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64url')
    if (typeof value === 'string') return string.encode(value, where)
    throw wrongType(where, 'bytes or a base64url string', value)
  },
}

const MAILER = union(record({}, 'capture'), record({ path: field('path', string) }, 'folder'))

const HOST_MAILER = {
  encode(value, where) {
    if (typeof value?.send === 'function') return { kind: 'host' }
    return MAILER.encode(value, where)
  },
}

const LIMITS = record({
  perInviter: optional('per_inviter', integer),
  perClient: optional('per_client', integer),
  perAddress: optional('per_address', integer),
  perPair: optional('per_pair', integer),
  perRequester: optional('per_requester', integer),
  perRequesterPair: optional('per_requester_pair', integer),
})

const QUOTAS = record({
  members: optional('members', integer),
  contractorRoles: optional('contractor_roles', integer),
  accessRequests: optional('access_requests', integer),
  connections: optional('connections', integer),
})

const CONFIGURATION = record({
  storage: field('storage', STORAGE),
  keys: field('keys', list(record({ number: field('number', integer), secret: field('secret', SECRET) }))),
  signingKey: optional('signing_key', integer),
  baseUrl: field('base_url', string),
  sender: field('sender', string),
  senderName: optional('sender_name', string),
  limits: optional('limits', LIMITS),
  quotas: optional('quotas', QUOTAS),
  mailer: field('mailer', HOST_MAILER),
})

class Handclasp extends Groups {
  #handle

  /** Not for users: see `open`. */
  constructor(handle) {
    super(handle)
    this.#handle = handle
  }

  static async open(configuration) {
    const text = configurationText(configuration)
    const { mailer } = configuration
    const bridge = typeof mailer.send === 'function' ? bridgeTo(mailer) : undefined
    let handle
    try {
      handle = await native.open(text, bridge)
    } catch (error) {
      throw refused(error)
    }
    return new Handclasp(handle)
  }

  sent() {
    const text = this.#handle.sent()
    if (text === null || text === undefined) {
      throw new ConfigInvalidError('`sent` needs a handle with the capture mailer')
    }
    return JSON.parse(text).map((message) => MESSAGE.decode(message))
  }

  async close() {
    answered(JSON.parse(await this.#handle.close()))
  }
}

function configurationText(configuration) {
  try {
    if (!isObject(configuration)) throw wrongType('configuration', 'an object', configuration)
    return JSON.stringify(CONFIGURATION.encode(configuration, ''))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ConfigInvalidError(error.message)
  }
}

/** The native half refuses with the error of the core as text. */
function refused(error) {
  try {
    return errorOf(JSON.parse(error.message))
  } catch {
    return error
  }
}

module.exports = { Handclasp }
