import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../../lib/adapters/ingest/feedback/answer.ts'

const ANSWER = { id: 'answer-1', rating: 4 }
const read = (more: Record<string, unknown> = {}) => readAnswer(JSON.stringify({ ...ANSWER, ...more }))

describe('an answer', () => {
  test('needs an id and a rating, and everything else may be absent', () => {
    expect(read()).toEqual({
      siteKey: null,
      ok: true,
      answer: {
        id: 'answer-1',
        rating: 4,
        comment: '',
        page: '',
        perceivedSpeed: null,
        loadMs: null,
        locale: '',
        release: '',
        environment: 'production',
        at: null,
      },
    })
  })
  test('is taken whole', () => {
    const given = {
      comment: '  Very good.\n',
      page: 'https://shop.example.com/orders/42?token=secret#step-2',
      perceivedSpeed: 2,
      loadMs: 1234.6,
      locale: 'fr-CA',
      release: 'v1.2.3',
      environment: 'staging',
      at: '2026-01-15T10:30:00Z',
    }
    expect(read({ ...given, site: 'site_1' })).toEqual({
      siteKey: 'site_1',
      ok: true,
      answer: {
        ...ANSWER,
        ...given,
        comment: 'Very good.',
        // What follows the path may be a secret.
        page: '/orders/:id',
        loadMs: 1235,
        at: Date.UTC(2026, 0, 15, 10, 30),
      },
    })
  })
  test.each([{ comment: null }, { perceivedSpeed: null, loadMs: null }, { locale: null, at: null }])(
    'may say null for what is not known: %o',
    (given) => expect(read(given)).toMatchObject({ ok: true }),
  )
  test('holds nothing that Postgres cannot store', () => {
    const found = read({ comment: 'a\0b\ud800c', page: `/${'🙂'.repeat(200)}` })
    expect(found).toMatchObject({ ok: true, answer: { comment: 'a\ufffdb\ufffdc' } })
    expect(found.ok && found.answer.page).toMatch(/^\/(🙂)+\ufffd?$/u)
  })
})

describe('what is wrong is named', () => {
  test.each<[Record<string, unknown>, string, RegExp]>([
    [{ id: undefined }, 'id', /is missing/],
    [{ id: 'short' }, 'id', /8 to 100/],
    [{ id: 'a b c d e f' }, 'id', /8 to 100/],
    [{ id: 12345678 }, 'id', /must be text/],
    [{ rating: undefined }, 'rating', /is missing/],
    [{ rating: 0 }, 'rating', /1, 2, 3, 4 or 5/],
    [{ rating: 6 }, 'rating', /1, 2, 3, 4 or 5/],
    [{ rating: 4.5 }, 'rating', /1, 2, 3, 4 or 5/],
    [{ rating: '5' }, 'rating', /1, 2, 3, 4 or 5/],
    [{ comment: 'x'.repeat(1_001) }, 'comment', /may have 1000 characters/],
    [{ comment: {} }, 'comment', /must be text/],
    [{ perceivedSpeed: 9 }, 'perceivedSpeed', /1, 2, 3, 4 or 5/],
    [{ loadMs: -1 }, 'loadMs', /milliseconds/],
    [{ loadMs: 1e9 }, 'loadMs', /milliseconds/],
    [{ locale: 'not a language' }, 'locale', /such as en/],
    [{ at: 'yesterday' }, 'at', /must be a time/],
    [{ raiting: 3 }, '', /not known; known are id, rating/],
  ])('%o', (given, field, message) => {
    const found = read(given)
    expect(found).toMatchObject({ ok: false, field })
    expect(found.ok ? '' : found.message).toMatch(message)
  })
  test('and the key of the page is read all the same, so that its project is told', () => {
    expect(read({ rating: 9, site: 'site_1' })).toMatchObject({ ok: false, field: 'rating', siteKey: 'site_1' })
  })
  test.each(['', 'hello', '[]', '7', 'null', '{"id":'])('a body that is %j', (body) => {
    expect(readAnswer(body).ok).toBe(false)
  })
})

describe('whatever the body is, it is read without a throw, and holds only what the database can keep', () => {
  const SEED = {
    ...ANSWER,
    comment: 'good',
    page: '/',
    perceivedSpeed: 3,
    loadMs: 1_200,
    locale: 'en',
    at: 1_700_000_000,
  }
  const nasty = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      -1,
      1e308,
      2 ** 53,
      '',
      '\0',
      '\ud800',
      '🙂'.repeat(600),
      'x'.repeat(5_000),
      [],
      {},
      true,
    ),
    fc.string({ unit: 'binary' }),
    fc.jsonValue(),
  )
  const change = fc.tuple(
    fc.constantFrom(...Object.keys(SEED), 'site', 'release', 'environment', '__proto__', 'more'),
    nasty,
  )
  const bodies = fc.oneof(
    fc
      .array(change, { minLength: 1, maxLength: 3 })
      .map((all) => JSON.stringify({ ...SEED, ...Object.fromEntries(all) })),
    fc.json(),
    fc.string({ unit: 'binary' }),
  )
  test('a thousand bodies', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const found = readAnswer(body)
        expectText(found.siteKey ?? '', 100)
        if (!found.ok) {
          expect(found.message).toMatch(/\S/)
          return
        }
        const { answer } = found
        expectText(answer.comment, 1_000)
        for (const text of [answer.page, answer.release, answer.environment]) expectText(text, 200)
        expect(answer.environment).not.toBe('')
        expect(answer.loadMs === null || (Number.isInteger(answer.loadMs) && answer.loadMs >= 0)).toBe(true)
        expect(answer.at === null || !Number.isNaN(new Date(answer.at).getTime())).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

function expectText(text: string, length: number): void {
  // Postgres counts code points.
  expect([...text].length).toBeLessThanOrEqual(length)
  expect(text).not.toMatch(/[\0\p{Surrogate}]/u)
}
