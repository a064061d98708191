import { describe, expect, test } from 'vitest'
import type { MessageData } from '../../lib/domain/notification/message.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { createControls } from '../../lib/tasks/check-controls.ts'
import { type Pipeline, pipelineSupport } from '../support/pipeline.ts'
import { askProbers, findClosedPort, startImpostor, startProber } from '../support/probers.ts'
import { createRealProber, serve } from '../support/real-prober.ts'

const { start } = await pipelineSupport()
const REGIONS = ['fra1', 'iad1', 'sin1']

/** A target that answers or not, as `isUp` says at the moment. */
async function startTarget() {
  const target = { isUp: true, url: '' }
  target.url = await serve((_request, response) => response.writeHead(target.isUp ? 200 : 503).end())
  return target
}

/** One monitor of a real target, looked at by probers on these ports. */
async function watch(
  pipeline: Pipeline,
  url: string,
  ports: Record<string, number>,
  more: { regions?: string[]; quorum?: string; key?: string } = {},
) {
  await pipeline.addMonitor({
    key: more.key ?? 'api',
    timeoutMs: 500,
    regions: more.regions ?? REGIONS,
    quorum: more.quorum ?? 'majority',
    target: { kind: 'http', config: { url } },
  })
  pipeline.setDeps({ prober: createRealProber(pipeline.clock), regions: pipeline.clock.track(askProbers(ports)) })
}

async function startProbers(names = REGIONS): Promise<Record<string, number>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await startProber(name)).port])))
}

const sightings = (pipeline: Pipeline) => pipeline.sql<{ region: string; verdict: string; message: string | null }[]>`
  select region, verdict, message from public.region_results
  where slot_at = (select max(slot_at) from public.region_results) order by region`
const countResults = async (pipeline: Pipeline) => (await pipeline.sql`select from public.probe_results`).length

describe('a monitor with three regions', () => {
  test('counts a slot once, keeps what each region saw, and adds it up by the hour', async () => {
    const pipeline = await start()
    const target = await startTarget()
    await watch(pipeline, target.url, await startProbers())
    await pipeline.runFor(3 * MINUTE)
    expect(await countResults(pipeline)).toBe(3)
    expect(await sightings(pipeline)).toEqual(REGIONS.map((region) => ({ region, verdict: 'up', message: null })))
    const hours = await pipeline.sql`
      select region, up, down, unknown, histogram_counts from public.region_rollups order by region`
    expect(hours).toMatchObject(REGIONS.map((region) => ({ region, up: 3, down: 0, unknown: 0 })))
    expect(hours.map(({ histogram_counts: counts }) => (counts as number[]).reduce((sum, n) => sum + n))).toEqual([
      3, 3, 3,
    ])
  })

  test('pages once when it is down everywhere, and says where; it recovers likewise', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    await watch(pipeline, target.url, await startProbers())
    await pipeline.runFor(MINUTE)
    target.isUp = false
    await pipeline.runFor(2 * MINUTE)
    const [incident] = await pipeline.incidents()
    expect(incident?.reason).toMatch(/^down in 3 of 3 regions: fra1 answered 503/)
    const data = pipeline.provider.received[0]?.data as MessageData | undefined
    expect(data?.evidence.at(-1)).toMatchObject({
      message: expect.stringContaining('down in 3 of 3 regions'),
      regions: REGIONS.map((region) => ({ region, verdict: 'down' })),
    })
    target.isUp = true
    await pipeline.runFor(2 * MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops', 'incident.resolved ops'])
  })

  test('pages nobody when one region alone fails, and shows that it does', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    // It may not reach the target: that is how a region looks whose way there is cut.
    const fra1 = (await startProber('fra1', { allowTargets: [] })).port
    await watch(pipeline, target.url, { ...(await startProbers(['iad1', 'sin1'])), fra1 })
    await pipeline.runFor(3 * MINUTE)
    expect(pipeline.provider.requests).toEqual([])
    expect(await pipeline.stateOf('api')).toBe('up')
    expect((await sightings(pipeline)).map(({ verdict }) => verdict)).toEqual(['down', 'up', 'up'])
  })

  test('pages for one region alone where the quorum is any', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    const fra1 = (await startProber('fra1', { allowTargets: [] })).port
    await watch(pipeline, target.url, { ...(await startProbers(['iad1', 'sin1'])), fra1 }, { quorum: 'any' })
    await pipeline.runFor(2 * MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
    expect((await pipeline.incidents())[0]?.reason).toMatch(/^down in 1 of 3 regions: fra1 blocked; iad1 answered in/)
  })
})

