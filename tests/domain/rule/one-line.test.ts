import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseOneLine } from '../../../lib/domain/rule/one-line.ts'
import { writeOneLine } from '../../../lib/domain/rule/one-line-write.ts'
import { DAY, HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'

const UNITS: Record<string, string> = {
  'http.server.request.duration': 's',
  memory: 'By',
  a: '{request}',
  b: '{request}',
}
const unitOf = (metric: string) => UNITS[metric] ?? null

function read(line: string) {
  const parsed = parseOneLine(line, { unitOf })
  if (!parsed.ok) throw new Error(`${parsed.error.column}: ${parsed.error.message}`)
  return parsed.rule
}

test('a line has everything that a threshold has', () => {
  const line =
    'p95(http.server.request.duration{http.route="/x", status="5*"}) by (http.route) over 10m > 2s until 1.5s for 5m keep 15m [warn > 500ms] with at least 20'
  expect(read(line)).toEqual({
    condition: {
      kind: 'threshold',
      source: {
        of: {
          metric: 'http.server.request.duration',
          aggregate: 'p95',
          where: { 'http.route': '/x', status: { prefix: '5' } },
        },
      },
      windowMs: 10 * MINUTE,
      operator: 'above',
      warning: { value: 0.5, recovery: null },
      critical: { value: 2, recovery: 1.5 },
      minCount: 20,
    },
    groupBy: ['http.route'],
    forMs: 5 * MINUTE,
    keepFiringForMs: 15 * MINUTE,
  })
})

test('what is not said is left to the fields beside the line', () => {
  expect(read('avg(x) > 1')).toMatchObject({ groupBy: null, forMs: null, keepFiringForMs: null })
})

describe('each kind', () => {
  test.each([
    [
      'sum(a{x="y"}) / sum(b) > 1% over 5m for 5m',
      { source: { of: { where: { x: 'y' } }, per: { metric: 'b' } }, critical: { value: 0.01 } },
    ],
    ['1 - avg(ok) >= 50%', { source: { isRest: true }, operator: 'at_least', critical: { value: 0.5 } }],
    ['avg(x) < 5 as warning', { operator: 'below', warning: { value: 5 }, critical: null }],
    ['avg(x) warn <= 5', { operator: 'at_most', warning: { value: 5 }, critical: null }],
    ['avg(x) > -5', { critical: { value: -5 } }],
    ['avg(x) > 1e-6', { critical: { value: 0.000_001 } }],
    ['max(memory) > 64 MB', { critical: { value: 64_000_000 } }],
    ['max(memory) > 1GiB', { critical: { value: 2 ** 30 } }],
    ['p95(probe.duration) > 2s', { critical: { value: 2_000 } }],
    ['sum(http.server.request.duration) / count(http.server.request.duration) > 500ms', { critical: { value: 0.5 } }],
    ['last(memory) / last(memory) > 80%', { critical: { value: 0.8 } }],
    ['sum(memory) / sum(a) > 2MB', { critical: { value: 2_000_000 } }],
    ['sum(probe.success) / count(probe.success) < 99%', { critical: { value: 0.99 } }],
    ['rate(a) > 10/s', { critical: { value: 10 } }],
    ['absent(m{host=null}) for 10m', { kind: 'absence', windowMs: 10 * MINUTE, term: { where: { host: null } } }],
    [
      '3 failures in a row of monitor checkout',
      { monitors: { keys: ['checkout'], tag: null }, failures: 3, level: 'critical' },
    ],
    ['2 failures in a row of monitors a, b as warning', { monitors: { keys: ['a', 'b'] }, level: 'warning' }],
    ['3 failures in a row of tag:prod', { monitors: { keys: null, tag: 'prod' } }],
    ['3 failures in a row of tag:"the shop"', { monitors: { tag: 'the shop' } }],
    ['certificate of * expires in 14d', { kind: 'expiry', warningDays: null, criticalDays: 14 }],
    ['certificate of * expires in 14d [warn in 30d]', { warningDays: 30, criticalDays: 14 }],
    ['p95(x) over 5m > 2x usual', { kind: 'baseline', windowMs: 5 * MINUTE, critical: { value: 2 }, weeks: 4 }],
    ['sum(x) < 50% of usual of 6 weeks with at least 20', { critical: { value: 0.5 }, weeks: 6, minBaseline: 20 }],
    [
      'unusual(avg(x))',
      { kind: 'anomaly', season: 'hour_of_day', direction: 'both', level: 'warning', cooldownMs: DAY },
    ],
    [
      'unusual(rate(x)) down by hour of week sensitivity 2 cooldown 6h as critical',
      { season: 'hour_of_week', direction: 'down', sensitivity: 2, cooldownMs: 6 * HOUR, level: 'critical' },
    ],
    [
      'burn(api) 14.4x over 1h and 5m or 6x over 6h and 30m with at least 3',
      { slo: 'api', windows: [{ factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE }, { factor: 6 }], minBadEvents: 3 },
    ],
    ['all(rule-a, rule-b)', { mode: 'all', rules: ['rule-a', 'rule-b'] }],
    ['any(rule-a) as warning', { mode: 'any', level: 'warning' }],
  ])('%s', (line, condition) => {
    expect(read(line).condition).toMatchObject(condition)
  })

  test('a bare metric in unusual() is taken by its kind, where that is known', () => {
    const kindOf = (metric: string) => (metric === 'a' ? 'counter' : 'gauge')
    expect(parseOneLine('unusual(a)', { kindOf })).toMatchObject({
      rule: { condition: { source: { of: { aggregate: 'rate' } } } },
    })
    expect(parseOneLine('unusual(x)', { kindOf })).toMatchObject({
      rule: { condition: { source: { of: { aggregate: 'avg' } } } },
    })
  })
})

describe('a star at the end means "begins with", but for ==', () => {
  test.each([
    ['status="5*"', { prefix: '5' }],
    ['status==" 5*"', ' 5*'],
    ['status=5*', { prefix: '5' }],
    ['status="*"', { prefix: '' }],
    ['status="5"', '5'],
    ['status="null"', 'null'],
    ['status=null', null],
    ['status="say \\"hi\\""', 'say "hi"'],
  ])('%s', (text, condition) => {
    expect(read(`count(a{${text}}) > 1`).condition).toMatchObject({ source: { of: { where: { status: condition } } } })
  })
})

test('a unit that cannot be converted because there is no such metric is told as that', () => {
  const refusalOf = (line: string) => {
    const parsed = parseOneLine(line, { metrics: ['http.duration'], unitOf: () => null })
    return parsed.ok ? null : parsed.error
  }
  expect(refusalOf('p95(http.duratio) > 2s')).toMatchObject({
    column: 1,
    message: expect.stringMatching(/names "http\.duratio".*did you mean http\.duration\?/),
  })
  expect(refusalOf('sum(http.duration) / sum(other) > 2s')?.message).toContain('names "other"')
  expect(refusalOf('p95(http.duration) > 2s')?.message).toContain('unit of the metric is not known')
  expect(refusalOf('p95(http.duratio) > 2')).toBeNull()
})

describe('what cannot be read is said with its place, what was found and what could stand there', () => {
  test.each([
    ['pp95(x) > 2', 1, 'found "pp95", where one of avg', 'did you mean p95?'],
    ['absnt(x) for 5m', 1, 'found "absnt"', 'did you mean absent?'],
    ['', 1, 'the line ends here', 'p99 should stand'],
    ['p95(x > 2', 7, 'found ">"', '")"'],
    ['p95 x', 5, 'found "x"', '"("'],
    ['p95(x) = 2', 8, 'write >= or <=', '"="'],
    ['p95(x) >', 9, 'the line ends here', 'a number such as'],
    ['p95(x) > two', 10, 'found "two"', 'a number such as'],
    ['p95(x) > 2s', 10, '"2s" cannot be converted', 'unit of the metric is not known'],
    ['p95(http.server.request.duration) > 2sec', 37, 'none of ms, s, min', '"sec"'],
    ['p95(http.server.request.duration) > 5m', 37, '"m"', 'did you mean min?'],
    ['p95(http.server.request.duration) > 64MB', 37, 'has the unit MB', 'this is in s'],
    ['max(memory) > 64mb', 15, '"mb"', 'did you mean MB?'],
    ['sum(memory) / sum(a) > 2%', 24, 'has the unit %', 'this is in By'],
    ['count(a) > 5s', 12, 'a number without a unit', '5s'],
    ['p95(x) > 2 fro 5m', 12, 'found "fro"', 'did you mean for?'],
    ['p95(x) > 2 for 5', 16, 'found "5"', 'a duration such as'],
    ['p95(x) > 2 for 5m for 6m', 19, '"for"', 'second time'],
    ['p95(x) > 2 [warn < 1]', 18, 'compare in the same way', 'warning'],
    ['p95(x) > 2 [warn > 1', 21, 'the line ends here', '"]"'],
    ['p95(x) > 2 as critcal', 15, 'found "critcal"', 'did you mean critical?'],
    ['p95(x) > 2 ; drop', 12, 'found ";"', 'no meaning'],
    ['p95("x) > 2', 5, 'quotation mark', 'none closes it'],
    ['count(a{x="1", x="2"}) > 1', 16, 'x', 'second time'],
    ['count(a{x 1}) > 1', 11, 'found "1"', '= or =='],
    ['p95(x) by route > 2', 11, 'found "route"', '"("'],
    ['3 failures of monitor x', 12, 'found "of"', '"in"'],
    ['3 failures in a row of checkout', 24, 'found "checkout"', 'of tag:prod'],
    ['certificate of * expires in 36h', 29, '"36h" must be whole days', '14d'],
    ['burn(x) 14.4 over 1h and 5m', 9, 'found "14.4"', '14.4x'],
    ['burn(x) 14.4x over 1h', 22, 'the line ends here', '"and"'],
    ['all()', 5, 'found ")"', 'the key of a rule'],
    ['unusual(x)', 9, 'name what to look at', 'avg(x)'],
    ['unusual(avg(x)) sensitivity 0', 29, 'must be a number above 0', '"0"'],
  ])('%s', (line, column, ...parts) => {
    const parsed = parseOneLine(line, { unitOf })
    expect(parsed).toMatchObject({ ok: false, error: { column } })
    for (const part of parts) expect(parsed.ok ? '' : parsed.error.message).toContain(part)
  })
})

test('whatever is written, it is read or refused at a column of the line', () => {
  const parts = fc.constantFrom(
    ...[
      'p95',
      '(',
      ')',
      'x',
      '{',
      '}',
      '=',
      '==',
      '"a"',
      '"',
      '>',
      '<=',
      '2s',
      '1%',
      '2x',
      'usual',
      'for',
      '5m',
      '[',
      ']',
      'warn',
      'by',
    ],
    ...[
      'over',
      'until',
      'as',
      'warning',
      'with',
      'at',
      'least',
      '3',
      'failures',
      'in',
      'a',
      'row',
      'of',
      'tag:prod',
      '*',
      'burn',
      'all',
    ],
    ...['unusual', 'absent', 'certificate', 'expires', '1', '-', '/', ',', ';', '\\', 'é', '\u0000'],
  )
  const line = fc.oneof(
    fc.array(parts, { maxLength: 20 }).map((list) => list.join(' ')),
    fc.string({ maxLength: 60 }),
  )
  fc.assert(
    fc.property(line, (text) => {
      const parsed = parseOneLine(text, { unitOf })
      if (parsed.ok) return
      expect(parsed.error.column).toBeGreaterThanOrEqual(1)
      expect(parsed.error.column).toBeLessThanOrEqual(text.length + 1)
      expect(parsed.error.message).not.toBe('')
    }),
    { numRuns: 2_000 },
  )
})

test('every line that the documentation shows can be read', () => {
  const text = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8')
  const table = text.slice(text.indexOf('## One line'), text.indexOf('## In parts'))
  const lines = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, line = '']) => line)
  expect(lines.length).toBeGreaterThan(10)
  expect(lines.filter((line) => !parseOneLine(line, { unitOf }).ok)).toEqual([])
})

