// The way of one invite: a business registers, becomes a client account, invites somebody, and the mail goes out.

import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import * as imported from 'handclasp'
import { Handclasp, NotFoundError } from 'handclasp'

import { client, configuration, opened, system } from './support.mjs'

test('an invite to an address is mailed', async (t) => {
  const handclasp = await opened(t)
  const { business, role } = await client(handclasp)
  assert.equal(role.name, 'Supplier')

  const before = Date.now()
  const created = await handclasp.invites.create(system(business.id), { role: role.id, address: 'kim@example.com' })
  assert.equal(created.invite.status, 'pending')
  assert.ok(created.invite.createdAt instanceof Date)
  assert.ok(Math.abs(created.invite.createdAt.getTime() - before) < 60_000)

  assert.deepEqual(handclasp.sent(), [])
  await handclasp.outbox.deliverDue(system())
  const [message, ...more] = handclasp.sent()
  assert.deepEqual(more, [])
  assert.equal(message.to, 'kim@example.com')
  assert.ok(message.text.includes(created.link))
})

test('a refusal is an error of its own class', async (t) => {
  const handclasp = await opened(t)
  const nobody = '0b9f4c2e-8a64-4f0e-9d2c-111111111111'
  const call = handclasp.businesses.setClientAccount(system(), { business: nobody, clientAccount: true })
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof NotFoundError)
    assert.equal(error.code, 'not_found')
    assert.equal(error.name, 'NotFoundError')
    assert.match(error.stack, /path\.test\.mjs/)
    return true
  })
})

test('the same idempotency key gives the same answer and one mail', async (t) => {
  const handclasp = await opened(t)
  const { business, role } = await client(handclasp)
  const args = { role: role.id, address: 'kim@example.com' }
  const first = await handclasp.invites.create(system(business.id), args, { idempotencyKey: 'one' })
  const again = await handclasp.invites.create(system(business.id), args, { idempotencyKey: 'one' })
  assert.deepEqual(again, first)
  await handclasp.outbox.deliverDue(system())
  assert.equal(handclasp.sent().length, 1)
})

test('mail can be written into a folder', async (t) => {
  const path = await mkdtemp(join(tmpdir(), 'handclasp-'))
  t.after(() => rm(path, { recursive: true }))
  const handclasp = await opened(t, { mailer: { kind: 'folder', path } })
  const { business, role } = await client(handclasp)
  await handclasp.invites.create(system(business.id), { role: role.id, address: 'kim@example.com' })
  await handclasp.outbox.deliverDue(system())
  const [name] = await readdir(path)
  assert.match(name, /\.eml$/)
  assert.match(await readFile(join(path, name), 'utf8'), /kim@example\.com/)
  assert.throws(() => handclasp.sent(), imported.ConfigInvalidError)
})

test('a file keeps what was done', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'handclasp-'))
  t.after(() => rm(folder, { recursive: true }))
  const standing = configuration({ storage: { kind: 'sqlite', path: join(folder, 'handclasp.db'), create: true } })
  const first = await Handclasp.open(standing)
  const { business, role } = await client(first)
  const created = await first.invites.create(system(business.id), { role: role.id })
  await first.close()
  const second = await Handclasp.open(standing)
  t.after(() => second.close())
  assert.equal((await second.invites.preview({ linkOrClaim: created.link })).client.id, business.id)
  await assert.rejects(Handclasp.open({ ...configuration(), storage: standing.storage }), /key 1/)
})

test('import and require share one set of classes', () => {
  const required = createRequire(import.meta.url)('handclasp')
  assert.equal(required.Handclasp, imported.Handclasp)
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort())
})

test('a secret stays out of what is printed', async (t) => {
  const { inspect } = await import('node:util')
  const handclasp = await opened(t)
  const { business, role } = await client(handclasp)
  const created = await handclasp.invites.create(system(business.id), { role: role.id })
  assert.ok(!inspect(created, { depth: 5 }).includes(created.link))
  assert.ok(JSON.stringify(created).includes(created.link))
})
