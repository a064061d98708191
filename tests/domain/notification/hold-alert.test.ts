import { describe, expect, test } from 'vitest'
import type { OpenIncident, WatchedMonitor } from '../../../lib/domain/incident/open-incident.ts'
import { holdAlert } from '../../../lib/domain/notification/hold-alert.ts'
import type { Level, RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'

const NOW = Date.UTC(2026, 10, 23, 10)
const MONITOR: WatchedMonitor = { key: 'checkout', name: 'Checkout', isDown: false, recoveredAt: null }
const INCIDENT: OpenIncident = {
  id: 'i',
  number: 12,
  status: 'triggered',
  priority: 'P1',
  episode: 0,
  flapping: false,
  title: 'Checkout is down',
  startedAt: NOW,
  resolvedAt: null,
  resolvedBy: null,
  openedAt: NOW,
  grouping: null,
  monitorKeys: ['checkout'],
  rules: [],
  toldChannelIds: [],
  toldAt: null,
}

const NAMED = { key: 'slow', labels: {}, severity: { warning: 'medium', critical: 'high' } } as const
const uninhibited = () => ({ inhibited: false }) as const

function ruleOf(windowMs: number) {
  const condition: RuleCondition = {
    kind: 'threshold',
    source: { of: { metric: 'probe.duration', aggregate: 'p95' } },
    windowMs,
    operator: 'above',
    warning: { value: 500, recovery: null },
    critical: { value: 2_000, recovery: null },
    minCount: 0,
  }
  return { ...NAMED, condition, groupBy: ['monitor'], forMs: 0, keepFiringForMs: 0 }
}

function hold(monitor: Partial<WatchedMonitor>, level: Level, startedAt: Instant, windowMs = 5 * MINUTE) {
  const facts = {
    watchedMonitors: new Map([['checkout', { ...MONITOR, ...monitor }]]),
    openIncidents: [INCIDENT],
    timeZone: 'UTC',
    inhibitionOf: uninhibited,
  }
  return holdAlert({ rule: ruleOf(windowMs), group: ['checkout'], level, startedAt }, facts, NOW)
}

describe('an alert about a monitor', () => {
  const ago = (minutes: number) => NOW - minutes * MINUTE
  const down = { isDown: true }
  const upSince = (minutes: number) => ({ recoveredAt: ago(minutes) })
  test.each<[string, Partial<WatchedMonitor>, Level, Instant, number, string | null]>([
    ['that is well is told', {}, 'warning', ago(1), 5, null],
    ['that is down is not told as a warning', down, 'warning', ago(1), 5, 'inhibited'],
    ['that is down joins its incident when it is critical', down, 'critical', ago(1), 5, null],
    ['that has just recovered is held', upSince(1), 'critical', ago(9), 5, 'recovered'],
    ['that has just recovered is held as a warning, too', upSince(1), 'warning', ago(9), 5, 'recovered'],
    ['is held until just before the outage is out of sight', upSince(6), 'critical', ago(9), 5, 'recovered'],
    ['is told once the outage is out of sight', upSince(7), 'critical', ago(9), 5, null],
    ['that looks back a day is held for as long', upSince(20 * 60), 'critical', ago(21 * 60), 24 * 60, 'recovered'],
    ['that began after the recovery is held for an hour at most', upSince(61), 'critical', ago(1), 24 * 60, null],
    ['that began after the recovery is held within that hour', upSince(59), 'critical', ago(1), 24 * 60, 'recovered'],
  ])('%s', (_name, monitor, level, startedAt, windowMinutes, expected) => {
    const mute = hold(monitor, level, startedAt, windowMinutes * MINUTE)
    expect(mute.muted ? mute.code : null).toBe(expected)
  })

  test('says in whose place and until when it is not told', () => {
    expect(hold(down, 'warning', NOW)).toMatchObject({
      reason: 'not told while "Checkout is down, incident #12" fires with the same monitor',
    })
    expect(hold(upSince(1), 'critical', NOW - HOUR)).toMatchObject({
      until: NOW + 6 * MINUTE,
      reason: 'not told: Checkout answers again since 09:59, and the rule looks back on the outage until 10:06',
    })
  })

  test('of another monitor, or of none, is told', () => {
    const facts = {
      watchedMonitors: new Map([['web', { ...MONITOR, key: 'web', isDown: true }]]),
      openIncidents: [],
      timeZone: 'UTC',
      inhibitionOf: uninhibited,
    }
    const subject = { rule: ruleOf(MINUTE), level: 'warning' as const, startedAt: NOW }
    expect(holdAlert({ ...subject, group: ['checkout'] }, facts, NOW)).toEqual({ muted: false })
    expect(holdAlert({ ...subject, group: [''] }, facts, NOW)).toEqual({ muted: false })
  })
})
