import { beforeAll, expect, test } from 'vitest'
import { type TestApi, testApi } from './support/api.ts'

let api: TestApi
let projectId: string
let key: string

beforeAll(async () => {
  api = await testApi()
  projectId = await api.addProject('shop')
  key = await api.addKey(projectId, 'shop', ['read'])
  const { sql } = api.stack
  for (const [name, value, fault] of [
    ['orders', 41, null],
    ['broken', 7, 'timeout'],
    ['fresh', null, null],
  ] as const) {
    await sql`
      insert into public.kpis (project_id, key, name, unit, kind, query, schedule, time_zone, last_value, last_value_at, last_run_at,
        last_fault, last_error, lower_limit)
      values (${projectId}, ${name}, ${name}, 'orders', 'sql', 'select secret_column', '0 * * * *', 'UTC', ${value},
        ${value === null ? null : '2026-11-21T08:00:00Z'}, private.now(), ${fault}, ${fault && 'It took too long.'}, 42)`
  }
})

test('a key that may read gets every figure, by key and with all that is known of it', async () => {
  const response = await api.get('/api/metrics/business', key)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const body = await response.json()
  expect(body).toMatchObject({ project: 'shop', metrics: { broken: 7, fresh: null, orders: 41 } })
  expect(body.kpis).toEqual([
    {
      ...{ key: 'broken', name: 'broken', unit: 'orders', kind: 'sql', value: 7, valueAt: '2026-11-21T08:00:00.000Z' },
      ...{ beforeValue: null, limit: 'below', error: { code: 'timeout', message: 'It took too long.' } },
    },
    {
      ...{ key: 'fresh', name: 'fresh', unit: 'orders', kind: 'sql', value: null, valueAt: null },
      ...{ beforeValue: null, limit: null, error: null },
    },
    expect.objectContaining({ key: 'orders', value: 41, limit: 'below', error: null }),
  ])
  expect(JSON.stringify(body)).not.toContain('secret_column')
})

test('without a key, with one that may only send, and of another project there is nothing', async () => {
  expect((await api.get('/api/metrics/business')).status).toBe(401)
  expect((await api.get('/api/metrics/business', await api.addKey(projectId, 'shop', ['ingest']))).status).toBe(403)
  const otherId = await api.addProject('other')
  const other = await api.get('/api/metrics/business', await api.addKey(otherId, 'other', ['read']))
  expect(await other.json()).toMatchObject({ project: 'other', metrics: {}, kpis: [] })
})
