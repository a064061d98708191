import { describe, expect, test } from 'vitest'
import { checkRule, type KnownMetric, type KnownThings } from '../../../lib/domain/rule/check.ts'
import type { RuleCondition, ThresholdCondition } from '../../../lib/domain/rule/condition.ts'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { AT, ruleOf } from './answers.ts'

const metric = (given: Partial<KnownMetric> = {}): KnownMetric => ({
  kind: 'gauge',
  unit: '1',
  attributeNames: ['host'],
  firstSeenAt: AT - 60 * DAY,
  intervalMs: MINUTE,
  ...given,
})

const KNOWN: KnownThings = {
  metrics: new Map([
    ['http.server.requests', metric({ kind: 'counter', unit: '{request}', attributeNames: ['http.route', 'status'] })],
    ['http.server.request.duration', metric({ kind: 'histogram', unit: 's', attributeNames: ['http.route'] })],
    ['memory', metric({ unit: 'By' })],
    ['temperature', metric({ unit: 'Cel' })],
    ['hourly', metric({ intervalMs: HOUR })],
    ['new', metric({ firstSeenAt: AT - 10 * DAY })],
  ]),
  monitors: [{ key: 'checkout', tags: ['prod'] }],
  slos: new Map([['api', { target: 0.9 }]]),
  rules: [],
  at: AT,
  retentionMs: 365 * DAY,
}

function check(given: string | RuleCondition, known: Partial<KnownThings> = {}, groupBy: readonly string[] = []) {
  const units = { ...KNOWN, ...known }.metrics
  const unitOf = (name: string) => units.get(name)?.unit ?? null
  const read = typeof given === 'string' ? parseOneLine(given, { unitOf }) : null
  if (read !== null && !read.ok) throw new Error(read.error.message)
  const condition = typeof given === 'string' ? read?.rule.condition : given
  if (condition === undefined) throw new Error('no condition')
  return checkRule(ruleOf(condition, { groupBy: read?.rule.groupBy ?? groupBy }), { ...KNOWN, ...known })
}

describe('a rule that makes sense is let through', () => {
  test.each([
    'p95(http.server.request.duration{http.route="/x"}) by (http.route) > 2s until 1.5s [warn > 500ms]',
    'sum(http.server.requests{status="5*"}) / sum(http.server.requests) > 1%',
    'sum(http.server.requests{environment="production"}) > 1',
    'avg(probe.success{monitor="checkout"}) < 0.9',
    'p95(probe.duration) by (monitor) > 2000',
    'absent(memory) for 10m',
    'max(memory) < 64MB until 65MB',
    'sum(http.server.requests) < 0.5x usual',
    'unusual(avg(memory)) by hour of week',
    '3 failures in a row of monitor checkout',
    'certificate of tag:prod expires in 14d',
    'burn(api) 10x over 1h and 5m',
    'max(temperature) / max(hourly) over 1h > 2',
  ])('%s', (line) => {
    expect(check(line)).toEqual({ errors: [], warnings: [] })
  })
})

