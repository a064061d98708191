import { expect, test } from 'vitest'
import { createRateLimiter } from '../../lib/adapters/supabase/rate-limiter.ts'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { receivePing } from '../../lib/tasks/receive-ping.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

const HEARTBEAT = { periodSeconds: 600, graceSeconds: 120 }

const depsOf = (pipeline: Pipeline) => ({
  ...pipeline.deps(),
  limiter: pipeline.clock.track(createRateLimiter(pipeline.stack.service as never)),
})

async function startWithHeartbeat() {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const id = await pipeline.addMonitor({ key: 'backup', heartbeat: HEARTBEAT })
  const ping = (kind: 'success' | 'start' | 'fail' | 'log') =>
    pipeline.clock.runUntilSettled(
      receivePing(depsOf(pipeline), { address: { id }, kind, exitCode: null, runId: null, bodyExcerpt: null }),
    )
  return { pipeline, ping }
}

test('a heartbeat that was never pinged pages nobody', async () => {
  const { pipeline } = await startWithHeartbeat()
  await pipeline.runFor(60 * MINUTE)
  expect(pipeline.provider.requests).toEqual([])
  expect(await pipeline.stateOf('backup')).toBe('pending')
})

test('a missed ping pages after period and grace, dated from the deadline, and the next ping recovers it', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  expect(await ping('success')).toEqual({ kind: 'taken' })
  await pipeline.runFor(12 * MINUTE - SECOND)
  expect(pipeline.provider.requests).toEqual([])
  await pipeline.runFor(2 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const [incident] = await pipeline.incidents()
  expect(incident?.started_at.getTime()).toBeCloseTo(START_AT + 12 * MINUTE, -3)
  await pipeline.runFor(20 * MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  await ping('success')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a reported failure pages without waiting for a deadline, and a success recovers it', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  await ping('success')
  await pipeline.runFor(3 * MINUTE)
  await ping('fail')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(pipeline.provider.received[0]?.reason).toBe('the job reported a failure')
  await ping('success')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a job that started and hangs pages after its grace', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  await ping('success')
  await pipeline.runFor(5 * MINUTE)
  await ping('start')
  await pipeline.runFor(2 * MINUTE - SECOND)
  expect(pipeline.provider.requests).toEqual([])
  await pipeline.runFor(MINUTE + 2 * SECOND)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(pipeline.provider.received[0]?.reason).toContain('has not ended within its grace')
})

test('a job that starts again after a failure has not recovered by starting', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  await ping('success')
  await ping('fail')
  await pipeline.runFor(MINUTE)
  await ping('start')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.stateOf('backup')).toBe('down')
  await ping('success')
  await pipeline.runFor(MINUTE)
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a log ping and a ping to an unknown address change nothing', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  await ping('log')
  await pipeline.runFor(MINUTE)
  expect(await pipeline.stateOf('backup')).toBe('pending')
  const unknown = { pingKey: 'nobody', key: 'backup' }
  const request = { address: unknown, kind: 'success', exitCode: null, runId: null, bodyExcerpt: null } as const
  expect(await pipeline.clock.runUntilSettled(receivePing(depsOf(pipeline), request))).toEqual({
    kind: 'unknown',
  })
  expect(
    (await pipeline.sql`select count(*)::int as n from public.rate_buckets where bucket like '%nobody%'`)[0]?.n,
  ).toBe(0)
})

test('a job that pings without end is told to wait after sixty pings, is taken again afterwards, and holds nobody else up', async () => {
  const { pipeline, ping } = await startWithHeartbeat()
  const other = await pipeline.addMonitor({ key: 'other', heartbeat: HEARTBEAT })
  for (let n = 0; n < 60; n += 1) expect(await ping('log')).toEqual({ kind: 'taken' })
  expect(await ping('log')).toEqual({ kind: 'too_many', retryAfterSeconds: 1 })
  const request = { address: { id: other }, kind: 'log', exitCode: null, runId: null, bodyExcerpt: null } as const
  expect(await pipeline.clock.runUntilSettled(receivePing(depsOf(pipeline), request))).toEqual({ kind: 'taken' })
  await pipeline.runFor(SECOND)
  expect(await ping('log')).toEqual({ kind: 'taken' })
})
