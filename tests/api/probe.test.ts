import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { probeFunction } from '../../api/_lib/probe.ts'
import { createFunctionRouter } from '../../lib/local/function-routes.ts'
import { createProberHandler } from '../../lib/wiring/prober.ts'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const SECRET = 'sixteen-or-more-letters'
const ENV = { secret: SECRET, logLevel: 'silent' } as const

const call = (authorization: string, body: string) =>
  new Request('http://localhost/api/probe/fra1', { method: 'POST', headers: { authorization }, body })

test.each(['fra1', 'iad1', 'sin1'])('there is a function for %s', (region) => {
  const route = createFunctionRouter(ROOT, [])
  expect(route(new URL(`http://localhost/api/probe/${region}`))?.file).toBe(join(ROOT, `api/probe/${region}.ts`))
})

test('it probes for whoever has the secret, and says where it does', async () => {
  const { POST } = probeFunction(() => createProberHandler('fra1', { ...ENV, allowTargets: [], controlTargets: [] }))
  expect((await POST(call('Bearer wrong', '{"probes":[]}'))).status).toBe(401)
  const response = await POST(call(`Bearer ${SECRET}`, '{"probes":[]}'))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ region: 'fra1', doubt: null, outcomes: [] })
})

test('it is wired once', async () => {
  let times = 0
  const { POST } = probeFunction(() => {
    times += 1
    return async () => new Response()
  })
  await POST(call('', ''))
  await POST(call('', ''))
  expect(times).toBe(1)
})

test('one that cannot be wired says so without saying why', async () => {
  const { POST } = probeFunction(() => {
    throw new Error('CRON_SECRET is missing')
  })
  const response = await POST(call('', ''))
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('CRON_SECRET')
})
