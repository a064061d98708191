import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWorthSaving } from '../../../lib/domain/alert/is-worth-saving.ts'
import { type AlertState, evolveAlert, firingLevelOf } from '../../../lib/domain/alert/life-cycle.ts'
import type { AlertPolicy } from '../../../lib/domain/alert/policy.ts'
import type { Level } from '../../../lib/domain/rule/condition.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'
import { type Letter, outcomeOf, T0 } from './outcomes.ts'

const policies = fc.record({
  forMs: fc.constantFrom(0, MINUTE, 3 * MINUTE, 30 * MINUTE),
  keepFiringForMs: fc.constantFrom(0, MINUTE, 4 * MINUTE),
  noData: fc.constantFrom<AlertPolicy['noData']>('resolve', 'keep', 'alert'),
  intervalMs: fc.constant(MINUTE),
  worstLevel: fc.constantFrom<Level>('warning', 'critical'),
})
/** What was found, and how many minutes after the evaluation before. */
const histories = fc.array(
  fc.tuple(
    fc.constantFrom<Letter>('-', '-', 'w', 'c', 'c', 'n', 'a', 'x'),
    fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 200 }) }),
  ),
  { maxLength: 80 },
)

function fold(
  history: readonly (readonly [Letter, number])[],
  visit: (previous: AlertState | null, letter: Letter, at: number) => AlertState | null,
) {
  let state: AlertState | null = null
  let at = T0
  for (const [letter, minutes] of history) {
    at += minutes * MINUTE
    state = visit(state, letter, at)
  }
  return state
}

test('no history opens a second alert, loses the end of one, or does anything without a reason', () => {
  fc.assert(
    fc.property(histories, policies, (history, policy) => {
      let open: Level | null = null
      fold(history, (previous, letter, at) => {
        const step = evolveAlert(previous, outcomeOf(letter), at, policy)
        expect(step.from).toBe(open)
        expect(step.reason).not.toBe('')
        for (const transition of step.transitions) {
          expect(transition.reason).not.toBe('')
          if (transition.op === 'fire') {
            expect(open).toBeNull()
            expect(transition.startedAt).toBeLessThanOrEqual(at)
            open = transition.level
          }
          if (transition.op === 'change_level') {
            expect(transition.from).toBe(open)
            expect(transition.to).not.toBe(open)
            open = transition.to
          }
          if (transition.op === 'resolve') {
            expect(open).not.toBeNull()
            open = null
          }
        }
        // What is open is exactly what is remembered as firing: a state that is forgotten had nothing open.
        expect(firingLevelOf(step.state)).toBe(open)
        expect(step.to).toBe(open)
        return step.state
      })
    }),
    { numRuns: 500 },
  )
})

test('an error opens and ends nothing', () => {
  fc.assert(
    fc.property(histories, policies, fc.integer({ min: 1, max: 500 }), (history, policy, minutes) => {
      const state = fold(history, (previous, letter, at) => evolveAlert(previous, outcomeOf(letter), at, policy).state)
      const at = T0 + 100_000 * MINUTE + minutes * MINUTE
      const step = evolveAlert(state, outcomeOf('x'), at, policy)
      expect(step.transitions).toEqual([])
      expect(step.state).toEqual(state === null ? null : { ...state, evaluatedAt: at })
    }),
  )
})

test('an evaluation that runs twice does nothing the second time', () => {
  fc.assert(
    fc.property(histories, policies, (history, policy) => {
      fold(history, (previous, letter, at) => {
        const first = evolveAlert(previous, outcomeOf(letter), at, policy)
        const second = evolveAlert(first.state, outcomeOf(letter), at, policy)
        expect(second.transitions).toEqual([])
        expect(second.state).toEqual(first.state)
        return first.state
      })
    }),
  )
})

test('a store that keeps only the states worth saving, as JSON, sees the same alerts', () => {
  fc.assert(
    fc.property(histories, policies, (history, policy) => {
      let stored: AlertState | null = null
      fold(history, (previous, letter, at) => {
        const inMemory = evolveAlert(previous, outcomeOf(letter), at, policy)
        const before: AlertState | null = stored
        const fromStore = evolveAlert(before, outcomeOf(letter), at, policy)
        if (isWorthSaving(before, fromStore.state)) {
          stored = fromStore.state === null ? null : (JSON.parse(JSON.stringify(fromStore.state)) as AlertState)
        }
        expect(fromStore.transitions).toEqual(inMemory.transitions)
        return inMemory.state
      })
    }),
    { numRuns: 300 },
  )
})
