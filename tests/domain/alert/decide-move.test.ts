import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideMove, FLAP_TURNS } from '../../../lib/domain/alert/decide-move.ts'
import type { StoredState } from '../../../lib/domain/monitor/stored-state.ts'
import type { Verdict } from '../../../lib/domain/probe/outcome.ts'
import { MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 23, 9)

function stored(changes: Partial<StoredState> = {}): StoredState {
  return {
    state: 'up',
    sinceAt: NOW - 60 * MINUTE,
    lastSlotAt: NOW - MINUTE,
    lastResultAt: NOW - MINUTE,
    downStartsAt: [],
    flappingSince: null,
    isMuted: false,
    lastPingAt: null,
    lastStartAt: null,
    lastPingKind: null,
    ...changes,
  }
}

test.each([
  ['pending', 'up', null],
  ['pending', 'degraded', 'worse'],
  ['pending', 'down', 'worse'],
  ['up', 'up', null],
  ['up', 'degraded', 'worse'],
  ['up', 'down', 'worse'],
  ['degraded', 'up', 'better'],
  ['degraded', 'degraded', null],
  ['degraded', 'down', 'worse'],
  ['down', 'up', 'better'],
  ['down', 'degraded', 'better'],
  ['down', 'down', null],
] as const)('from %s, a verdict of %s turns it %s', (state, verdict, turned) => {
  expect(decideMove(stored({ state }), verdict, NOW, NOW, 60)).toMatchObject({
    from: state,
    to: verdict,
    turned,
    state: verdict,
  })
})

test('a state that stays keeps its date, one that changes takes the date of the first sign', () => {
  const sinceAt = NOW - 60 * MINUTE
  expect(decideMove(stored({ sinceAt }), 'up', NOW - SECOND, NOW, 60).sinceAt).toBe(sinceAt)
  expect(decideMove(stored({ sinceAt }), 'down', NOW - SECOND, NOW, 60).sinceAt).toBe(NOW - SECOND)
})

describe('flapping', () => {
  const turns = (...minutesAgo: number[]) => minutesAgo.map((minutes) => NOW - minutes * MINUTE)
  test.each([
    ['the third turn for the worse within the window begins it', turns(10, 5), 60, 'started'],
    ['the second does not', turns(5), 60, 'none'],
    ['turns before the window do not count', turns(16, 5), 60, 'none'],
    ['the window grows with the interval', turns(40, 25), 600, 'started'],
    ['and ends with it', turns(61, 25), 600, 'none'],
  ] as const)('%s', (_title, downStartsAt, intervalSeconds, flapping) => {
    expect(decideMove(stored({ downStartsAt: [...downStartsAt] }), 'down', NOW, NOW, intervalSeconds).flapping).toBe(
      flapping,
    )
  })

  test.each([
    ['up for five minutes is stable', 'up', 5 * MINUTE, 60, 'stabilised'],
    ['up for less is not', 'up', 5 * MINUTE - 1, 60, 'ongoing'],
    ['a slow monitor takes five intervals', 'up', 49 * MINUTE, 600, 'ongoing'],
    ['and then it is stable too', 'up', 50 * MINUTE, 600, 'stabilised'],
    ['degraded is not stable, however long', 'degraded', 60 * MINUTE, 60, 'ongoing'],
  ] as const)('%s', (_title, state, forMs, intervalSeconds, flapping) => {
    const before = stored({ state, sinceAt: NOW - forMs, flappingSince: NOW - 60 * MINUTE })
    const move = decideMove(before, state, NOW, NOW, intervalSeconds)
    expect(move.flapping).toBe(flapping)
    expect(move.flappingSince).toBe(flapping === 'stabilised' ? null : before.flappingSince)
  })

  test('after it has stabilised, the turns that made it flap are forgotten', () => {
    const before = stored({
      downStartsAt: turns(12, 10, 8),
      flappingSince: NOW - 10 * MINUTE,
      sinceAt: NOW - 6 * MINUTE,
    })
    const calm = decideMove(before, 'up', NOW, NOW, 60)
    expect(calm).toMatchObject({ flapping: 'stabilised', downStartsAt: [] })
    expect(decideMove(stored({ downStartsAt: calm.downStartsAt }), 'down', NOW, NOW, 60).flapping).toBe('none')
  })
})

const verdicts = fc.array(fc.constantFrom<Verdict>('up', 'degraded', 'down'), { maxLength: 60 })

test('folded over any history, the state is the last verdict, flapping begins once before it ends, and the memory stays small', () => {
  fc.assert(
    fc.property(verdicts, fc.constantFrom(10, 60, 3_600), (history, intervalSeconds) => {
      let state = stored({ state: 'pending' })
      let isFlapping = false
      for (const [index, verdict] of history.entries()) {
        const now = NOW + index * intervalSeconds * SECOND
        const move = decideMove(state, verdict, now, now, intervalSeconds)
        if (move.flapping === 'started') expect(isFlapping).toBe(false)
        if (move.flapping === 'ongoing' || move.flapping === 'stabilised') expect(isFlapping).toBe(true)
        isFlapping = move.flapping === 'started' || move.flapping === 'ongoing'
        expect(move.state).toBe(verdict)
        expect(move.flappingSince !== null).toBe(isFlapping)
        expect(move.downStartsAt.length).toBeLessThanOrEqual(10)
        if (move.flapping === 'started') expect(move.downStartsAt.length).toBeGreaterThanOrEqual(FLAP_TURNS)
        state = { ...state, ...move }
      }
    }),
  )
})
