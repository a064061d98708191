import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Limit, RuleCondition } from '../../../lib/domain/rule/condition.ts'
import { parseRule, writeRule } from '../../../lib/domain/rule/config.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import { readCondition, ruleConditionSchema } from '../../../lib/domain/rule/schema-condition.ts'
import { ruleFileSchema } from '../../../lib/domain/rule/schema-file.ts'
import { AGGREGATES } from '../../../lib/domain/series/question.ts'
import { HOUR, MINUTE, SECOND } from '../../../lib/domain/time/instant.ts'

const unitOf = (metric: string) => ({ duration: 's', probe: 'ms', memory: 'By', share: '1' })[metric] ?? null

const metric = fc.constantFrom(
  'duration',
  'probe',
  'memory',
  'share',
  'http.server.requests',
  'odd "name"',
  'a/b',
  'x-y',
)
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('5*', 'null', '/checkout', '"', '*'))
const name = fc
  .oneof(fc.constantFrom('http.route', 'status', 'over', 'by', 'a b'), fc.string({ minLength: 1, maxLength: 8 }))
  .filter((one) => one !== '__proto__')
const key = fc.constantFrom('checkout', 'rule-a', 'b2', 'all')
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((one) => (Object.is(one, -0) ? 0 : one)),
)
const where = fc.dictionary(
  name,
  fc.oneof(
    text,
    fc.constant(null),
    text.map((prefix) => ({ prefix })),
  ),
  { minKeys: 1, maxKeys: 3 },
)
const term = fc.record(
  { metric, aggregate: fc.constantFrom(...AGGREGATES), where },
  { requiredKeys: ['metric', 'aggregate'] },
)
const source = fc.record({ of: term, per: term, isRest: fc.constant(true) }, { requiredKeys: ['of'] })
const limit: fc.Arbitrary<Limit> = fc.record({ value: number, recovery: fc.option(number) })
const limits = fc
  .record({
    operator: fc.constantFrom('above', 'below', 'at_least', 'at_most'),
    warning: fc.option(limit),
    critical: fc.option(limit),
  })
  .filter(({ warning, critical }) => warning !== null || critical !== null)
const minutes = (max: number) => fc.integer({ min: 1, max }).map((count) => count * MINUTE)
const level = fc.constantFrom('warning', 'critical')
const monitors = fc.oneof(
  fc.constant({ keys: null, tag: null }),
  fc.record({ keys: fc.array(key, { minLength: 1, maxLength: 3 }), tag: fc.constant(null) }),
  fc.record({ keys: fc.constant(null), tag: fc.string({ minLength: 1, maxLength: 12 }) }),
)
const days = fc.integer({ min: 1, max: 60 })
const windows = fc
  .tuple(fc.constantFrom(14.4, 6, 1, 0.5), minutes(60), minutes(60))
  .map(([factor, shortMs, more]) => ({ factor, shortMs, longMs: shortMs + more }))

const condition = fc.oneof(
  fc
    .tuple(source, minutes(10_000), limits, fc.nat(1_000))
    .map(([of, windowMs, both, minCount]) => ({ kind: 'threshold' as const, source: of, windowMs, ...both, minCount })),
  fc.record({ kind: fc.constant('absence' as const), term, windowMs: minutes(10_000), level }),
  fc.record({
    kind: fc.constant('consecutive_failures' as const),
    monitors,
    failures: fc.integer({ min: 1, max: 9 }),
    level,
  }),
  fc.tuple(monitors, days, days, fc.boolean()).map(([of, one, more, isBoth]) => ({
    kind: 'expiry' as const,
    monitors: of,
    criticalDays: isBoth ? one : null,
    warningDays: one + more,
  })),
  fc
    .tuple(source, minutes(10_000), limits, fc.integer({ min: 2, max: 12 }), fc.nat(100))
    .map(([of, windowMs, both, weeks, minBaseline]) => ({
      kind: 'baseline' as const,
      source: of,
      windowMs,
      ...both,
      weeks,
      minBaseline,
    })),
  fc.record({
    kind: fc.constant('anomaly' as const),
    source,
    windowMs: minutes(120),
    season: fc.constantFrom('hour_of_day', 'hour_of_week'),
    direction: fc.constantFrom('up', 'down', 'both'),
    sensitivity: fc.constantFrom(0.5, 1, 2, 3.25),
    cooldownMs: fc.integer({ min: 0, max: 100 }).map((count) => count * HOUR),
    level,
  }),
  fc.record({
    kind: fc.constant('burn_rate' as const),
    slo: key,
    windows: fc.array(windows, { minLength: 1, maxLength: 3 }),
    minBadEvents: fc.nat(10),
    level,
  }),
  fc.record({
    kind: fc.constant('composite' as const),
    mode: fc.constantFrom('all', 'any'),
    rules: fc.array(key, { minLength: 1, maxLength: 3 }),
    level,
  }),
) as fc.Arbitrary<RuleCondition>

