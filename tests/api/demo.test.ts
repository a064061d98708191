import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createTelemetryReader } from '../../lib/adapters/supabase/telemetry-reader.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { hashApiKey } from '../../lib/adapters/system/hash-api-key.ts'
import { HOUR } from '../../lib/domain/time/instant.ts'
import { createChance } from '../../lib/local/demo/chance.ts'
import { writeAnswers } from '../../lib/local/demo/feedback.ts'
import type { ShopRequest, ShopSpan } from '../../lib/local/demo/shop.ts'
import { inventPast, tell } from '../../lib/local/demo/tell.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { runFunction } from '../../lib/local/run-function.ts'
import { loadDashboard } from '../../lib/queries/dashboards/dashboard.ts'
import { LLM } from '../../lib/queries/dashboards/llm.ts'
import { OPS } from '../../lib/queries/dashboards/ops.ts'
import { type TestStack, type TestUser, testStack } from '../support/stack.ts'
import { setEnvironment } from './support/api.ts'
import { serve } from './support/serve.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const KEY = 'demo-key-of-the-tests'
/** Half a bucket's width of scale 6, as lib/domain/series/histogram.ts states it. */
const STATED_ERROR = 0.0055

let stack: TestStack
let projectId: string
let viewer: TestUser
let spans: ShopSpan[]
let destination: { url: string; apiKey: string }
const now = Date.now()

beforeAll(async () => {
  stack = await testStack()
  setEnvironment(await serve((request) => stack.fetch(request)))
  const [project] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values ('shop', 'Shop') returning id`
  projectId = project?.id ?? ''
  await stack.sql`insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by)
    values (${projectId}, 'demo', 'demo', ${hashApiKey(KEY)}, '{ingest}', 'test')`
  viewer = await stack.user('viewer', projectId)
  const route = createFunctionRouter(ROOT, [])
  const url = await serve(async (request) => {
    const match = route(new URL(request.url))
    return match ? runFunction(match.file, request, (file) => import(file)) : new Response(null, { status: 404 })
  })
  // Six hours: the day itself takes longer to send than a test should.
  spans = inventPast(now).filter(({ until }) => until > now - 6 * HOUR)
  destination = { url, apiKey: KEY }
  await tell(destination, spans, createChance(1))
  const store = createTelemetryStore(stack.service as unknown as Client)
  while ((await store.rollUp()).hasMore);
}, 60_000)

const reader = () => createTelemetryReader(viewer.client as unknown as Client)
const requestsOf = (some: readonly ShopSpan[]) => some.flatMap(({ requests }) => requests)

function exactPercentile(requests: readonly ShopRequest[], share: number): number {
  const sorted = requests.map(({ durationSeconds }) => durationSeconds).sort((one, other) => one - other)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

describe('what the demo application tells', () => {
  test.each([
    ['p50', 0.5],
    ['p95', 0.95],
    ['p99', 0.99],
  ] as const)('%s of every route and minute is within the stated error of the exact one', async (aggregate, share) => {
    const from = Math.ceil((now - 5 * HOUR) / 60_000) * 60_000
    const until = from + HOUR
    const answer = await reader().query(projectId, {
      metric: 'http.server.request.duration',
      aggregate,
      where: {},
      groupBy: ['http.route'],
      from,
      until,
      stepMs: 60_000,
    })
    let compared = 0
    for (const { group, points } of answer?.lines ?? []) {
      for (const { at, value } of points) {
        // A span is filed under its end.
        const requests = requestsOf(spans.filter((span) => span.until === at)).filter(({ route }) => route === group[0])
        const exact = exactPercentile(requests, share)
        expect(Math.abs(value - exact) / exact).toBeLessThanOrEqual(STATED_ERROR)
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(60)
  })

  test('fills every figure of the operations dashboard, and requests and errors add up to what happened', async () => {
    const { panels } = await loadDashboard(reader(), projectId, OPS, '6h', now)
    expect(panels.filter(({ state }) => state === null).map(({ panel }) => panel.key)).toEqual([])
    const points = new Map(panels.map(({ panel, points }) => [panel.key, points]))
    const sum = (key: 'requestRate', perMinute: number) =>
      (points.get(key) ?? []).reduce((total, { value }) => total + value * perMinute, 0)
    const shown = points.get('requestRate') ?? []
    const within = spans.filter(({ until }) => shown.some(({ at }) => at === until))
    expect(sum('requestRate', 60)).toBeCloseTo(requestsOf(within).length, 6)
    for (const { at, value } of points.get('errorRate') ?? []) {
      const requests = requestsOf(spans.filter((span) => span.until === at))
      const failed = requests.filter(({ status }) => status >= 500).length
      expect(value).toBeCloseTo((failed / requests.length) * 100, 6)
    }
  })

  test('fills the page of language models, and its costs are those that were paid', async () => {
    const { panels } = await loadDashboard(reader(), projectId, LLM, '6h', now)
    expect(panels.filter(({ state }) => state === null).map(({ panel }) => panel.key)).toEqual([])
    for (const { at, value } of panels.find(({ panel }) => panel.key === 'costPerRequest')?.points ?? []) {
      const calls = spans.find((span) => span.until === at)?.modelCalls ?? []
      expect(value).toBeCloseTo(calls.reduce((sum, { costUsd }) => sum + costUsd, 0) / calls.length, 9)
    }
  })

  test('leaves lines in both of the formats of the guides, errors of the broken hours among them', async () => {
    const rows = await stack.sql<{ service: string; n: number }[]>`
      select service, count(*)::int as n from public.logs where project_id = ${projectId} group by service order by service`
    expect(rows.map(({ service }) => service)).toEqual(['shop', 'worker'])
  })

  test('leaves what its customers said, once each however often it is told', async () => {
    const said = spans.flatMap(writeAnswers)
    await tell(destination, spans, createChance(1))
    const [kept] = await stack.sql`select count(*)::int as n from public.feedback where project_id = ${projectId}`
    expect(kept?.n).toBe(said.length)
  })

  test('is taken whole: nothing of it is refused', async () => {
    expect(await reader().listRejections(projectId)).toEqual([])
  })
})
