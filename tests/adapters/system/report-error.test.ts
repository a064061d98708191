import { describe, expect, test } from 'vitest'
import { createErrorReporter } from '../../../lib/adapters/system/report-error.ts'
import { sentryStandIn } from '../../support/providers/sentry.ts'

interface Exception {
  values: { stacktrace: { frames: { filename: string }[] } }[]
}

describe('errors of functions', () => {
  test("arrive with type, place and request id, and without what is nobody else's business", async () => {
    const sentry = await sentryStandIn()
    const error = new TypeError('no answer from https://u:pw@db.example.com/x?key=query-secret for jane@example.com')
    await createErrorReporter(sentry.dsn, 'production').report(error, 'GET /api/cron/tick', 'request-1')
    expect(sentry.items('event')).toMatchObject([
      {
        event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        platform: 'node',
        environment: 'production',
        transaction: 'GET /api/cron/tick',
        tags: { request_id: 'request-1' },
        exception: { values: [{ type: 'TypeError', value: 'no answer from https://db.example.com/x for <address>' }] },
      },
    ])
    const [{ values }] = sentry.items('event').map(({ exception }) => exception) as [Exception]
    expect(values[0]?.stacktrace.frames.at(-1)).toMatchObject({
      filename: 'tests/adapters/system/report-error.test.ts',
      in_app: true,
    })
  })

  test('that are answers of 404 are not sent', async () => {
    const sentry = await sentryStandIn()
    const reporter = createErrorReporter(sentry.dsn, 'production')
    await reporter.report(Object.assign(new Error('gone'), { code: 'PT404' }), 'GET /x', 'r')
    await reporter.report(new Error('boom'), 'GET /x', 'r')
    expect(sentry.items('event')).toHaveLength(1)
  })

  test('that are no Error objects are sent too', async () => {
    const sentry = await sentryStandIn()
    await createErrorReporter(sentry.dsn, 'production').report('a text', 'GET /x', 'r')
    expect(sentry.items('event')).toMatchObject([{ exception: { values: [{ value: 'a text' }] } }])
  })

  test('go nowhere without a DSN', async () => {
    await expect(createErrorReporter(null, 'local').report(new Error('x'), 'GET /x', 'r')).resolves.toBeUndefined()
  })

  test('do not become a second error when the tracker is away', async () => {
    const reporter = createErrorReporter('http://key@127.0.0.1:2/1', 'local')
    await expect(reporter.report(new Error('x'), 'GET /x', 'r')).resolves.toBeUndefined()
  })
})
