// A handle does not keep the process alive, and a worker thread may be ended in the middle of a call.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

const here = fileURLToPath(new URL('.', import.meta.url))

function run(source) {
  const prelude = "import { Handclasp } from 'handclasp'; import { client, configuration, system } from './support.mjs';"
  const { status, signal, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', prelude + source], {
    cwd: here,
    encoding: 'utf8',
    timeout: 20_000,
  })
  assert.deepEqual([status, signal, stderr], [0, null, ''])
}

test('an idle handle lets the process end', () => {
  run('await client(await Handclasp.open(configuration()))')
})

test('an idle handle with a mailer of the host lets the process end', () => {
  run('await client(await Handclasp.open(configuration({ mailer: { send() {} } })))')
})

test('a process may exit with calls under way', () => {
  run('const h = await Handclasp.open(configuration()); for (let i = 0; i < 100; i++) client(h); process.exit(0)')
})

test('a worker thread may be terminated with calls under way', async () => {
  const source = `
    import { parentPort } from 'node:worker_threads'
    import { Handclasp } from 'handclasp'
    import { client, configuration } from '${new URL('support.mjs', import.meta.url)}'
    const handclasp = await Handclasp.open(configuration())
    await client(handclasp)
    parentPort.postMessage('busy')
    for (;;) await Promise.all(Array.from({ length: 64 }, () => client(handclasp)))`
  const url = new URL(`data:text/javascript,${encodeURIComponent(source.replaceAll("'handclasp'", `'${import.meta.resolve('handclasp')}'`))}`)
  const worker = new Worker(url)
  await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  assert.equal(await worker.terminate(), 1)
})