const wait = fc.constantFrom(0, 30 * SECOND, MINUTE, 90 * SECOND, HOUR)
const label = fc.constantFrom('service', 'http.route', 'a b', 'région', '"')
const severity = fc.constantFrom('low', 'medium', 'high', 'critical')
const spec = fc.record({
  key: fc.constantFrom('checkout-slow', 'a'),
  name: fc.constant('Checkout is slow'),
  enabled: fc.boolean(),
  condition,
  groupBy: fc.uniqueArray(name, { maxLength: 3 }),
  groupLimit: fc.integer({ min: 1, max: 500 }),
  forMs: wait,
  keepFiringForMs: wait,
  noData: fc.constantFrom('resolve', 'keep', 'alert'),
  severity: fc.record({ warning: severity, critical: severity }),
  notifyChannelIds: fc.constantFrom([], ['one'], ['one', 'two']),
  throttleMs: wait,
  repeatMs: wait,
  incidentBy: fc.option(fc.uniqueArray(label, { maxLength: 3 })),
  inhibitedBy: fc.array(fc.record({ rule: key, equal: fc.uniqueArray(label, { maxLength: 3 }) }), { maxLength: 4 }),
  runbook: fc.constantFrom(null, 'RB-001'),
  labels: fc.constantFrom({}, { team: 'payments' }),
  pack: fc.constant(null),
}) as fc.Arbitrary<RuleSpec>

describe('a rule', () => {
  test('that was written is read as it was, with units and without', () => {
    const keys = {
      ids: new Map([
        ['one', 'sms'],
        ['two', 'mail'],
      ]),
      channels: new Map([
        ['sms', 'one'],
        ['mail', 'two'],
      ]),
    }
    fc.assert(
      fc.property(spec, (given) => {
        expect(parseRule(writeRule(given))).toEqual({ ok: true, spec: given })
        const named = writeRule(given, { unitOf, channels: keys.ids })
        expect(parseRule(named, { unitOf, channels: keys.channels })).toEqual({ ok: true, spec: given })
        expect(JSON.parse(JSON.stringify(named))).toEqual(named)
      }),
      { numRuns: 500 },
    )
  })

  test('is stored as it is', () => {
    fc.assert(
      fc.property(condition, (given) => {
        expect(readCondition(JSON.parse(JSON.stringify(given)))).toEqual({ ok: true, condition: given })
      }),
    )
  })

  test('in one line and in parts is the same', () => {
    const line = parseRule(
      { key: 'a', when: 'p95(duration) over 10m > 2s until 1.5s for 5m [warn > 500ms]' },
      { unitOf },
    )
    const parts = parseRule(
      {
        key: 'a',
        condition: {
          kind: 'threshold',
          source: { of: { metric: 'duration', aggregate: 'p95' } },
          window: '10m',
          operator: 'above',
          warning: '500ms',
          critical: { value: '2s', recovery: '1500ms' },
        },
        for: '5m',
      },
      { unitOf },
    )
    expect(line).toEqual(parts)
    expect(line.ok).toBe(true)
  })

  test('says in a word that its alerts stand alone, and names what keeps it quiet with or without what must be equal', () => {
    const inhibitedBy = ['database-down', { rule: 'host-down', equal: ['host'] }]
    const read = parseRule({ key: 'a', when: 'avg(x) > 1', incidentBy: 'alone', inhibitedBy })
    expect(read).toMatchObject({
      spec: {
        incidentBy: [],
        inhibitedBy: [
          { rule: 'database-down', equal: [] },
          { rule: 'host-down', equal: ['host'] },
        ],
      },
    })
    if (read.ok) expect(writeRule(read.spec)).toMatchObject({ incidentBy: 'alone', inhibitedBy })
  })

  test('that says nothing else has what is usual', () => {
    expect(parseRule({ key: 'a', when: 'avg(x) > 1' })).toMatchObject({
      ok: true,
      spec: {
        name: 'a',
        enabled: true,
        groupBy: [],
        forMs: 0,
        noData: 'keep',
        groupLimit: 20,
        severity: { warning: 'medium', critical: 'high' },
        incidentBy: null,
        inhibitedBy: [],
        runbook: null,
      },
    })
  })
})

