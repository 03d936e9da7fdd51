// The declarations as a strict TypeScript user meets them.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

test('tsc --strict accepts what users write, and refuses what they should not', () => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const project = fileURLToPath(new URL('types', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' })
  assert.equal(stdout, '')
  assert.equal(status, 0)
})
