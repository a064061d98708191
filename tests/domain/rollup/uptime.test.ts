import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counts, NO_COUNTS, sumCounts, uptimeOf } from '../../../lib/domain/rollup/uptime.ts'

const counts = (up: number, degraded: number, down: number, unknown: number): Counts => ({
  up,
  degraded,
  down,
  unknown,
})
const anyCounts = fc.record({ up: fc.nat(9999), degraded: fc.nat(9999), down: fc.nat(9999), unknown: fc.nat(9999) })

describe('uptime counts answers among the slots that were probed', () => {
  test.each([
    // The second and third are of Uptime Kuma's test-uptime-calculator: four up and one down, and 365 days in turns.
    ['all up', counts(5, 0, 0, 0), 1, 1],
    ['four up, one down', counts(4, 0, 1, 0), 0.8, 1],
    ['a year of alternating days', counts(183, 0, 182, 0), 183 / 365, 1],
    ['degraded answers count as up', counts(3, 1, 1, 0), 0.8, 1],
    ['unknown leaves numerator and denominator', counts(4, 0, 1, 5), 0.8, 0.5],
    ['all down is zero, not nothing', counts(0, 0, 7, 0), 0, 1],
    ['only unknown is no uptime at all', counts(0, 0, 0, 9), null, 0],
    // Kuma keeps the last known figure here: a green number that nobody measured.
    ['no slot has neither uptime nor coverage', NO_COUNTS, null, null],
  ])('%s', (_, given, uptime, coverage) => {
    expect(uptimeOf(given)).toEqual({ uptime, coverage })
  })
})

test('uptime and coverage are shares, and more unknown never changes uptime', () => {
  fc.assert(
    fc.property(anyCounts, fc.nat(9999), (given, more) => {
      const { uptime, coverage } = uptimeOf(given)
      for (const share of [uptime, coverage]) if (share !== null) expect(share >= 0 && share <= 1).toBe(true)
      expect(uptimeOf({ ...given, unknown: given.unknown + more }).uptime).toBe(uptime)
    }),
  )
})

test('one more failure never raises uptime, and one more answer never lowers it', () => {
  fc.assert(
    fc.property(anyCounts, (given) => {
      const { uptime } = uptimeOf(given)
      if (uptime === null) return
      expect(uptimeOf({ ...given, down: given.down + 1 }).uptime).toBeLessThanOrEqual(uptime)
      expect(uptimeOf({ ...given, up: given.up + 1 }).uptime).toBeGreaterThanOrEqual(uptime)
    }),
  )
})

test('counts add up in any order and grouping', () => {
  fc.assert(
    fc.property(fc.array(anyCounts), fc.nat(10), (all, cut) => {
      const whole = sumCounts(all)
      expect(sumCounts(all.toReversed())).toEqual(whole)
      expect(sumCounts([sumCounts(all.slice(0, cut)), sumCounts(all.slice(cut))])).toEqual(whole)
    }),
  )
})
