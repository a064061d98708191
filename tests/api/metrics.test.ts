import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { findOpenMetricsFault } from '../support/open-metrics.ts'
import { readAllExposition } from '../support/read-exposition.ts'
import { type TestApi, testApi } from './support/api.ts'

/** Prometheus's own judge, where it is installed. */
const PROMTOOL = 'promtool'
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const NAME = 'Shop "API"\n\\ 🛒'

let api: TestApi
let key: string
let otherKey: string
let ingestKey: string
let projectId: string

beforeAll(async () => {
  api = await testApi()
  projectId = await api.addProject('shop')
  const otherId = await api.addProject('other')
  key = await api.addKey(projectId, 'shop', ['read'])
  ingestKey = await api.addKey(projectId, 'shop', ['ingest'])
  otherKey = await api.addKey(otherId, 'other', ['read'])
  await addMonitor('api', { state: 'down', latencyMs: 250 })
  await addMonitor('blog', { state: 'up', latencyMs: 12.5 })
  await addMonitor('fresh', null)
  const { sql } = api.stack
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, resolution, bucket_at, up, degraded, down, unknown, latency_count, latency_sum_ms)
    select id, project_id, 'hour', date_trunc('hour', private.now()), 2, 1, 1, 4, 0, 0 from public.monitors where key = 'api'`
  for (const [number, project, status] of [
    [1, projectId, 'triggered'],
    [2, projectId, 'resolved'],
    [1, otherId, 'triggered'],
  ] as const) {
    await sql`
      insert into public.incidents (project_id, number, title, priority, status, reason, started_at, detected_at)
      values (${project}, ${number}, 'API is down', 'P1', ${status}, 'down', private.now(), private.now())`
  }
  const [channel] = await sql`
    insert into public.channels (project_id, key, name, kind, config) values (${projectId}, 'mail', 'Mail', 'email', '{}') returning id`
  for (const [index, [status, outcome]] of (
    [
      ['pending', 'retry'],
      ['delivered', 'delivered'],
      ['dead', 'rejected'],
      ['pending', 'started'],
    ] as const
  ).entries()) {
    await sql`
      with told as (
        insert into public.notifications (project_id, channel_id, kind, dedupe_key, reason, payload, status, created_at)
        values (${projectId}, ${channel?.id}, 'test', ${`n${index}`}, 'because', '{}', ${status}, private.now() - interval '90 seconds') returning id)
      insert into public.deliveries (project_id, notification_id, attempt, started_at, outcome)
      select ${projectId}, id, 1, private.now(), ${outcome} from told`
  }
  await sql`
    insert into public.ingest_days (project_id, source, day, code, count, last_at)
    select ${projectId}, 'otlp', (private.now() at time zone 'UTC')::date - ago, code, 7 + ago, private.now()
    from (values ('', 0), ('too_old', 0), ('', 1)) as given(code, ago)`
  await sql`
    insert into public.task_pulses (task, started_at, last_success_at) values ('tick', private.now(), private.now() - interval '45 seconds')`
})

async function addMonitor(name: string, last: { state: string; latencyMs: number } | null): Promise<void> {
  const { sql } = api.stack
  const config = { url: `https://example.com/${name}`, method: 'GET', headers: {} }
  await sql`
    with made as (
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
      values (${projectId}, ${name}, ${NAME}, 'http', ${sql.json(config)}, 60, 2000, 'critical') returning id)
    insert into public.monitor_states (monitor_id, project_id, state, last_latency_ms, last_result_at)
    select id, ${projectId}, ${last?.state ?? 'pending'}, ${last?.latencyMs ?? null}, ${last && sql`private.now()`} from made`
}

async function read(as: string, accept?: string): Promise<{ type: string | null; text: string }> {
  const headers = { authorization: `Bearer ${as}`, ...(accept === undefined ? {} : { accept }) }
  const response = await fetch(`${api.url}/metrics`, { headers })
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type'), text: await response.text() }
}

