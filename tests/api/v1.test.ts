import { beforeAll, describe, expect, test } from 'vitest'
import { type TestApi, testApi } from './support/api.ts'

let api: TestApi
let key: string
let otherKey: string
let projectId: string
let incidentId: string

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 9, n)).toISOString()

beforeAll(async () => {
  api = await testApi()
  projectId = await api.addProject('shop')
  key = await api.addKey(projectId, 'shop', ['read'])
  otherKey = await api.addKey(await api.addProject('other'), 'other', ['read', 'write'])
  const { sql } = api.stack
  for (const name of ['api', 'blog', 'cart']) await addMonitor(name)
  const [monitor] = await sql`select id from public.monitors where key = 'api'`
  await sql`
    update public.monitor_states set state = 'down', since_at = ${minute(30)}, last_result_at = private.now(),
      last_latency_ms = 12.345, certificate_expires_at = '2027-01-01T00:00:00Z' where monitor_id = ${monitor?.id}`
  for (let n = 0; n < 5; n += 1) {
    await sql`
      insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message)
      values (${monitor?.id}, ${projectId}, ${minute(n)}, ${minute(n)}, ${n === 4 ? 'down' : 'up'}, ${n === 4 ? 'status' : null},
        ${n === 4 ? 503 : 200}, ${10 + n}, ${[1, 2, null, 3, 0.5]}, 'answered')`
  }
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, resolution, bucket_at, up, degraded, down, unknown, latency_count, latency_sum_ms)
    values (${monitor?.id}, ${projectId}, 'hour', date_trunc('hour', private.now()), 2, 0, 1, 1, 0, 0)`
  for (let n = 1; n <= 3; n += 1) {
    const [row] = await sql`
      insert into public.incidents (project_id, number, title, priority, status, reason, started_at, detected_at, resolved_at)
      values (${projectId}, ${n}, ${`Incident ${n}`}, 'P0', ${n === 3 ? 'triggered' : 'resolved'}, 'down', ${minute(n)}, ${minute(n)},
        ${n === 3 ? null : minute(n + 1)}) returning id`
    incidentId = row?.id
  }
  await sql`
    insert into public.alerts (project_id, monitor_id, kind, severity, incident_id, reason, started_at)
    values (${projectId}, ${monitor?.id}, 'down', 'critical', ${incidentId}, 'answered 503', ${minute(3)})`
  await sql`
    insert into public.incident_events (project_id, incident_id, at, kind, message)
    values (${projectId}, ${incidentId}, ${minute(3)}, 'opened', 'down, confirmed by repeated probes')`
})

async function addMonitor(name: string): Promise<void> {
  const { sql } = api.stack
  const config = { url: `https://example.com/${name}`, method: 'GET', headers: {} }
  await sql`
    with made as (
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity, tags)
      values (${projectId}, ${name}, ${name.toUpperCase()}, 'http', ${sql.json(config)}, 30, 2000, 'critical', ${['eu']}) returning id)
    insert into public.monitor_states (monitor_id, project_id) select id, ${projectId} from made`
}

const PATHS = [
  '/api/v1/monitors',
  '/api/v1/monitors/api',
  '/api/v1/monitors/api/results',
  '/api/v1/incidents',
  '/api/v1/incidents/3',
]

