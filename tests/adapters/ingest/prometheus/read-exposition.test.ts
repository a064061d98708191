import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAllExposition } from '../../../support/read-exposition.ts'

function familiesOf(text: string, isOpenMetrics = false) {
  const reading = readAllExposition(text, isOpenMetrics)
  if (!reading.ok) throw new Error(JSON.stringify(reading.fault))
  return reading.exposition.families
}
const samplesOf = (text: string, isOpenMetrics = false) =>
  familiesOf(text, isOpenMetrics).flatMap(({ samples }) => samples)

/** The example of prometheus.io/docs/instrumenting/exposition_formats. */
const EXAMPLE = `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

# Minimalistic line:
metric_without_timestamp_and_labels 12.47

# A weird metric from before the epoch:
something_weird{problem="division by zero"} +Inf -3982045

# A histogram, which has a pretty complex representation in the text format:
# HELP http_request_duration_seconds A histogram of the request duration.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="0.1"} 33444
http_request_duration_seconds_bucket{le="0.2"} 100392
http_request_duration_seconds_bucket{le="0.5"} 129389
http_request_duration_seconds_bucket{le="1"} 133988
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
http_request_duration_seconds_count 144320

# Finally a summary, which has a complex representation, too:
# HELP rpc_duration_seconds A summary of the RPC duration in seconds.
# TYPE rpc_duration_seconds summary
rpc_duration_seconds{quantile="0.01"} 3102
rpc_duration_seconds{quantile="0.05"} 3272
rpc_duration_seconds{quantile="0.5"} 4773
rpc_duration_seconds{quantile="0.9"} 9001
rpc_duration_seconds{quantile="0.99"} 76656
rpc_duration_seconds_sum 1.7560473e+07
rpc_duration_seconds_count 2693
`

describe('the text format 0.0.4', () => {
  test('is read as its own documentation writes it', () => {
    expect(familiesOf(EXAMPLE).map(({ name, type, samples }) => [name, type, samples.length])).toEqual([
      ['http_requests_total', 'counter', 2],
      ['msdos_file_access_time_seconds', 'unknown', 1],
      ['metric_without_timestamp_and_labels', 'unknown', 1],
      ['something_weird', 'unknown', 1],
      ['http_request_duration_seconds', 'histogram', 8],
      ['rpc_duration_seconds', 'summary', 7],
    ])
    expect(samplesOf(EXAMPLE)[2]?.labels).toEqual([
      ['path', 'C:\\DIR\\FILE.TXT'],
      ['error', 'Cannot find file:\n"FILE.TXT"'],
    ])
    expect(samplesOf(EXAMPLE)[4]).toMatchObject({ value: Number.POSITIVE_INFINITY, at: -3_982_045 })
  })

  test.each([
    ['a 1', [1]],
    ['a\t1\t', [1]],
    ['  a   1  ', [1]],
    ['a{}1', [1]],
    ['a {b="c"} 1', [1]],
    ['a{ b = "c" , } 1', [1]],
    ['a{b="}"} 1\na{b=" # "} 2', [1, 2]],
    ['a 1e3\nb .5\nc 1.\nd +4\ne -0', [1_000, 0.5, 1, 4, -0]],
    ['a NaN\nb nan\nc +inf\nd -Infinity\ne Inf', [Number.NaN, Number.NaN, Infinity, -Infinity, Infinity]],
    ['#no comment\n#\n# TYPEwriter\n# EOF\na 1', [1]],
    ['\n\n \t\na 1\n\n', [1]],
    ['a 1 1\na 2 2', [1, 2]],
    ['', []],
  ])('%j is right', (text, values) => {
    expect(samplesOf(text).map(({ value }) => value)).toEqual(values)
  })

  test.each([
    ['a', 1, 'a blank and a value'],
    ['a ', 1, 'a value'],
    ['ok 1\na b', 2, 'a number'],
    ['a 0x10', 1, 'a number'],
    ['a 1_000', 1, 'a number'],
    ['a 1,5', 1, 'a number'],
    ['a 1 1.5', 1, 'a whole number of milliseconds'],
    ['a 1 2 3', 1, 'the end of the line'],
    ['a 1 # {id="x"} 1', 1, 'the end of the line'],
    ['0a 1', 1, 'the name of a metric'],
    ['a.b 1', 1, 'a blank and a value'],
    ['a{b} 1', 1, '= behind the name of a label'],
    ['a{b=c} 1', 1, 'a value in double quotes'],
    ["a{b='c'} 1", 1, 'a value in double quotes'],
    ['a{b="c} 1', 1, 'a value in double quotes'],
    ['a{b="c"d="e"} 1', 1, ', or } behind a label'],
    ['a{b="c",,d="e"} 1', 1, 'the name of a label'],
    ['a{b="1",b="2"} 1', 1, 'no second label b'],
    ['a{"b.c"="1"} 1', 1, 'the name of a label'],
    ['a 1\na 1', 2, 'each sample once'],
    ['a{b="1",c="2"} 1\na{c="2",b="1"} 1', 2, 'each sample once'],
    ['# TYPE a gauge\n# TYPE a gauge\na 1', 2, 'one # TYPE for a'],
    ['a 1\n# TYPE a gauge', 2, 'the type of a before its samples'],
    ['# TYPE a stateset', 1, 'one of the types counter, gauge, histogram, summary, untyped'],
    ['# TYPE a', 1, 'one of the types counter, gauge, histogram, summary, untyped'],
    ['# TYPE 1 gauge', 1, '# TYPE, the name of a metric and its type'],
    ['a 1\r\nb 2\r\n', 1, 'lines that end with a line feed alone'],
    ['<!doctype html>', 1, 'the name of a metric'],
    ['{"status":"ok"}', 1, 'the name of a metric'],
  ])('%j is refused at line %i: expected %s', (text, line, expected) => {
    expect(readAllExposition(text, false)).toMatchObject({ ok: false, fault: { subject: `line ${line}`, expected } })
  })
})

