import { describe, expect, test } from 'vitest'
import { conditionDraft } from '../../../lib/commands/rule/draft-of.ts'
import { parseTested } from '../../../lib/commands/rule/parse-draft.ts'
import { FRESH_DRAFT, SENTENCE_KINDS, startKind } from '../../../lib/commands/rule/rule-draft.ts'
import { writeIncidentBy, writeInhibitedBy } from '../../../lib/commands/rule/together-fields.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'
import type { Inhibitor } from '../../../lib/domain/rule/rule.ts'

const unitOf = (metric: string) => (metric.endsWith('duration') ? 'ms' : '1')
const known = { unitOf, kindOf: () => 'histogram' as const }

const LINES = [
  [
    'threshold',
    'p95(http.server.request.duration{http.route="/checkout"}) by (http.route) > 2s until 1s for 5m [warn > 500ms]',
  ],
  ['ratio', 'sum(http.server.requests{status="5*"}) / sum(http.server.requests) > 1% with at least 20 for 5m'],
  ['baseline', 'sum(business.signups) over 1h < 0.5x usual of 6 weeks [warn < 0.8x]'],
  [
    'anomaly',
    'unusual(avg(business.orders)) by (shop) over 2h down by hour of week sensitivity 2 cooldown 12h as critical',
  ],
  ['anomaly', 'unusual(p95(http.server.request.duration))'],
  ['absence', 'absent(job.runs{job="backup"}) for 1d as warning'],
  ['consecutive_failures', '3 failures in a row of tag:prod'],
  ['expiry', 'certificate of * expires in 14d [warn in 30d]'],
  ['burn_rate', 'burn(api) 14.4x over 1h and 5m or 6x over 6h and 30m with at least 5'],
  ['burn_rate', 'burn(api) 1x over 3d and 6h as warning'],
  ['composite', 'any(rule-a, rule-b) for 10m'],
] as const

describe('the sentence and the line say the same', () => {
  test.each(LINES)('%s: %s', (kind, line) => {
    const read = parseOneLine(line, known)
    if (!read.ok) throw new Error(read.error.message)
    const { condition, groupBy, forMs, keepFiringForMs } = read.rule
    const said = { condition, groupBy: groupBy ?? [], forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0 }
    const draft = conditionDraft(said, unitOf)
    expect(draft.mode).toBe('sentence')
    expect(draft.kind).toBe(kind)
    expect(parseTested(draft, known)).toMatchObject({ ok: true, value: said })
    expect(parseTested({ ...draft, mode: 'line' }, known)).toMatchObject({ ok: true, value: said })
  })
})

test('every kind that can be chosen begins with fields that need nothing but what it is about', () => {
  const about = { ...FRESH_DRAFT, metric: 'a.duration', perMetric: 'b.duration', slo: 'api', rules: ['other'] }
  const wrong = SENTENCE_KINDS.map((kind) => {
    const read = parseTested(startKind(about, kind), known)
    return [kind, read.ok ? [] : read.errors.map(({ field, code }) => `${field} ${code}`)]
  })
  expect(Object.fromEntries(wrong)).toEqual({
    ...Object.fromEntries(SENTENCE_KINDS.map((kind) => [kind, []])),
    threshold: ['critical missing'],
    ratio: ['critical missing'],
  })
})

test.each([
  ['window', { kind: 'threshold', window: '30s', critical: '2s' }],
  ['cooldown', { kind: 'anomaly', cooldown: '30m' }],
  ['burnLong1', { kind: 'burn_rate', slo: 'api', burnLong1: '5m', burnShort1: '1h' }],
  ['slo', { kind: 'burn_rate', slo: '' }],
  ['rules', { kind: 'composite', rules: [] }],
  ['criticalDays', { kind: 'expiry', criticalDays: '30', warningDays: '7' }],
] as const)('what the store would not take is refused at its field: %s', (field, given) => {
  const read = parseTested({ ...FRESH_DRAFT, metric: 'a.duration', ...given }, known)
  expect(read.ok ? [] : read.errors.map((error) => error.field)).toContain(field)
})

describe('what shares an incident and what keeps it quiet are read as they are written', () => {
  const wellFormed = {
    ...FRESH_DRAFT,
    kind: 'expiry' as const,
  }
  const read = (given: Partial<typeof FRESH_DRAFT>) => parseTested({ ...wellFormed, ...given }, known)

  test.each<[string, string[] | null]>([
    ['', null],
    ['service, region', ['service', 'region']],
    [' http.route ,', ['http.route']],
    ['alone', []],
  ])('one incident by %j', (incidentBy, expected) => {
    const parsed = read({ incidentBy })
    expect(parsed).toMatchObject({ ok: true, value: { incidentBy: expected } })
    const again = read({ incidentBy: writeIncidentBy(expected) })
    expect(again).toEqual(parsed)
  })

  test.each<[string, Inhibitor[]]>([
    ['', []],
    ['database-down', [{ rule: 'database-down', equal: [] }]],
    [
      'database-down, host-down (same host, region), c(same a b)',
      [
        { rule: 'database-down', equal: [] },
        { rule: 'host-down', equal: ['host', 'region'] },
        { rule: 'c', equal: ['a b'] },
      ],
    ],
  ])('quiet while %j', (inhibitedBy, expected) => {
    expect(read({ inhibitedBy })).toMatchObject({ ok: true, value: { inhibitedBy: expected } })
    expect(read({ inhibitedBy: writeInhibitedBy(expected) })).toMatchObject({ value: { inhibitedBy: expected } })
  })

  test.each<[Partial<typeof FRESH_DRAFT>, string]>([
    [{ incidentBy: 'alone, service' }, 'incidentBy labels'],
    [{ incidentBy: 'service (region)' }, 'incidentBy labels'],
    [{ incidentBy: ',' }, 'incidentBy labels'],
    [{ incidentBy: 'a,b,c,d,e,f,g,h,i' }, 'incidentBy labels'],
    [{ inhibitedBy: 'database down' }, 'inhibitedBy rules database down'],
    [{ inhibitedBy: 'ok, host-down (same host' }, 'inhibitedBy rules host-down (same host'],
    [{ inhibitedBy: 'host-down (host)' }, 'inhibitedBy rules host-down (host)'],
    [{ inhibitedBy: 'a,b,c,d,e,f,g,h,i,j,k' }, 'inhibitedBy many'],
  ])('%j is refused at its field', (given, expected) => {
    const parsed = read(given)
    const errors = parsed.ok ? [] : parsed.errors.map(({ field, code, given: what }) => [field, code, what])
    expect(errors.map((error) => error.filter(Boolean).join(' '))).toEqual([expected])
  })
})