describe('what is wrong is said at its field', () => {
  const when = 'avg(x) > 1'
  const parts = {
    kind: 'threshold',
    source: { of: { metric: 'duration', aggregate: 'p95' } },
    window: '5m',
    operator: 'above',
    critical: 2,
  }
  test.each<[unknown, path: readonly (string | number)[], message: string]>([
    ['a rule', [], 'must be a map of fields'],
    [{ when }, ['key'], 'is missing'],
    [{ key: 'No Good', when }, ['key'], 'lower-case letters'],
    [{ key: 'a' }, ['when'], 'exactly one of when, condition'],
    [{ key: 'a', when, condition: parts }, ['when'], 'exactly one of when, condition'],
    [{ key: 'a', when: 'avg(x) >' }, ['when'], 'cannot be read at column 9: the line ends here'],
    [{ key: 'a', when: 'avg(x) over 90d1m > 1' }, ['when'], 'at most 90 days'],
    [{ key: 'a', when: 'avg(x) over 90s > 1' }, ['when'], 'whole minutes'],
    [{ key: 'a', when: 'avg(x) > 1 for 5m', for: '5m' }, ['for'], 'stands in when already'],
    [{ key: 'a', when: 'avg(x) by (b) > 1', by: ['c'] }, ['by'], 'stands in when already'],
    [{ key: 'a', when, fro: '5m' }, ['fro'], 'did you mean for?'],
    [{ key: 'a', when, for: 5 }, ['for'], 'must be a duration'],
    [{ key: 'a', when, for: '31d' }, ['for'], 'at most 30 days'],
    [{ key: 'a', when, noData: 'ok' }, ['noData'], 'must be resolve, keep or alert'],
    [
      { key: 'a', when, severity: { critical: 'P0' } },
      ['severity', 'critical'],
      'must be low, medium, high or critical',
    ],
    [{ key: 'a', when, incidentBy: [] }, ['incidentBy'], 'must name a label, or be alone'],
    [{ key: 'a', when, incidentBy: ['alone'] }, ['incidentBy'], 'must be alone by itself'],
    [{ key: 'a', when, incidentBy: 'together' }, ['incidentBy'], 'must be alone or a list'],
    [{ key: 'a', when, incidentBy: ['a, b'] }, ['incidentBy', 0], 'without commas and parentheses'],
    [{ key: 'a', when, inhibitedBy: 'b' }, ['inhibitedBy'], 'must be a list'],
    [{ key: 'a', when, inhibitedBy: Array(11).fill('b') }, ['inhibitedBy'], 'at most 10 entries'],
    [{ key: 'a', when, inhibitedBy: [{ rule: 'b', equals: [] }] }, ['inhibitedBy', 0, 'equals'], 'did you mean equal?'],
    [{ key: 'a', condition: { ...parts, kind: 'thresold' } }, ['condition', 'kind'], 'threshold'],
    [{ key: 'a', condition: { ...parts, critical: '2min5' } }, ['condition', 'critical'], 'number such as'],
    [
      { key: 'a', condition: { ...parts, critical: '2s' } },
      ['condition', 'critical'],
      'unit of the metric is not known',
    ],
    [{ key: 'a', condition: { ...parts, critical: null } }, ['condition', 'critical'], 'a warning or a critical limit'],
    [{ key: 'a', condition: { ...parts, window: '30s' } }, ['condition', 'window'], 'at least 1 min'],
    [
      { key: 'a', condition: { kind: 'expiry', monitors: {}, criticalDays: 30, warningDays: 14 } },
      ['condition', 'criticalDays'],
      'less than warningDays, 14',
    ],
    [
      { key: 'a', condition: { kind: 'burn_rate', slo: 'x', windows: [{ factor: 1, long: '5m', short: '1h' }] } },
      ['condition', 'windows'],
      'short window shorter',
    ],
    [
      { key: 'a', condition: { kind: 'expiry', monitors: { keys: ['a'], tag: 'b' }, criticalDays: 3 } },
      ['condition', 'monitors'],
      'by keys or by a tag',
    ],
  ])('%j', (input, path, message) => {
    const parsed = parseRule(input)
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.issues).toContainEqual({ path, message: expect.stringContaining(message) })
  })

  test('channels are known by key, with a suggestion', () => {
    const channels = new Map([['sms-on-call', 'id']])
    expect(parseRule({ key: 'a', when, notify: ['sms-on-cal'] }, { channels })).toEqual({
      ok: false,
      issues: [{ path: ['notify', 0], message: 'there is no channel "sms-on-cal": did you mean sms-on-call?' }],
    })
    expect(parseRule({ key: 'a', when, notify: ['sms-on-call'] }, { channels })).toMatchObject({
      spec: { notifyChannelIds: ['id'] },
    })
  })
})

test('both schemas have a JSON Schema', () => {
  const file = z.toJSONSchema(ruleFileSchema, { io: 'input', target: 'draft-2020-12' })
  expect(Object.keys(file.properties ?? {})).toEqual(expect.arrayContaining(['when', 'condition', 'for', 'noData']))
  expect(z.toJSONSchema(ruleConditionSchema).oneOf).toHaveLength(8)
})