describe('OpenMetrics', () => {
  test.each([
    ['a 1\n', 2, '# EOF at the end'],
    ['a 1\n# EOF\nb 1\n', 3, 'nothing behind # EOF'],
    ['a 1\r\n# EOF\r\n', 1, 'lines that end with a line feed alone'],
    ['a 1\na 1\n# EOF\n', 2, 'each sample once'],
    ['a  1\n# EOF\n', 1, 'a value'],
    ['# TYPE a untyped\n# EOF\n', 1, expect.stringContaining('one of the types unknown')],
    ['# comment\n# EOF\n', 1, '# TYPE, # UNIT, # HELP or # EOF'],
    ['# TYPE h histogram\nh_bucket{le="1"} 1\n# EOF\n', 1, 'a bucket with le="+Inf"'],
    [
      '# TYPE h histogram\nh_bucket{le="1"} 3\nh_bucket{le="+Inf"} 1\n# EOF\n',
      1,
      expect.stringContaining('below them'),
    ],
    ['# TYPE a counter\na_total -1\n# EOF\n', 2, 'a number that is not negative'],
    ['# TYPE a gauge\na 1 # {b="c"} 1\n# EOF\n', 2, 'no exemplar but of counters and buckets'],
  ])('%j is refused at line %i', (text, line, expected) => {
    expect(readAllExposition(text, true)).toMatchObject({ ok: false, fault: { subject: `line ${line}`, expected } })
  })

  test('times are seconds, and exemplars are passed over', () => {
    const text = '# TYPE a counter\na_total{b="c"} 5 1395066363.25 # {trace_id="x y"} 0.5 1395066363\n# EOF'
    expect(samplesOf(text, true)).toEqual([{ name: 'a_total', labels: [['b', 'c']], value: 5, at: 1_395_066_363_250 }])
  })
})

test('law: whatever the text is, it is read or refused at one of its lines, or right behind them', () => {
  const cases: { text: string }[] = JSON.parse(
    readFileSync(new URL('../../../fixtures/openmetrics/parser-cases.json', import.meta.url), 'utf8'),
  )
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...cases.map(({ text }) => text)),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a', '{', '}', '"', '\\', ' ', '\n', '#', '=', '1', ',', '\0', '# EOF'),
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(pieces, fc.boolean(), (parts, isOpenMetrics) => {
      const text = parts.join('')
      const reading = readAllExposition(text, isOpenMetrics)
      if (reading.ok) return
      const line = Number(/^line (\d+)$/.exec(reading.fault.subject)?.[1])
      expect(line).toBeGreaterThanOrEqual(1)
      expect(line).toBeLessThanOrEqual(text.split('\n').length + 1)
    }),
    { numRuns: 1_000 },
  )
})

test('law: what the older format is written as is read back, whatever labels hold', () => {
  const label = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\r'))
  const quote = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  fc.assert(
    fc.property(fc.uniqueArray(label, { maxLength: 8 }), fc.boolean(), (values, isOpenMetrics) => {
      const lines = values.map((value, index) => `m{v="${quote(value)}"} ${index}\n`).join('')
      const text = `# TYPE m gauge\n${lines}${isOpenMetrics ? '# EOF\n' : ''}`
      expect(samplesOf(text, isOpenMetrics).map(({ labels }) => labels[0]?.[1])).toEqual(values)
    }),
  )
})
