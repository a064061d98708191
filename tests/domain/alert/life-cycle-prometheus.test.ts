import { describe, expect, test } from 'vitest'
import { type AlertState, evolveAlert } from '../../../lib/domain/alert/life-cycle.ts'
import { MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'
import { type Letter, outcomeOf, PLAIN, T0, walk } from './outcomes.ts'

/**
 * Prometheus's own sequences, restated: `alert_generator/cases` of prometheus/compliance, `rules/alerting_test.go` and `rules/manager_test.go`
 * of prometheus/prometheus.
 */

/** The compliance suite's notation: `5 0x2` is 5 and two more of the same. */
function samples(notation: string): number[] {
  const values: number[] = []
  for (const word of notation.split(' ')) {
    const more = /^0x(\d+)$/.exec(word)?.[1]
    if (more === undefined) values.push(Number(word))
    else for (let count = 0; count < Number(more); count += 1) values.push(values.at(-1) ?? 0)
  }
  return values
}

const when = (values: readonly number[], holds: (value: number) => boolean): Letter[] =>
  values.map((value) => (holds(value) ? 'c' : '-'))
const above = (limit: number) => (value: number) => value > limit

/** `-8 P24 F37 …`: runs of the same status. */
function runs(statuses: string): string {
  return (statuses.match(/(.)\1*/g) ?? []).map((run) => `${run.charAt(0)}${run.length}`).join(' ')
}

describe('the compliance suite for alert generators, evaluated with every sample (15 s)', () => {
  const firingResolved = '3 5 0x2 9 0x3 11 0x12 15 0x11 0x20 19 0x15 9 0x19 15 0x24 0x20 8 0x15'
  const zeroAndSmall = '3 5 0x2 9 0x3 15 0x12 9 0x71 11 0x12 9'
  test.each([
    // Pending from 8, firing from 32, resolved at 69, pending again from 89, firing from 113, resolved at 134.
    ['pending, firing, resolved and again', firingResolved, 10, 6 * MINUTE, '-8 P24 F37 -20 P24 F21 -16'],
    ['pending and never firing', '3 5 0x2 9 0x3 11 0x10 9', 10, 3 * MINUTE, '-8 P11 -1'],
    ['always inactive', '3 5 0x2 9 0x3 11 0x10 9', 99, 3 * MINUTE, '-20'],
    ['without for', zeroAndSmall, 10, 0, '-8 F13 -72 F13 -1'],
    ['with a for of one evaluation', zeroAndSmall, 13, 15 * SECOND, '-8 P1 F12 -86'],
    ['a second series of the same rule', '1 0x31 11 0x32 9 0x20', 10, 3 * MINUTE, '-32 P12 F21 -21'],
  ])('%s', (_name, notation, limit, forMs, expected) => {
    expect(runs(walk(when(samples(notation), above(limit)), { forMs }, 15 * SECOND).statuses)).toBe(expected)
  })

  test('evaluated with every other sample, nothing is later by more than one evaluation', () => {
    const letters = when(samples(firingResolved), above(10)).filter((_letter, index) => index % 2 === 0)
    // At samples 8, 32, 70, 90, 114 and 134.
    expect(runs(walk(letters, { forMs: 6 * MINUTE }, 30 * SECOND).statuses)).toBe('-4 P12 F19 -10 P12 F10 -8')
  })
})

test.each([
  ['TestAlertingRule, instance 0', [75, 85, 95, 105, 105, 95, 85], 'PFF--PF'],
  ['TestAlertingRule, instance 1', [80, 90, 100, 110, 120, 130, 140], 'PF-----'],
])('%s: below 100 for 1 min, every 5 min', (_name, values, expected) => {
  const letters = when(values, (value) => value < 100)
  expect(walk(letters, { forMs: MINUTE }, 5 * MINUTE).statuses).toBe(expected)
})

test.each([
  ['TestKeepFiringFor', [75, 85, 70, 70, 10, 10, 10], 'PFFFF--'],
  ['TestPendingAndKeepFiringFor', [75, 10, 10], 'P--'],
  ['the condition returns while it is kept', [75, 85, 10, 70, 10, 10], 'PFFFF-'],
])('%s: above 50 for 1 min, kept for 1 min', (_name, values, expected) => {
  expect(walk(when(values, above(50)), { forMs: MINUTE, keepFiringForMs: MINUTE }).statuses).toBe(expected)
})

describe('TestForStateRestore: for 25 min, evaluated every minute, then nobody there for a while', () => {
  const policy = { ...PLAIN, forMs: 25 * MINUTE }
  const restored = (minutes: number, returnsAtMinute: number, letter: Letter) => {
    const { state } = walk(
      Array.from({ length: minutes + 1 }, () => 'c'),
      policy,
    )
    return evolveAlert(state, outcomeOf(letter), T0 + returnsAtMinute * MINUTE, policy).state
  }
  const activeMinute = (state: AlertState | null) => ((state?.critical.activeAt ?? Number.NaN) - T0) / MINUTE

  test('the time away is added to when it became active', () => {
    expect(activeMinute(restored(5, 15, 'c'))).toBe(10)
  })
  test('beyond the tolerance of an hour, waiting begins anew', () => {
    expect(activeMinute(restored(5, 5 + 60, 'c'))).toBe(60)
    expect(activeMinute(restored(5, 5 + 61, 'c'))).toBe(66)
  })
  test('what no longer holds is no longer pending', () => {
    expect(restored(5, 50, '-')?.critical.status).toBe('inactive')
  })
  test('what was nearly due waits ten minutes, so that the data can catch up', () => {
    const state = restored(20, 26, 'c')
    expect(activeMinute(state) + 25 - 26).toBe(10)
    expect(state?.critical.status).toBe('pending')
  })
  test('a for shorter than that grace begins anew', () => {
    const short = { ...PLAIN, forMs: 5 * MINUTE }
    const { state } = walk(['c', 'c', 'c'], short)
    expect(activeMinute(evolveAlert(state, outcomeOf('c'), T0 + 10 * MINUTE, short).state)).toBe(10)
  })
  test('a few missed evaluations are no outage: the condition is taken to have held', () => {
    expect(activeMinute(restored(5, 10, 'c'))).toBe(0)
    expect(restored(20, 25, 'c')?.critical.status).toBe('firing')
  })
  test('what was firing goes on firing, however long nobody looked', () => {
    const { state } = walk(['c'])
    const later = evolveAlert(state, outcomeOf('c'), T0 + 300 * MINUTE, PLAIN)
    expect(later).toMatchObject({ from: 'critical', to: 'critical', transitions: [] })
  })
})
