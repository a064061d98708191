import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeReferences, interpolate } from '../../../lib/domain/configuration/interpolate.ts'

const lookUp = (name: string) =>
  name === 'TOKEN' ? ({ ok: true, value: 'a"b: ${X} $1' } as const) : ({ ok: false, message: 'is not set' } as const)
const none = () => ({ ok: false, message: 'is not set' }) as const

describe('variables in a file', () => {
  test('are filled in at any depth, and a value is never read again', () => {
    expect(interpolate({ a: ['x ${TOKEN} y', 1, null], '${TOKEN}': true }, lookUp)).toEqual({
      value: { a: ['x a"b: ${X} $1 y', 1, null], '${TOKEN}': true },
      issues: [],
    })
  })

  test('that are not set are all named, with their place', () => {
    expect(interpolate({ a: { b: ['${ONE} ${TWO}'] } }, lookUp).issues).toEqual([
      { path: ['a', 'b', 0], message: '${ONE} is not set' },
      { path: ['a', 'b', 0], message: '${TWO} is not set' },
    ])
  })

  test('are escaped with a second dollar sign', () => {
    expect(interpolate('$${TOKEN} $TOKEN $$', lookUp)).toEqual({ value: '${TOKEN} $TOKEN $$', issues: [] })
  })

  test.each(['${}', '${1A}', '${TOKEN', '${A B}'])('%s is no reference and is said to be none', (text) => {
    expect(interpolate(text, lookUp).issues).toEqual([
      { path: [], message: 'has a ${ that is no ${NAME}: write $${ for a literal ${' },
    ])
  })

  test.each(['\0', '\ud800'])('text that Postgres cannot store is refused (%j)', (text) => {
    expect(interpolate({ name: `a${text}` }, lookUp).issues).toHaveLength(1)
  })

  test('every value that was escaped comes back as it was', () => {
    const texts = fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', '"') })
    const values = fc.dictionary(fc.constantFrom('a', 'b'), fc.array(texts))
    fc.assert(
      fc.property(values, (value) => {
        expect(interpolate(escapeReferences(value), none)).toEqual({ value: { ...value }, issues: [] })
      }),
    )
  })
})
