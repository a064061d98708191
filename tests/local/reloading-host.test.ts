import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findFreePort } from '../../lib/local/free-port.ts'
import { startReloadingHost } from '../../lib/local/reloading-host.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

test('in development a change of a function, of what it imports, or a new function is there on the next request', async () => {
  const root = temporaryDirectory()
  mkdirSync(join(root, 'api'))
  mkdirSync(join(root, 'lib'))
  const write = async (file: string, source: string) => {
    writeFileSync(join(root, file), source)
    // Longer than the pause between two looks at the folders.
    await sleep(400)
  }
  await write('vercel.json', '{}')
  await write('lib/word.ts', `export const word: string = 'one'`)
  await write('api/say.ts', `import { word } from '../lib/word.ts'\nexport const GET = () => new Response(word)`)
  const host = await startReloadingHost({ port: await findFreePort(), root, nextPort: 1, log })
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${host.port}${path}`)).text()
  try {
    expect(await ask('/api/say')).toBe('one')
    await write('lib/word.ts', `export const word: string = 'two'`)
    expect(await ask('/api/say')).toBe('two')
    await write('api/new.ts', `export const GET = () => new Response('new')`)
    expect(await ask('/api/new')).toBe('new')
  } finally {
    await host.stop(1_000)
  }
})
