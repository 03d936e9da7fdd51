// Compiles the native half and puts it where `lib/native.js` finds it. `--release` for what is published.
//
// Plain cargo, without `--target`: so it shares what the rest of the workspace has compiled already.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const flags = process.argv.includes('--release') ? ['--release'] : []
const command = ['build', '--locked', '-p', 'handclasp-node', '--message-format=json-render-diagnostics', ...flags]
const { status, stdout, error } = spawnSync('cargo', command, {
  cwd: here,
  encoding: 'utf8',
  maxBuffer: 2 ** 30,
  stdio: ['ignore', 'pipe', 'inherit'],
})
if (error !== undefined) throw error
if (status !== 0) process.exit(status ?? 1)

const messages = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
const library = messages
  .filter((message) => message.reason === 'compiler-artifact' && message.target.name === 'handclasp_node')
  .flatMap((message) => message.filenames)
  .find((name) => /\.(so|dylib|dll)$/.test(name))
if (library === undefined) throw new Error('cargo has built no library')

// Moved into place whole: a process that has the old one loaded keeps it.
mkdirSync(`${here}native`, { recursive: true })
copyFileSync(library, `${here}native/.handclasp.part`)
renameSync(`${here}native/.handclasp.part`, `${here}native/handclasp.node`)
