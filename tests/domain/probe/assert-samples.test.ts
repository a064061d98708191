import { describe, expect, test } from 'vitest'
import { parseSampleAssertion } from '../../../lib/domain/monitor/sample-assertion.ts'
import { assertSamples } from '../../../lib/domain/probe/assert-samples.ts'
import type { ExposedSample, Exposition } from '../../../lib/domain/probe/exposition.ts'

const sample = (name: string, value: number, labels: Record<string, string> = {}): ExposedSample => ({
  name,
  value,
  labels: Object.entries(labels),
  at: null,
})
const EXPOSITION: Exposition = {
  families: [
    {
      name: 'queue_length',
      type: 'gauge',
      samples: [sample('queue_length', 3, { queue: 'mail' }), sample('queue_length', 400, { queue: 'sms', host: 'a' })],
    },
    { name: 'up', type: 'gauge', samples: [sample('up', 1)] },
    { name: 'ratio', type: 'gauge', samples: [sample('ratio', Number.NaN), sample('ratio', -Infinity, { a: '"\n' })] },
  ],
}

describe('an assertion', () => {
  test.each([
    ['up', true],
    ['up == 1', true],
    ['up != 1', false],
    ['up > 0.5', true],
    [' up  >=  1e0 ', true],
    ['up < 1', false],
    ['up <= +1', true],
    ['queue_length < 100', false],
    ['queue_length{queue="mail"} < 100', true],
    ['queue_length{queue="mail",} < 100', true],
    ['queue_length{queue!="sms"} < 100', true],
    ['queue_length{host=""} < 100', true],
    ['queue_length{host!=""} > 100', true],
    ['queue_length{queue="fax"} < 100', false],
    ['absent', false],
    ['ratio{a=""} > 0', false],
    ['ratio{a=""} != 0', true],
    ['ratio{a="\\"\\n"} < 0', true],
  ])('%s: %s', (text, holds) => {
    expect(parseSampleAssertion(text).ok).toBe(true)
    expect(assertSamples([text], EXPOSITION, []).findings).toHaveLength(holds ? 0 : 1)
  })

  test.each([
    '',
    '5 > 3',
    'a >',
    'a = 1',
    'a =~ "x"',
    'a{b} > 1',
    'a{b=c} > 1',
    'a{b="c" > 1',
    'a{b=~"(x+)+"} > 1',
    'a > 1 > 2',
    'a > NaN',
    'a-b > 1',
    'rate(a[5m]) > 1',
  ])('is refused when it is written %j', (text) => {
    expect(parseSampleAssertion(text)).toMatchObject({ ok: false, message: expect.stringContaining('must be such as') })
  })
})

test('what does not hold names the sample, the limit and the value', () => {
  expect(assertSamples(['queue_length < 100', 'queue_length{queue="fax"} < 5'], EXPOSITION, []).findings).toEqual([
    {
      verdict: 'down',
      cause: 'assertion',
      failure: { subject: 'sample queue_length{queue="sms",host="a"}', expected: '< 100', got: '400' },
      sentence: 'sample queue_length{queue="sms",host="a"} is 400, expected < 100',
    },
    {
      verdict: 'down',
      cause: 'assertion',
      failure: { subject: 'sample queue_length{queue="fax"}', expected: '< 5', got: 'nothing' },
      sentence: 'queue_length{queue="fax"} < 5: there is no such sample',
    },
  ])
})

test('what holds is shown with its value', () => {
  expect(assertSamples(['up == 1', 'ratio{a!=""}'], EXPOSITION, []).seen).toEqual([
    { subject: 'sample up', value: '1' },
    { subject: 'sample ratio{a="\\"\\n"}', value: '-Inf' },
  ])
})

test('a label that repeats a secret hides it', () => {
  const leaking: Exposition = {
    families: [{ name: 'a', type: 'gauge', samples: [sample('a', 2, { token: 'Bearer hush-hush' })] }],
  }
  const { findings } = assertSamples(['a < 1'], leaking, ['hush-hush'])
  expect(findings[0]?.sentence).toBe('sample a{token="Bearer [hidden]"} is 2, expected < 1')
})
