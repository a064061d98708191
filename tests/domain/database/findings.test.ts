import { describe, expect, test } from 'vitest'
import { findProblems } from '../../../lib/domain/database/findings.ts'
import type { DatabaseSnapshot } from '../../../lib/domain/database/schema.ts'
import { snapshotOf } from './figures.ts'

const kindsOf = (changes: Partial<DatabaseSnapshot>, deadlocks: number | null = 0) =>
  findProblems(snapshotOf(changes), deadlocks).map(({ kind }) => kind)
const running = (durationMs: number) => ({
  running: [{ pid: 1, user: 'app', application: '', state: 'active' as const, durationMs, query: 'select ?' }],
})
const slow = (meanMs: number) => ({
  slowest: [{ query: 'select $1', calls: 2, meanMs, maxMs: meanMs, totalMs: 2 * meanMs }],
})

test('a quiet database has no problem', () => {
  expect(findProblems(snapshotOf(), 0)).toEqual([])
  expect(findProblems(snapshotOf(), null)).toEqual([])
})

describe('at a limit of the guides nothing is wrong yet, just beyond it there is', () => {
  test.each<[string, Partial<DatabaseSnapshot>, Partial<DatabaseSnapshot>]>([
    ['connections_high', { connections: { active: 40, idle: 40 } }, { connections: { active: 41, idle: 40 } }],
    ['statements_p95_high', { statementP95Ms: 100 }, { statementP95Ms: 100.01 }],
    ['cache_hits_low', { cacheHitRatio: 0.95 }, { cacheHitRatio: 0.9499 }],
    ['storage_high', { sizeBytes: 800, storageLimitBytes: 1_000 }, { sizeBytes: 801, storageLimitBytes: 1_000 }],
    ['disk_high', { diskRatio: 0.8 }, { diskRatio: 0.8001 }],
    ['slow_statements', slow(100), slow(100.01)],
    ['long_running', running(300_000), running(300_001)],
    [
      'unused_indexes',
      { unusedIndexes: [] },
      { unusedIndexes: [{ name: 'public.one', table: 'one', sizeBytes: 8_192 }] },
    ],
  ])('%s', (kind, within, beyond) => {
    expect(kindsOf(within)).toEqual([])
    expect(kindsOf(beyond)).toEqual([kind])
  })
  test('deadlocks', () => {
    expect(kindsOf({}, 0)).toEqual([])
    expect(kindsOf({}, 1)).toEqual(['deadlocks'])
  })
})

test('every state of a connection counts, those that the role may not see included', () => {
  expect(kindsOf({ connections: { active: 20, idle: 20, idle_in_transaction: 20, unknown: 21 } })).toEqual([
    'connections_high',
  ])
})

test('what nothing is known about is no problem', () => {
  expect(
    kindsOf({ statementP95Ms: null, cacheHitRatio: null, storageLimitBytes: null, diskRatio: null }, null),
  ).toEqual([])
})

test('value, limit and number are those of the worst, the gravest kind first', () => {
  const many = { running: [...running(600_000).running, ...running(400_000).running], ...slow(250) }
  expect(findProblems(snapshotOf({ ...many, connections: { active: 95 } }), 2)).toEqual([
    { kind: 'connections_high', level: 'warning', value: 0.95, limit: 0.8, count: 1 },
    { kind: 'deadlocks', level: 'warning', value: 2, limit: 0, count: 1 },
    { kind: 'long_running', level: 'warning', value: 600_000, limit: 300_000, count: 2 },
    { kind: 'slow_statements', level: 'notice', value: 250, limit: 100, count: 1 },
  ])
})
