import { beforeAll, describe, expect, test } from 'vitest'
import { pingFunction } from '../../api/_lib/ping.ts'
import { parsePingPath, readPingPath } from '../../api/_lib/ping-path.ts'
import { createPipelineStore } from '../../lib/adapters/supabase/pipeline-store.ts'
import type { ErrorReporter } from '../../lib/ports/error-reporter.ts'
import type { Ping } from '../../lib/tasks/receive-ping.ts'
import { type TestStack, testStack } from '../support/stack.ts'
import { serve } from './support/serve.ts'

const ID = '0b8a4c3e-7f62-4a7c-9d6b-2f1f0d1c2b3a'
const PING_KEY = 'abcdefabcdefabcdefabcdefabcdefab'

describe('a ping address', () => {
  const byId = { id: ID }
  const bySlug = { pingKey: PING_KEY, key: 'backup' }
  test.each([
    [ID, { address: byId, kind: 'success', exitCode: null }],
    [`${ID}/`, { address: byId, kind: 'success', exitCode: null }],
    [`${ID}/start`, { address: byId, kind: 'start', exitCode: null }],
    [`${ID}/fail`, { address: byId, kind: 'fail', exitCode: null }],
    [`${ID}/log`, { address: byId, kind: 'log', exitCode: null }],
    [`${ID}/0`, { address: byId, kind: 'success', exitCode: 0 }],
    [`${ID}/1`, { address: byId, kind: 'fail', exitCode: 1 }],
    [`${ID}/255`, { address: byId, kind: 'fail', exitCode: 255 }],
    [`${PING_KEY}/backup`, { address: bySlug, kind: 'success', exitCode: null }],
    [`${PING_KEY}/backup/start`, { address: bySlug, kind: 'start', exitCode: null }],
    [`${PING_KEY}/backup/7`, { address: bySlug, kind: 'fail', exitCode: 7 }],
    [`${ID}/256`, 'invalid'],
    [`${ID}/begin`, 'not_found'],
    [`${ID}/-1`, 'not_found'],
    [`${ID}/start/now`, 'not_found'],
    [`${PING_KEY}`, 'not_found'],
    [`${PING_KEY}/Back up`, 'not_found'],
    ['', 'not_found'],
    ['../../etc', 'not_found'],
  ])('%s', (path, expected) => expect(parsePingPath(path)).toEqual(expected))

  test.each([
    `/ping/${ID}/start`,
    `/api/ping/${ID}/start`,
    `/api/ping?path=${ID}/start`,
    `/api/ping?path=${ID}%2Fstart`,
  ])('is read the same as %s', (path) => expect(readPingPath(new URL(path, 'https://example.com'))).toBe(`${ID}/start`))
})

describe('the ping function', () => {
  let stack: TestStack
  let url: string
  let id: string
  const reported: string[] = []
  const failing = { isOn: false }
  const tooMany = { isOn: false }
  const reporter: ErrorReporter = { report: async (_, where) => void reported.push(where) }

  beforeAll(async () => {
    stack = await testStack()
    const [project] =
      await stack.sql`insert into public.projects (slug, name, ping_key) values ('p', 'P', ${PING_KEY}) returning id`
    const [monitor] = await stack.sql`
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
      values (${project?.id}, 'backup', 'Backup', 'heartbeat', '{}', 60, 1000, 'high') returning id`
    await stack.sql`insert into public.monitor_states (monitor_id, project_id) values (${monitor?.id}, ${project?.id})`
    id = monitor?.id
    const store = createPipelineStore(stack.service as never, { error: () => undefined })
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    // Recording alone: what a ping leads to is the business of the tasks' own tests.
    const receive = async ({ address, ...ping }: Ping) => {
      if (failing.isOn) throw new Error('the database is away')
      const monitorId = await store.findHeartbeat(address)
      if (tooMany.isOn) return { kind: 'too_many', retryAfterSeconds: 7 } as const
      const isKept = monitorId !== null && (await store.recordHeartbeatPing({ monitorId, ...ping }))
      return { kind: isKept ? 'taken' : 'unknown' } as const
    }
    const handlers = pingFunction(() => ({ log, reporter, receive }))
    url = await serve((request) => handlers[request.method as 'GET'](request))
  })

  const lastPing = async () =>
    (
      await stack.sql`select kind, exit_code, run_id, body_excerpt from public.heartbeat_pings order by id desc limit 1`
    )[0]

  test.each(['GET', 'HEAD', 'POST'])('answers %s with the facts that clients rely on', async (method) => {
    const response = await fetch(`${url}/ping/${id}`, { method })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('ping-body-limit')).toBe('10000')
    expect(await response.text()).toBe(method === 'HEAD' ? '' : 'OK')
    expect(await lastPing()).toMatchObject({ kind: 'success' })
  })

  test('keeps run id, exit status and body', async () => {
    const rid = '5f0c1c9e-0b57-4a0a-8a0b-7f3c1c2d3e4f'
    await fetch(`${url}/ping/${PING_KEY}/backup/3?rid=${rid}`, { method: 'POST', body: 'disk full\0!' })
    expect(await lastPing()).toEqual({ kind: 'fail', exit_code: 3, run_id: rid, body_excerpt: 'disk full\ufffd!' })
  })

  test('keeps the first 10 kB of a long body, and no half character', async () => {
    await fetch(`${url}/ping/${id}/log`, { method: 'POST', body: `${'a'.repeat(9_999)}é${'b'.repeat(500_000)}` })
    expect((await lastPing())?.body_excerpt).toBe('a'.repeat(9_999))
  })

  test.each([
    ['an unknown heartbeat', `/ping/${ID}`, 404, 'not found'],
    ['an unknown ping key', '/ping/00000000000000000000000000000000/backup', 404, 'not found'],
    ['an unknown monitor', `/ping/${PING_KEY}/nope`, 404, 'not found'],
    ['an exit status that is none', () => `/ping/${id}/999`, 400, 'invalid url format'],
    ['a run id that is none', () => `/ping/${id}?rid=1`, 400, 'invalid uuid format'],
  ])('refuses %s', async (_, path, status, text) => {
    const response = await fetch(`${url}${typeof path === 'function' ? path() : path}`)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
  })

  test('asks for a repetition when the database is away, and tells of the error', async () => {
    failing.isOn = true
    const response = await fetch(`${url}/ping/${id}`)
    failing.isOn = false
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(reported).toEqual(['GET /ping'])
  })

  test('tells a job that pings too often how long to wait', async () => {
    tooMany.isOn = true
    const response = await fetch(`${url}/ping/${id}`)
    tooMany.isOn = false
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await response.text()).toBe('rate limit exceeded')
  })

  test('lets pages of any origin ping', async () => {
    const response = await fetch(`${url}/ping/${id}`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, OPTIONS')
  })
})