/** Values by the sample's name and labels, the project's label aside. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ')
      return [
        line
          .slice(0, cut)
          .replace(/project="shop",?/, '')
          .replace('{}', ''),
        Number(line.slice(cut + 1)),
      ]
    }),
  )
}

describe('who may read /metrics', () => {
  test('a key of the project with the scope read', async () => void (await read(key)))
  test('nobody without a key, and no key that may only send', async () => {
    expect((await api.get('/metrics')).status).toBe(401)
    expect((await api.get('/metrics', 'no-such-key')).status).toBe(401)
    expect((await api.get('/metrics', ingestKey)).status).toBe(403)
  })
  test('another project sees its own figures, and nothing of this one', async () => {
    const { text } = await read(otherKey)
    expect(text).not.toContain('shop')
    expect(text).not.toContain('monitor="')
    expect(text).toContain('vigie_incidents_open{project="other",priority="P1"} 1')
    expect(text).toContain('vigie_notifications_pending{project="other"} 0')
  })
})

describe('what /metrics says', () => {
  test('is what the database holds', async () => {
    const samples = samplesOf((await read(key)).text)
    expect(samples.get('vigie_monitor_up{monitor="api"}')).toBe(0)
    expect(samples.get('vigie_monitor_up{monitor="blog"}')).toBe(1)
    // Not known yet: neither 0 nor 1.
    expect(samples.has('vigie_monitor_up{monitor="fresh"}')).toBe(false)
    expect(samples.get('vigie_monitor_state{monitor="fresh",vigie_monitor_state="pending"}')).toBe(1)
    expect(samples.get('vigie_monitor_state{monitor="api",vigie_monitor_state="down"}')).toBe(1)
    expect(samples.get('vigie_monitor_state{monitor="api",vigie_monitor_state="up"}')).toBe(0)
    expect(samples.get('vigie_monitor_latency_seconds{monitor="api"}')).toBe(0.25)
    expect(samples.get('vigie_monitor_uptime_ratio{monitor="api"}')).toBe(0.75)
    expect(samples.get('vigie_monitor_coverage_ratio{monitor="api"}')).toBe(0.5)
    expect(samples.get('vigie_incidents_open{priority="P1"}')).toBe(1)
    expect(samples.get('vigie_incidents_open{priority="P0"}')).toBe(0)
    expect(samples.get('vigie_deliveries_total{outcome="delivered"}')).toBe(1)
    expect(samples.get('vigie_deliveries_total{outcome="rejected"}')).toBe(1)
    // Under way: a counter must not fall when it ends.
    expect(samples.has('vigie_deliveries_total{outcome="started"}')).toBe(false)
    expect(samples.get('vigie_notifications_pending')).toBe(2)
    expect(samples.get('vigie_notifications_dead')).toBe(1)
    expect(samples.get('vigie_notifications_oldest_pending_seconds')).toBeGreaterThanOrEqual(90)
    const age = samples.get('vigie_tick_age_seconds') ?? 0
    expect(age >= 45 && age < 105).toBe(true)
    // Of today alone: a sum that forgets its oldest day would look like a restart.
    expect(samples.get('vigie_ingest_accepted_total{source="otlp"}')).toBe(7)
    expect(samples.get('vigie_ingest_rejected_total{source="otlp",code="too_old"}')).toBe(7)
    expect(samples.get('vigie_build_info{version="local"}')).toBe(1)
  })
  test('is OpenMetrics for whoever asks for it, names that need escaping included', async () => {
    const { type, text } = await read(key, 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2')
    expect(type).toBe(OPENMETRICS)
    expect(findOpenMetricsFault(text)).toBeNull()
    expect(text).toContain('name="Shop \\"API\\"\\n\\\\ 🛒"')
    expect(text).toContain('# TYPE vigie_deliveries counter\n')
    expect(text.endsWith('\n# EOF\n')).toBe(true)
  })
  test('is the older text format for everybody else', async () => {
    const { type, text } = await read(key)
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(text).toContain('# TYPE vigie_deliveries_total counter\n')
    expect(text).not.toMatch(/# (UNIT|EOF)|stateset|TYPE \S+ info/)
  })
  test('is the same in both formats', async () => {
    const withoutAges = (text: string) => [...samplesOf(text)].filter(([name]) => !/age|oldest/.test(name))
    expect(withoutAges((await read(key, OPENMETRICS)).text)).toEqual(withoutAges((await read(key)).text))
  })

  test('is read by a monitor of the kind prometheus in both formats, to the same samples', async () => {
    const [older, newer] = [(await read(key)).text, (await read(key, OPENMETRICS)).text]
    const namesIn = (text: string, isOpenMetrics: boolean) => {
      const reading = readAllExposition(text, isOpenMetrics)
      if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
      return reading.exposition.families.flatMap(({ samples }) => samples.map(({ name }) => name)).sort()
    }
    expect(namesIn(older, false)).toContain('vigie_monitor_up')
    expect(namesIn(newer, true)).toEqual(namesIn(older, false))
  })

  const hasPromtool = spawnSync(PROMTOOL, ['--version']).status === 0
  // `apt-get install prometheus` brings it. It reads the older format alone; the parser cases judge the newer one.
  test.skipIf(!hasPromtool)('passes promtool check metrics without a remark [needs promtool on the PATH]', async () => {
    const { text } = await read(key)
    expect(execFileSync(PROMTOOL, ['check', 'metrics'], { input: text, encoding: 'utf8' })).toBe('')
  })
})

test('the Grafana dashboard asks for nothing that /metrics does not tell', async () => {
  const dashboard = readFileSync(new URL('../../docs/grafana/vigie.json', import.meta.url), 'utf8')
  const told = new Set([...samplesOf((await read(key)).text).keys()].map((name) => name.replace(/\{.*/s, '')))
  // The certificate's end is told of monitors that have one, which none has here.
  told.add('vigie_monitor_certificate_expiry_timestamp_seconds')
  const asked = new Set([...dashboard.matchAll(/\bvigie_[a-z_]+(?=\{|,)/g)].map(([name]) => name))
  expect(asked.size).toBeGreaterThan(10)
  expect([...asked].filter((name) => !told.has(name))).toEqual([])
})
