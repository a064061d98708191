import { afterAll, beforeAll, expect, test } from 'vitest'
import { pingDeadman } from '../../../lib/adapters/channels/deadman.ts'
import { type StandIn, startStandIn } from '../../support/providers/stand-in.ts'

let watcher: StandIn
beforeAll(async () => {
  watcher = await startStandIn(() => ({ statusCode: 200, body: 'OK' }))
})
afterAll(() => watcher.close())

test('a good tick is told by one GET', async () => {
  expect(await pingDeadman(`${watcher.url}/ping/s3cr3t`)).toEqual({ ok: true, statusCode: 200 })
  expect(watcher.received).toMatchObject([{ method: 'GET', path: '/ping/s3cr3t' }])
})

test('a watcher that refuses or is away is a value, and its address stays secret', async () => {
  watcher.respondWith([{ statusCode: 404, body: 'no such check s3cr3t' }, { drop: true }])
  const results = [
    await pingDeadman(`${watcher.url}/ping/s3cr3t`),
    await pingDeadman(`${watcher.url}/ping/s3cr3t`),
    await pingDeadman('http://127.0.0.1:1/s3cr3t'),
    await pingDeadman('not an address s3cr3t'),
  ]
  expect(results.map(({ ok }) => ok)).toEqual([false, false, false, false])
  expect(JSON.stringify(results)).not.toContain('s3cr3t')
})
