import { flush, getClient, startNewTrace, startSpan } from '@sentry/nextjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { onRequestError, register } from '../../../instrumentation.ts'
import { type SentryStandIn, sentryStandIn } from '../../support/providers/sentry.ts'

const request = {
  path: '/api/_boom?token=query-secret',
  method: 'GET',
  headers: {
    host: 'vigie.example.com',
    cookie: 'sb-auth=cookie-secret',
    authorization: 'Bearer header-secret',
    'x-forwarded-for': '203.0.113.7',
    'user-agent': 'agent-of-a-person',
  },
}
const context = {
  routerKind: 'App Router',
  routePath: '/api/_boom',
  routeType: 'route',
  revalidateReason: undefined,
} as const
const fail = (error: Error) => onRequestError(error, request, context)

/** The hooks of instrumentation.ts with the real SDK, as Next calls them; the worker of this file ends with it. */
let sentry: SentryStandIn
beforeAll(async () => {
  sentry = await sentryStandIn()
  process.env.NEXT_RUNTIME = 'nodejs'
})

test('without SENTRY_DSN nothing is sent and nothing fails', async () => {
  delete process.env.SENTRY_DSN
  await register()
  await fail(new Error('boom'))
  expect(getClient()).toBeUndefined()
  expect(sentry.envelopes).toEqual([])
})

describe('with SENTRY_DSN', () => {
  beforeAll(async () => {
    process.env.SENTRY_DSN = sentry.dsn
    await register()
    await fail(new Error('boom at https://vigie.example.com/ack/link-secret?x=query-secret for jane@example.com'))
    await fail(Object.assign(new Error('not found'), { digest: 'NEXT_HTTP_ERROR_FALLBACK;404' }))
    await fail(Object.assign(new Error('redirected'), { digest: 'NEXT_REDIRECT;replace;/sign-in;307;' }))
    await fail(Object.assign(new Error('there is no such incident'), { code: 'PT404' }))
    const attributes = {
      'url.full': 'https://vigie.example.com/x?token=query-secret',
      'http.request.header.cookie': 'cookie-secret',
      'client.address': '203.0.113.7',
    }
    // One in ten is sampled: that none of 300 is has a chance of 2 in 10^14.
    for (let n = 0; n < 300; n += 1) {
      startNewTrace(() => startSpan({ name: 'GET /x?token=query-secret', attributes }, () => undefined))
    }
    await flush(10_000)
  })

  test('a boom arrives, with its place; what steers Next and what answers 404 does not', () => {
    expect(sentry.items('event')).toMatchObject([
      {
        level: 'error',
        transaction: 'GET /api/_boom',
        exception: { values: [{ type: 'Error', value: 'boom at https://vigie.example.com/ack/… for <address>' }] },
        contexts: { nextjs: { router_path: '/api/_boom', request_path: '/api/_boom' } },
      },
    ])
  })

  test('about one request in ten is timed', () => {
    const count = sentry.items('transaction').length
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(100)
  })

  // Without the lines of this very file that surround the error: source context is no data of anybody.
  test.each([
    'cookie-secret',
    'header-secret',
    'query-secret',
    'link-secret',
    'jane@',
    '203.0.113.7',
    'agent-of-a-person',
  ])('%s leaves the program in no envelope', (text) => {
    const sent = sentry.envelopes
      .join('\n')
      .replace(/"(pre_context|post_context)":\[[^\]]*\]|"context_line":"(\\.|[^"\\])*"/g, '')
    expect(sent).toContain('boom')
    expect(sent).not.toContain(text)
  })
})
