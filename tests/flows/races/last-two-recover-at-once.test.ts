import { expect, test } from 'vitest'
import { settlementJson } from '../../../lib/adapters/supabase/settlement-json.ts'
import { settleSlot } from '../../../lib/domain/notification/settle.ts'
import type { Settlement } from '../../../lib/domain/notification/settlement.ts'
import { MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'
import { createInstances } from '../../support/instances.ts'
import { type Pipeline, pipelineSupport } from '../../support/pipeline.ts'

const { stack, start } = await pipelineSupport()
const instances = await createInstances(stack.sql, 2)
const KEYS = ['site-0', 'site-1', 'site-2', 'site-3']

/** One incident with two monitors that are still down; their recoveries are decided, but not yet stored. */
async function startWithTwoRecoveries(): Promise<{ pipeline: Pipeline; recoveries: Settlement[] }> {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key })
  await pipeline.runFor(MINUTE)
  for (const key of KEYS) pipeline.prober.behave(key, 'down')
  await pipeline.runFor(MINUTE)
  for (const key of KEYS.slice(2)) pipeline.prober.behave(key, 'up')
  await pipeline.runFor(MINUTE + 20 * SECOND)
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered' }])
  await pipeline.sleepFor(MINUTE)
  const { clock, store } = pipeline
  const { claims } = await clock.runUntilSettled(store.claimDueMonitors(10))
  const down = claims.filter(({ state }) => state.state === 'down')
  expect(down).toHaveLength(2)
  const contexts = await store.loadDecisionContext(down.map(({ monitor }) => monitor.id))
  const now = clock.now()
  const recoveries = await Promise.all(
    down.map(async ({ monitor, token, slotAt, state }) => {
      const outcome = await clock.runUntilSettled(
        pipeline.prober.probe({
          target: { ...monitor, config: { url: 'http://healthy.test/' } } as never,
          secrets: {},
          timeoutMs: 1,
        }),
      )
      const slot = {
        monitor,
        token,
        slotAt,
        state,
        region: 'local',
        attempts: [outcome],
        verdict: 'up' as const,
        isSlotted: true,
      }
      const environment = { now, baseUrl: 'https://vigie.test', newId: () => crypto.randomUUID() }
      return settleSlot(slot, contexts.get(monitor.id) ?? null, null, environment)
    }),
  )
  return { pipeline, recoveries }
}

test('an incident resolves when its last two monitors recover in two transactions that overlap', async () => {
  const { pipeline, recoveries } = await startWithTwoRecoveries()
  const [one, two] = recoveries.map((recovery) => ({ settlements: [settlementJson(recovery)] }))
  const first = await pipeline.sql.reserve()
  await first`begin`
  await first`select public.record_probe_results(${pipeline.sql.json(one as never)})`
  // The second has to wait for the first: it must see that the other alert is resolved.
  let isSecondDone = false
  const second = pipeline.sql`select public.record_probe_results(${pipeline.sql.json(two as never)})`.then(() => {
    isSecondDone = true
  })
  await waitForLock(pipeline)
  expect(isSecondDone).toBe(false)
  await first`commit`
  first.release()
  await second
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  const resolves = await pipeline.sql`select from public.notifications where kind = 'incident.resolved'`
  expect(resolves).toHaveLength(1)
})

test('an incident resolves when its last two monitors recover at once, from two machines', async () => {
  const { pipeline, recoveries } = await startWithTwoRecoveries()
  await Promise.all(recoveries.map((recovery, index) => instances[index]?.recordSettlements([recovery])))
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
  expect(await pipeline.sql`select from public.alerts where status = 'firing'`).toHaveLength(0)
})

test('a pause and a recovery of the last two monitors at once leave no incident open', async () => {
  const { pipeline, recoveries } = await startWithTwoRecoveries()
  const [recovery, other] = recoveries
  if (recovery === undefined || other === undefined) throw new Error('there are two')
  await Promise.all([instances[0]?.recordSettlements([recovery]), pipeline.pauseMonitor(other.monitorId, true)])
  expect(await pipeline.incidents()).toMatchObject([{ status: 'resolved' }])
})

/** Until some session waits for a lock: bounded by the time-out of the test. */
async function waitForLock({ sql }: Pipeline): Promise<void> {
  for (;;) {
    const [row] = await sql`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    if (row?.n > 0) return
  }
}
