import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countSeptets, toGsmText } from '../../../lib/domain/notification/gsm-alphabet.ts'
import { writeShortText } from '../../../lib/domain/notification/short-text.ts'
import { buildMessage } from '../../support/providers/message.ts'

/** What a real link looks like: host, path and a token of 71 characters. */
const acknowledgeUrl = `https://vigie.example.com/a/${'A'.repeat(71)}`

test('a page fits into one segment with its link, in both languages', () => {
  for (const locale of ['en', 'fr'] as const) {
    const text = writeShortText(buildMessage({ acknowledgeUrl, project: { locale } }))
    expect(countSeptets(text)).toBeLessThanOrEqual(160)
    expect(text).toMatch(/^P0 Checkout API/)
    expect(text.endsWith(acknowledgeUrl)).toBe(true)
  }
})

test('what French needs and the GSM alphabet lacks is replaced by its plain form', () => {
  expect(toGsmText('Hôtel « Été »\u00a0: n’a plus de cœur…')).toBe('Hotel " Été " : n\'a plus de coeur...')
})

test('a script without plain form is kept, in a segment of 70', () => {
  const text = writeShortText(
    buildMessage({ acknowledgeUrl: null, incident: { url: '' }, monitor: { name: 'Магазин '.repeat(9) } }),
  )
  expect(text).toContain('Магазин')
  expect(text.length).toBeLessThanOrEqual(70)
})

test('the extension table counts twice', () => {
  expect(countSeptets('a€')).toBe(3)
  expect(countSeptets('ê')).toBeNull()
})

test('no name makes it longer than Twilio allows, and the link is never cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 0, max: 900 }), (name, extra) => {
      const url = `${acknowledgeUrl}${'B'.repeat(extra)}`
      const text = writeShortText(buildMessage({ acknowledgeUrl: url, monitor: { name: name === '' ? 'x' : name } }))
      expect(text.length).toBeLessThanOrEqual(1_600)
      expect(text.endsWith(url)).toBe(true)
    }),
  )
})
