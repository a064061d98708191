import { expect, test } from 'vitest'
import { cronFunction, type TaskSummary } from '../../api/_lib/cron.ts'

const SECRET = 'sixteen-or-more-letters'

function setUp(task: () => Promise<TaskSummary> = async () => ({ probed: 3 })) {
  const logged: { event: string; fields: Record<string, unknown> | undefined }[] = []
  const keep = (event: string, fields?: Record<string, unknown>) => void logged.push({ event, fields })
  let runs = 0
  const dependencies = { cronSecret: SECRET, log: { info: keep, warn: keep, error: keep } }
  const cron = cronFunction(
    () => dependencies,
    () => {
      runs += 1
      return task()
    },
  )
  return { cron, logged, runs: () => runs }
}

const call = (authorization?: string) =>
  new Request('http://localhost/api/cron/tick', {
    headers: { 'x-vercel-id': 'request-1', ...(authorization ? { authorization } : {}) },
  })

test.each(['GET', 'POST'] as const)('%s with the secret runs the task and answers its figures', async (method) => {
  const { cron, logged, runs } = setUp()
  const response = await cron[method](call(`Bearer ${SECRET}`))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ ok: true, requestId: 'request-1', durationMs: expect.any(Number), probed: 3 })
  expect(runs()).toBe(1)
  expect(logged).toMatchObject([{ event: 'cron_done', fields: { path: '/api/cron/tick', probed: 3 } }])
})

test.each([undefined, 'Bearer wrong', SECRET, `bearer ${SECRET}`, `Bearer ${SECRET} `.repeat(2), 'Bearer '])(
  'authorization %j is refused, and nothing runs',
  async (authorization) => {
    const { cron, runs } = setUp()
    const response = await cron.GET(call(authorization))
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain(SECRET)
    expect(runs()).toBe(0)
  },
)

test('a task that throws is answered 500 with the request id, and the log has the reason', async () => {
  const { cron, logged } = setUp(() => Promise.reject(new Error('database away')))
  const response = await cron.GET(call(`Bearer ${SECRET}`))
  const body = await response.json()
  expect(response.status).toBe(500)
  expect(body.error).toMatchObject({ code: 'internal', requestId: 'request-1' })
  expect(JSON.stringify(body)).not.toContain('database away')
  expect(logged).toMatchObject([{ event: 'cron_failed', fields: { error: expect.stringContaining('database away') } }])
})
