import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { monitorJson } from '../support/pipeline.ts'
import { testDatabase } from '../support/postgres.ts'

const WORKER = fileURLToPath(new URL('../support/tick-worker.ts', import.meta.url))
const database = await testDatabase()
const { sql } = database

let isHealthy = false
const received: { id: string; type: string }[] = []
const target = await listen((_path, _body, respond) => respond(isHealthy ? 200 : 503))
const receiver = await listen((id, body, respond) => {
  received.push({ id, type: (JSON.parse(body) as { type: string }).type })
  respond(204)
})
let running: ChildProcess | undefined
afterAll(() => {
  running?.kill('SIGKILL')
  target.server.close()
  receiver.server.close()
})

/** Where the worker dies during the outage, in the order in which it comes by: each life gets one step further or none. */
const DURING_THE_OUTAGE = [
  'startTask:after',
  'claimDueMonitors:before',
  'claimDueMonitors:after',
  'probe:before',
  'probe:after',
  'loadDecisionContext:after',
  'recordSettlements:before',
  'recordSettlements:after',
  'claimNotifications:after',
  'send:before',
  'send:after',
  'finishDelivery:before',
  'finishDelivery:after',
]
const AFTER_THE_RECOVERY = ['recordSettlements:after', 'send:after', 'finishDelivery:after']

test('a worker that is killed again and again loses no page, doubles none, and tells the end', {
  timeout: 150_000,
}, async () => {
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('demo', 'Demo') returning id`
  const projectId = project?.id ?? ''
  const channel = { key: 'ops', kind: 'webhook', name: 'ops', config: { url: receiver.url } }
  await sql`select private.write_channel(${projectId}, ${sql.json(channel)}, null, 'ann', null)`
  const monitor = { ...monitorJson({ key: 'api', intervalSeconds: 10, failures: 1, successes: 1, timeoutMs: 1_000 }) }
  monitor.config = { ...(monitor.config as object), url: target.url }
  await sql`select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'ann', null)`

  for (const place of DURING_THE_OUTAGE) await liveUntilKilled(place)
  expect(uniqueStories()).toEqual(['incident.triggered'])
  expect(await sql`select status from public.incidents`).toEqual([{ status: 'triggered' }])

  isHealthy = true
  for (const place of AFTER_THE_RECOVERY) await liveUntilKilled(place)
  running = startWorker('')
  await expect.poll(() => settledNotifications(), { timeout: 30_000 }).toBe(2)
  const ended = once(running, 'exit')
  running.kill('SIGKILL')
  await ended

  expect(uniqueStories()).toEqual(['incident.triggered', 'incident.resolved'])
  // The provider saw repetitions, each under the id of the first.
  expect(received.length).toBeGreaterThan(2)
  expect(received.map(({ type }) => type).lastIndexOf('incident.triggered')).toBeLessThan(
    received.findIndex(({ type }) => type === 'incident.resolved'),
  )
  expect(await sql`select number, status, episode from public.incidents`).toEqual([
    { number: 1, status: 'resolved', episode: 0 },
  ])
  expect(await sql`select from public.alerts where status = 'firing'`).toHaveLength(0)
  expect(await sql`select from public.deliveries where outcome = 'unknown'`).not.toHaveLength(0)
})

/** Types of the messages in order of their first arrival, one for each id: what a receiver that heeds the id has seen. */
function uniqueStories(): string[] {
  return [...new Map(received.map(({ id, type }) => [id, type])).values()]
}

async function settledNotifications(): Promise<number> {
  return (await sql`select from public.notifications where status = 'delivered'`).length
}

function startWorker(killAt: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', WORKER], {
    env: { ...process.env, DATABASE_URL: database.url, KILL_AT: killAt },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function liveUntilKilled(place: string): Promise<void> {
  running = startWorker(place)
  const [code, signal] = await once(running, 'exit')
  expect({ place, code, signal }).toEqual({ place, code: null, signal: 'SIGKILL' })
}

type Answer = (webhookId: string, body: string, respond: (status: number) => void) => void

async function listen(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () =>
      answer(String(request.headers['webhook-id'] ?? ''), body, (status) => response.writeHead(status).end()),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}
