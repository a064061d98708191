import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MonitorState } from '../../../lib/domain/monitor/monitor.ts'
import { type Attempt, planRecheck } from '../../../lib/domain/probe/confirm.ts'
import type { Verdict } from '../../../lib/domain/probe/outcome.ts'

const TWO = { failures: 2, successes: 2 }
const VERDICTS = ['up', 'degraded', 'down'] as const
const STATES = ['pending', 'up', 'degraded', 'down'] as const

/** Plays a slot: every further attempt starts when the plan says and answers the next verdict. */
function playSlot(
  policy: { failures: number; successes: number },
  state: MonitorState,
  verdicts: readonly Verdict[],
  durations: readonly number[] = [],
) {
  const attempts: Attempt[] = []
  let at = 1_000_000
  for (let index = 0; ; index++) {
    attempts.push({ startedAt: at, durationMs: durations[index] ?? 20, verdict: verdicts[index] ?? 'up' })
    const plan = planRecheck(policy, attempts, state)
    if (plan.settled) return { attempts, verdict: plan.verdict, reason: plan.reason }
    at = plan.at
  }
}

describe('a slot settles by its attempts', () => {
  it.each<[MonitorState, Verdict[], Verdict, number]>([
    ['up', ['up'], 'up', 1],
    ['pending', ['up'], 'up', 1],
    ['pending', ['down', 'down'], 'down', 2],
    ['pending', ['down', 'up'], 'up', 2],
    ['up', ['down', 'down'], 'down', 2],
    ['up', ['down', 'up'], 'up', 2],
    ['up', ['degraded', 'degraded'], 'degraded', 2],
    ['up', ['degraded', 'down'], 'degraded', 2],
    ['up', ['down', 'degraded'], 'degraded', 2],
    ['degraded', ['down', 'down'], 'down', 2],
    ['degraded', ['down', 'degraded'], 'degraded', 2],
    ['degraded', ['up', 'up'], 'up', 2],
    ['degraded', ['up', 'down'], 'degraded', 2],
    ['down', ['down'], 'down', 1],
    ['down', ['up', 'up'], 'up', 2],
    ['down', ['up', 'down'], 'down', 2],
    ['down', ['up', 'degraded'], 'degraded', 2],
    ['down', ['degraded', 'degraded'], 'degraded', 2],
  ])('%s with %j becomes %s after %d', (state, verdicts, verdict, count) => {
    const slot = playSlot(TWO, state, verdicts)
    expect(slot).toMatchObject({ verdict })
    expect(slot.attempts).toHaveLength(count)
  })

  it('one attempt settles when the policy asks for one', () => {
    expect(playSlot({ failures: 1, successes: 1 }, 'up', ['down'])).toMatchObject({
      verdict: 'down',
      reason: 'down at the first attempt',
    })
  })

  it('says in its reason why a blip changes nothing', () => {
    expect(playSlot(TWO, 'up', ['down', 'up']).reason).toBe(
      '1 of 2 attempts said down, 2 in a row are needed: stays up',
    )
  })
})

describe('attempts are spread', () => {
  it('the last of two starts 5 s after the first, when that answered at once', () => {
    const { attempts } = playSlot(TWO, 'up', ['down', 'down'], [10])
    expect(attempts[1]?.startedAt).toBe(1_005_000)
  })

  it('the last starts 4.1 s after the first ended, when that ran into its time-out', () => {
    const { attempts } = playSlot(TWO, 'up', ['down', 'down'], [10_000])
    expect(attempts[1]?.startedAt).toBe(1_014_100)
  })

  it('an attempt in between stands in the middle', () => {
    const { attempts } = playSlot({ failures: 3, successes: 3 }, 'up', ['down', 'down', 'down'], [0, 0, 0])
    expect(attempts.map((attempt) => attempt.startedAt - 1_000_000)).toEqual([0, 2_500, 5_000])
  })
})

describe('whatever the attempts say', () => {
  const slots = fc.record({
    policy: fc.record({ failures: fc.integer({ min: 1, max: 5 }), successes: fc.integer({ min: 1, max: 5 }) }),
    state: fc.constantFrom(...STATES),
    verdicts: fc.array(fc.constantFrom(...VERDICTS), { minLength: 5, maxLength: 5 }),
    durations: fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 5, maxLength: 5 }),
  })

  it('a slot ends within as many attempts as the policy names', () => {
    fc.assert(
      fc.property(slots, ({ policy, state, verdicts, durations }) => {
        const { attempts } = playSlot(policy, state, verdicts, durations)
        expect(attempts.length).toBeLessThanOrEqual(Math.max(policy.failures, policy.successes))
      }),
    )
  })

  it('a single bad answer never settles as a change for the worse when two are needed', () => {
    fc.assert(
      fc.property(slots, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 2, max: 5 }), (slot, badAt, failures) => {
        const verdicts = slot.verdicts.map((_, index): Verdict => (index === badAt ? 'down' : 'up'))
        const state = slot.state === 'down' || slot.state === 'degraded' ? 'up' : slot.state
        expect(playSlot({ ...slot.policy, failures }, state, verdicts, slot.durations).verdict).toBe('up')
      }),
    )
  })

  it('a confirmed change spans at least 5 s and 4.1 s of silence after the first answer', () => {
    fc.assert(
      fc.property(slots, ({ policy, state, verdicts, durations }) => {
        const { attempts, verdict } = playSlot(policy, state, verdicts, durations)
        const first = attempts[0]
        const last = attempts.at(-1)
        if (first === undefined || last === undefined || attempts.length === 1) return
        if (verdict === (state === 'pending' ? 'up' : state)) return
        expect(last.startedAt - first.startedAt).toBeGreaterThanOrEqual(5_000)
        expect(last.startedAt - first.startedAt - first.durationMs).toBeGreaterThanOrEqual(4_100)
      }),
    )
  })

  it('no attempt starts before its predecessor ended', () => {
    fc.assert(
      fc.property(slots, ({ policy, state, verdicts, durations }) => {
        const { attempts } = playSlot(policy, state, verdicts, durations)
        for (const [index, attempt] of attempts.entries()) {
          const before = attempts[index - 1]
          if (before) expect(attempt.startedAt).toBeGreaterThanOrEqual(before.startedAt + before.durationMs)
        }
      }),
    )
  })

  it('down is settled only by as many failures in a row as the policy names', () => {
    fc.assert(
      fc.property(slots, ({ policy, state, verdicts, durations }) => {
        const slot = playSlot(policy, state, verdicts, durations)
        if (slot.verdict !== 'down' || state === 'down') return
        expect(slot.attempts.filter((attempt) => attempt.verdict === 'down').length).toBeGreaterThanOrEqual(
          policy.failures,
        )
      }),
    )
  })
})
