import { describe, expect, test } from 'vitest'
import { type Labels, matchesAll, parseMatcher, writeMatcher } from '../../../lib/domain/mute/matcher.ts'

const read = (...texts: string[]) =>
  texts.map((text) => {
    const parsed = parseMatcher(text)
    if (!parsed.ok) throw new Error(parsed.message)
    return parsed.matcher
  })
const refusal = (text: string) => {
  const parsed = parseMatcher(text)
  return parsed.ok ? null : parsed.message
}
const LABELS: Labels = { monitor: 'shop-eu', severity: 'high', tag: ['shop', 'prod'], group: '' }

describe('what a matcher holds for', () => {
  test.each<[string, boolean]>([
    ['monitor="shop-eu"', true],
    ['monitor=shop-eu', true],
    ['monitor="shop"', false],
    ['monitor!="shop"', true],
    ['monitor!="shop-eu"', false],
    ['monitor=~"shop-.*"', true],
    // Anchored: a part is not enough.
    ['monitor=~"shop"', false],
    ['monitor!~"web-.*"', true],
    ['monitor!~"shop-(eu|us)"', false],
    ['severity=~"high|critical"', true],
    // One of several values is enough, and for a negation none may fit.
    ['tag="prod"', true],
    ['tag="staging"', false],
    ['tag!="prod"', false],
    ['tag!="staging"', true],
    // A label that is not there is empty, as in Prometheus.
    ['team=""', true],
    ['team!=""', false],
    ['team=~".+"', false],
    ['group=""', true],
    // Nothing of the object's own prototype is a label.
    ['constructor=""', true],
  ])('%s: %s', (text, expected) => {
    expect(matchesAll(read(text), LABELS)).toBe(expected)
  })
  test('all of several must hold, and none at all hold for nothing', () => {
    expect(matchesAll(read('tag=shop', 'severity=high'), LABELS)).toBe(true)
    expect(matchesAll(read('tag=shop', 'severity=low'), LABELS)).toBe(false)
    expect(matchesAll([], LABELS)).toBe(false)
  })
})

describe('how it is written', () => {
  test.each([
    ['severity = high', 'severity="high"'],
    [' monitor=~ "shop-.*" ', 'monitor=~"shop-.*"'],
    ['http.route="/a b"', 'http.route="/a b"'],
    ['monitor=~"web-\\d+"', 'monitor=~"web-\\\\d+"'],
    ['comment="say \\"hi\\""', 'comment="say \\"hi\\""'],
  ])('%s becomes %s, which reads as the same', (text, written) => {
    const [matcher] = read(text)
    if (matcher === undefined) throw new Error('unread')
    expect(writeMatcher(matcher)).toBe(written)
    const [again] = read(written)
    expect(again).toMatchObject({ label: matcher.label, operator: matcher.operator, value: matcher.value })
  })
})

describe('what is refused', () => {
  test.each([
    ['', /no matcher/],
    ['severity', /no matcher/],
    ['1st="x"', /no label/],
    ['monitor="shop', /quotation mark/],
    ['monitor=~"("', /regular expression/],
    ['monitor=~"(a+)+"', /repeat a group/],
    ['monitor=~"(a|a)*b"', /repeat a group/],
    ['monitor=~"(a)\\1"', /refer back/],
    ['monitor=~"(?=a)a"', /look around/],
    ['monitor=~".*.*.*.*x"', /at most 3 times/],
    ['monitor=~"a?a?a?a?a?a?b"', /question marks/],
    ['monitor=~"(a|a)(a|a)(a|a)(a|a)b"', /groups/],
    [`monitor=~"${'a'.repeat(250)}"`, /200 characters/],
    [`monitor="${'a'.repeat(300)}"`, /300 characters/],
  ])('%s', (text, reason) => {
    expect(refusal(text)).toMatch(reason)
  })
})
