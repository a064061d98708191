import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  buildDurationMs,
  DEPLOYMENT_STATUSES,
  type DeploymentState,
  type DeploymentStatus,
} from '../../../lib/domain/deployment/deployment.ts'
import { foldDeployment } from '../../../lib/domain/deployment/fold.ts'

interface Told {
  status: DeploymentStatus
  at: number
  createdAt: number | null
}

const told = (status: DeploymentStatus, at: number, createdAt: number | null = null): Told => ({
  status,
  at,
  createdAt,
})

function foldAll(messages: readonly Told[]): DeploymentState | null {
  return messages.reduce<DeploymentState | null>(foldDeployment, null)
}

test.each<[string, Told[], DeploymentStatus, number | null]>([
  ['begun and live', [told('building', 0), told('succeeded', 61)], 'succeeded', 61],
  ['told the wrong way round', [told('succeeded', 61), told('building', 0)], 'succeeded', 61],
  ['a late "building" with a later time', [told('succeeded', 61), told('building', 70)], 'succeeded', null],
  ['failed', [told('queued', 0), told('building', 5), told('failed', 30)], 'failed', 30],
  ['crashed after it was live', [told('building', 0), told('succeeded', 61), told('crashed', 900)], 'crashed', 61],
  [
    'started again after a crash',
    [told('succeeded', 61), told('crashed', 900), told('restarted', 910)],
    'restarted',
    null,
  ],
  ['a late "succeeded" after the crash', [told('crashed', 900), told('succeeded', 61)], 'crashed', null],
  ['removed for good', [told('removed', 100), told('restarted', 200)], 'removed', null],
  ['the end alone: nobody knows how long it took', [told('succeeded', 61)], 'succeeded', null],
  ['the end with its beginning', [told('succeeded', 61, 1)], 'succeeded', 60],
])('%s', (_, messages, status, duration) => {
  const state = foldAll(messages)
  expect(state?.status).toBe(status)
  expect(state && buildDurationMs(state)).toBe(duration)
})

const message = fc.record({
  status: fc.constantFrom(...DEPLOYMENT_STATUSES),
  at: fc.integer({ min: 0, max: 50 }),
  createdAt: fc.option(fc.integer({ min: 0, max: 50 })),
})

test('the order of the messages makes no difference', () => {
  const shuffled = fc
    .array(message, { minLength: 1, maxLength: 8 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      expect(foldAll(one)).toEqual(foldAll(other))
    }),
  )
})

test('a repeated message makes no difference', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 8 }), (all) => {
      expect(foldAll([...all, ...all])).toEqual(foldAll(all))
    }),
  )
})