describe('who may read', () => {
  test.each(PATHS)('%s: a key of the project with the scope read', async (path) => {
    const response = await api.get(path, key)
    expect(response.status).toBe(200)
    expect(response.headers.get('x-request-id')).toMatch(/^[\w.:-]{8,}$/)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each(PATHS)('%s: nobody without a key, and the answer says how', async (path) => {
    const response = await api.get(path)
    expect(response.status).toBe(401)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="Vigie"')
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Not signed in',
      status: 401,
      detail: 'Send an API key of the project: Authorization: Bearer <key>.',
    })
  })

  test.each(PATHS)('%s: nobody with an unknown key', async (path) => {
    expect((await api.get(path, 'made-up-key')).status).toBe(401)
  })

  test('a key is read from x-api-key as well, as where data is sent, unless another one is said', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${api.url}/api/v1/monitors`, { headers })).status
    expect(await ask({ 'x-api-key': key })).toBe(200)
    expect(await ask({ 'x-api-key': 'made-up-key' })).toBe(401)
    expect(await ask({ 'x-api-key': ' ' })).toBe(401)
    expect(await ask({ 'x-api-key': key, authorization: 'Bearer made-up-key' })).toBe(401)
  })

  test.each(PATHS)("%s: another project's key never sees a row", async (path) => {
    const response = await api.get(path, otherKey)
    const body = await response.json()
    if (response.status === 200)
      expect(body).toMatchObject(
        path.endsWith('monitors') ? { monitors: [], next: null } : { incidents: [], next: null },
      )
    else expect(response.status).toBe(404)
    expect(JSON.stringify(body)).not.toContain('503')
  })

  test("another project's key does not see an incident by its id either", async () => {
    expect((await api.get(`/api/v1/incidents/${incidentId}`, otherKey)).status).toBe(404)
    expect((await api.get(`/api/v1/incidents/${incidentId}`, key)).status).toBe(200)
  })

  test('not a key that was revoked, from the next request on', async () => {
    const revoked = await api.addKey(projectId, 'revoked', ['read'])
    expect((await api.get('/api/v1/monitors', revoked)).status).toBe(200)
    await api.stack.sql`update public.api_keys set revoked_at = now() where name = ${revoked}`
    expect((await api.get('/api/v1/monitors', revoked)).status).toBe(401)
  })

  test('not a key without the scope read', async () => {
    const ingest = await api.addKey(projectId, 'shop', ['ingest'])
    const response = await api.get('/api/v1/monitors', ingest)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      detail: 'This needs an API key with the scope read; "key-of-shop-ingest" has ingest.',
    })
  })

  test('the request id of the caller is kept, unless it could do harm', async () => {
    const ask = (id: string) =>
      fetch(`${api.url}/api/v1/monitors`, { headers: { authorization: `Bearer ${key}`, 'x-request-id': id } })
    expect((await ask('trace-12345678')).headers.get('x-request-id')).toBe('trace-12345678')
    expect((await ask('a b"c{}')).headers.get('x-request-id')).not.toContain('a b')
  })
})

describe('monitors', () => {
  test('one has its state, uptime with coverage, certificate and open incident', async () => {
    const body = await (await api.get('/api/v1/monitors/api', key)).json()
    expect(body).toEqual({
      id: expect.any(String),
      key: 'api',
      name: 'API',
      kind: 'http',
      url: 'https://example.com/api',
      state: 'down',
      since: minute(30),
      lastResultAt: expect.stringMatching(/^\d{4}-.*Z$/),
      latencyMs: 12.3,
      flapping: false,
      interval: '30s',
      timeout: '2s',
      severity: 'critical',
      tags: ['eu'],
      group: '',
      runbook: '',
      regions: [],
      quorum: 'majority',
      uptime: { days30: 0.666666, coverage: 0.75 },
      certificateExpiresAt: '2027-01-01T00:00:00.000Z',
      openIncident: {
        id: incidentId,
        number: 3,
        severity: 'critical',
        priority: 'P0',
        status: 'triggered',
        startedAt: minute(3),
        url: `https://vigie.example.com/shop/incidents/${incidentId}`,
      },
      pageUrl: 'https://vigie.example.com/shop/monitors/api',
    })
  })

  test('one that was never probed is pending, without figures', async () => {
    expect(await (await api.get('/api/v1/monitors/blog', key)).json()).toMatchObject({
      state: 'pending',
      lastResultAt: null,
      latencyMs: null,
      uptime: { days30: null, coverage: null },
      openIncident: null,
    })
  })

  test('are paged by key without one missing or twice', async () => {
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page = await (await api.get(`/api/v1/monitors?limit=2${next && `&after=${next}`}`, key)).json()
      seen.push(...page.monitors.map((monitor: { key: string }) => monitor.key))
      next = page.next
    }
    expect(seen).toEqual(['api', 'blog', 'cart'])
  })

  test('that are not there are said so', async () => {
    for (const path of ['/api/v1/monitors/A%20B', '/api/v1/monitors/%00/results'])
      expect((await api.get(path, key)).status).toBe(404)
    const response = await api.get('/api/v1/monitors/nope', key)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: 'The project has no monitor with the key nope.' })
  })
})

