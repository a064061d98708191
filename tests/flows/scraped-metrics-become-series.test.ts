import { expect, test } from 'vitest'
import { createTelemetryReader } from '../../lib/adapters/supabase/telemetry-reader.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'
import { createRealProber, serve } from '../support/real-prober.ts'

const { start } = await pipelineSupport()

/** An application that serves ten requests a minute, and says so. */
function exposeAt(now: () => number): string {
  const total = 10 * Math.floor((now() - START_AT) / MINUTE)
  return [
    '# TYPE http_requests counter',
    `http_requests_total{route="/a"} ${total}`,
    '# TYPE rt_seconds histogram',
    `rt_seconds_bucket{le="0.1"} ${total}`,
    `rt_seconds_bucket{le="+Inf"} ${total}`,
    `rt_seconds_sum ${total / 20}`,
    `rt_seconds_count ${total}`,
    '# TYPE secret gauge',
    'secret 1',
    '# EOF\n',
  ].join('\n')
}

async function watch(pipeline: Pipeline, config: Record<string, unknown>, body = () => exposeAt(pipeline.clock.now)) {
  const url = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0' }).end(body()),
  )
  pipeline.setDeps({ prober: createRealProber(pipeline.clock) })
  await pipeline.addMonitor({ key: 'shop', target: { kind: 'prometheus', config: { url, ...config } } })
}

const namesOf = async ({ sql }: Pipeline) =>
  (await sql<{ name: string }[]>`select name from public.series order by name`).map(({ name }) => name)

test('what a monitor reads is kept under its own names, with the monitor as its instance, once a slot', async () => {
  const pipeline = await start()
  await watch(pipeline, { collect: true, include: ['http_*', 'rt_*'] })
  await pipeline.runFor(5 * MINUTE)
  expect(await namesOf(pipeline)).toEqual(['http_requests_total', 'rt_seconds'])
  const [series] = await pipeline.sql`
    select kind, temporality, attributes, (select count(*)::int from public.samples where series_id = series.id) as samples,
      (select max(value) - min(value) from public.samples where series_id = series.id) as growth
    from public.series where name = 'http_requests_total'`
  expect(series).toEqual({
    kind: 'counter',
    temporality: 'cumulative',
    attributes: { instance: 'shop', route: '/a' },
    samples: 5,
    growth: 40,
  })
  const [hour] = await pipeline.sql<{ count: number }[]>`
    select sum(counted)::int as count from public.series_minutes as minutes
    join public.series on series.id = minutes.series_id cross join unnest(minutes.counts) as counted where name = 'rt_seconds'`
  expect(hour?.count).toBe(40)
  expect(pipeline.complaints).toEqual([])
})

test('nothing is kept of a monitor that was not told to', async () => {
  const pipeline = await start()
  await watch(pipeline, {})
  await pipeline.runFor(2 * MINUTE)
  expect(await pipeline.stateOf('shop')).toBe('up')
  expect(await namesOf(pipeline)).toEqual([])
})

test('an expectation that fails opens an incident, and what was read is kept all the same', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  await watch(pipeline, { collect: true, samples: ['http_requests_total{route="/a"} < 20'] })
  await pipeline.runFor(4 * MINUTE)
  expect(await pipeline.incidents()).toMatchObject([
    { title: 'shop is down', reason: 'sample http_requests_total{route="/a"} is 20, expected < 20' },
  ])
  expect(await namesOf(pipeline)).toContain('http_requests_total')
})

test('a store that is away costs the samples and no verdict', async () => {
  const pipeline = await start()
  await watch(pipeline, { collect: true })
  const away = {
    storeBatch: () => Promise.reject(new Error('the store is away')),
    rollUp: async () => ({ hasMore: false }),
  }
  await pipeline.runTick({ telemetry: away })
  expect(await pipeline.stateOf('shop')).toBe('up')
  expect(pipeline.complaints).toEqual([expect.stringMatching(/^scrape\.not_stored .*the store is away/)])
})

test('more than a thousand series of one monitor are counted among what was not taken, and why', async () => {
  const pipeline = await start()
  const many = Array.from({ length: 1_200 }, (_, index) => `a{n="${index}"} 1\n`).join('')
  await watch(pipeline, { collect: true }, () => `# TYPE a gauge\n${many}# EOF\n`)
  await pipeline.runTick()
  const reader = createTelemetryReader(pipeline.stack.service as never)
  expect(await reader.listRejections(pipeline.projectId)).toMatchObject([
    {
      source: 'prometheus',
      code: 'series_limit',
      count: 200,
      message: expect.stringContaining('The monitor shop reads more than 1000 series'),
    },
  ])
  expect(await pipeline.sql`select count(*)::int from public.series`).toEqual([{ count: 1_000 }])
})
