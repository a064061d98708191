import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOpenSlo } from '../../../lib/adapters/openslo/read.ts'
import { writeOpenSlo } from '../../../lib/adapters/openslo/write.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { anySlo } from '../../support/any-slo.ts'

const SLO = `
apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout
  displayName: Checkout answers
spec:
  description: What people feel.
  service: shop
  indicator:
    metadata: { name: checkout-answers }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: vigie, spec: { metric: http.server.requests, where: { http.response.status_code: { prefix: "5" } } } } }
        total: { metricSource: { type: Vigie, spec: { metric: http.server.requests } } }
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: good, target: 0.995 }]
  alertPolicies: [fast]
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: { name: fast }
spec:
  alertWhenBreaching: true
  conditions: [{ conditionRef: fast-burn }]
  notificationTargets: []
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: { name: fast-burn }
spec:
  severity: page
  condition: { kind: burnrate, op: gte, threshold: 13.44, lookbackWindow: 1h, alertAfter: 5m }
---
apiVersion: openslo/v1
kind: Service
metadata: { name: shop }
spec: { description: The shop. }
`

test('reads an SLO with the policy and the condition that it names', () => {
  expect(readOpenSlo(SLO)).toEqual({
    ok: true,
    slos: [
      {
        key: 'checkout',
        name: 'Checkout answers',
        description: 'What people feel.',
        indicator: {
          kind: 'ratio',
          good: null,
          bad: {
            metric: 'http.server.requests',
            aggregate: 'count',
            where: { 'http.response.status_code': { prefix: '5' } },
          },
          total: { metric: 'http.server.requests', aggregate: 'count', where: {} },
        },
        method: 'occurrences',
        window: { kind: 'rolling', days: 28 },
        target: 0.995,
        slice: null,
      },
    ],
    alerts: [{ slo: 'checkout', name: 'fast', severity: 'page', factor: 13.44, longMs: HOUR, forMs: 5 * MINUTE }],
  })
})

test('reads an SLI of its own, slices, a calendar and a percentage', () => {
  const read = readOpenSlo(`
apiVersion: openslo/v1
kind: SLI
metadata: { name: fast-pages }
spec: { thresholdMetric: { metricSource: { type: vigie, spec: { metric: http.server.request.duration } } } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: fast }
spec:
  service: shop
  indicatorRef: fast-pages
  timeWindow: [{ duration: 1M, isRolling: false, calendar: { startTime: "2026-01-01 00:00:00", timeZone: Europe/Paris } }]
  budgetingMethod: Timeslices
  objectives: [{ op: lte, value: 0.5, targetPercent: 99.5, timeSliceTarget: 0.95, timeSliceWindow: 5m }]
`)
  expect(read).toMatchObject({
    ok: true,
    slos: [
      {
        indicator: { kind: 'latency', threshold: 0.5 },
        method: 'timeslices',
        window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Paris' },
        target: 0.995,
        slice: { lengthMs: 5 * MINUTE, target: 0.95 },
      },
    ],
  })
})

describe('what is wrong is told with its field', () => {
  const changed = (from: string | RegExp, to: string) => {
    const text = SLO.replace(from, to)
    expect(text).not.toBe(SLO)
    return text
  }
  test.each([
    ['another version', changed('openslo/v1', 'openslo/v2'), 'checkout: apiVersion', /openslo\/v1/],
    ['an unknown kind', changed('kind: Service', 'kind: Servant'), 'shop: kind', /kind must be SLO/],
    [
      'a metric of another system',
      changed('type: Vigie', 'type: Prometheus'),
      /ratioMetric.total.metricSource.type/,
      /must be vigie/,
    ],
    ['no total', changed(/^ +total:.*\n/m, ''), /ratioMetric.total/, /missing/],
    ['a target of everything', changed('target: 0.995', 'target: 1'), 'checkout: spec.objectives.0.target', /below 1/],
    ['no window', changed(/^ +timeWindow:.*\n/m, ''), 'checkout: spec.timeWindow', /^is missing$/],
    ['no target', changed(', target: 0.995', ''), 'checkout: spec.objectives.0.target', /missing/],
    [
      'two objectives',
      changed('target: 0.995 }]', 'target: 0.995 }, { target: 0.9 }]'),
      'checkout: spec.objectives',
      /exactly one objective/,
    ],
    ['a rolling month', changed('duration: 4w', 'duration: 1M'), 'checkout: spec.timeWindow.0.duration', /try 30d/],
    ['hours', changed('duration: 4w', 'duration: 36h'), 'checkout: spec.timeWindow.0.duration', /whole days/],
    [
      'a policy that is not there',
      changed('alertPolicies: [fast]', 'alertPolicies: [slow]'),
      'checkout: spec.alertPolicies.0',
      /slow/,
    ],
    [
      'a condition that is not there',
      changed('conditionRef: fast-burn', 'conditionRef: gone'),
      'checkout: spec.alertPolicies.0',
      /gone/,
    ],
    [
      'a method that does not exist',
      changed('budgetingMethod: Occurrences', 'budgetingMethod: Averages'),
      'checkout: spec.budgetingMethod',
      /Occurrences, Timeslices/,
    ],
    ['the same name twice', `${SLO}---${SLO}`, 'checkout: metadata.name', /twice/],
    ['no YAML', 'a: [', 'document 1', /no valid YAML/],
    ['nothing', '', '', /no document of the kind SLO/],
  ])('%s', (_name, text, path, message) => {
    const read = readOpenSlo(text)
    if (read.ok) throw new Error('it was read')
    const fault = read.faults.find((one) => (typeof path === 'string' ? one.path === path : path.test(one.path)))
    expect(fault?.message, JSON.stringify(read.faults)).toMatch(message)
  })
})

test('whatever is written is read back as it was', () => {
  const slos = fc.uniqueArray(anySlo, { minLength: 1, maxLength: 4, selector: ({ key }) => key })
  fc.assert(
    fc.property(slos, (given) => {
      const alerts = given.map(({ key }) => ({
        ...{ slo: key, name: `${key}-1`, severity: 'ticket' as const },
        ...{ factor: 2.8, longMs: DAY, forMs: 0 },
      }))
      expect(readOpenSlo(writeOpenSlo({ slos: given, alerts }))).toEqual({ ok: true, slos: given, alerts })
    }),
  )
})