describe('probers that are not there', () => {
  test('a killed one leaves the verdict to the others, which page', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    const sin1 = await startProber('sin1')
    await watch(pipeline, target.url, { ...(await startProbers(['fra1', 'iad1'])), sin1: sin1.port })
    await pipeline.runFor(MINUTE)
    await sin1.stop()
    target.isUp = false
    await pipeline.runFor(MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
    expect(await sightings(pipeline)).toMatchObject([
      { region: 'fra1', verdict: 'down' },
      { region: 'iad1', verdict: 'down' },
      { region: 'sin1', verdict: 'unknown', message: 'its prober cannot be reached' },
    ])
  })

  test('two of three leave nobody who knows: no page, the state stays, and the slots count as not seen', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    const away = [await startProber('iad1'), await startProber('sin1')] as const
    const ports = { ...(await startProbers(['fra1'])), iad1: away[0].port, sin1: away[1].port }
    await watch(pipeline, target.url, ports)
    await pipeline.runFor(2 * MINUTE)
    for (const prober of away) await prober.stop()
    target.isUp = false
    await pipeline.runFor(3 * MINUTE)
    expect(pipeline.provider.requests).toEqual([])
    expect(await pipeline.stateOf('api')).toBe('up')
    expect(await countResults(pipeline)).toBe(2)
    // They come back: what was not seen is a gap, and the failure is told.
    pipeline.setDeps({
      prober: createRealProber(pipeline.clock),
      regions: pipeline.clock.track(askProbers(await startProbers())),
    })
    await pipeline.runFor(2 * MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
    const gaps = await pipeline.sql<{ slots: number }[]>`
      select (extract(epoch from until_at - from_at) / interval_seconds)::int as slots from public.probe_gaps`
    expect(gaps).toEqual([{ slots: 3 }])
  })

  test('one that hangs delays no monitor without it', async () => {
    const pipeline = await start()
    const target = await startTarget()
    const fra1 = await startImpostor(() => undefined)
    await watch(pipeline, target.url, { ...(await startProbers(['iad1', 'sin1'])), fra1 })
    await pipeline.addMonitor({ key: 'plain', target: { kind: 'http', config: { url: target.url } } })
    await pipeline.runFor(2 * MINUTE)
    expect(await countResults(pipeline)).toBe(4)
    expect((await sightings(pipeline))[0]).toEqual({
      region: 'fra1',
      verdict: 'unknown',
      message: 'did not answer in 0.8 s',
    })
  })

  test('a region that no prober has is one that cannot tell', async () => {
    const pipeline = await start()
    const target = await startTarget()
    await watch(pipeline, target.url, await startProbers(['fra1', 'iad1']), { regions: ['fra1', 'iad1', 'mars'] })
    await pipeline.runFor(MINUTE)
    expect(await pipeline.stateOf('api')).toBe('up')
    expect((await sightings(pipeline))[2]).toMatchObject({
      verdict: 'unknown',
      message: 'no prober of that name is configured',
    })
  })
})

test('the installation itself is a region among the others, and two ticks at once decide each slot once', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const target = await startTarget()
  await watch(pipeline, target.url, await startProbers(['fra1', 'iad1']), { regions: ['fra1', 'iad1', 'local'] })
  await Promise.all([pipeline.runTick(), pipeline.runTick()])
  target.isUp = false
  await pipeline.sleepFor(MINUTE)
  await Promise.all([pipeline.runTick(), pipeline.runTick()])
  expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  const slots = await pipeline.sql<{ n: number }[]>`
    select count(*)::int as n from public.region_results group by slot_at order by slot_at`
  expect(slots.every(({ n }) => n === 3)).toBe(true)
  expect(await countResults(pipeline)).toBe(slots.length)
})

describe('control targets of the installation itself', () => {
  async function cutOff(pipeline: Pipeline, targets: string[]) {
    const prober = createRealProber(pipeline.clock)
    pipeline.setDeps({ prober, controls: createControls({ prober, clock: pipeline.clock, targets, region: 'local' }) })
  }

  test('that are silent hold the page of a single monitor, and the slot is unknown when they stay so', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    await pipeline.addMonitor({ key: 'api', timeoutMs: 500, target: { kind: 'http', config: { url: target.url } } })
    await cutOff(pipeline, [`http://127.0.0.1:${await findClosedPort()}/`])
    await pipeline.runFor(MINUTE)
    target.isUp = false
    await pipeline.runFor(3 * MINUTE)
    expect(pipeline.provider.requests).toEqual([])
    expect(await pipeline.stateOf('api')).toBe('up')
    expect(await sightings(pipeline)).toEqual([
      { region: 'local', verdict: 'unknown', message: 'local is cut off: its control targets do not answer' },
    ])
  })

  test('that answer again after the hold leave a real outage to be told, with the doubt in its timeline', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    const control = { isUp: false }
    const url = await serve((request, response) => (control.isUp ? response.end() : request.socket.destroy()))
    await pipeline.addMonitor({ key: 'api', timeoutMs: 500, target: { kind: 'http', config: { url: target.url } } })
    await cutOff(pipeline, [url])
    await pipeline.runFor(MINUTE)
    target.isUp = false
    await pipeline.runFor(8_000)
    control.isUp = true
    await pipeline.runFor(MINUTE)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
    const timeline = await pipeline.timeline((await pipeline.incidents())[0]?.id ?? '')
    expect(timeline.find(({ kind }) => kind === 'prober_doubted')?.message).toMatch(/^local is cut off/)
  })

  test('that answer delay nothing', async () => {
    const pipeline = await start()
    await pipeline.addChannel('ops')
    const target = await startTarget()
    const control = await serve((_request, response) => response.writeHead(404).end())
    await pipeline.addMonitor({ key: 'api', timeoutMs: 500, target: { kind: 'http', config: { url: target.url } } })
    await cutOff(pipeline, [control])
    await pipeline.runFor(MINUTE)
    target.isUp = false
    await pipeline.runFor(8_000)
    expect(pipeline.provider.told()).toEqual(['incident.triggered ops'])
  })
})
