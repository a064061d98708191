import { describe, expect, test } from 'vitest'
import { scrubText } from '../../../lib/adapters/system/scrub-text.ts'
import { applySentryRules, isNotOurError } from '../../../lib/adapters/system/sentry-rules.ts'

describe('scrubText', () => {
  test.each([
    ['GET https://example.com/a/b?token=1#c failed', 'GET https://example.com/a/b failed'],
    ['GET /monitors?search=x', 'GET /monitors'],
    ['https://example.com/ack/abc.def', 'https://example.com/ack/…'],
    ['/ping/0b8a4c3e-7f62-4a7c-9d6b-2f1f0d1c2b3a/start', '/ping/…'],
    ['postgres://user:pw@host/db', 'postgres://host/db'],
    ['Authorization: Bearer abc.def-123==', 'Authorization: Bearer …'],
    ['key sb_secret_abc123 and vigie_ABC-def', 'key … and …'],
    ['mail to jane.doe+x@example.co.uk bounced', 'mail to <address> bounced'],
    ['why? because', 'why? because'],
  ])('%s', (text, expected) => expect(scrubText(text)).toBe(expected))
})

describe('an event', () => {
  test('loses people and contents wherever they stand, and keeps what explains the error', () => {
    const event = {
      message: 'boom',
      user: { id: '1', email: 'a@example.com', ip_address: '203.0.113.7' },
      server_name: 'laptop-of-jane',
      request: {
        url: 'https://e.com/a?b=c',
        method: 'GET',
        cookies: { a: 'b' },
        headers: { x: 'y' },
        data: 'body',
        query_string: 'b=c',
      },
      breadcrumbs: [{ message: 'clicked', data: { url: '/a?b=c' } }],
      contexts: {
        trace: {
          trace_id: 't',
          data: { 'url.query': 'b=c', 'http.url': 'https://e.com/a?b=c', 'client.address': '203.0.113.7' },
        },
      },
      spans: [{ description: 'GET https://e.com/rest/v1/x?select=*', data: { 'http.query': 'select=*' } }],
      tags: { route: '/a' },
    }
    expect(applySentryRules(event)).toEqual({
      message: 'boom',
      request: { url: 'https://e.com/a', method: 'GET' },
      contexts: { trace: { trace_id: 't', data: { 'http.url': 'https://e.com/a' } } },
      spans: [{ description: 'GET https://e.com/rest/v1/x', data: {} }],
      tags: { route: '/a' },
    })
  })

  test('of a request that was answered with 404 is dropped, of any other answer not', () => {
    expect(applySentryRules({ contexts: { response: { status_code: 404 } } })).toBeNull()
    expect(applySentryRules({ contexts: { trace: { data: { 'http.response.status_code': 404 } } } })).toBeNull()
    expect(applySentryRules({ contexts: { response: { status_code: 500 } } })).not.toBeNull()
    expect(applySentryRules({ type: 'transaction' })).not.toBeNull()
  })

  test.each<[string, unknown, boolean]>([
    ['not found of Next', { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }, true],
    ['older not found of Next', new Error('NEXT_NOT_FOUND'), true],
    ['redirect of Next', { digest: 'NEXT_REDIRECT;push;/x;307;' }, true],
    ['404 of a client', { status: 404 }, true],
    ['refusal of the database', { code: 'PT404' }, true],
    ['500 of a client', { status: 500 }, false],
    ['error that mentions NEXT_REDIRECT', new Error('who threw NEXT_REDIRECT?'), false],
    ['nothing', null, false],
  ])('%s', (_, error, expected) => expect(isNotOurError(error)).toBe(expected))
})
