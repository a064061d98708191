import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestApi, testApi } from './support/api.ts'

const PATH = '/api/v1/deployments'

let api: TestApi
let keys: Record<'ingest' | 'read' | 'write' | 'otherRead' | 'otherIngest', string>

beforeAll(async () => {
  api = await testApi()
  const shop = await api.addProject('shop')
  const other = await api.addProject('other')
  keys = {
    ingest: await api.addKey(shop, 'shop', ['ingest']),
    read: await api.addKey(shop, 'shop', ['read']),
    write: await api.addKey(shop, 'shop', ['write']),
    otherRead: await api.addKey(other, 'other', ['read']),
    otherIngest: await api.addKey(other, 'other', ['ingest']),
  }
})
beforeEach(() => api.stack.sql`truncate public.deployments, public.rate_buckets`)

async function tell(body: unknown, key: string | undefined = keys.ingest) {
  const response = await api.post(PATH, typeof body === 'string' ? body : JSON.stringify(body), key)
  return { status: response.status, body: await response.json() }
}

async function list(query = '', key: string | undefined = keys.read) {
  const response = await api.get(`${PATH}${query}`, key)
  return { status: response.status, body: await response.json() }
}

describe('telling a deployment', () => {
  test('one line is enough: live in production, now', async () => {
    const { status, body } = await tell({ service: 'shop', commit: '3F1C9A2' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      service: 'shop',
      environment: 'production',
      commit: '3f1c9a2',
      status: 'succeeded',
      source: 'api',
      buildDurationMs: null,
    })
    expect(Math.abs(Date.parse(body.readyAt) - Date.now())).toBeLessThan(60_000)
  })
  test('begin and end with the same id are one deployment, with the time that it took', async () => {
    await tell({ id: 'run-7', status: 'building', at: '2026-11-20T09:00:00Z', message: 'fix: one\n\nmore' })
    const { body } = await tell({ id: 'run-7', status: 'succeeded', at: '2026-11-20T10:01:30+01:00' })
    expect(body).toMatchObject({ id: 'run-7', status: 'succeeded', message: 'fix: one', buildDurationMs: 90_000 })
    expect((await list()).body.deployments).toHaveLength(1)
  })
  test('without an id each call is a deployment of its own', async () => {
    await tell({ service: 'shop' })
    await tell({ service: 'shop' })
    expect((await list()).body.deployments).toHaveLength(2)
  })
  test.each<[string, unknown, number, string]>([
    ['a status that there is not', { status: 'fine' }, 422, 'status'],
    ['a time that is none', { at: 'yesterday' }, 422, 'at'],
    ['a link that runs code', { url: 'javascript:alert(1)' }, 422, 'url'],
    ['a field that is not known', { servcie: 'shop' }, 422, 'servcie'],
    ['NUL in a text', { service: 'a\0b' }, 422, 'service'],
    ['half a character', { branch: '\ud800' }, 422, 'branch'],
    ['a list', [], 422, ''],
  ])('%s is refused by its field, and nothing is kept', async (_, body, status, field) => {
    const answer = await tell(body)
    expect(answer).toMatchObject({ status, body: { errors: [{ field }] } })
    expect((await list()).body.deployments).toEqual([])
  })
  test('what is no JSON is 400, and too much is 413', async () => {
    expect((await tell('{')).status).toBe(400)
    expect((await tell({ message: 'x'.repeat(70_000) })).status).toBe(413)
  })
  test.each(['read', 'write'] as const)('a key that may %s alone may not', async (scope) => {
    expect((await tell({}, keys[scope])).status).toBe(403)
    expect((await list()).body.deployments).toEqual([])
  })
  test('nobody without a key', async () => {
    expect((await tell({}, '')).status).toBe(401)
  })
})

describe('reading deployments', () => {
  test('by status, service and environment, page by page', async () => {
    for (const id of ['1', '2', '3']) await tell({ id, service: 'shop' })
    await tell({ id: '4', service: 'worker', environment: 'Preview', status: 'failed' })
    const ids = async (query: string) => (await list(query)).body.deployments.map(({ id }: { id: string }) => id)
    expect(await ids('')).toEqual(['4', '3', '2', '1'])
    expect(await ids('?service=shop')).toEqual(['3', '2', '1'])
    expect(await ids('?environment=preview')).toEqual(['4'])
    expect(await ids('?status=failed')).toEqual(['4'])
    const { body } = await list('?limit=2')
    expect(await ids(`?limit=2&before=${body.next}`)).toEqual(['2', '1'])
  })
  test('what another project deploys is not there, also under the same id', async () => {
    await tell({ id: '1', service: 'shop' })
    await tell({ id: '1', service: 'theirs' }, keys.otherIngest)
    expect((await list()).body.deployments).toMatchObject([{ service: 'shop' }])
    expect((await list('', keys.otherRead)).body.deployments).toMatchObject([{ service: 'theirs' }])
  })
  test('a key for sending may not read', async () => {
    expect((await list('', keys.ingest)).status).toBe(403)
  })
  test.each(['?status=fine', '?limit=0', '?before=x'])('%s is refused', async (query) => {
    expect((await list(query)).status).toBe(422)
  })
})
