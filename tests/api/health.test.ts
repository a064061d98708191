import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSupabaseClient } from '../../lib/adapters/supabase/create-client.ts'
import { createHealthStore } from '../../lib/adapters/supabase/health-store.ts'
import { assertHealthBody } from '../../lib/domain/probe/health-body.ts'
import type { HealthFacts } from '../../lib/ports/health-store.ts'
import { readHealth } from '../../lib/queries/api/health.ts'
import { type TestApi, testApi } from './support/api.ts'

const NOW = Date.UTC(2026, 10, 20, 9)
const MINUTE = 60_000
const providers = { resend: true, twilio: false, slack: false }
const well: HealthFacts = {
  now: NOW,
  tickSucceededAt: NOW - MINUTE,
  tickStartedAt: NOW - MINUTE,
  hasTickFailed: false,
  firstMonitorAt: NOW - 100 * MINUTE,
  hasBacklog: false,
  hasDeadLetters: false,
}
const report = (facts: Partial<HealthFacts>) =>
  readHealth({ store: { readHealth: async () => ({ ...well, ...facts }) }, providers, version: 'abc1234' }, NOW)

describe('health', () => {
  test('has the shape of the guides, and says words and no numbers', async () => {
    expect(await report({})).toEqual({
      httpStatus: 200,
      body: {
        status: 'healthy',
        timestamp: '2026-11-20T09:00:00.000Z',
        version: 'abc1234',
        checks: {
          database: 'ok',
          scheduler: 'ok',
          outbox: 'ok',
          providers: { resend: 'configured', twilio: 'local outbox', slack: 'local outbox' },
        },
      },
    })
  })

  test.each<[string, Partial<HealthFacts>, number, string, string, string]>([
    ['a tick five minutes ago', { tickSucceededAt: NOW - 5 * MINUTE }, 200, 'healthy', 'ok', 'ok'],
    ['no tick for longer', { tickSucceededAt: NOW - 5 * MINUTE - 1 }, 503, 'unhealthy', 'stalled', 'ok'],
    ['a first tick that runs', { tickSucceededAt: null, tickStartedAt: NOW - 1_000 }, 200, 'healthy', 'starting', 'ok'],
    [
      'a new installation',
      { tickSucceededAt: null, tickStartedAt: null, firstMonitorAt: NOW - MINUTE },
      200,
      'healthy',
      'starting',
      'ok',
    ],
    [
      'nothing to watch yet',
      { tickSucceededAt: null, tickStartedAt: null, firstMonitorAt: null },
      200,
      'healthy',
      'starting',
      'ok',
    ],
    ['a scheduler that never ran', { tickSucceededAt: null, tickStartedAt: null }, 503, 'unhealthy', 'stalled', 'ok'],
    [
      'ticks that only fail',
      { tickSucceededAt: null, tickStartedAt: NOW - 1_000, hasTickFailed: true },
      503,
      'unhealthy',
      'stalled',
      'ok',
    ],
    ['messages that wait', { hasBacklog: true }, 200, 'degraded', 'ok', 'warning'],
    ['messages given up', { hasDeadLetters: true }, 200, 'degraded', 'ok', 'warning'],
    ['both at once', { tickSucceededAt: NOW - 6 * MINUTE, hasBacklog: true }, 503, 'unhealthy', 'stalled', 'warning'],
  ])('with %s', async (_, facts, httpStatus, status, scheduler, outbox) => {
    expect(await report(facts)).toMatchObject({ httpStatus, body: { status, checks: { scheduler, outbox } } })
  })

  test('is understood by our own monitors: fine is fine, and a failing check is named', async () => {
    expect(assertHealthBody((await report({})).body, [])).toEqual([])
    const findings = assertHealthBody((await report({ hasBacklog: true })).body, [])
    expect(findings.map(({ failure }) => failure?.subject)).toEqual(['health status', 'check outbox'])
  })
})

describe('GET /api/health', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await testApi()
  })
  const ask = async () => {
    const response = await api.get('/api/health')
    return { response, body: await response.json() }
  }

  test('is open to anybody and is not cached', async () => {
    const { response, body } = await ask()
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ status: 'healthy', checks: { database: 'ok', scheduler: 'starting', outbox: 'ok' } })
  })

  test('follows what the database knows of scheduler and outbox', async () => {
    const { sql } = api.stack
    await sql`insert into public.task_pulses (task, started_at, last_success_at) values ('tick', now(), now())`
    expect((await ask()).body.checks.scheduler).toBe('ok')
    await sql`update public.task_pulses set last_success_at = now() - interval '6 minutes'`
    expect((await ask()).response.status).toBe(503)
    await sql`update public.task_pulses set last_success_at = now()`

    const projectId = await api.addProject('outbox')
    const [channel] =
      await sql`insert into public.channels (project_id, key, kind, name) values (${projectId}, 'c', 'slack', 'C') returning id`
    const [message] = await sql`
      insert into public.notifications (project_id, channel_id, kind, dedupe_key, reason, payload, created_at)
      values (${projectId}, ${channel?.id}, 'test', 'a', 'r', '{}', now() - interval '4 minutes') returning id`
    expect((await ask()).body.checks.outbox).toBe('ok')
    await sql`update public.notifications set created_at = now() - interval '6 minutes'`
    expect((await ask()).body).toMatchObject({ status: 'degraded', checks: { outbox: 'warning' } })
    await sql`update public.notifications set status = 'dead'`
    expect((await ask()).body.checks.outbox).toBe('ok')
    await sql`
      insert into public.deliveries (project_id, notification_id, attempt, started_at, finished_at, outcome)
      values (${projectId}, ${message?.id}, 1, now(), now(), 'rejected')`
    expect((await ask()).body.checks.outbox).toBe('warning')
    await sql`update public.deliveries set finished_at = now() - interval '61 minutes'`
    expect((await ask()).body.checks.outbox).toBe('ok')
  })
})

describe('a database that is away', () => {
  // Accepts connections and never answers: the worst way to be away.
  const silent = createServer(() => undefined)
  afterAll(() => silent.close())

  test.each(['refuses', 'hangs'])('is said with 503 within three seconds when it %s', async (how) => {
    await new Promise<void>((resolve) => (silent.listening ? resolve() : silent.listen(0, '127.0.0.1', resolve)))
    const port = how === 'hangs' ? (silent.address() as AddressInfo).port : 2
    const store = createHealthStore(createSupabaseClient(`http://127.0.0.1:${port}`, 'key', 2_500))
    const startedAt = performance.now()
    const answer = await readHealth({ store, providers, version: 'v' }, NOW)
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(answer).toMatchObject({
      httpStatus: 503,
      body: { status: 'unhealthy', checks: { database: 'unavailable', scheduler: 'unknown', outbox: 'unknown' } },
    })
  })
})
