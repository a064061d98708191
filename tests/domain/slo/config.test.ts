import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sloSpecSchema } from '../../../lib/domain/slo/config.ts'
import { presetSpec, SLO_PRESETS } from '../../../lib/domain/slo/presets.ts'
import { parseSlo, sloFileSchema, writeSlo } from '../../../lib/domain/slo/schema-file.ts'
import { parseWhere, writeWhere } from '../../../lib/domain/slo/where-text.ts'
import { anySlo, attribute, condition } from '../../support/any-slo.ts'

test('whatever is written into a file is read back as it was', () => {
  fc.assert(
    fc.property(anySlo, (spec) => {
      expect(parseSlo(spec.key, JSON.parse(JSON.stringify(writeSlo(spec))))).toEqual({ ok: true, spec })
    }),
  )
})

test('every SLO that a file can describe is one that can be stored', () => {
  fc.assert(
    fc.property(anySlo, (spec) => {
      expect(sloSpecSchema.parse(spec)).toEqual(spec)
    }),
  )
})

test('the form of the file has a JSON Schema', () => {
  expect(z.toJSONSchema(sloFileSchema, { io: 'input' })).toMatchObject({ type: 'object' })
})

describe('what a file may say', () => {
  const base = { availability: { monitors: ['api'] }, target: '99.9%' }
  test('the least: what is counted, and the target', () => {
    expect(parseSlo('api', base)).toMatchObject({
      ok: true,
      spec: {
        key: 'api',
        name: 'api',
        target: 0.999,
        method: 'occurrences',
        window: { kind: 'rolling', days: 30 },
        slice: null,
      },
    })
  })
  test('a calendar without a zone is that of the project', () => {
    const parsed = parseSlo('api', { ...base, window: { calendar: 'month' } }, 'Europe/Paris')
    expect(parsed).toMatchObject({ ok: true, spec: { window: { timeZone: 'Europe/Paris' } } })
  })
  test.each([
    ['a target of everything', { ...base, target: '100%' }, 'target', /below 100%/],
    ['a target of nothing', { ...base, target: '0%' }, 'target', /could never be missed/],
    ['a bare number, which may be a share or a percentage', { ...base, target: '0.999' }, 'target', /99\.9%/],
    ['nothing to count', { target: '99%' }, undefined, /exactly one of availability/],
    ['two things to count', { ...base, webVital: { vital: 'lcp' } }, undefined, /exactly one of availability/],
    ['hours as a window', { ...base, window: '36h' }, 'window', /whole days/],
    [
      'a zone that does not exist',
      { ...base, window: { calendar: 'month', timeZone: 'Paris' } },
      'window',
      /time zone/,
    ],
    ['slices without their length', { ...base, method: 'timeslices' }, 'slice', /is missing/],
    ['a length for what has no slices', { ...base, slice: { length: '5m' } }, 'slice', /does not belong/],
    ['slices of seven minutes', { ...base, method: 'timeslices', slice: { length: '7m' } }, 'slice', /1m, 5m/],
    [
      'monitors and a tag',
      { ...base, availability: { monitors: ['api'], tag: 'prod' } },
      'availability',
      /beside keys/,
    ],
    [
      'good and bad',
      { target: '99%', ratio: { good: { metric: 'a' }, bad: { metric: 'b' }, total: { metric: 'c' } } },
      'ratio',
      /exactly one/,
    ],
    ['the name of a page as key', base, 'key', /pages stand/],
  ])('%s is refused', (name, input, field, message) => {
    const parsed = parseSlo(name.startsWith('the name') ? 'import' : 'api', input)
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.issues[0]?.path[0]).toBe(field)
    expect(parsed.issues[0]?.message).toMatch(message)
  })
})

test.each(SLO_PRESETS)('the preset %s can be stored as it is', (preset) => {
  expect(sloSpecSchema.safeParse({ key: 'x', name: 'x', description: '', ...presetSpec(preset) }).success).toBe(true)
})

describe('conditions as people type them', () => {
  test.each([
    ['', {}],
    ['http.route=/checkout', { 'http.route': '/checkout' }],
    ['status=5*, method = GET', { status: { prefix: '5' }, method: 'GET' }],
    ['note="a, b*"', { note: 'a, b*' }],
    ['release=-', { release: null }],
  ])('%s', (text, where) => {
    expect(parseWhere(text)).toEqual({ ok: true, where })
  })
  test.each(['route', '=x', 'a=1, a=2'])('%s is refused by name', (text) => {
    expect(parseWhere(text).ok).toBe(false)
  })
  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(attribute, condition, { maxKeys: 3, noNullPrototype: true }), (where) => {
        expect(parseWhere(writeWhere(where))).toEqual({ ok: true, where })
      }),
    )
  })
})
