// What the documentation shows works.

import { readFile, rm, writeFile } from 'node:fs/promises'
import { test } from 'node:test'

test('the example of the readme', async (t) => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
  const [, example] = /```js\n([\s\S]*?)```/.exec(readme)
  // Beside this file, so that `handclasp` is found as a user finds it.
  const file = new URL(`readme-${process.pid}.mjs`, import.meta.url)
  await writeFile(file, example)
  t.after(() => rm(file))
  await import(file)
})
