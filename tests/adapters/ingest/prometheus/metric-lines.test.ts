import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMetricLines } from '../../../../lib/adapters/ingest/prometheus/metric-lines.ts'

test.each([
  ['up 1', { name: 'up', labels: {}, value: 1 }],
  [
    'node_cpu_seconds_total{cpu="0",mode="idle"} 12.5 1700000000',
    {
      name: 'node_cpu_seconds_total',
      labels: { cpu: '0', mode: 'idle' },
      value: 12.5,
    },
  ],
  ['a{path="C:\\\\x \\"y\\" } \\n",} 1e3', { name: 'a', labels: { path: 'C:\\x "y" } \n' }, value: 1_000 }],
])('%s is read', (line, expected) => {
  expect(parseMetricLines(`# TYPE x gauge\n${line}\n`)).toEqual([expected])
})

test.each(['', '# HELP up 1', 'up', 'up NaN', 'up +Inf', 'up {', '{a="b"} 1', '1up 2'])('%j is passed over', (line) => {
  expect(parseMetricLines(`${line}\nok 1`).map(({ name }) => name)).toEqual(['ok'])
})

test('nothing that is sent makes it throw, and every value is finite', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseMetricLines(text).every(({ value }) => Number.isFinite(value))).toBe(true)
    }),
  )
})
