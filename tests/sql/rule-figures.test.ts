import { describe, expect, test } from 'vitest'
import { createRuleStore } from '../../lib/adapters/supabase/rule-store.ts'
import { valueOfFigures } from '../../lib/domain/rule/figures-of.ts'
import type { Span } from '../../lib/domain/series/figures.ts'
import { AGGREGATES, type Aggregate, type Condition } from '../../lib/domain/series/question.ts'
import { HOUR, type Instant, MINUTE } from '../../lib/domain/time/instant.ts'
import { asker, NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

const { stack, addProject, send, rollUp } = await telemetrySupport()
const projectId = await addProject('shop')
const otherId = await addProject('other')
const viewer = await stack.user('viewer', projectId)
const ask = asker(viewer.client as never, projectId)
const store = createRuleStore(stack.service as never, { error: () => undefined })

/** Four hours of three series by route and status; now and then a minute is left out, and some minutes have two samples. */
const from = NOW - 4 * HOUR
const minutes = Array.from({ length: 240 }, (_, index) => from + index * MINUTE)
const SERIES = [
  { route: '/a', status: '200', factor: 1 },
  { route: '/a', status: '500', factor: 3 },
  { route: '/b', status: '503', factor: 7 },
]
const sampled = minutes.filter((_, index) => index % 7 !== 3)
await send(projectId, {
  series: SERIES.flatMap(({ route, status, factor }) => [
    scalars(
      { name: 'queue.length', attributes: { route, status } },
      sampled.flatMap((at, index) => [
        { at: at + 1_000, value: factor * (index % 13) },
        ...(index % 5 === 0 ? [{ at: at + 31_000, value: factor * 20 }] : []),
      ]),
    ),
    scalars(
      { name: 'requests', kind: 'counter', temporality: 'delta', attributes: { route, status } },
      sampled.map((at, index) => ({ at: at + 1_000, value: factor * (1 + (index % 3)) })),
    ),
    {
      series: {
        name: 'duration',
        kind: 'histogram',
        temporality: 'delta',
        unit: 's',
        environment: 'production',
        attributes: { route, status },
      },
      samples: sampled.map((at, index) => ({
        at: at + 1_000,
        startAt: null,
        count: 3,
        sum: factor * 6,
        min: null,
        max: null,
        histogram: { keys: [index % 40, 60 + (index % 7)], counts: [2, 1] },
      })),
    } as never,
  ]),
})
await send(otherId, { series: [scalars({ name: 'queue.length' }, [{ at: NOW - 90_000, value: 1e6 }])] })
await rollUp()

const span = (
  metric: string,
  aggregate: Aggregate,
  changes: Partial<Span> & { where?: Record<string, Condition> },
): Span => {
  const { where, ...rest } = changes
  return { term: { metric, aggregate, ...(where && { where }) }, groupBy: [], from: NOW - HOUR, until: NOW, ...rest }
}
const read = async (asked: Span) => (await store.readFigures([{ projectId, span: asked }]))[0] ?? []

/** A window as query_series sees it in one point: minutes up to an hour, hours beyond. */
const WINDOWS: [name: string, from: Instant, until: Instant, stepSeconds: number][] = [
  ['one minute', NOW - 3 * MINUTE, NOW - 2 * MINUTE, 60],
  ['five minutes', NOW - 5 * MINUTE, NOW, 300],
  ['across a full hour', NOW - 30 * MINUTE, NOW - 10 * MINUTE, 1_200],
  ['one whole hour', Math.floor(NOW / HOUR) * HOUR - HOUR, Math.floor(NOW / HOUR) * HOUR, 3_600],
]
const KINDS: [metric: string, aggregates: readonly Aggregate[]][] = [
  ['queue.length', AGGREGATES.filter((one) => one !== 'rate')],
  ['requests', ['sum', 'count', 'rate']],
  ['duration', ['avg', 'count', 'rate', 'sum', 'p50', 'p95', 'p99']],
]

describe.each(WINDOWS)('over %s', (_, windowFrom, until, stepSeconds) => {
  test.each(KINDS)('%s comes to what query_series says, whole and by route', async (metric, aggregates) => {
    for (const aggregate of aggregates) {
      // The last of several series in the same minute is the largest, for a chart as for a rule.
      for (const groupBy of [[], ['route'], ['route', 'status']]) {
        const answer = await ask({ metric, aggregate, groupBy, from: windowFrom, until, stepSeconds })
        const told = answer?.lines.map(({ group, points }) => [group.join(), points[0]?.[1]]).sort()
        // A step begins at a multiple of itself: a window that does not is asked in one point that holds all of it.
        if (answer?.lines.some(({ points }) => points.length > 1)) continue
        const found = await read(span(metric, aggregate, { groupBy, from: windowFrom, until }))
        const own = found
          .map(({ group, figures }) => [group.join(), valueOfFigures(figures, aggregate, until - windowFrom)])
          .sort()
        expect(own.length, aggregate).toBeGreaterThan(0)
        expect(own.map(([group]) => group)).toEqual(told?.map(([group]) => group))
        for (const [index, [, value]] of own.entries())
          expect(value, aggregate).toBeCloseTo(Number(told?.[index]?.[1]), 6)
      }
    }
  })
})

test('whole hours and the minutes at both ends of a long span add up to all minutes of it', async () => {
  const long = span('requests', 'sum', { from: from + 7 * MINUTE, until: NOW - 13 * MINUTE })
  const [whole] = await read(long)
  const parts = await store.readFigures(
    minutes
      .filter((at) => at >= long.from && at < long.until)
      .map((at) => ({ projectId, span: { ...long, from: at, until: at + MINUTE } })),
  )
  const sum = parts.flat().reduce((total, { figures }) => total + figures.sum, 0)
  expect(whole?.figures.sum).toBe(sum)
  expect(whole?.figures.count).toBe(parts.flat().reduce((total, { figures }) => total + figures.count, 0))
})

test.each<[string, Record<string, Condition>, string[]]>([
  ['a value', { route: '/a' }, ['200', '500']],
  ['two values', { route: '/a', status: '500' }, ['500']],
  ['a beginning', { status: { prefix: '5' } }, ['500', '503']],
  ['a value and a beginning', { route: '/b', status: { prefix: '5' } }, ['503']],
  ['an absent attribute', { host: null }, ['200', '500', '503']],
  ['the environment', { environment: 'production' }, ['200', '500', '503']],
  ['what nothing has', { route: '/c' }, []],
])('only series with %s count', async (_, where, statuses) => {
  const found = await read(span('requests', 'sum', { where, groupBy: ['status'] }))
  expect(found.map(({ group }) => group[0]).sort()).toEqual(statuses)
})

test('many requests are answered in their order, each for its own project, and a metric that nobody sends with nothing', async () => {
  const asked = [
    { projectId, span: span('nothing', 'sum', {}) },
    { projectId: otherId, span: span('queue.length', 'max', {}) },
    { projectId, span: span('queue.length', 'max', {}) },
  ]
  const answers = await store.readFigures(asked)
  expect(answers.map((answer) => answer[0]?.figures.max)).toEqual([undefined, 1e6, 140])
})

test('histograms come only where a percentile is asked for', async () => {
  const [without] = await read(span('duration', 'avg', {}))
  const [with_] = await read(span('duration', 'p95', {}))
  expect(without?.figures.histogram.keys).toEqual([])
  expect(with_?.figures.histogram.keys.length).toBeGreaterThan(10)
  expect(with_?.figures.histogram.counts.reduce((one, other) => one + other, 0)).toBe(with_?.figures.count)
})

describe('probes', async () => {
  const monitorId = '00000000-0000-4000-8000-00000000000a'
  await stack.sql`
    insert into public.monitors (id, project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    values (${monitorId}, ${projectId}, 'api', 'api', 'http', '{}', 60, 1000, 'high')`
  await stack.sql`select private.ensure_partition(((to_timestamp(${NOW / 1_000}) - n * interval '1 day') at time zone 'UTC')::date) from generate_series(0, 3) as n`
  const addResults = (fromAt: Instant, untilAt: Instant) => stack.sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
    select ${monitorId}, ${projectId}, at, at, case when extract(minute from at)::int % 10 = 0 then 'down' else 'up' end, 100 + extract(minute from at)::int
    from generate_series(to_timestamp(${fromAt / 1_000}), to_timestamp(${(untilAt - MINUTE) / 1_000}), interval '1 minute') as at`
  const old = NOW - 50 * HOUR
  await addResults(old, old + 5 * HOUR)
  await addResults(NOW - 5 * HOUR, NOW)
  await stack.sql`select public.rollup_probe_results(to_timestamp(${(NOW - 60 * HOUR) / 1_000}), to_timestamp(${NOW / 1_000}))`
  while ((await stack.sql`select (public.pack_probe_results() ->> 'has_more')::boolean as more`)[0]?.more);

  test.each([
    ['of the last minutes', NOW - 20 * MINUTE, NOW],
    ['over whole hours', NOW - 4 * HOUR - 7 * MINUTE, NOW - 3 * MINUTE],
    ['packed long ago', old + 13 * MINUTE, old + 4 * HOUR + 31 * MINUTE],
  ])('%s are counted, with those that were answered', async (_, probesFrom, until) => {
    const slots = Array.from({ length: (until - probesFrom) / MINUTE }, (_unused, index) => probesFrom + index * MINUTE)
    const answered = slots.filter((at) => new Date(at).getUTCMinutes() % 10 !== 0)
    const [success] = await read(span('probe.success', 'avg', { where: { monitor: 'api' }, from: probesFrom, until }))
    expect(success?.figures).toMatchObject({ kind: 'gauge', count: slots.length, sum: answered.length, min: 0, max: 1 })
    const [duration] = await read(span('probe.duration', 'p50', { groupBy: ['monitor'], from: probesFrom, until }))
    expect(duration).toMatchObject({ group: ['api'], figures: { kind: 'histogram', count: answered.length } })
    const total = answered.reduce((sum, at) => sum + 100 + new Date(at).getUTCMinutes(), 0)
    expect(duration?.figures.sum).toBeCloseTo(total, 3)
    expect(duration?.figures.histogram.counts.reduce((one, other) => one + other, 0)).toBe(answered.length)
  })

  test('of other monitors are not', async () => {
    expect(await read(span('probe.success', 'avg', { where: { monitor: 'shop' } }))).toEqual([])
    expect(await read(span('probe.success', 'avg', { where: { host: 'x' } }))).toEqual([])
  })
})

test('of so many spans that two calls share them, each has the answer that it has alone', async () => {
  const different = ['queue.length', 'requests', 'duration', 'no.such.metric'].flatMap((metric) => [
    span(metric, 'avg', { groupBy: ['route'] }),
    span(metric, 'p95', { where: { status: '500' } }),
    span(metric, 'max', { from: NOW - 20 * MINUTE, where: { route: '/a' } }),
  ])
  const alone = await Promise.all(different.map(read))
  const asked = Array.from({ length: 2_501 }, (_, index) => different[index % different.length] ?? span('', 'avg', {}))
  const together = await store.readFigures(asked.map((one) => ({ projectId, span: one })))
  expect(together).toHaveLength(asked.length)
  const inOrder = (answer: (typeof together)[number] = []) => answer.map((one) => JSON.stringify(one)).sort()
  for (const [index, answer] of together.entries())
    expect(inOrder(answer)).toEqual(inOrder(alone[index % different.length]))
})
