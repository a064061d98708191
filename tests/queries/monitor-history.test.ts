import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import type { MonitorSeries, SeriesPoint } from '../../lib/ports/monitor-reader.ts'
import { type HistorySubject, toHistory } from '../../lib/queries/monitor-history.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const SUBJECT: HistorySubject = {
  kind: 'http',
  state: 'up',
  intervalSeconds: 60,
  createdAt: 0,
  pausedAt: null,
  lastResultAt: NOW - MINUTE,
}
const point = (part: Partial<SeriesPoint>): SeriesPoint => ({
  at: NOW - HOUR,
  up: 5,
  degraded: 0,
  down: 0,
  unknown: 0,
  blips: 0,
  p50Ms: 100,
  p95Ms: 200,
  phases: {},
  ...part,
})
const series = (part: Partial<MonitorSeries>): MonitorSeries => ({
  now: NOW,
  fromAt: NOW - 24 * HOUR,
  points: [point({})],
  latency: null,
  gaps: [],
  maintenance: [],
  alerts: [],
  ...part,
})

test('slots of a gap leave uptime alone and lower coverage', () => {
  const gap = { fromAt: NOW - 30 * MINUTE, untilAt: NOW - 25 * MINUTE, slots: 5 }
  const history = toHistory(series({ gaps: [gap] }), '24h', SUBJECT)
  expect(history).toMatchObject({ uptime: 1, coverage: 0.5, counts: { up: 5, unknown: 5 } })
  expect(history.spans).toEqual([{ state: 'unknown', fromAt: gap.fromAt, toAt: gap.untilAt }])
})

test('a gap that began before the range counts with the part inside of it', () => {
  const gap = { fromAt: NOW - 25 * HOUR, untilAt: NOW - 23 * HOUR, slots: 120 }
  expect(toHistory(series({ gaps: [gap] }), '24h', SUBJECT).counts.unknown).toBe(60)
})

test('rollups hold their unknown slots already: gaps are drawn, not counted again', () => {
  const gap = { fromAt: NOW - 30 * MINUTE, untilAt: NOW - 25 * MINUTE, slots: 5 }
  expect(toHistory(series({ points: [point({ unknown: 5 })], gaps: [gap] }), '7d', SUBJECT).counts.unknown).toBe(5)
})

test('a silence that goes on is unknown before it is stored as a gap', () => {
  const silent = { ...SUBJECT, state: 'unknown' as const, lastResultAt: NOW - 11 * MINUTE }
  const history = toHistory(series({}), '24h', silent)
  expect(history.counts.unknown).toBe(10)
  expect(history.spans).toEqual([{ state: 'unknown', fromAt: NOW - 10 * MINUTE, toAt: NOW }])
})

test('overlapping alerts are summed once', () => {
  const alert = (startedAt: number, resolvedAt: number | null) => ({
    id: String(startedAt),
    kind: 'down' as const,
    reason: '',
    evidence: [],
    startedAt,
    resolvedAt,
    mutedReason: null,
    unmutedAt: null,
    incident: null,
  })
  const alerts = [alert(NOW - 20 * MINUTE, null), alert(NOW - 30 * MINUTE, NOW - 10 * MINUTE)]
  expect(toHistory(series({ alerts }), '24h', SUBJECT).downMs).toBe(30 * MINUTE)
})

test('what was down under maintenance is maintenance: in neither side of uptime, and no time down', () => {
  const alert = {
    id: 'a',
    kind: 'down' as const,
    reason: '',
    evidence: [],
    startedAt: NOW - 30 * MINUTE,
    resolvedAt: NOW - 10 * MINUTE,
    mutedReason: "muted: maintenance 'Upgrade' until 10:00",
    unmutedAt: null,
    incident: null,
  }
  const maintenance = [{ name: 'Upgrade', fromAt: NOW - 40 * MINUTE, untilAt: NOW - 20 * MINUTE }]
  const history = toHistory(
    series({ alerts: [alert], maintenance, points: [point({ up: 6, down: 2, maintenance: 20 })] }),
    '24h',
    SUBJECT,
  )
  expect(history).toMatchObject({ uptime: 0.75, coverage: 1, downMs: 10 * MINUTE, maintenanceMs: 20 * MINUTE })
  expect(history.maintenanceNow).toBeNull()
})

test('the highest p95 of a bucket is kept, whatever the range says on the whole', () => {
  const points = [point({ at: NOW - 2 * HOUR, p95Ms: 1_900 }), point({})]
  expect(toHistory(series({ points }), '24h', SUBJECT).peak).toEqual({ at: NOW - 2 * HOUR, ms: 1_900 })
})

test('a young monitor fills its chart from the day that it was made, but never less than an hour', () => {
  expect(toHistory(series({}), '24h', { ...SUBJECT, createdAt: NOW - 5 * HOUR }).fromAt).toBe(NOW - 5 * HOUR)
  expect(toHistory(series({}), '24h', { ...SUBJECT, createdAt: NOW - MINUTE }).fromAt).toBe(NOW - HOUR)
})

test('phases are averaged by the number of answers behind them', () => {
  const points = [point({ up: 9, phases: { ttfb: 10 } }), point({ up: 1, phases: { ttfb: 110 } })]
  expect(toHistory(series({ points }), '24h', SUBJECT).phases).toEqual({ ttfb: 20 })
})
