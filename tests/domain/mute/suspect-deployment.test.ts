import { describe, expect, test } from 'vitest'
import { type SuspectRequest, suspectDeployment } from '../../../lib/domain/mute/suspect-deployment.ts'
import type { Figures } from '../../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM, type Histogram } from '../../../lib/domain/series/histogram.ts'
import { MINUTE } from '../../../lib/domain/time/instant.ts'

const AT = Date.UTC(2026, 10, 23, 10)

/** So many answers that took this long. */
function times(ms: number, count: number): Figures {
  const histogram: Histogram = { keys: [Math.ceil(Math.log2(ms) * 64) - 1], counts: [count] }
  return { kind: 'histogram', count, sum: ms * count, min: ms, max: ms, last: ms, lastAt: AT, histogram }
}
/** So many probes, of which so many failed. */
function probes(count: number, failed: number): Figures {
  const sum = count - failed
  return { kind: 'gauge', count, sum, min: 0, max: 1, last: 1, lastAt: AT, histogram: EMPTY_HISTOGRAM }
}
function suspect(changes: Partial<SuspectRequest>): string | null {
  return suspectDeployment({
    deployment: { at: AT - 4 * MINUTE, name: 'shop 3f1c9a2' },
    at: AT,
    soakMs: 15 * MINUTE,
    compared: 'p95',
    before: times(340, 60),
    after: times(1_900, 20),
    ...changes,
  })
}

test('slower answers after a deployment name it with both figures and how long before it was', () => {
  expect(suspect({})).toBe('p95 340\u00a0ms → 1.9\u00a0s since shop 3f1c9a2, 4 min before')
})

test('more failures after a deployment name it with both shares', () => {
  const failures = { compared: 'success' as const, before: probes(1_000, 2), after: probes(8, 1) }
  expect(suspect(failures)).toBe('failures 0.2% → 12.5% since shop 3f1c9a2, 4 min before')
})

describe('nobody is suspected', () => {
  test.each<[string, Partial<SuspectRequest>]>([
    ['without a deployment', { deployment: null }],
    ['when it has soaked', { soakMs: 4 * MINUTE - 1 }],
    ['where none is to soak', { soakMs: 0 }],
    ['when it came after the alert', { at: AT - 5 * MINUTE }],
    ['when answers are as fast as before', { after: times(340, 20) }],
    ['when they are slower by a little', { after: times(500, 20) }],
    ['when they are twice as slow, but fast', { before: times(10, 60), after: times(20, 20) }],
    ['when too little was measured before', { before: times(340, 4) }],
    ['when too little was measured after', { after: times(1_900, 4) }],
    ['when as much failed before', { compared: 'success', before: probes(100, 20), after: probes(10, 2) }],
    ['when nothing was measured', { compared: 'success', before: probes(0, 0), after: probes(0, 0) }],
  ])('%s', (_name, changes) => {
    expect(suspect(changes)).toBeNull()
  })
})
