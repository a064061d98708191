import { describe, expect, test } from 'vitest'
import { safeNextPath } from '../../app/_session/safe-next.ts'
import { classifySignInError } from '../../app/_session/sign-in-error.ts'
import { countAttempt, forgetAttempt, signInCounts } from '../../app/_session/sign-in-limits.ts'
import { negotiateLocale } from '../../i18n/negotiate-locale.ts'

describe('after signing in one stays on this site', () => {
  test.each(['/', '/demo', '/demo/monitors?state=down&page=2', '/demo/incidents/12'])('%s is gone to', (path) => {
    expect(safeNextPath(path)).toBe(path)
  })

  test('an address inside the query is no concern', () => {
    expect(safeNextPath('/demo?url=https://a.example//b')).toBe('/demo?url=https://a.example//b')
  })

  test.each([
    ['another site', 'https://evil.example/'],
    ['another site without its scheme', '//evil.example/'],
    ['a backslash that browsers read as a slash', '/\\evil.example/'],
    ['a backslash further on', '/demo\\..\\evil'],
    ['a tab that browsers drop', '/\t/evil.example/'],
    ['a line feed', '/\n/evil.example'],
    ['dots that leave two slashes', '/demo/../..//evil.example#x'],
    ['dots that leave two slashes, encoded', '/%2e%2e//evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'demo'],
    ['nothing', ''],
    ['no text', undefined],
    ['several values', ['/a', '/b']],
    ['an endless path', `/${'a'.repeat(3_000)}`],
  ])('%s leads home instead', (_name, next) => expect(safeNextPath(next)).toBe('/'))
})

describe('a failed sign-in says what to do', () => {
  test.each([
    [{ status: 400, code: 'invalid_credentials' }, 'credentials'],
    [{ status: 400, code: 'email_not_confirmed' }, 'unconfirmed'],
    [{ status: 422, code: 'otp_disabled' }, 'credentials'],
    [{ status: 429, code: 'over_request_rate_limit' }, 'rateLimited'],
    [{ status: 429, code: undefined }, 'rateLimited'],
    [{ status: 500, code: 'unexpected_failure' }, 'unreachable'],
    [{ status: 0, code: undefined }, 'unreachable'],
    [{}, 'unreachable'],
  ])('%j is %s', (error, expected) => expect(classifySignInError(error)).toBe(expected))
})

describe('the language of a request', () => {
  test.each([
    ['fr', null, 'fr'],
    ['fr', 'en', 'fr'],
    ['de', 'fr-CA,fr;q=0.9', 'fr'],
    [undefined, 'de-DE,de;q=0.9,fr;q=0.5,en;q=0.7', 'en'],
    [undefined, 'de;q=0.9, fr;q=0.8', 'fr'],
    [undefined, 'fr;q=0, en;q=0.1', 'en'],
    [undefined, 'de,it', 'en'],
    [undefined, '', 'en'],
    [undefined, null, 'en'],
  ] as const)('chosen %s with Accept-Language %s is %s', (chosen, header, locale) => {
    expect(negotiateLocale(chosen, header)).toBe(locale)
  })
})

describe('attempts to sign in', () => {
  /** Counts as the database does, without time. */
  function limiter() {
    const taken = new Map<string, number>()
    return {
      taken,
      async take(bucket: string, { capacity }: { capacity: number }) {
        const count = taken.get(bucket) ?? 0
        if (count >= capacity) return { allowed: false as const, retryAfterSeconds: 90 }
        taken.set(bucket, count + 1)
        return { allowed: true as const, remaining: capacity - count - 1 }
      },
      async giveBack(bucket: string) {
        taken.set(bucket, (taken.get(bucket) ?? 0) - 1)
      },
    }
  }
  const attempt = (counter: ReturnType<typeof limiter>, email: string, place: string) =>
    countAttempt(counter, signInCounts('password', email, place))

  test('ten wrong passwords for one account from one place are enough, in whatever case the address is typed', async () => {
    const counter = limiter()
    for (let n = 0; n < 10; n += 1)
      expect(await attempt(counter, n % 2 ? 'Ada@example.com' : 'ada@example.com', 'here')).toBeNull()
    expect(await attempt(counter, 'ada@example.com', 'here')).toBe(90)
  })

  test('who is at another place is not locked out by them', async () => {
    const counter = limiter()
    for (let n = 0; n < 20; n += 1) await attempt(counter, 'ada@example.com', 'there')
    expect(await attempt(counter, 'ada@example.com', 'here')).toBeNull()
  })

  test('one place that tries account after account is stopped, too', async () => {
    const counter = limiter()
    const answers = []
    for (let n = 0; n < 101; n += 1) answers.push(await attempt(counter, `person-${n}@example.com`, 'here'))
    expect(answers.filter((answer) => answer !== null)).toEqual([90])
  })

  test('a right password costs nothing', async () => {
    const counter = limiter()
    const counts = signInCounts('password', 'ada@example.com', 'here')
    await countAttempt(counter, counts)
    await forgetAttempt(counter, counts)
    expect([...counter.taken.values()]).toEqual([0, 0, 0])
  })

  test('five links are mailed, not more, and they do not count as passwords', async () => {
    const counter = limiter()
    const counts = signInCounts('link', 'ada@example.com', 'here')
    for (let n = 0; n < 5; n += 1) expect(await countAttempt(counter, counts)).toBeNull()
    expect(await countAttempt(counter, counts)).toBe(90)
    expect(await attempt(counter, 'ada@example.com', 'here')).toBeNull()
  })

  test('no bucket names who tried', () => {
    const names = signInCounts('password', 'ada@example.com', '203.0.113.9').map(([bucket]) => bucket)
    expect(names.join(' ')).not.toMatch(/ada|example|203/)
  })
})
