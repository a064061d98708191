import { beforeAll, describe, expect, test } from 'vitest'
import { createSloReader } from '../../lib/adapters/supabase/slo-reader.ts'
import { tallySlices } from '../../lib/domain/slo/methods.ts'
import type { SloSpec } from '../../lib/domain/slo/slo.ts'
import { HOUR, type Instant, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import type { SloReader } from '../../lib/ports/slo-reader.ts'
import { viewSlos } from '../../lib/queries/slos.ts'
import { monitorJson } from '../support/pipeline.ts'
import { NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

let support: Awaited<ReturnType<typeof telemetrySupport>>
let made = 0
let projectId: string
let reader: SloReader

beforeAll(async () => {
  support = await telemetrySupport()
})

async function freshProject(): Promise<void> {
  made += 1
  projectId = await support.addProject(`slos-${made}`)
  reader = createSloReader((await support.stack.user('viewer', projectId)).client as never)
}

const spec = (more: Partial<SloSpec>): SloSpec => ({
  key: 'x',
  name: 'x',
  description: '',
  indicator: { kind: 'availability', monitors: { keys: null, tag: null }, counting: 'count' },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.99,
  slice: null,
  ...more,
})
const view = async (one: SloSpec) => {
  const [found] = await viewSlos(reader, projectId, [one], NOW)
  if (found === undefined) throw new Error('one question, one answer')
  return found
}

async function addMonitor(key: string, tags: string[] = []): Promise<string> {
  const [row] = await support.stack.sql<{ id: string }[]>`
    select private.write_monitor(${projectId}, ${support.stack.sql.json({ ...monitorJson({ key }), tags } as never)}, null, 'ann', null) ->> 'id' as id`
  return row?.id ?? ''
}

async function addResults(monitorId: string, results: readonly { at: Instant; up: boolean }[]): Promise<void> {
  const rows = results.map(({ at, up }) => ({ slot_at: toIso(at), verdict: up ? 'up' : 'down' }))
  await support.stack.sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
    select ${monitorId}, ${projectId}, slot_at, slot_at, verdict, 12
    from jsonb_to_recordset(${support.stack.sql.json(rows)}) as item(slot_at timestamptz, verdict text)`
  const times = results.map(({ at }) => at)
  await support.stack.sql`
    select public.rollup_probe_results(${toIso(Math.min(...times))}, ${toIso(Math.max(...times))})`
}

/** One result a minute before NOW; those at `bad` minutes ago are down. */
const minutesBack = (count: number, bad: readonly number[]) =>
  Array.from({ length: count }, (_, index) => ({ at: NOW - (index + 1) * MINUTE, up: !bad.includes(index + 1) }))

describe('availability', () => {
  let api: string
  const BAD = [3, 4, 200]
  beforeAll(async () => {
    await freshProject()
    api = await addMonitor('api', ['prod'])
    const blog = await addMonitor('blog')
    await addResults(api, minutesBack(300, BAD))
    await addResults(blog, minutesBack(100, [1, 2, 50]))
    await support.stack.sql`
      insert into public.probe_rollups (monitor_id, project_id, resolution, bucket_at, up, degraded, down, unknown, latency_count, latency_sum_ms)
      values (${api}, ${projectId}, 'day', '2026-11-10', 1430, 5, 5, 0, 1435, 1)`
  })
  const only = (keys: string[] | null, tag: string | null = null): Partial<SloSpec> => ({
    indicator: { kind: 'availability', monitors: { keys, tag }, counting: 'count' },
  })

  test('adds days and hours up, and takes the monitors that are named, or tagged, or all', async () => {
    const apiAlone = { good: 297 + 1435, total: 300 + 1440 }
    expect((await view(spec(only(['api'])))).tally).toEqual(apiAlone)
    expect((await view(spec(only(null, 'prod')))).tally).toEqual(apiAlone)
    expect((await view(spec(only(null)))).tally).toEqual({ good: apiAlone.good + 97, total: apiAlone.total + 100 })
    expect((await view(spec(only(null, 'nobody')))).state).toBe('no_data')
  })
  test('a window that began today has nothing of the days before in it, and burn rates still reach back', async () => {
    const week: SloSpec = spec({ ...only(['api']), window: { kind: 'calendar', unit: 'week', timeZone: 'UTC' } })
    expect((await view(week)).tally).toEqual({ good: 297, total: 300 })
    const [hour, sixHours] = (await view(week)).burns
    expect(hour?.tally).toEqual({ good: 58, total: 60 })
    expect(hour?.rate).toBeCloseTo(2 / 60 / 0.01)
    expect(sixHours?.tally).toEqual({ good: 297, total: 300 })
  })
  test.each([
    ['timeslices', 1],
    ['timeslices', 0.7],
    ['ratio_timeslices', 1],
  ] as const)('%s of five minutes are those of the domain (target %d)', async (method, target) => {
    const counting = method === 'timeslices' ? 'slices' : 'time'
    const slice = { lengthMs: 5 * MINUTE, target }
    const found = await view(
      spec({
        indicator: { kind: 'availability', monitors: { keys: ['api'], tag: null }, counting },
        method,
        slice,
        window: { kind: 'rolling', days: 5 },
      }),
    )
    const slices = Array.from({ length: 60 }, (_, index) => {
      const inside = BAD.filter((minute) => Math.ceil(minute / 5) === index + 1).length
      return { good: 5 - inside, total: 5 }
    })
    const expected = tallySlices(method, slices, target)
    expect(found.tally?.total).toBe(60)
    expect(found.tally?.good).toBeCloseTo(expected?.good ?? -1)
  })
  test('results that were packed count as they did before', async () => {
    const question = spec({
      indicator: { kind: 'availability', monitors: { keys: ['api'], tag: null }, counting: 'slices' },
      method: 'timeslices',
      slice: { lengthMs: 5 * MINUTE, target: 1 },
      window: { kind: 'rolling', days: 5 },
    })
    const before = (await view(question)).tally
    await support.stack.sql`select private.pack_hour(${toIso(Math.floor((NOW - 200 * MINUTE) / HOUR) * HOUR)})`
    expect((await view(question)).tally).toEqual(before)
  })
})

describe('metrics', () => {
  beforeAll(async () => {
    await freshProject()
    const counter = (status: string, values: readonly number[]) =>
      scalars(
        { name: 'requests', kind: 'counter', temporality: 'delta', attributes: { status } },
        values.map((value, index) => ({ at: NOW - (index + 1) * 20 * MINUTE, value })),
      )
    await support.send(projectId, {
      series: [counter('200', [90, 100, 100, 100]), counter('500', [10, 0, 0, 5])],
    })
    const histogram = { keys: [-65, 0], counts: [19, 1] }
    await support.send(projectId, {
      series: [
        {
          series: {
            name: 'latency',
            kind: 'histogram',
            temporality: 'delta',
            unit: 's',
            environment: 'production',
            attributes: {},
          },
          samples: [{ at: NOW - 5 * MINUTE, startAt: null, count: 20, sum: 11, min: 0.49, max: 1.5, histogram }],
        },
      ],
    })
    await support.rollUp()
    await support.stack.sql`
      insert into public.series_days (series_id, at, count, sum, keys, counts)
      select id, '2026-11-10', 1, 1000, '{}', '{}' from public.series where project_id = ${projectId} and name = 'requests' and attributes ->> 'status' = '200'`
  })
  const total = { metric: 'requests', aggregate: 'count', where: {} } as const
  const failed = { ...total, where: { status: { prefix: '5' } } }

  test('a ratio of counters over days, hours and the last minutes', async () => {
    const found = await view(spec({ indicator: { kind: 'ratio', good: null, bad: failed, total } }))
    expect(found.tally).toEqual({ good: 1390, total: 1405 })
    expect(found.budget?.left).toBeCloseTo(1 - 15 / 14.05)
    expect(found.state).toBe('exhausted')
    expect(found.burns[0]?.tally).toEqual({ good: 290, total: 300 })
    expect(found.course.at(-1)?.left).toBeCloseTo(found.budget?.left ?? 9)
    const good = await view(
      spec({ indicator: { kind: 'ratio', good: { ...total, where: { status: '200' } }, bad: null, total } }),
    )
    expect(good.tally).toEqual(found.tally)
  })
  test('values within a threshold, the threshold itself among them', async () => {
    const latency = (threshold: number): Partial<SloSpec> => ({
      indicator: { kind: 'latency', term: { ...total, metric: 'latency' }, threshold },
    })
    expect((await view(spec(latency(0.5)))).tally).toEqual({ good: 19, total: 20 })
    expect((await view(spec(latency(0.4)))).tally).toEqual({ good: 0, total: 20 })
    expect((await view(spec(latency(2)))).tally).toEqual({ good: 20, total: 20 })
  })
  test('a metric that the project does not have is no data and no failure', async () => {
    const nothing = { ...total, metric: 'nothing' }
    const found = await view(spec({ indicator: { kind: 'ratio', good: null, bad: nothing, total: nothing } }))
    expect([found.state, found.tally, found.course]).toEqual(['no_data', null, []])
  })
})

test('fifty SLOs are one call, in their order', async () => {
  await freshProject()
  const api = await addMonitor('api')
  await addResults(api, minutesBack(120, [1]))
  const targets = Array.from({ length: 50 }, (_, index) => 0.9 + index / 1_000)
  let calls = 0
  const counting: Pick<SloReader, 'readFigures'> = {
    readFigures: (...given) => {
      calls += 1
      return reader.readFigures(...given)
    },
  }
  const found = await viewSlos(
    counting,
    projectId,
    targets.map((target) => spec({ target })),
    NOW,
  )
  expect(calls).toBe(1)
  expect(found.map(({ slo }) => slo.target)).toEqual(targets)
  expect(found.every(({ tally }) => tally?.total === 120)).toBe(true)
})

test('rules get the SLOs of several projects with the monitors of their tags', async () => {
  await freshProject()
  await addMonitor('api', ['prod'])
  await addMonitor('shop', ['prod'])
  const indicator = { kind: 'availability', monitors: { keys: null, tag: 'prod' }, counting: 'count' }
  await support.stack.sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    values (${projectId}, 'up', 'Up', ${support.stack.sql.json(indicator)}, 'occurrences', '{"kind": "rolling", "days": 30}', 0.999)`
  const [row] = await support.stack.sql<
    { slos: unknown[] }[]
  >`select private.read_slos(array[${projectId}]::uuid[]) as slos`
  expect(row?.slos).toMatchObject([
    {
      key: 'up',
      project_id: projectId,
      target: 0.999,
      slice: null,
      indicator: { monitors: { keys: ['api', 'shop'], tag: 'prod' } },
    },
  ])
})
