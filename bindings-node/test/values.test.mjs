// What can't be handed to the core is refused by field and reason, and nothing is coerced on the way.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Handclasp, InvalidArgumentError } from 'handclasp'

import { client, configuration, opened, system } from './support.mjs'

const role = '0b9f4c2e-8a64-4f0e-9d2c-111111111111'

const REFUSED = [
  ['a missing argument', { message: 'x' }, 'role', 'missing'],
  ['null where something is needed', { role: null }, 'role', 'format'],
  ['a number for text', { role: 5 }, 'role', 'format'],
  ['an unknown argument', { role, colour: 'red' }, 'colour', 'unknown_field'],
  ['a lone surrogate', { role, message: 'a\ud800' }, 'message', 'noncharacter'],
  ['NaN', { role, life: NaN }, 'life', 'format'],
  ['a fraction', { role, life: 1.5 }, 'life', 'format'],
  ['digits for a number', { role, life: '60' }, 'life', 'format'],
  ['true for a number', { role, life: true }, 'life', 'format'],
  ['a number that JavaScript has lost track of', { role, life: 2 ** 60 }, 'life', 'out_of_range'],
  ['a truthy number for a boolean', { role, bind: 1 }, 'bind', 'format'],
  ['an array for an object', [], 'args', 'format'],
]

for (const [what, args, field, reason] of REFUSED) {
  test(`${what} is refused`, async (t) => {
    const handclasp = await opened(t)
    await assert.rejects(handclasp.invites.create(system(), args), (error) => {
      assert.ok(error instanceof InvalidArgumentError, error)
      assert.deepEqual([error.code, error.field, error.reason], ['invalid_argument', field, reason])
      return true
    })
  })
}

test('INP-29: own properties alone count, and no prototype changes', async (t) => {
  const handclasp = await opened(t)
  const refused = (args, field, reason) =>
    assert.rejects(handclasp.invites.create(system(), args), { code: 'invalid_argument', field, reason })
  await refused(JSON.parse(`{ "role": "${role}", "__proto__": { "polluted": true } }`), '__proto__', 'unknown_field')
  await refused(JSON.parse(`{ "role": "${role}", "constructor": {} }`), 'constructor', 'unknown_field')
  // A frozen object without a prototype is as good as any: it is refused for its business alone.
  const bare = Object.freeze(Object.assign(Object.create(null), { role }))
  await refused(bare, 'actor.business', 'missing')
  assert.equal({}.polluted, undefined)
})

const ACTORS = [
  ['nobody', undefined, 'actor', 'format'],
  ['one without a kind', {}, 'actor.kind', 'missing'],
  ['one of no known kind', { kind: 'root' }, 'actor.kind', 'unknown_value'],
  ['a person without an id', { kind: 'person' }, 'actor.id', 'missing'],
]

for (const [what, actor, field, reason] of ACTORS) {
  test(`${what} is no actor`, async (t) => {
    const handclasp = await opened(t)
    await assert.rejects(handclasp.invites.create(actor, { role }), { code: 'invalid_argument', field, reason })
  })
}

test('the field of a refusal by the core is spelled as in JavaScript', async (t) => {
  const handclasp = await opened(t)
  const { business, role } = await client(handclasp)
  const call = handclasp.invites.create(system(business.id), { role: role.id }, { idempotencyKey: '' })
  await assert.rejects(call, { code: 'invalid_argument', field: 'idempotencyKey' })
})

test('CLK-05: a time zone that changes meanwhile moves no instant', async (t) => {
  const handclasp = await opened(t)
  const { business, role } = await client(handclasp)
  const zone = process.env.TZ
  t.after(() => (zone === undefined ? delete process.env.TZ : (process.env.TZ = zone)))
  for (const [changed, minutes] of [['Pacific/Kiritimati', -840], ['Asia/Kathmandu', -345]]) {
    process.env.TZ = changed
    assert.equal(new Date().getTimezoneOffset(), minutes)
    const before = Date.now()
    const { invite } = await handclasp.invites.create(system(business.id), { role: role.id })
    assert.ok(before <= invite.createdAt.getTime() && invite.createdAt.getTime() <= Date.now())
    assert.equal(invite.endsAt - invite.createdAt, 604_800_000)
  }
})

test('what goes with a call is checked too', async (t) => {
  const handclasp = await opened(t)
  const call = handclasp.invites.create(system(), { role }, { idempotency_key: 'x' })
  await assert.rejects(call, { code: 'invalid_argument', field: 'idempotency_key', reason: 'unknown_field' })
})

const CONFIGURATIONS = [
  ['nothing', undefined],
  ['an unknown field', configuration({ colour: 'red' })],
  ['an unknown storage', configuration({ storage: { kind: 'tape' } })],
  ['no keys', configuration({ keys: [] })],
  ['a short key', configuration({ keys: [{ number: 1, secret: Buffer.alloc(8) }] })],
  ['a base URL that is none', configuration({ baseUrl: 'nowhere' })],
  ['a mailer that sends nothing', configuration({ mailer: {} })],
]

for (const [what, given] of CONFIGURATIONS) {
  test(`${what} opens nothing`, async () => {
    await assert.rejects(Handclasp.open(given), { code: 'config_invalid' })
  })
}

test('a missing file is not created unasked', async () => {
  const storage = { kind: 'sqlite', path: '/nonexistent/handclasp.db' }
  await assert.rejects(Handclasp.open(configuration({ storage })), { code: /^(schema_mismatch|storage_unavailable)$/ })
})
