import { expect, test } from 'vitest'
import { parseOneLine } from '../../lib/domain/rule/one-line.ts'
import type { AlertRule } from '../../lib/domain/rule/rule.ts'
import { rulesAboutMonitor } from '../../lib/queries/rules-about.ts'

const monitor = { key: 'checkout', tags: ['prod'] }

test.each([
  ['3 failures in a row of monitor checkout', true],
  ['3 failures in a row of monitor other', false],
  ['certificate of tag:prod expires in 14d', true],
  ['certificate of tag:staging expires in 14d', false],
  ['certificate of * expires in 14d', true],
  ['p95(probe.duration{monitor="checkout"}) > 2s', true],
  ['p95(probe.duration{monitor="other"}) > 2s', false],
  ['p95(probe.duration{monitor="check*"}) > 2s', true],
  ['avg(probe.success) by (monitor) < 90%', true],
  ['absent(probe.success{monitor="checkout"}) for 1h', true],
  ['p95(http.server.request.duration) > 2s', false],
  ['burn(api) 14.4x over 1h and 5m', false],
  ['all(one, two)', false],
])('%s: %s', (line, isAbout) => {
  const read = parseOneLine(line, { unitOf: () => 'ms' })
  if (!read.ok) throw new Error(read.error.message)
  const rule = { condition: read.rule.condition } as AlertRule
  expect(rulesAboutMonitor([rule], monitor)).toEqual(isAbout ? [rule] : [])
})
