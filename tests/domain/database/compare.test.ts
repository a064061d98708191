import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cacheHitsOf, callsBetween, countersOf, machineRatios, p95Of } from '../../../lib/domain/database/compare.ts'
import { figuresOf } from './figures.ts'

type Totals = [string, number, number][]
const before = (statementTotals: Totals) => countersOf(figuresOf({ statementTotals }), null, 0)
const between = (past: Totals, now: Totals) => callsBetween(before(past), figuresOf({ statementTotals: now }))

describe('calls between two readings', () => {
  test.each<[string, Totals, Totals, { calls: number; meanMs: number }[]]>([
    ['what was added', [['1', 10, 100]], [['1', 15, 200]], [{ calls: 5, meanMs: 20 }]],
    ['nothing where nothing ran', [['1', 10, 100]], [['1', 10, 100]], []],
    ['all of it after a reset', [['1', 10, 100]], [['1', 3, 30]], [{ calls: 3, meanMs: 10 }]],
    [
      'all of a new statement',
      [['1', 10, 100]],
      [
        ['1', 10, 100],
        ['2', 4, 8],
      ],
      [{ calls: 4, meanMs: 2 }],
    ],
    [
      'nothing of one that is gone',
      [
        ['1', 10, 100],
        ['2', 4, 8],
      ],
      [['1', 10, 100]],
      [],
    ],
  ])('are %s', (_name, past, now, expected) => {
    expect(between(past, now)).toEqual(expected)
  })
  test('of a statement that a full list did not hold before are not told: they may be from long ago', () => {
    const full = Array.from({ length: 300 }, (_, index): [string, number, number] => [`s${index}`, 1, 1])
    expect(between(full, [['new', 1_000, 1_000]])).toEqual([])
  })
  test('are none at the first reading', () => {
    expect(callsBetween(null, figuresOf({ statementTotals: [['1', 10, 100]] }))).toEqual([])
  })
})

describe('p95', () => {
  test('is null where nothing ran', () => expect(p95Of([])).toBeNull())
  test.each([
    [95, 5, 1],
    [94, 6, 500],
  ])('of %i quick and %i slow calls is %i ms', (quick, slow, expected) => {
    expect(
      p95Of([
        { calls: slow, meanMs: 500 },
        { calls: quick, meanMs: 1 },
      ]),
    ).toBe(expected)
  })
  test('is that of all calls one by one, in ascending order', () => {
    const statement = fc.record({ calls: fc.integer({ min: 1, max: 50 }), meanMs: fc.integer({ min: 0, max: 1_000 }) })
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 20 }), (statements) => {
        const all = statements.flatMap(({ calls, meanMs }) => Array.from({ length: calls }, () => meanMs))
        all.sort((one, other) => one - other)
        expect(p95Of(statements)).toBe(all[Math.ceil(0.95 * all.length) - 1])
      }),
    )
  })
})

describe('cache hits', () => {
  const past = { ...before([]), blocksHit: 10_000, blocksRead: 10_000 }
  test.each([
    ['of the time since, where enough was read', { blocksHit: 10_990, blocksRead: 10_010 }, 0.99],
    ['of all time, where less was read', { blocksHit: 10_010, blocksRead: 10_010 }, 0.5],
    ['of all time after a reset', { blocksHit: 90, blocksRead: 10 }, 0.9],
  ])('are %s', (_name, now, expected) => {
    expect(cacheHitsOf(past, figuresOf(now))).toBeCloseTo(expected)
  })
  test('are unknown where nothing was read at all', () => {
    expect(cacheHitsOf(null, figuresOf({ blocksHit: 0, blocksRead: 0 }))).toBeNull()
  })
})

describe('the machine', () => {
  const totals = {
    cpuIdleSeconds: 100,
    cpuSeconds: 200,
    memoryAvailableBytes: 25,
    memoryBytes: 100,
    diskAvailableBytes: 10,
    diskBytes: 100,
  }
  test('is as busy as it was between two readings, and as full as it is now', () => {
    const now = { ...totals, cpuIdleSeconds: 130, cpuSeconds: 300 }
    expect(machineRatios(totals, now)).toEqual({ cpuRatio: 0.7, memoryRatio: 0.75, diskRatio: 0.9 })
  })
  test('was started anew where a total fell: no CPU is told', () => {
    expect(machineRatios(totals, { ...totals, cpuIdleSeconds: 1, cpuSeconds: 2 }).cpuRatio).toBeNull()
  })
  test('that is not known has no figures', () => {
    expect(machineRatios(null, null)).toEqual({ cpuRatio: null, memoryRatio: null, diskRatio: null })
  })
})