describe('a rule that cannot work is refused with the reason and a suggestion', () => {
  test.each<[string, path: string, ...parts: string[]]>([
    ['avg(memry) > 1', 'condition.source.of.metric', '"memry"', 'did you mean memory?'],
    ['avg(else) > 1', 'condition.source.of.metric', 'nothing of that name has come so far'],
    ['absent(memry) for 5m', 'condition.term.metric', 'did you mean memory?'],
    ['avg(memory{hst="a"}) > 1', 'condition.source.of.where.hst', 'did you mean host?'],
    ['avg(memory) by (route) > 1', 'by', '"route"', 'it has host'],
    ['p95(http.server.requests) > 1', 'condition.source.of.aggregate', 'counter', 'sum is what it has'],
    ['rate(memory) > 1', 'condition.source.of.aggregate', 'gauge', 'avg is what it has'],
    ['last(http.server.request.duration) > 1', 'condition.source.of.aggregate', 'histogram', 'p95 is what it has'],
    ['avg(memory) / avg(temperature) > 1', 'condition.source.per', 'is in Cel', 'in By', 'means nothing'],
    ['sum(memory) / sum(memory) > 1', 'condition.source.per', 'always 1'],
    ['sum(http.server.requests) / sum(http.server.requests{status="5*"}) > 1', 'condition.source.per', 'swap the two'],
    ['avg(hourly) over 30m > 1', 'condition.window', 'is 30 min', 'comes every 1 h'],
    ['avg(memory) > 5 until 6', 'condition.critical.recovery', 'must be below the limit, 5'],
    ['avg(memory) > 5 until 5', 'condition.critical.recovery', 'must be below'],
    ['avg(memory) < 5 until 4', 'condition.critical.recovery', 'must be above the limit'],
    ['avg(memory) > 5 [warn > 6]', 'condition.critical', 'must be above the warning, 6'],
    ['avg(memory) < 5 [warn < 5]', 'condition.critical', 'must be below the warning, 5'],
    ['burn(api) 10.1x over 1h and 5m', 'condition.windows.0.factor', 'never be reached', 'target of 90%', '10 times'],
    ['burn(apo) 2x over 1h and 5m', 'condition.slo', 'did you mean api?'],
    ['3 failures in a row of monitor chekout', 'condition.monitors.keys.0', 'did you mean checkout?'],
    ['all(gone)', 'condition.rules.0', 'the rule "gone" that does not exist'],
  ])('%s', (line, path, ...parts) => {
    const { errors } = check(line)
    expect(errors.map((issue) => issue.path.join('.'))).toEqual([path])
    for (const part of parts) expect(errors[0]?.message).toContain(part)
  })

  test('windows that reach behind what is kept', () => {
    const known = { retentionMs: 30 * DAY }
    expect(check('avg(memory) over 30d > 1', known).errors).toEqual([])
    expect(check('avg(memory) over 30d1m > 1', known).errors).toMatchObject([
      { path: ['condition', 'window'], message: expect.stringContaining('data is kept for 30 d') },
    ])
    expect(check('sum(memory) < 0.5x usual of 5 weeks', known).errors).toHaveLength(1)
  })
  test('a circle of composites, its own included', () => {
    const composite = (rules: string[]): RuleCondition => ({ kind: 'composite', mode: 'all', rules, level: 'critical' })
    const rules = [{ key: 'other', condition: composite(['rule']), inhibitedBy: [] }]
    expect(check(composite(['other']), { rules }).errors).toMatchObject([
      { message: 'goes in a circle: rule → other → rule' },
    ])
    expect(check(composite(['rule'])).errors).toMatchObject([{ message: 'goes in a circle: rule → rule' }])
    // What is stored under its key is what the rule was.
    expect(
      check(composite(['other']), {
        rules: [
          { key: 'rule', condition: composite(['other']), inhibitedBy: [] },
          { key: 'other', condition: composite(['x']), inhibitedBy: [] },
        ],
      }).errors,
    ).toEqual([])
  })
  describe('a rule that others keep quiet', () => {
    const absent: RuleCondition = {
      kind: 'absence',
      term: { metric: 'memory', aggregate: 'count' },
      windowMs: HOUR,
      level: 'critical',
    }
    const named = (...keys: string[]) => keys.map((rule) => ({ rule, equal: ['host'] }))
    const errorsOf = (inhibitedBy: string[], others: Record<string, string[]>, condition: RuleCondition = absent) => {
      const rules = Object.entries(others).map(([key, keys]) => ({
        key,
        condition: absent,
        inhibitedBy: named(...keys),
      }))
      const spec = ruleOf(condition, { inhibitedBy: named(...inhibitedBy) })
      return checkRule(spec, { ...KNOWN, rules }).errors.map(({ path, message }) => `${path.join('.')} ${message}`)
    }
    test.each<[string, string[], Record<string, string[]>, string[]]>([
      ['names rules that there are', ['host-down', 'db'], { 'host-down': [], db: ['host-down'] }, []],
      [
        'names none that there is not, and is told the nearest',
        ['db', 'host-dwn'],
        { 'host-down': [], db: [] },
        ['inhibitedBy.1 names the rule "host-dwn" that does not exist: did you mean host-down?'],
      ],
      ['does not name itself', ['rule'], {}, ['inhibitedBy goes in a circle: rule → rule']],
      [
        'does not keep quiet what keeps it quiet, over others either',
        ['db'],
        { db: ['host-down'], 'host-down': ['rule'] },
        ['inhibitedBy goes in a circle: rule → db → host-down → rule'],
      ],
    ])('%s', (_name, inhibitedBy, others, expected) => {
      expect(errorsOf(inhibitedBy, others)).toEqual(expected)
    })
    test('may keep quiet what it looks at: it is told in their place', () => {
      const both: RuleCondition = { kind: 'composite', mode: 'all', rules: ['db'], level: 'critical' }
      expect(errorsOf([], { db: ['rule'] }, both)).toEqual([])
    })
  })
  test('a rule of monitors that is split by attributes', () => {
    const { errors } = check('3 failures in a row of *', {}, ['host'])
    expect(errors).toMatchObject([{ path: ['by'] }])
  })
})

describe('a rule that may be meant otherwise is saved with a warning', () => {
  test.each<[string, path: string, message: string]>([
    ['sum(new) < 0.5x usual', 'condition', 'compares with 2 weeks before, but there are 10 d of data'],
    ['unusual(avg(new)) by hour of week', 'condition', 'compares with 3 weeks before'],
    ['unusual(avg(memory)) over 30m by hour of week', 'condition.window', 'not whole hours'],
    ['certificate of tag:prd expires in 14d', 'condition.monitors.tag', 'did you mean prod?'],
  ])('%s', (line, path, message) => {
    const { errors, warnings } = check(line)
    expect(errors).toEqual([])
    expect(warnings.map((issue) => issue.path.join('.'))).toEqual([path])
    expect(warnings[0]?.message).toContain(message)
  })

  test('a share above one, which was meant in percent', () => {
    const share: ThresholdCondition = {
      kind: 'threshold',
      source: {
        of: { metric: 'http.server.requests', aggregate: 'sum', where: { status: '500' } },
        per: { metric: 'http.server.requests', aggregate: 'sum' },
      },
      windowMs: 5 * MINUTE,
      operator: 'above',
      warning: null,
      critical: { value: 5, recovery: null },
      minCount: 0,
    }
    expect(check(share).warnings).toMatchObject([{ message: expect.stringContaining('did you mean 5%?') }])
  })
  test('every monitor, where there is none', () => {
    expect(check('3 failures in a row of *', { monitors: [] }).warnings).toMatchObject([
      { message: expect.stringContaining('there is none yet') },
    ])
  })
})
