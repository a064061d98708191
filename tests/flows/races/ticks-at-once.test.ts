import { expect, test } from 'vitest'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { createInstances } from '../../support/instances.ts'
import { pipelineSupport, START_AT } from '../../support/pipeline.ts'

const { stack, start } = await pipelineSupport()
const instances = await createInstances(stack.sql, 8)

test.each([2, 4, 8])('%i ticks at once probe each slot once and deliver each notification once', async (count) => {
  const pipeline = await start()
  const { sql, clock, provider, prober } = pipeline
  for (const channel of ['ops', 'mail']) await pipeline.addChannel(channel, channel === 'mail' ? 'email' : 'webhook')
  const keys = Array.from({ length: 30 }, (_, index) => `site-${String(index).padStart(2, '0')}`)
  for (const key of keys) await pipeline.addMonitor({ key, intervalSeconds: 30 })
  // A third fails: too few for a doubted run, many for the outbox. They recover in the second minute.
  const failing = keys.filter((_, index) => index % 3 === 0)
  for (const key of failing) prober.behave(key, (at) => (at < START_AT + MINUTE ? 'down' : 'up'))

  const workers = instances.slice(0, count).map((store) => ({ store: clock.track(store) }))
  for (let minute = 0; minute < 2; minute++) {
    await Promise.all(workers.map((worker) => pipeline.runTick(worker)))
    await pipeline.sleepFor(Math.max(0, START_AT + (minute + 1) * MINUTE - clock.now()))
  }

  const slots =
    await sql`select count(*)::int as n, count(distinct (monitor_id, slot_at))::int as distinct from public.probe_results`
  expect(slots).toEqual([{ n: 30 * 4, distinct: 30 * 4 }])
  // One probe a slot, and one more for each of two changes of the ones that failed.
  expect(prober.probes).toHaveLength(30 * 4 + failing.length * 2)
  expect(provider.requests).toHaveLength(failing.length * 2 * 2)
  expect(new Set(provider.requests.map(({ id }) => id)).size).toBe(provider.requests.length)
  const attempts = await sql`select outcome, count(*)::int as n from public.deliveries group by outcome`
  expect(attempts).toEqual([{ outcome: 'delivered', n: failing.length * 4 }])
  const incidents = await pipeline.incidents()
  expect(incidents.map(({ number }) => number)).toEqual(failing.map((_, index) => index + 1))
  expect(incidents.every(({ status }) => status === 'resolved')).toBe(true)
})
