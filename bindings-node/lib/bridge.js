'use strict'

// From a mail of the core to the `send` of the host's own mailer, plain or asynchronous.

const { NotSent } = require('./mail.js')
const { MESSAGE } = require('./message.js')

/** What the native half calls with a message; it answers with how that went, and never rejects. */
function bridgeTo(mailer) {
  return async (text) => {
    try {
      await mailer.send(MESSAGE.decode(JSON.parse(text)))
      return JSON.stringify({ sent: true })
    } catch (error) {
      const permanent = error instanceof NotSent && error.permanent
      return JSON.stringify({ sent: false, permanent, reason: reasonOf(error) })
    }
  }
}

function reasonOf(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'the mailer threw something that is no Error'
}

module.exports = { bridgeTo }
