// The same package by `require`: types and values must be found there too.

import handclasp = require('handclasp')

export function open(secret: string): Promise<handclasp.Handclasp> {
  return handclasp.Handclasp.open({
    storage: { kind: 'memory' },
    keys: [{ number: 1, secret }],
    baseUrl: 'https://app.example.com',
    sender: 'network@app.example.com',
    mailer: { kind: 'capture' },
  })
}

export const isClosed = (error: unknown): boolean => error instanceof handclasp.ClosedError
