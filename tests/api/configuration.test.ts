import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE } from '../commands/configuration/samples.ts'
import { type TestApi, testApi } from './support/api.ts'

let api: TestApi
let key: string
const directory = mkdtempSync(join(tmpdir(), 'vigie-command-'))
afterAll(() => rmSync(directory, { recursive: true }))

beforeAll(async () => {
  api = await testApi()
  key = await api.addKey(await api.addProject('demo'), 'demo', ['write'])
})

const filled = EXAMPLE.replace('${HOOK_SECRET}', 'a secret of the hook')

async function countMonitors(): Promise<number> {
  const [row] = await api.stack.sql`select count(*)::int as n from public.monitors`
  return row?.n
}

describe('POST /api/v1/configuration', () => {
  test('plan says what apply then does, and a second apply changes nothing', async () => {
    const planned = await (await api.post('/api/v1/configuration/plan', filled, key)).json()
    expect(planned).toEqual({
      changes: [
        { op: 'update', kind: 'project', key: 'demo', fields: ['name', 'timeZone', 'locale', 'recipients'] },
        { op: 'create', kind: 'channel', key: 'ops', fields: [] },
        { op: 'create', kind: 'channel', key: 'mail', fields: [] },
        { op: 'create', kind: 'monitor', key: 'api', fields: [] },
      ],
      summary: { create: 3, update: 1, delete: 0, release: 0, unchanged: 0 },
    })
    expect(await countMonitors()).toBe(0)
    const applied = await (await api.post('/api/v1/configuration/apply', filled, key)).json()
    expect(applied).toEqual({ ...planned, applied: { created: 3, updated: 0, unchanged: 0, deleted: 0 } })
    const again = await (await api.post('/api/v1/configuration/apply', filled, key)).json()
    expect(again).toEqual({
      changes: [],
      summary: { create: 0, update: 0, delete: 0, release: 0, unchanged: 4 },
      applied: { created: 0, updated: 0, unchanged: 3, deleted: 0 },
    })
  })

  test.each(['plan', 'apply'])('%s needs the scope write', async (command) => {
    const readOnly = await api.addKey(await api.addProject(`reader-${command}`), `reader-${command}`, ['read'])
    expect((await api.post(`/api/v1/configuration/${command}`, filled, readOnly)).status).toBe(403)
    expect((await api.post(`/api/v1/configuration/${command}`, filled)).status).toBe(401)
  })

  test('a key configures its own project and no other', async () => {
    const other = await api.addKey(await api.addProject('elsewhere'), 'elsewhere', ['write'])
    const response = await api.post('/api/v1/configuration/apply', filled, other)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      errors: [
        {
          field: 'project.slug',
          message: 'must be elsewhere, the project of the API key (got "demo")',
          path: ['project', 'slug'],
          line: 2,
          column: 12,
        },
      ],
    })
  })

  test("does not fill in the server's own environment", async () => {
    const response = await api.post(
      '/api/v1/configuration/apply',
      EXAMPLE.replace('HOOK_SECRET', 'VIGIE_SECRET_KEY'),
      key,
    )
    expect(response.status).toBe(422)
    const text = await response.text()
    expect(text).toContain('${VIGIE_SECRET_KEY} cannot be filled in by the server')
    expect(text).not.toContain(process.env.VIGIE_SECRET_KEY)
  })

  test('a file that is too large is refused', async () => {
    expect((await api.post('/api/v1/configuration/plan', `# ${'x'.repeat(1_100_000)}`, key)).status).toBe(413)
  })
})

describe('GET /api/v1/configuration', () => {
  test('is a file with references in the place of secrets, for keys that may write', async () => {
    const response = await api.get('/api/v1/configuration', key)
    expect(response.headers.get('content-type')).toBe('application/yaml; charset=utf-8')
    const text = await response.text()
    expect(text).toContain('secret: ${CHANNEL_OPS_SECRET}')
    expect(text).not.toContain('a secret of the hook')
  })

  test('is not for keys that may only read', async () => {
    const readOnly = await api.addKey(await api.addProject('exported'), 'exported', ['read'])
    expect((await api.get('/api/v1/configuration', readOnly)).status).toBe(403)
  })
})

