import { describe, expect, test } from 'vitest'
import { createKpiStore } from '../../lib/adapters/supabase/kpi-store.ts'
import { composeDigest } from '../../lib/domain/notification/digest.ts'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import type { PipelineStore } from '../../lib/ports/store.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

describe('the length of a tick', () => {
  test('ends early when nothing more is due within its minute', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    await pipeline.runTick()
    expect(pipeline.clock.now() - START_AT).toBeLessThan(2 * SECOND)
  })
  test('with monitors of 10 s it covers the minute and no more', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
    const summary = await pipeline.runTick()
    expect(summary.probed).toBeGreaterThanOrEqual(6)
    expect(pipeline.clock.now() - START_AT).toBeLessThan(62 * SECOND)
  })
  test('does not poll an outbox in which everything waits for a later attempt', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    await pipeline.addMonitor({ key: 'api' })
    pipeline.prober.behave('api', (at) => (at < START_AT + MINUTE ? 'down' : 'up'))
    const away = {
      outcome: 'retry',
      detail: 'away',
      statusCode: 503,
      retryAfterMs: 3_600_000,
      uncertain: false,
    } as const
    pipeline.provider.answer('ops', away)
    await pipeline.runFor(3 * MINUTE)
    const counted = countCalls(pipeline)
    await pipeline.runTick({ store: counted.store })
    expect(counted.calls.filter((name) => name === 'claimNotifications').length).toBeLessThanOrEqual(2)
  })
})

describe('databases that are looked into', () => {
  test('delay neither probes nor the pulse, however long one of them says nothing', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    let answer: () => void = () => undefined
    const silent = new Promise<void>((resolve) => {
      answer = resolve
    })
    const finished = new Promise<void>((resolve) => {
      const store = {
        ...pipeline.store,
        finishTask: async (...args: Parameters<PipelineStore['finishTask']>) => {
          await pipeline.store.finishTask(...args)
          resolve()
        },
      }
      pipeline.setDeps({ store, collectDatabases: () => silent })
    })
    const ticking = pipeline.runTick()
    await finished
    expect(await pipeline.stateOf('api')).toBe('up')
    answer()
    await expect(ticking).resolves.toMatchObject({ probed: 1 })
  })
})

describe('the queries of KPIs', () => {
  test('that take all of the minute keep no monitor waiting, and the tick no longer than its minute', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api', intervalSeconds: 10 })
    const watchKpis = async (deadlineAt: number) => {
      await pipeline.clock.sleep(deadlineAt - pipeline.clock.now())
      return 0
    }
    const summary = await pipeline.runTick({ watchKpis })
    expect(summary.probed).toBeGreaterThanOrEqual(6)
    expect(pipeline.clock.now() - START_AT).toBeLessThan(62 * SECOND)
  })
  test('have their digests delivered by the tick that queued them', async () => {
    const pipeline = await start()
    const channelId = await pipeline.addChannel('ops')
    const { sql, projectId, stack, clock } = pipeline
    await sql`insert into public.kpi_digest_channels (channel_id, project_id) values (${channelId}, ${projectId})`
    const kpis = clock.track(createKpiStore(stack.service as never))
    const project = { id: projectId, slug: 'demo', name: 'Demo', timeZone: 'Europe/Paris', locale: 'en' } as const
    const watchKpis = async () => {
      await clock.sleep(5 * SECOND)
      return (await kpis.queueDigest(projectId, '2026-11-23', composeDigest(project, '2026-11-23', [], ''))) ?? 0
    }
    await pipeline.runTick({ watchKpis })
    expect(pipeline.provider.told()).toEqual(['kpi.digest ops'])
  })
})

describe('the pulse', () => {
  test('says what was done, and that it went well', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    await pipeline.runTick()
    const [pulse] =
      await pipeline.sql`select last_error, summary, last_success_at from public.task_pulses where task = 'tick'`
    expect(pulse).toMatchObject({ last_error: null, summary: { probed: 1, deadman: 'off' } })
    expect(pulse?.last_success_at).not.toBeNull()
  })
  test('says what went wrong and keeps when it last went well', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    await pipeline.runTick()
    const fails = { sendDueReports: () => Promise.reject(new Error('no reports today')) }
    await expect(pipeline.runTick(fails)).rejects.toThrow('no reports today')
    const [pulse] = await pipeline.sql`select last_error, last_success_at from public.task_pulses where task = 'tick'`
    expect(pulse?.last_error).toContain('no reports today')
    expect(pulse?.last_success_at).not.toBeNull()
  })
  test('the dead-man is pinged at the end of a good tick, and not of a failed one', async () => {
    const pipeline = await start()
    await pipeline.addMonitor({ key: 'api' })
    let pings = 0
    const pingDeadman = async () => {
      pings += 1
      return true
    }
    expect((await pipeline.runTick({ pingDeadman })).deadman).toBe('pinged')
    const fails = { pingDeadman, sendDueReports: () => Promise.reject(new Error('x')) }
    await expect(pipeline.runTick(fails)).rejects.toThrow()
    expect(pings).toBe(1)
  })
})

test('a tick that fails finishes what it holds before it says so', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', 'down')
  let claims = 0
  const store = replaceMethod(pipeline.store, 'claimDueMonitors', async (limit) => {
    claims += 1
    if (claims > 1) throw new Error('fetch failed')
    return pipeline.store.claimDueMonitors(limit)
  })
  await expect(pipeline.runTick({ store })).rejects.toThrow('fetch failed')
  expect(await pipeline.stateOf('api')).toBe('down')
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
})

function replaceMethod<Name extends keyof PipelineStore>(
  store: PipelineStore,
  name: Name,
  method: PipelineStore[Name],
): PipelineStore {
  return new Proxy(store, { get: (target, member) => (member === name ? method : Reflect.get(target, member)) })
}

function countCalls({ store }: Pipeline): { store: PipelineStore; calls: string[] } {
  const calls: string[] = []
  return {
    calls,
    store: new Proxy(store, {
      get(target, name) {
        calls.push(String(name))
        return Reflect.get(target, name)
      },
    }),
  }
}
