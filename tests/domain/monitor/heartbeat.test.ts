import { describe, expect, test } from 'vitest'
import { heartbeatConfigSchema } from '../../../lib/domain/monitor/config.ts'
import { evaluateHeartbeat } from '../../../lib/domain/monitor/heartbeat.ts'
import { HOUR, type Instant, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const PINGED_AT = Date.UTC(2026, 10, 23, 9)
const CONFIG = heartbeatConfigSchema.parse({ periodSeconds: 600, graceSeconds: 120 })

type Pings = Parameters<typeof evaluateHeartbeat>[1]

function pings(changes: Partial<Pings> = {}): Pings {
  return {
    state: 'up',
    sinceAt: PINGED_AT,
    lastPingAt: PINGED_AT,
    lastStartAt: null,
    lastPingKind: 'success',
    ...changes,
  }
}
const judge = (facts: Pings, afterMs: number) => evaluateHeartbeat(CONFIG, facts, PINGED_AT + afterMs)

test('without any ping there is nothing to judge and nothing to wait for', () => {
  expect(judge(pings({ lastPingAt: null, lastPingKind: null }), HOUR)).toEqual({
    verdict: null,
    message: 'no ping yet',
    nextDueAt: null,
  })
})

describe('a heartbeat of ten minutes with two minutes of grace', () => {
  const DEADLINE_MS = 12 * MINUTE
  test.each([
    ['is up until the last moment of its grace', pings(), DEADLINE_MS - 1, 'up'],
    ['is down at its end', pings(), DEADLINE_MS, 'down'],
    ['is down as soon as it says so', pings({ lastPingKind: 'fail' }), 0, 'down'],
    [
      'is up while it runs over the time of its next ping',
      pings({ lastStartAt: PINGED_AT + 11 * MINUTE, lastPingKind: 'start' }),
      DEADLINE_MS,
      'up',
    ],
    [
      'is down when a run has not ended within the grace',
      pings({ lastStartAt: PINGED_AT, lastPingKind: 'start' }),
      2 * MINUTE,
      'down',
    ],
    ['is up until then', pings({ lastStartAt: PINGED_AT, lastPingKind: 'start' }), 2 * MINUTE - 1, 'up'],
    [
      'is judged by its start alone when it never succeeded',
      pings({ lastPingAt: null, lastStartAt: PINGED_AT, lastPingKind: 'start' }),
      MINUTE,
      'up',
    ],
    [
      'stays down when it merely starts again',
      pings({ state: 'down', lastStartAt: PINGED_AT, lastPingKind: 'start' }),
      MINUTE,
      'down',
    ],
    ['recovers with a success', pings({ state: 'down' }), MINUTE, 'up'],
  ] as const)('%s', (_title, facts, afterMs, verdict) => {
    expect(judge(facts, afterMs).verdict).toBe(verdict)
  })

  test('is next looked at when its deadline comes', () => {
    expect(judge(pings(), MINUTE).nextDueAt).toBe(PINGED_AT + DEADLINE_MS)
    expect(judge(pings({ lastStartAt: PINGED_AT + MINUTE, lastPingKind: 'start' }), MINUTE).nextDueAt).toBe(
      PINGED_AT + 3 * MINUTE,
    )
  })
  test('dates its outage from the deadline, not from the look that found it', () => {
    expect(judge(pings(), 5 * HOUR)).toMatchObject({
      verdict: 'down',
      since: PINGED_AT + DEADLINE_MS,
      cause: 'missed_heartbeat',
    })
  })
  test('while it is down it is looked at once a period, to keep the books', () => {
    expect(judge(pings(), HOUR).nextDueAt).toBe(PINGED_AT + HOUR + 600 * SECOND)
  })
})

describe('a schedule is read on the clocks of its own zone', () => {
  const config = heartbeatConfigSchema.parse({ cron: '30 3 * * *', timeZone: 'Europe/Paris', graceSeconds: 600 })
  const deadlineOf = (lastPingAt: Instant) => evaluateHeartbeat(config, pings({ lastPingAt }), lastPingAt).nextDueAt
  test.each([
    ['in winter', '2026-11-23T02:31:00Z', '2026-11-24T02:40:00Z'],
    ['over the night on which clocks go forward', '2026-03-28T02:31:00Z', '2026-03-29T01:40:00Z'],
    ['over the night on which clocks go back', '2026-10-24T01:31:00Z', '2026-10-25T02:40:00Z'],
  ])('%s', (_title, lastPing, deadline) => {
    expect(deadlineOf(Date.parse(lastPing))).toBe(Date.parse(deadline))
  })
})
