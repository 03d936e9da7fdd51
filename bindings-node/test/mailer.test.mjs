// Mail through an object of the host's own.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { NotSent } from 'handclasp'

import { client, opened, system } from './support.mjs'

async function delivered(t, mailer) {
  const handclasp = await opened(t, { mailer })
  const { business, role } = await client(handclasp)
  await handclasp.invites.create(system(business.id), { role: role.id, address: 'kim@example.com' })
  return handclasp.outbox.deliverDue(system())
}

class Kept {
  messages = []

  send(message) {
    this.messages.push(message)
  }
}

class SlowlyKept extends Kept {
  async send(message) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    super.send(message)
  }
}

for (const Mailer of [Kept, SlowlyKept]) {
  test(`${Mailer.name} gets the message`, async (t) => {
    const mailer = new Mailer()
    const answer = await delivered(t, mailer)
    assert.equal(answer.sent, 1)
    assert.deepEqual(mailer.messages.map((message) => message.to), ['kim@example.com'])
  })
}

const FAILING = {
  'one that throws': { send() { throw new Error('no line') } },
  'one that rejects': { async send() { throw new Error('no line') } },
  'one that throws no Error': { async send() { throw 5 } },
  'one that gives up for good': { async send() { throw new NotSent('no such address', { permanent: true }) } },
}

for (const [what, mailer] of Object.entries(FAILING)) {
  test(`${what} fails nothing but its message`, async (t) => {
    assert.equal((await delivered(t, mailer)).sent, 0)
  })
}
