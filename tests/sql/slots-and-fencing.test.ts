import { describe, expect, test } from 'vitest'
import { settleSlot } from '../../lib/domain/notification/settle.ts'
import type { Settlement } from '../../lib/domain/notification/settlement.ts'
import { MINUTE, SECOND, toIso } from '../../lib/domain/time/instant.ts'
import type { FinishedDelivery, MonitorClaim } from '../../lib/ports/store.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

const ENVIRONMENT = { baseUrl: 'https://vigie.test', newId: () => crypto.randomUUID() }

/** The settlement of a claim that was seen up. */
function settleUp(claim: MonitorClaim, now: number): Settlement {
  const outcome = {
    verdict: 'up' as const,
    cause: null,
    message: 'answered 200',
    startedAt: now,
    durationMs: 12,
    phases: {},
    statusCode: 200,
    remoteAddress: null,
    bytes: null,
    failures: [],
    certificate: null,
    bodyExcerpt: null,
  }
  const { monitor, token, slotAt, state } = claim
  const slot = {
    monitor,
    token,
    slotAt,
    region: 'local',
    state,
    attempts: [outcome],
    verdict: 'up' as const,
    isSlotted: true,
  }
  return settleSlot(slot, null, null, { now, ...ENVIRONMENT })
}

async function claimOne(pipeline: Pipeline): Promise<MonitorClaim> {
  const { claims } = await pipeline.store.claimDueMonitors(10)
  const [claim] = claims
  if (claim === undefined) throw new Error('nothing was due')
  return claim
}

describe('slots', () => {
  test.each([
    [10, 0, 0],
    [10, 9_999, 0],
    [10, 10_000, 10_000],
    [60, 59_999, 0],
    [60, 61_000, 60_000],
    [86_400, 61_000, -9 * 60 * MINUTE],
  ])(
    'a monitor of %i s that is claimed %i ms after the hour stands in the slot %i ms from it',
    async (intervalSeconds, afterMs, slotMs) => {
      const pipeline = await start(START_AT)
      await pipeline.addMonitor({ key: 'api', intervalSeconds })
      await pipeline.sleepFor(afterMs)
      expect((await claimOne(pipeline)).slotAt).toBe(START_AT + slotMs)
    },
  )

  test('a monitor is due again at the end of its slot, however late it was probed in it', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    await pipeline.sleepFor(59 * SECOND)
    const claim = await claimOne(pipeline)
    await pipeline.store.recordSettlements([settleUp(claim, pipeline.clock.now())])
    const { claims, nextDueAt } = await pipeline.store.claimDueMonitors(10)
    expect(claims).toEqual([])
    expect(nextDueAt).toBe(START_AT + MINUTE)
  })

  test('a slot that is settled twice keeps its first result', async () => {
    const pipeline = await start()
    const id = await pipeline.addMonitor({ key: 'api' })
    const first = await claimOne(pipeline)
    await pipeline.store.recordSettlements([settleUp(first, pipeline.clock.now())])
    await pipeline.sql`update public.monitor_states set next_due_at = ${toIso(START_AT)} where monitor_id = ${id}`
    const second = await claimOne(pipeline)
    expect(second.slotAt).toBe(first.slotAt)
    expect(await pipeline.store.recordSettlements([settleUp(second, pipeline.clock.now() + 5)])).toEqual({
      recorded: 1,
      stale: 0,
    })
    const rows = await pipeline.sql<{ probed_at: Date }[]>`select probed_at from public.probe_results`
    expect(rows.map(({ probed_at }) => probed_at.getTime())).toEqual([START_AT])
  })

  test('a paused monitor is never claimed', async () => {
    const pipeline = await start()
    const id = await pipeline.addMonitor({ key: 'api' })
    await pipeline.pauseMonitor(id, true)
    expect(await pipeline.store.claimDueMonitors(10)).toEqual({ claims: [], nextDueAt: null })
  })
})

