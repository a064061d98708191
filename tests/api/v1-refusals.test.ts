import { beforeAll, describe, expect, test } from 'vitest'
import { type TestApi, testApi } from './support/api.ts'

let api: TestApi
let key: string
beforeAll(async () => {
  api = await testApi()
  key = await api.addKey(await api.addProject('shop'), 'shop', ['read'])
})

describe('a wrong parameter is refused by name', () => {
  test.each([
    ['/api/v1/monitors?limit=0', 'limit', 'must be a whole number from 1 to 200 (got "0")'],
    ['/api/v1/monitors?after=A_B', 'after', 'must be the key of a monitor (got "A_B")'],
    ['/api/v1/monitors/api/results?limit=1e9', 'limit', 'must be a whole number from 1 to 500 (got "1e9")'],
    [
      '/api/v1/monitors/api/results?before=monday',
      'before',
      'must be an RFC 3339 time such as 2026-11-20T09:00:00Z (got "monday")',
    ],
    [
      '/api/v1/incidents?status=closed',
      'status',
      'must be one of all, open, triggered, acknowledged, resolved (got "closed")',
    ],
    ['/api/v1/incidents?before=-1', 'before', 'must be a whole number from 1 to 2147483647 (got "-1")'],
  ])('%s', async (path, field, message) => {
    const response = await api.get(path, key)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({
      status: 422,
      title: 'Wrong values',
      errors: [{ field, message }],
      detail: `${field} ${message}`,
    })
  })

  test('all of them at once', async () => {
    const body = await (await api.get('/api/v1/incidents?status=x&limit=x&before=x', key)).json()
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['limit', 'before', 'status'])
  })
})

test('a path that the API does not have is answered in its own form', async () => {
  const response = await api.get('/api/v1/monitor', key)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ detail: 'There is nothing at /api/v1/monitor.' })
})

test('a key that asks more often than RATE_LIMIT_MAX a minute is told how long to wait; another key is not held up', async () => {
  const projectId = await api.addProject('busy')
  const hasty = await api.addKey(projectId, 'hasty', ['read'])
  const other = await api.addKey(projectId, 'other-busy', ['read'])
  const answers = await Promise.all(Array.from({ length: 230 }, () => api.get('/api/v1/monitors', hasty)))
  const refused = answers.filter(({ status }) => status === 429)
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(200)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  expect(refused[0]?.headers.get('ratelimit')).toBe('"key";r=0;t=1')
  expect(await refused[0]?.json()).toMatchObject({
    status: 429,
    title: 'Too many requests',
    detail: expect.stringContaining('may ask 200 times a minute'),
  })
  const unhurried = await api.get('/api/v1/monitors', other)
  expect(unhurried.status).toBe(200)
  expect(unhurried.headers.get('ratelimit-policy')).toBe('"key";q=200;w=60')
  expect(unhurried.headers.get('ratelimit')).toBe('"key";r=199')
})
