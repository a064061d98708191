import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAddressPolicy } from '../../../lib/adapters/net/address-policy.ts'
import { createProber } from '../../../lib/adapters/net/create-prober.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { testDraft, testMonitor } from '../../../lib/commands/monitor/test-now.ts'
import type { MonitorSecrets } from '../../../lib/domain/monitor/config.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import { targetFormats } from '../../../lib/wiring/target-formats.ts'
import { draftOf } from './world.ts'

const secretBox = createSecretBox('a key for tests')
let url = ''
const server = createServer((request, response) => {
  const isKnown = request.headers.authorization === 'Bearer hush'
  response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' }).end('{"status":"healthy"}')
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`
})
afterAll(() => server.close())

function depsWith(stored: MonitorSecrets | null, allowed: string[] = ['127.0.0.0/8']) {
  return {
    secretBox,
    secrets: { findCiphertext: async () => (stored === null ? null : secretBox.seal(stored)) },
    prober: createProber({ allow: createAddressPolicy(allowed), clock: { now: Date.now }, formats: targetFormats }),
  }
}

const monitorOf = (target: string) => ({
  ...draftOf({ key: 'shop', url: target }).spec,
  id: 'm',
  projectId: 'p',
  pausedAt: null,
})

test('a probe that was asked for uses the stored secrets and shows the phases', async () => {
  const tested = await testMonitor(depsWith({ bearerToken: 'hush' }), 'responder', monitorOf(url))
  expect(tested).toMatchObject({ ok: true, value: { verdict: 'up', statusCode: 200 } })
  expect(tested.ok && tested.value.phases.ttfb).toBeGreaterThan(0)
})

test('without its secrets the same target answers 401, with expected and got', async () => {
  const tested = await testMonitor(depsWith(null), 'responder', monitorOf(url))
  expect(tested).toMatchObject({
    ok: true,
    value: { verdict: 'down', failures: [{ subject: 'status', expected: '200 to 299', got: '401' }] },
  })
})

test.each<{ role: Role; saved: boolean; draft: boolean }>([
  { role: 'viewer', saved: false, draft: false },
  { role: 'responder', saved: true, draft: false },
  { role: 'admin', saved: true, draft: true },
  { role: 'owner', saved: true, draft: true },
])('a $role may test what is saved: $saved, and what is not: $draft', async ({ role, saved, draft }) => {
  expect((await testMonitor(depsWith(null), role, monitorOf(url))).ok).toBe(saved)
  expect((await testDraft(depsWith(null), role, draftOf({ key: 'shop', url }))).ok).toBe(draft)
})

test('the stored secrets go only to the monitor that they belong to: a new draft that keeps them has none', async () => {
  const fresh = await testDraft(depsWith({ bearerToken: 'hush' }), 'admin', draftOf({ key: 'shop', url }))
  expect(fresh).toMatchObject({ ok: true, value: { statusCode: 401 } })
  const edited = await testDraft(depsWith({ bearerToken: 'hush' }), 'admin', {
    ...draftOf({ key: 'shop', url }),
    id: 'm',
  })
  expect(edited).toMatchObject({ ok: true, value: { statusCode: 200 } })
})

test('a private address is refused like on schedule', async () => {
  const tested = await testMonitor(depsWith(null, []), 'admin', monitorOf(url))
  expect(tested).toMatchObject({ ok: true, value: { verdict: 'down', cause: 'blocked' } })
})

test('a heartbeat is not probed', async () => {
  const { spec } = draftOf({ key: 'job' })
  const config = { periodSeconds: 60, graceSeconds: 60, timeZone: 'UTC' }
  const heartbeat = { ...spec, kind: 'heartbeat' as const, config, id: 'm', projectId: 'p', pausedAt: null }
  expect(await testMonitor(depsWith(null), 'admin', heartbeat)).toMatchObject({
    ok: false,
    errors: [{ code: 'heartbeat' }],
  })
})
