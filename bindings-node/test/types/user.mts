// What a user writes, checked by `tsc --strict`: it is compiled, never run.

import { type Actor, type AnyHandclaspError, Handclasp, HandclaspError, type Mailer, type PersonProfile, RateLimitedError } from 'handclasp'

const mailer: Mailer = {
  async send(message) {
    const to: string = message.to
    console.log(to)
  },
}

export async function main(secret: Uint8Array): Promise<Date> {
  const handclasp: Handclasp = await Handclasp.open({
    storage: { kind: 'sqlite', path: 'handclasp.db', create: true },
    keys: [{ number: 1, secret }],
    baseUrl: 'https://app.example.com',
    sender: 'network@app.example.com',
    mailer,
  })
  const system: Actor = { kind: 'system' }
  const admin: PersonProfile = { id: '0b9f4c2e-8a64-4f0e-9d2c-111111111111', name: 'Jo Doe', email: 'jo@example.com' }
  const business = await handclasp.businesses.register(system, { profile: { name: 'Acme' }, admin })
  const { supplier: role } = await handclasp.businesses.setClientAccount(system, {
    business: business.id,
    clientAccount: true,
  })
  const town: string | null = business.profile.address.town
  console.log(town)
  const created = await handclasp.invites.create(
    { kind: 'system', business: business.id },
    { role: role!.id, address: 'a@example.com' },
    { idempotencyKey: 'first' },
  )
  // @ts-expect-error: a role is needed
  await handclasp.invites.create(system, {})
  // @ts-expect-error: there is no such argument
  await handclasp.invites.create(system, { role: role!.id, colour: 'red' })
  // @ts-expect-error: there is no such kind of actor
  await handclasp.invites.create({ kind: 'nobody' }, { role: role!.id })
  return created.invite.endsAt
}

export function waiting(error: unknown): number {
  if (error instanceof RateLimitedError) return error.retryAfter
  if (error instanceof HandclaspError) console.log(error.code)
  return 0
}

/** An exhaustive switch over the codes narrows to the fields of each. */
export function advice(error: AnyHandclaspError): string {
  switch (error.code) {
    case 'rate_limited':
      return `wait ${error.retryAfter} s`
    case 'invalid_argument':
      return error.field
    default:
      // @ts-expect-error: has been dealt with above
      return error.code === 'rate_limited' ? '' : error.message
  }
}
