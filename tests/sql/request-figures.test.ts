import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { LogRecord } from '../../lib/domain/log/record.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { asker, line, NOW, telemetrySupport } from '../support/telemetry.ts'

const AT = NOW - (NOW % MINUTE)
const span = { from: AT, until: AT + MINUTE, stepSeconds: 60, metric: 'http.server.requests', aggregate: 'sum' }

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let ask: ReturnType<typeof asker>
let made = 0
beforeAll(async () => {
  support = await telemetrySupport()
})
beforeEach(async () => {
  made += 1
  projectId = await support.addProject(`figures-${made}`)
  ask = asker((await support.stack.user('viewer', projectId)).client, projectId)
})

let id = 0
function request(statusCode: number, route = '/cart'): LogRecord {
  id += 1
  const measured = { kind: 'request' as const, method: 'GET', route, statusCode, durationMs: null }
  return line({ id: `r${id}`, at: AT, measured })
}
async function count(where: Record<string, string>): Promise<number> {
  return (await ask({ ...span, where }))?.lines[0]?.points[0]?.[1] ?? 0
}
const notices = () => support.stack.sql<{ code: string; count: number }[]>`
  select code, count::int from public.ingest_days where project_id = ${projectId} and source = 'requests'`

test('shares of 429, of 401 and 403, of 4xx and of 5xx can be asked for', async () => {
  const statuses = [200, 200, 204, 301, 401, 403, 404, 429, 429, 500, 502]
  await support.send(projectId, { logs: statuses.map((status) => request(status)) })
  await support.rollUp()
  expect(await count({})).toBe(statuses.length)
  for (const [of, n] of Object.entries({ '2xx': 3, '3xx': 1, '4xx': 5, '5xx': 2 })) {
    expect(await count({ 'http.response.status_class': of })).toBe(n)
  }
  for (const [of, n] of Object.entries({ 401: 1, 403: 1, 429: 2 })) {
    expect(await count({ 'http.response.status_code': of })).toBe(n)
  }
})

describe('of more than five hundred routes', () => {
  const busy = () => Array.from({ length: 3 }, () => request(200, '/busy'))
  const many = (from: number, n: number) =>
    Array.from({ length: n }, (_, index) => request(404, `/scan/${from + index}x`))

  test('the busiest are kept and the rest is counted together, which is told once', async () => {
    const logs = [...many(0, 600), ...busy()]
    await support.send(projectId, { logs })
    await support.rollUp()
    expect(await count({})).toBe(603)
    expect(await count({ 'http.route': '/busy' })).toBe(3)
    expect(await count({ 'http.route': ':other' })).toBe(101)
    expect(await notices()).toEqual([{ code: 'route_limit', count: 101 }])
    await support.send(projectId, { logs: [...logs, request(200, '/busy')] })
    await support.rollUp()
    expect(await count({})).toBe(604)
    expect(await notices()).toEqual([{ code: 'route_limit', count: 101 }])
  })

  test('those that are known stay apart, and a further one adds to the rest', async () => {
    await support.send(projectId, { logs: many(0, 500) })
    await support.rollUp()
    expect(await notices()).toEqual([])
    await support.send(projectId, { logs: [request(200, '/late'), request(200, '/scan/7x')] })
    await support.rollUp()
    expect(await count({ 'http.route': ':other' })).toBe(1)
    expect(await count({ 'http.route': '/scan/7x' })).toBe(2)
    expect(await notices()).toEqual([{ code: 'route_limit', count: 1 }])
  })
})
