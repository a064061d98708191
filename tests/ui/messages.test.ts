import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LOCALES } from '../../i18n/locales.ts'

const ROOT = join(import.meta.dirname, '../../messages')

type Texts = { [key: string]: string | Texts }

function read(locale: string, file: string): Texts {
  return JSON.parse(readFileSync(join(ROOT, locale, file), 'utf8')) as Texts
}

/** Every text of a file by its dotted key. */
function flatten(texts: Texts, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
}

const filesOf = (locale: string) => readdirSync(join(ROOT, locale)).sort()
const namespaces = filesOf('en')

/** The names that a text takes: `{count, plural, …}` and `{age}` alike, but not the branches of a plural. */
const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name))].sort()

test('every language has the same namespaces', () => {
  for (const locale of LOCALES) expect(filesOf(locale)).toEqual(namespaces)
})

describe.each(namespaces)('%s', (file) => {
  const english = new Map(flatten(read('en', file)))
  const french = new Map(flatten(read('fr', file)))

  test('says everything in both languages', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('takes the same values in both languages', () => {
    for (const [key, text] of english) {
      expect({ key, takes: argumentsOf(french.get(key) ?? '') }).toEqual({ key, takes: argumentsOf(text) })
    }
  })

  test('leaves no text empty', () => {
    for (const [key, text] of [...english, ...french]) expect(text.trim(), key).not.toBe('')
  })

  test('sets a no-break space before double punctuation in French, and curls its apostrophes', () => {
    for (const [key, text] of french) expect(typographyFaults(text), key).toEqual([])
  })
})

/** What breaks French typography in a text. Addresses, clock times and ICU arguments are no sentences. */
function typographyFaults(text: string): string[] {
  const prose = text
    .replace(/\b[a-z]+:\/\/\S+/g, 'URL')
    .replace(/\d{1,2}:\d{2}/g, 'TIME')
    .replace(/\{\w+, (plural|select)[^{]*/g, '{')
  const faults = [...prose.matchAll(/(.?)([:;?!%»])/g)].filter(([, before]) => !/[\u00a0\u202f?!]/.test(before ?? ''))
  const apostrophes = prose.match(/\w'\w/g) ?? []
  return [...faults.map(([found]) => found), ...apostrophes]
}

test('the typography rule finds what it is for', () => {
  expect(typographyFaults('Erreur : réessayez')).toHaveLength(1)
  expect(typographyFaults('Erreur: réessayez')).toHaveLength(1)
  expect(typographyFaults('99 %')).toHaveLength(1)
  expect(typographyFaults("l'adresse")).toHaveLength(1)
  expect(typographyFaults('Erreur\u00a0: voir https://a.example à 09:00\u202f! 99,9\u202f%')).toEqual([])
})