test('a line that is too long is refused before it is read', () => {
  expect(parseOneLine(`avg(${'x'.repeat(2_000)}) > 1`)).toMatchObject({ ok: false, error: { column: 2_001 } })
})

describe('the writer', () => {
  test.each([
    'p95(http.server.request.duration{http.route="/x"}) by (http.route) > 2s until 1.5s [warn > 500ms] with at least 20 for 5m keep 15m',
    'sum(a{status="5*"}) / sum(b) > 1%',
    '1 - sum(a) / sum(b) >= 0.1%',
    'absent(m{host=null}) by (host) for 10m',
    'absent(m) over 10m for 5m as warning',
    '3 failures in a row of monitors a, b',
    'certificate of tag:"the shop" expires in 14d [warn in 30d]',
    'sum(x) < 0.5x usual of 6 weeks [warn < 0.8x] with at least 20',
    'unusual(avg(x)) over 30m up by hour of week sensitivity 2 cooldown 6h',
    'burn(api) 14.4x over 1h and 5m or 6x over 6h and 30m with at least 3',
    'all(rule-a, "odd rule") for 5m as warning',
  ])('writes %s as it was', (line) => {
    const { condition, groupBy, forMs, keepFiringForMs } = read(line)
    const written = writeOneLine(
      { condition, groupBy: groupBy ?? [], forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0 },
      unitOf,
    )
    expect(written).toBe(line)
  })
  test('has no line for what no line can say', () => {
    const { condition } = read('avg(x) > 1')
    if (condition.kind !== 'threshold') throw new Error(condition.kind)
    const odd = { ...condition, warning: { value: 0, recovery: null }, critical: null, windowMs: 90_000 }
    const rest = { groupBy: [], forMs: 0, keepFiringForMs: 0 }
    expect(writeOneLine({ condition: odd, ...rest })).toBe('avg(x) over 1m30s > 0 as warning')
    expect(writeOneLine({ condition: { ...odd, warning: null }, ...rest })).toBeNull()
  })
})