describe('the vigie command', () => {
  const command = fileURLToPath(new URL('../../lib/local/bin/vigie.mjs', import.meta.url))
  const run = (given: string[], env: Record<string, string> = {}) =>
    new Promise<{ status: number; out: string; err: string }>((resolve) => {
      const options = { cwd: directory, env: { PATH: process.env.PATH, ...env } as unknown as NodeJS.ProcessEnv }
      execFile(process.execPath, [command, ...given], options, (error, out, err) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
      )
    })
  const write = (name: string, text: string) => writeFileSync(join(directory, name), text)
  const access = () => ['--url', api.url, '--key', key]

  test('applies a file with variables of its own environment, and says what changed', async () => {
    write('vigie.yaml', EXAMPLE.replace('interval: 10s', 'interval: 20s'))
    const env = { HOOK_SECRET: 'new: "secret" ${X}', VIGIE_URL: api.url, VIGIE_API_KEY: key }
    const planned = await run(['plan', 'vigie.yaml'], env)
    expect(planned).toEqual({
      status: 0,
      err: '',
      out: '~ channel ops: secret\n~ monitor api: interval\n0 to create, 2 to change, 0 to delete, 2 unchanged.\n',
    })
    expect((await run(['apply', 'vigie.yaml'], env)).out).toContain('0 created, 2 changed, 0 deleted, 2 unchanged.')
    expect((await run(['apply', 'vigie.yaml'], env)).out).toBe('Nothing to change: 4 as the file says.\n')
  })

  test('names file, line and field of what is wrong, whoever found it, and changes nothing', async () => {
    write('bad.yaml', filled.replace('10s', '1s').replace('HOOK', 'NOPE'))
    expect(await run(['apply', 'bad.yaml', ...access()])).toEqual({
      status: 1,
      out: '',
      err: 'bad.yaml:10:5 monitors.api.interval: must be at least 10 seconds (got "1s")\nNothing was changed.\n',
    })
    // Known to the server alone; found at its place in the file, which is not what was sent.
    write('other.yaml', `# a comment\n\n${filled.replace('[ops, mail]', '[ops, male]')}`)
    expect((await run(['apply', 'other.yaml', ...access()])).err).toBe(
      'other.yaml:17:19 monitors.api.notify[1]: there is no channel "male": did you mean mail?\nNothing was changed.\n',
    )
  })

  test('exports a project that can be applied again', async () => {
    const exported = await run(['export', ...access()])
    expect(exported.status).toBe(0)
    write('exported.yaml', exported.out)
    const env = { CHANNEL_OPS_SECRET: 'new: "secret" ${X}' }
    expect((await run(['plan', 'exported.yaml', ...access()], env)).out).toBe(
      'Nothing to change: 4 as the file says.\n',
    )
  })

  test.each([
    [['apply'], 2, 'vigie apply takes one file.'],
    [['frobnicate'], 2, 'There is no command frobnicate.'],
    [['plan', 'x.yaml'], 2, 'An API key is missing: give it with --key, or set VIGIE_API_KEY.'],
    [['plan', 'x.yaml', '--key', 'k', '--url', 'x'], 2, '--url must be an address such as http://localhost:3000.'],
    [['plan', 'x.yaml', '--key', 'k'], 1, 'x.yaml: there is no such file, or it cannot be read.'],
    [['export', '--key', 'k', '--url', 'http://127.0.0.1:2'], 1, 'http://127.0.0.1:2 cannot be reached'],
  ])('%j ends with status %d and says why', async (given, status, message) => {
    const ended = await run(given)
    expect(ended.status).toBe(status)
    expect(ended.err).toContain(message)
  })

  test('says what a refused key would need', async () => {
    write('plain.yaml', filled)
    const ended = await run(['plan', 'plain.yaml', '--url', api.url, '--key', 'made-up'])
    expect(ended).toMatchObject({ status: 1, err: 'This API key is not known, or it was revoked.\n' })
  })
})
