import { expect, test } from 'vitest'
import { scrapeToSeries } from '../../lib/adapters/ingest/prometheus/to-series.ts'
import { monitorTargetSchema } from '../../lib/domain/monitor/config.ts'
import type { MonitorClaim } from '../../lib/ports/store.ts'
import { createScrapeQueue, isCollected } from '../../lib/tasks/store-scrape.ts'
import { readAllExposition } from '../support/read-exposition.ts'
import { createRecordingTelemetryStore } from '../support/recording-telemetry-store.ts'

const NOW = Date.UTC(2026, 0, 15, 10, 30)

function claimOf(key: string, changes: { slotAt?: number; config?: Record<string, unknown> } = {}): MonitorClaim {
  const config = { url: 'http://127.0.0.1/metrics', collect: true, ...changes.config }
  const target = monitorTargetSchema.parse({ kind: 'prometheus', config })
  return {
    monitor: { ...target, id: `id of ${key}`, key, projectId: 'p' },
    slotAt: changes.slotAt ?? NOW,
  } as unknown as MonitorClaim
}

function scrape(text: string) {
  const read = readAllExposition(text, false)
  if (!read.ok) throw new Error(JSON.stringify(read.fault))
  return { exposition: read.exposition, at: NOW }
}

function createWorld() {
  const telemetry = createRecordingTelemetryStore(() => NOW)
  const errors: string[] = []
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, fields?: Record<string, unknown>) => void errors.push(`${event} ${fields?.monitor}`),
  }
  return { telemetry, errors, queue: createScrapeQueue({ telemetry, scrapeToSeries, log }) }
}

test('a slot that two workers probe has one name, and the next slot another', async () => {
  const { telemetry, queue } = createWorld()
  queue.push(claimOf('shop'), scrape('a 1\n'))
  queue.push(claimOf('shop'), scrape('a 2\n'))
  queue.push(claimOf('shop', { slotAt: NOW + 60_000 }), scrape('a 3\n'))
  await queue.drain()
  const [one, two, three] = telemetry.batches.map(({ digest }) => digest)
  expect(two).toBe(one)
  expect(three).not.toBe(one)
  expect(telemetry.last()).toMatchObject({ projectId: 'p', source: 'prometheus', logs: [] })
})

test('one that cannot be stored is told to the log and holds up none behind it', async () => {
  const { telemetry, errors, queue } = createWorld()
  telemetry.failNext(new Error('away'))
  queue.push(claimOf('shop'), scrape('a 1\n'))
  queue.push(claimOf('blog'), scrape('a 1\n'))
  await expect(queue.drain()).resolves.toBeUndefined()
  expect(errors).toEqual(['scrape.not_stored shop'])
  expect(telemetry.batches).toHaveLength(1)
})

test('a scrape of which nothing is wanted costs the database nothing', async () => {
  const { telemetry, queue } = createWorld()
  queue.push(claimOf('shop', { config: { include: ['b_*'] } }), scrape('a 1\n'))
  queue.push(claimOf('blog'), scrape(''))
  await queue.drain()
  expect(telemetry.batches).toEqual([])
})

test('only a monitor that was told to keeps what it reads', () => {
  expect(isCollected(claimOf('shop'))).toBe(true)
  expect(isCollected(claimOf('shop', { config: { collect: false } }))).toBe(false)
  expect(isCollected({ monitor: { kind: 'http', config: {} } } as unknown as MonitorClaim)).toBe(false)
})
