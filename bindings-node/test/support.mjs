import { randomBytes, randomUUID } from 'node:crypto'

import { Handclasp } from 'handclasp'

/** The host itself, acting for no business or for that one. */
export const system = (business) => (business === undefined ? { kind: 'system' } : { kind: 'system', business })

/** What a test opens a handle with: everything in memory, mail captured. */
export function configuration(changes = {}) {
  return {
    storage: { kind: 'memory' },
    keys: [{ number: 1, secret: randomBytes(32) }],
    baseUrl: 'https://app.example.com',
    sender: 'network@app.example.com',
    mailer: { kind: 'capture' },
    ...changes,
  }
}

/** A fresh handle that is closed when the test ends. */
export async function opened(test, changes) {
  const handclasp = await Handclasp.open(configuration(changes))
  test.after(() => handclasp.close())
  return handclasp
}

/** What a business is registered with: its profile, and a first Admin who is new. */
export function registration(name) {
  return { profile: { name }, admin: { id: randomUUID(), name: 'Jo Doe', email: 'jo@example.com' } }
}

/** A client account with its first contractor role. */
export async function client(handclasp) {
  const business = await handclasp.businesses.register(system(), registration('Acme'))
  const account = await handclasp.businesses.setClientAccount(system(), { business: business.id, clientAccount: true })
  return { business, role: account.supplier }
}