describe('results', () => {
  test('are newest first, with cause and phases, and paged by slot', async () => {
    const first = await (await api.get('/api/v1/monitors/api/results?limit=2', key)).json()
    expect(first.results[0]).toEqual({
      slotAt: minute(4),
      probedAt: minute(4),
      region: 'local',
      verdict: 'down',
      cause: 'status',
      message: 'answered',
      statusCode: 503,
      latencyMs: 14,
      phasesMs: { dns: 1, tcp: 2, ttfb: 3, transfer: 0.5 },
    })
    expect(first.next).toBe(minute(3))
    const second = await (await api.get(`/api/v1/monitors/api/results?limit=3&before=${first.next}`, key)).json()
    expect(second.results.map(({ slotAt }: { slotAt: string }) => slotAt)).toEqual([minute(2), minute(1), minute(0)])
    expect(second.next).toBeNull()
  })

  test('of one slot from two regions stay on one page', async () => {
    await api.stack.sql`
      insert into public.probe_results (monitor_id, project_id, region, slot_at, probed_at, verdict)
      select id, project_id, region, ${minute(1)}, ${minute(1)}, 'up' from public.monitors, unnest(array['cdg1', 'iad1']) as region where key = 'cart'`
    await api.stack.sql`
      insert into public.probe_results (monitor_id, project_id, region, slot_at, probed_at, verdict)
      select id, project_id, region, ${minute(0)}, ${minute(0)}, 'up' from public.monitors, unnest(array['cdg1', 'iad1']) as region where key = 'cart'`
    const first = await (await api.get('/api/v1/monitors/cart/results?limit=3', key)).json()
    expect(first.results).toHaveLength(2)
    const second = await (await api.get(`/api/v1/monitors/cart/results?limit=3&before=${first.next}`, key)).json()
    expect(second.results).toHaveLength(2)
  })
})

describe('incidents', () => {
  test('are newest first, filtered by status and paged by number', async () => {
    const numbers = async (query: string) => {
      const body = await (await api.get(`/api/v1/incidents${query}`, key)).json()
      return [body.incidents.map(({ number }: { number: number }) => number), body.next]
    }
    expect(await numbers('')).toEqual([[3, 2, 1], null])
    expect(await numbers('?status=all')).toEqual([[3, 2, 1], null])
    expect(await numbers('?status=open')).toEqual([[3], null])
    expect(await numbers('?status=resolved')).toEqual([[2, 1], null])
    expect(await numbers('?limit=2')).toEqual([[3, 2], 2])
    expect(await numbers('?limit=2&before=2')).toEqual([[1], null])
  })

  test('of a list name the monitors that they are about', async () => {
    const { incidents } = await (await api.get('/api/v1/incidents', key)).json()
    expect(incidents.map(({ monitors }: { monitors: unknown }) => monitors)).toEqual([
      [{ key: 'api', name: 'API' }],
      [],
      [],
    ])
  })

  test.each(['id', 'number'])(
    'one by its %s has the fields of a webhook, its monitors and its timeline',
    async (by) => {
      const body = await (await api.get(`/api/v1/incidents/${by === 'id' ? incidentId : 3}`, key)).json()
      expect(body).toMatchObject({
        id: incidentId,
        number: 3,
        severity: 'critical',
        priority: 'P0',
        status: 'triggered',
        title: 'Incident 3',
        startedAt: minute(3),
        acknowledgedAt: null,
        resolvedAt: null,
        reason: 'down',
        flapping: false,
        url: `https://vigie.example.com/shop/incidents/${incidentId}`,
        monitors: [{ key: 'api', name: 'API', status: 'firing', reason: 'answered 503', startedAt: minute(3) }],
        timeline: [{ at: minute(3), kind: 'opened', actor: 'vigie', message: 'down, confirmed by repeated probes' }],
      })
    },
  )

  test.each(['4', '0', 'x', '00000000-0000-0000-0000-000000000000', '%00'])('%s is none', async (id) => {
    expect((await api.get(`/api/v1/incidents/${id}`, key)).status).toBe(404)
  })
})
