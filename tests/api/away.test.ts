import { expect, test } from 'vitest'
import { sentryStandIn } from '../support/providers/sentry.ts'
import { setEnvironment } from './support/api.ts'

test('a database that is away is said with 503 and a time to come back, and is no error of ours', async () => {
  const sentry = await sentryStandIn()
  setEnvironment('http://127.0.0.1:2')
  process.env.SENTRY_DSN = sentry.dsn
  const { GET } = await import('../../app/api/v1/monitors/route.ts')
  const request = new Request('https://vigie.example.com/api/v1/monitors', {
    headers: { authorization: 'Bearer abcdef' },
  })
  const response = await GET(request, { params: Promise.resolve({}) })
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
  expect(await response.json()).toMatchObject({ detail: 'The database does not answer. Try again in a moment.' })
  expect(sentry.envelopes).toEqual([])
})
