import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { findFreePort } from '../../lib/local/free-port.ts'
import { readProcessStart } from '../../lib/local/process-identity.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Runs `npm start` without npm until it ends, which it does when it refuses. */
async function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'lib/local/start.ts')], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

const emptyDirectory = () => temporaryDirectory()

test('with a wrong environment every wrong variable is named, and nothing is started', async () => {
  const directory = emptyDirectory()
  const { code, output } = await start({ VIGIE_DATA_DIR: directory, PORT: 'abc', VIGIE_ADMIN_PASSWORD: 'short' })
  expect(code).toBe(1)
  expect(output).toBe(
    'Nothing was started, because of the environment:\n' +
      '  PORT should be a port number from 1 to 65535\n' +
      '  VIGIE_ADMIN_PASSWORD should have at least 8 characters\n',
  )
  expect(readdirSync(directory)).toEqual([])
})

test('a data directory in use is refused in a sentence', async () => {
  const directory = emptyDirectory()
  writeFileSync(
    join(directory, 'lock'),
    JSON.stringify({ token: 'x', pid: process.pid, processStart: readProcessStart(process.pid) }),
  )
  const { code, output } = await start({ VIGIE_DATA_DIR: directory, PORT: String(await findFreePort()) })
  expect(code).toBe(1)
  expect(output).toContain(`already (process ${process.pid}). Stop it first`)
})

test('a port in use is refused in a sentence that says what to do, and the data directory is free again', async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const directory = emptyDirectory()
  const { code, output } = await start({ VIGIE_DATA_DIR: directory, PORT: String(port) })
  server.close()
  expect(code).toBe(1)
  expect(output).toBe(
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start\n`,
  )
  expect(readdirSync(directory)).toEqual([])
})