describe('leases of monitors', () => {
  test('what is leased is not claimed again until its lease has run out; its successor has a higher token', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api', timeoutMs: 2_000 })
    const first = await claimOne(pipeline)
    const { claims, nextDueAt } = await pipeline.store.claimDueMonitors(10)
    expect(claims).toEqual([])
    expect(nextDueAt).toBe(START_AT + 20 * SECOND)
    await pipeline.sleepFor(20 * SECOND)
    expect((await claimOne(pipeline)).token).toBeGreaterThan(first.token)
  })

  test('a lease that is renewed lasts on; one that was taken over meanwhile is not renewed by its former holder', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    const first = await claimOne(pipeline)
    await pipeline.sleepFor(15 * SECOND)
    await pipeline.store.renewLeases([first])
    await pipeline.sleepFor(15 * SECOND)
    expect((await pipeline.store.claimDueMonitors(10)).claims).toEqual([])
    await pipeline.sleepFor(5 * SECOND)
    await claimOne(pipeline)
    await pipeline.sleepFor(15 * SECOND)
    await pipeline.store.renewLeases([first])
    await pipeline.sleepFor(5 * SECOND)
    await claimOne(pipeline)
  })

  test('a late worker changes nothing: no result, no state, no alert, no incident, no message', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    await pipeline.addMonitor({ key: 'api' })
    const late = await claimOne(pipeline)
    await pipeline.sleepFor(MINUTE)
    const successor = await claimOne(pipeline)
    const contexts = await pipeline.store.loadDecisionContext([late.monitor.id])
    const failure = {
      ...settleUp(late, START_AT).outcome,
      verdict: 'down',
      cause: 'status',
      message: 'answered 503',
    } as const
    const down = settleSlot(
      { ...late, region: 'local', attempts: [failure as never], verdict: 'down', isSlotted: true },
      contexts.get(late.monitor.id) ?? null,
      null,
      { now: START_AT, ...ENVIRONMENT },
    )
    expect(down.incident).not.toBeNull()
    const before = await everything(pipeline)
    expect(await pipeline.store.recordSettlements([down])).toEqual({ recorded: 0, stale: 1 })
    expect(await everything(pipeline)).toEqual(before)
    expect(await pipeline.store.recordSettlements([settleUp(successor, pipeline.clock.now())])).toEqual({
      recorded: 1,
      stale: 0,
    })
  })

  test('a late settlement in a batch does not hold up the others', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'one' })
    await pipeline.addMonitor({ key: 'two' })
    const { claims } = await pipeline.store.claimDueMonitors(10)
    const [one, two] = claims.map((claim) => settleUp(claim, START_AT))
    if (one === undefined || two === undefined) throw new Error('both were due')
    expect(await pipeline.store.recordSettlements([{ ...one, token: one.token - 1_000 }, two])).toEqual({
      recorded: 1,
      stale: 1,
    })
    expect(await pipeline.sql`select from public.probe_results`).toHaveLength(1)
  })
})

describe('leases of notifications', () => {
  async function startWithPage(): Promise<Pipeline> {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    await pipeline.addMonitor({ key: 'api' })
    pipeline.prober.behave('api', 'down')
    pipeline.provider.answer('ops', {
      outcome: 'retry',
      detail: 'away',
      statusCode: 503,
      retryAfterMs: 3_600_000,
      uncertain: false,
    })
    await pipeline.runTick()
    await pipeline.sleepFor(60 * MINUTE)
    return pipeline
  }
  const delivered = (id: string, token: number): FinishedDelivery => ({
    id,
    token,
    result: { outcome: 'delivered', detail: '', providerId: 'x', viaOutbox: false },
    next: { kind: 'done' },
    timeline: 'told',
    fallback: null,
  })

  test('a worker whose lease ran out notes nothing; the attempt that it left open counts as unknown', async () => {
    const pipeline = await startWithPage()
    const [late] = (await pipeline.store.claimNotifications(10)).claims
    if (late === undefined) throw new Error('nothing was due')
    expect((await pipeline.store.claimNotifications(10)).claims).toEqual([])
    await pipeline.sleepFor(60 * SECOND)
    const [successor] = (await pipeline.store.claimNotifications(10)).claims
    expect(successor).toMatchObject({ id: late.id, attempt: late.attempt + 1 })
    const before = await everything(pipeline)
    expect(await pipeline.store.finishDelivery(delivered(late.id, late.token))).toBe(false)
    expect(await everything(pipeline)).toEqual(before)
    expect(await pipeline.store.finishDelivery(delivered(late.id, successor?.token ?? 0))).toBe(true)
    const attempts = await pipeline.sql`select outcome from public.deliveries order by attempt`
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'unknown', 'delivered'])
    expect(await pipeline.store.finishDelivery(delivered(late.id, successor?.token ?? 0))).toBe(false)
  })
})

/** All that a settlement or a delivery could change, as text. */
async function everything({ sql }: Pipeline): Promise<string> {
  const tables = [
    'monitor_states',
    'probe_results',
    'probe_gaps',
    'alerts',
    'incidents',
    'incident_events',
    'notifications',
    'deliveries',
    'projects',
  ]
  const parts = await Promise.all(
    tables.map((table) => sql.unsafe(`select jsonb_agg(t order by t::text) as rows from public.${table} as t`)),
  )
  return JSON.stringify(parts.map(([row]) => row?.rows))
}
