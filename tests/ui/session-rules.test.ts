import { describe, expect, test } from 'vitest'
import { safeNextPath } from '../../app/_session/safe-next.ts'
import { classifySignInError } from '../../app/_session/sign-in-error.ts'
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
