import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Scheduler, startScheduler } from '../../lib/local/scheduler.ts'

const calls: { path: string | undefined; authorization: string | undefined }[] = []
const held: ServerResponse[] = []
const logged: { event: string; fields: Record<string, unknown> | undefined }[] = []
const keep = (event: string, fields?: Record<string, unknown>) => void logged.push({ event, fields })
const log = { info: keep, warn: keep, error: keep }
let status = 200
let isHolding = false
let baseUrl = ''
let scheduler: Scheduler | undefined

const server = createServer((incoming, outgoing) => {
  calls.push({ path: incoming.url, authorization: incoming.headers.authorization })
  if (isHolding) held.push(outgoing)
  else outgoing.writeHead(status).end('what happened')
})
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => {
  calls.length = 0
  logged.length = 0
  status = 200
  isHolding = false
})
afterEach(() => {
  scheduler?.stop()
  for (const outgoing of held.splice(0)) outgoing.end()
})
afterAll(() => server.close())

function start(crons: { path: string; schedule: string }[]): void {
  scheduler = startScheduler({ crons, baseUrl, cronSecret: 'the secret', log })
}

async function until(condition: () => boolean): Promise<void> {
  const deadlineAt = Date.now() + 10_000
  while (!condition() && Date.now() < deadlineAt) await sleep(10)
  expect(condition()).toBe(true)
}

test('what runs every minute runs at once, with the secret; what runs hourly waits for its hour', async () => {
  start([
    { path: '/api/cron/tick', schedule: '* * * * *' },
    { path: '/api/cron/hourly', schedule: '2 * * * *' },
  ])
  await until(() => calls.length > 0)
  await sleep(50)
  expect(calls).toEqual([{ path: '/api/cron/tick', authorization: 'Bearer the secret' }])
})

test('a schedule is kept', async () => {
  // Six fields: croner also counts seconds, which saves the test a minute.
  start([{ path: '/often', schedule: '* * * * * *' }])
  await until(() => calls.length >= 2)
})

test('a failure is logged, and the next time comes all the same', async () => {
  status = 500
  start([{ path: '/often', schedule: '* * * * * *' }])
  await until(() => calls.length >= 2)
  await until(() => logged.length > 0)
  expect(logged[0]).toEqual({ event: 'cron_failed', fields: { path: '/often', status: 500, body: 'what happened' } })
})

test('runs may overlap, but a third one is skipped while two hang', async () => {
  isHolding = true
  start([{ path: '/hanging', schedule: '* * * * * *' }])
  await until(() => logged.some(({ event }) => event === 'cron_skipped'))
  expect(calls).toHaveLength(2)
})

test('the stop hangs up on calls that are under way, which is no failure', async () => {
  isHolding = true
  start([{ path: '/hanging', schedule: '* * * * *' }])
  await until(() => held.length === 1)
  const hungUp = once(held[0] as ServerResponse, 'close')
  scheduler?.stop()
  await hungUp
  await sleep(20)
  expect(logged).toEqual([])
})

test('after the stop nothing is called', async () => {
  start([{ path: '/often', schedule: '* * * * * *' }])
  scheduler?.stop()
  await sleep(1_200)
  expect(calls).toEqual([])
})
