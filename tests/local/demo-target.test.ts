import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoTarget, startDemoTarget } from '../../lib/local/demo-target.ts'

let demo: DemoTarget
beforeAll(async () => {
  demo = await startDemoTarget(70_000)
})
afterAll(() => demo.stop())

const health = async () => {
  const response = await fetch(`${demo.url}/health`)
  return [response.status, await response.json()]
}
const send = async (path: string, body?: string) =>
  (await fetch(demo.url + path, { method: 'POST', ...(body ? { body } : {}) })).status
const healthy = [200, { status: 'healthy', checks: { database: 'ok' } }]

test('it is healthy until it is broken, and again after the repair', async () => {
  expect(await health()).toEqual(healthy)
  expect(await send('/break')).toBe(200)
  expect(await health()).toEqual([503, { status: 'error', checks: { database: 'error' } }])
  expect(await send('/repair')).toBe(200)
  expect(await health()).toEqual(healthy)
})

test('degraded is told in the body alone', async () => {
  await send('/break', '{"mode":"degraded"}')
  expect(await health()).toEqual([200, { status: 'degraded', checks: { database: 'slow' } }])
  await send('/repair')
})

test('slow answers late, and well', async () => {
  await send('/break', '{"mode":"slow"}')
  const startedAt = performance.now()
  expect(await health()).toEqual(healthy)
  expect(performance.now() - startedAt).toBeGreaterThan(2_900)
  await send('/repair')
})

test.each(['{"mode":"on fire"}', 'not json', '[]'.padEnd(2_000)])('a wrong order %# breaks nothing', async (body) => {
  expect(await send('/break', body)).toBe(400)
  expect(await health()).toEqual(healthy)
})
