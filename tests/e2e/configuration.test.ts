import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../support/providers/webhook-receiver.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { openDatabase } from './support/database.ts'
import { eventually } from './support/eventually.ts'
import { startTarget, type Target } from './support/target.ts'
import { ROOT, startVigie, type Vigie } from './support/vigie.ts'

const API_KEY = 'vg_an-api-key-of-the-end-to-end-tests'
const HOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const file = join(temporaryDirectory(), 'vigie.yaml')
let receiver: WebhookReceiver
let target: Target
let vigie: Vigie
beforeAll(async () => {
  receiver = await startWebhookReceiver(HOOK_SECRET)
  target = await startTarget()
  writeFileSync(file, configuration(receiver.hookUrl, target.url))
  vigie = await startVigie({ env: environment })
})
afterAll(async () => {
  await vigie?.remove()
  await receiver?.close()
})

const environment = { VIGIE_CONFIG: file, VIGIE_API_KEY: API_KEY, HOOK_SECRET }

function configuration(hookUrl: string, targetUrl: string): string {
  return `version: 1
project: { slug: demo, name: Demo, timeZone: Europe/Paris, locale: fr }
channels:
  ops:  { kind: webhook, url: "${hookUrl}", secret: "\${HOOK_SECRET}" }
  mail: { kind: email, to: [ops@example.com] }
monitors:
  api:
    kind: http
    url: ${targetUrl}
    interval: 10s
    timeout: 2s
    confirm: { failures: 2, successes: 2 }
    severity: critical
    expect: { status: [200], latencyMs: 1000, json: [{ path: "$.status", equals: healthy }] }
    notify: [ops, mail]
report: { recipients: [ceo@example.com] }
`
}

/** Half an interval on average and a few seconds to confirm it; what more there is belongs to a busy machine. */
const SOON_MS = 30_000

interface WebhookBody {
  type: string
  timestamp: string
  data: {
    incident: Record<string, unknown>
    monitor: Record<string, unknown>
    evidence: Record<string, unknown>[]
  }
}

async function hookOf(type: string, count = 1): Promise<WebhookBody> {
  const bodies = await eventually(
    `webhook ${count} of ${type}`,
    () => {
      const found = receiver.verified
        .map(({ body }) => body as unknown as WebhookBody)
        .filter((body) => body.type === type)
      return found.length >= count ? found : null
    },
    SOON_MS,
  )
  return bodies.at(-1) as WebhookBody
}

async function api(path: string, key = API_KEY): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${vigie.url}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function stateOfApi(): Promise<unknown> {
  const { body } = await api('/monitors/api')
  return body.state ?? (body.data as { state?: unknown } | undefined)?.state
}

test('the monitors of the file are watched, and the API tells of them to whoever has the key', async () => {
  await eventually(
    'the monitor is up',
    async () => JSON.stringify((await api('/monitors/api')).body).includes('"up"'),
    SOON_MS,
  )
  for (const path of ['/monitors', '/monitors/api', '/monitors/api/results', '/incidents']) {
    expect((await api(path)).status, path).toBe(200)
    expect((await api(path, 'not-the-key')).status, path).toBe(401)
  }
  expect((await api('/monitors/nothing')).status).toBe(404)
})

test('vigie plan finds nothing to change in what the start applied', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['lib/local/bin/vigie.mjs', 'plan', file, '--url', vigie.url, '--key', API_KEY],
    { cwd: ROOT, env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', HOOK_SECRET } },
  )
  expect(stdout).toMatch(/^Nothing to change/)
})

test('a failure reaches the webhook once, signed, with incident, monitor and the results that decided', async () => {
  const brokenAt = Date.now()
  target.breakIt()
  const { data } = await hookOf('incident.triggered')
  expect(data.incident).toMatchObject({
    severity: 'critical',
    status: 'triggered',
    acknowledgedAt: null,
    resolvedAt: null,
  })
  expect(Object.keys(data.incident)).toEqual(
    expect.arrayContaining([
      'id',
      'number',
      'severity',
      'status',
      'startedAt',
      'acknowledgedAt',
      'resolvedAt',
      'reason',
      'url',
    ]),
  )
  expect(data.monitor).toMatchObject({ key: 'api', url: target.url, state: 'down' })
  expect(data.evidence.length).toBeGreaterThanOrEqual(2)
  expect(Date.now() - brokenAt).toBeLessThan(SOON_MS)
  expect(await stateOfApi()).toBe('down')
})

test('killed during the outage and started again with the same file, it changes nothing and tells the end once', async () => {
  const before = await countRows()
  const { dataDirectory, port } = vigie
  await vigie.stop('SIGKILL')
  target.repair()
  vigie = await startVigie({ env: environment, dataDirectory, port })
  expect(await countRows()).toEqual(before)
  const { data } = await hookOf('incident.resolved')
  expect(data.incident).toMatchObject({ status: 'resolved' })
  expect(await stateOfApi()).toBe('up')
  // One more tick: whatever would be said twice has its chance.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  const types = receiver.verified.map(({ body }) => body.type)
  expect(types).toEqual(['incident.triggered', 'incident.resolved'])
  expect(new Set(receiver.verified.map(({ id }) => id)).size).toBe(2)
  expect(receiver.received.every(({ headers }) => headers['webhook-signature'] !== undefined)).toBe(true)
})

/** What applying the file could add to. */
async function countRows(): Promise<unknown> {
  const sql = openDatabase(vigie.dataDirectory)
  try {
    const [counts] = await sql`
      select (select count(*)::integer from public.projects) as projects, (select count(*)::integer from public.monitors) as monitors,
        (select count(*)::integer from public.channels) as channels, (select count(*)::integer from public.api_keys) as keys,
        (select count(*)::integer from public.audit_entries) as audited`
    return counts
  } finally {
    await sql.end()
  }
}
