import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

const KEYS = Array.from({ length: 8 }, (_, index) => `site-${index}`)

test('a mass failure is held, looked at again, and paged once, saying so', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key, severity: key === 'site-3' ? 'critical' : 'low' })
  await pipeline.runFor(2 * MINUTE)
  for (const key of KEYS.slice(0, 7)) pipeline.prober.behave(key, 'down')
  await pipeline.runFor(10 * SECOND)
  // Confirmed by now, but held.
  expect(pipeline.provider.requests).toEqual([])
  await pipeline.runFor(3 * MINUTE)

  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  expect(await pipeline.incidents()).toMatchObject([
    { number: 1, title: '7 of 8 monitors are down', status: 'triggered', priority: 'P0' },
  ])
  const [sent] = pipeline.provider.received
  expect(sent?.data).toMatchObject({ monitorsTotal: 8, incident: { severity: 'critical', priority: 'P0' } })
  expect(sent?.data).toHaveProperty('alsoAffected.length', 6)
  const [incident] = await pipeline.incidents()
  const timeline = await pipeline.timeline(incident?.id ?? '')
  expect(timeline.filter(({ kind }) => kind === 'opened')).toHaveLength(1)
  expect(timeline.filter(({ kind }) => kind === 'monitor_down')).toHaveLength(7)
  expect(timeline.find(({ kind }) => kind === 'prober_doubted')?.message).toContain(
    '7 of 8 hosts failed in the same run',
  )
})

test('the incident of a mass failure resolves when the last of its monitors has recovered', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key })
  await pipeline.runFor(MINUTE)
  for (const key of KEYS) pipeline.prober.behave(key, 'down')
  await pipeline.runFor(3 * MINUTE)
  for (const key of KEYS.slice(1)) pipeline.prober.behave(key, 'up')
  await pipeline.runFor(3 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([{ status: 'triggered' }])
  pipeline.prober.behave('site-0', 'up')
  await pipeline.runFor(2 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([{ number: 1, status: 'resolved' }])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
})

test('a monitor that had an incident of its own a moment ago joins the others; one whose own is still open stays with it', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key })
  await pipeline.runFor(MINUTE)
  pipeline.prober.behave('site-0', 'down')
  await pipeline.runFor(MINUTE)
  pipeline.prober.behave('site-0', 'up')
  pipeline.prober.behave('site-1', 'down')
  await pipeline.runFor(2 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([
    { title: 'site-0 is down', status: 'resolved' },
    { title: 'site-1 is down', status: 'triggered' },
  ])
  for (const key of KEYS) pipeline.prober.behave(key, 'down')
  await pipeline.runFor(2 * MINUTE)

  expect(await pipeline.incidents()).toMatchObject([
    { title: 'site-0 is down', status: 'resolved' },
    { title: 'site-1 is down', status: 'triggered' },
    { title: '7 of 8 monitors are down', status: 'triggered' },
  ])
  expect(pipeline.provider.told().filter((told) => told === 'incident.triggered ops')).toHaveLength(3)
})

test('a shared outage that comes back soon after its end is the same incident', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  for (const key of KEYS) await pipeline.addMonitor({ key })
  await pipeline.runFor(MINUTE)
  for (const behaviour of ['down', 'up', 'down'] as const) {
    for (const key of KEYS) pipeline.prober.behave(key, behaviour)
    await pipeline.runFor(2 * MINUTE)
  }
  expect(await pipeline.incidents()).toMatchObject([{ number: 1, status: 'triggered' }])
  expect(pipeline.provider.told()).toEqual([
    'incident.triggered ops',
    'incident.resolved ops',
    'incident.triggered ops',
  ])
})
