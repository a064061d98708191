import { beforeAll, describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../lib/domain/time/instant.ts'
import { asker, line, NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let ask: ReturnType<typeof asker>
let made = 0
beforeAll(async () => {
  support = await telemetrySupport()
})
async function freshProject() {
  made += 1
  projectId = await support.addProject(`p-${made}`)
  ask = asker((await support.stack.user('viewer', projectId)).client, projectId)
}
const HOUR_AT = NOW - (NOW % HOUR)
const span = { from: HOUR_AT, until: HOUR_AT + HOUR, stepSeconds: 3_600 }
async function rolled(aggregate: string, metric = 'x') {
  await support.rollUp()
  return (await ask({ ...span, metric, aggregate }))?.lines[0]?.points[0]?.[1]
}

describe('what is sent is stored once', () => {
  test('the same body again is answered as before, and changes no figure', async () => {
    await freshProject()
    const batch = { digest: 'a', series: [scalars({}, [{ value: 5 }])], logs: [line()] }
    const first = await support.send(projectId, batch)
    expect(first).toEqual({ accepted: 2, rejections: [], isReplay: false })
    expect(await support.send(projectId, batch)).toEqual({ ...first, isReplay: true })
    expect(await rolled('count')).toBe(1)
    const [days] = await support.stack
      .sql`select count::int from public.ingest_days where project_id = ${projectId} and code = ''`
    expect(days?.count).toBe(2)
  })

  test('a body that holds some of the same samples and lines again adds the new ones alone', async () => {
    await freshProject()
    const one = { at: NOW, value: 5 }
    const two = { at: NOW + SECOND, value: 7 }
    await support.send(projectId, { series: [scalars({}, [one])], logs: [line(), line()] })
    await support.send(projectId, {
      series: [scalars({}, [one, two])],
      logs: [line(), line(), line({ message: 'other' })],
    })
    expect(await rolled('sum')).toBe(12)
    const [logs] = await support.stack.sql`select count(*)::int as n from public.logs where project_id = ${projectId}`
    expect(logs?.n).toBe(3)
  })

  test('two at once with the same body count once', async () => {
    await freshProject()
    const batch = { digest: 'b', series: [scalars({}, [{ value: 5 }])] }
    const answers = await Promise.all(Array.from({ length: 6 }, () => support.send(projectId, batch)))
    expect(answers.filter(({ isReplay }) => !isReplay)).toHaveLength(1)
    expect(await rolled('sum')).toBe(5)
  })

  test('a request that commits while its hour is being rolled up is in the figures all the same', async () => {
    await freshProject()
    const { sql } = support.stack
    await support.send(projectId, { series: [scalars({}, [{ at: NOW, value: 5 }])], logs: [] })
    const slow = await sql.reserve()
    try {
      await slow`begin`
      await slow`insert into public.samples (series_id, at, value)
        select id, ${new Date(NOW + SECOND)}, 7 from public.series where project_id = ${projectId}`
      // As store_telemetry marks what it stores.
      await slow`insert into public.series_dirty_hours (series_id, hour_at)
        select id, date_trunc('hour', ${new Date(NOW)}::timestamptz, 'UTC') from public.series where project_id = ${projectId}
        on conflict do nothing`
      expect(await rolled('sum')).toBe(5)
      await slow`commit`
    } finally {
      slow.release()
    }
    expect(await rolled('sum')).toBe(12)
  })

  test('a line with an id of its sender is one line, whatever else is said about it', async () => {
    await freshProject()
    await support.send(projectId, { logs: [line({ id: 'v1', message: 'first' })] })
    await support.send(projectId, { logs: [line({ id: 'v1', message: 'again' })] })
    const rows = await support.stack.sql`select message from public.logs where project_id = ${projectId}`
    expect(rows.map(({ message }) => message)).toEqual(['first'])
  })
})

describe('what is not taken is told and counted', () => {
  test('samples older than a day and from the future, with what to do', async () => {
    await freshProject()
    const answer = await support.send(projectId, {
      series: [
        scalars({}, [
          { at: NOW - DAY - 1 },
          { at: NOW - DAY },
          { at: NOW + 10 * MINUTE },
          { at: NOW + 10 * MINUTE + 1 },
        ]),
      ],
      logs: [line({ at: NOW - 2 * DAY })],
      rejections: [{ code: 'invalid', count: 2, message: 'metrics[0].value must be a number' }],
    })
    expect(answer.accepted).toBe(2)
    expect(answer.rejections.map(({ code, count }) => [code, count])).toEqual([
      ['invalid', 2],
      ['too_old', 1],
      ['too_new', 1],
      ['too_old', 1],
    ])
    const rows = await support.stack.sql`
      select code, count::int, message from public.ingest_days where project_id = ${projectId} order by code`
    expect(rows.map(({ code, count }) => [code, count])).toEqual([
      ['', 2],
      ['invalid', 2],
      ['too_new', 1],
      ['too_old', 2],
    ])
    expect(rows[2]?.message).toContain('set the clock of the sender')
  })

  test('series beyond the ten thousandth, and those that are there go on', async () => {
    await freshProject()
    await support.stack.sql`
      insert into public.series (project_id, environment, name, kind, unit, attributes, identity, first_seen_at, last_seen_at)
      select ${projectId}, 'production', 'many', 'gauge', '', '{}', gen_random_uuid(), now(), now() from generate_series(1, 9999)`
    const sends = ['a', 'b', 'c'].map((host) => scalars({ attributes: { host } }, [{ value: 1 }]))
    const answer = await support.send(projectId, { series: sends })
    expect(answer.accepted).toBe(1)
    expect(answer.rejections).toMatchObject([{ code: 'series_limit', count: 2 }])
    expect(
      (await support.send(projectId, { series: [scalars({ attributes: { host: 'a' } }, [{ at: NOW + 1, value: 1 }])] }))
        .accepted,
    ).toBe(1)
  })
})

describe('counters', () => {
  const counter = { kind: 'counter', temporality: 'cumulative' } as const
  const at = (n: number) => HOUR_AT + n * MINUTE
  test.each([
    [
      'grow by the difference',
      [
        [0, 100, null],
        [1, 130, null],
        [2, 150, null],
      ],
      50,
    ],
    [
      'that fall began anew: everything counts',
      [
        [0, 100, null],
        [1, 130, null],
        [2, 20, null],
      ],
      50,
    ],
    [
      'with a new start began anew, even if they are higher',
      [
        [0, 100, 1],
        [1, 130, 1],
        [2, 140, at(2) - 5],
      ],
      170,
    ],
    [
      'that began within ten minutes before their first sample count from zero',
      [
        [0, 40, at(0) - MINUTE],
        [1, 50, at(0) - MINUTE],
      ],
      50,
    ],
    [
      'that had been counting for long count from their first sample on',
      [
        [0, 4000, at(0) - DAY],
        [1, 4010, at(0) - DAY],
      ],
      10,
    ],
  ] as const)('%s', async (_title, samples, increase) => {
    await freshProject()
    const sent = samples.map(([minute, value, startAt]) => ({ at: at(minute), value, startAt }))
    await support.send(projectId, { series: [scalars(counter, sent)] })
    expect(await rolled('sum')).toBe(increase)
  })

  test('count the same in whatever order and however often their samples arrive, over the edge of an hour, too', async () => {
    await freshProject()
    const values = Array.from({ length: 90 }, (_, n) => ({
      at: HOUR_AT - 60 * MINUTE + n * MINUTE,
      value: n < 50 ? n * n : (n - 50) * 3,
    }))
    const shuffled = values
      .map((sample, n) => ({ sample, key: (n * 7919) % 97 }))
      .sort((a, b) => a.key - b.key)
      .map(({ sample }) => sample)
    for (let n = 0; n < shuffled.length; n += 10) {
      await support.send(projectId, { series: [scalars(counter, shuffled.slice(n, n + 15))] })
      await support.rollUp()
    }
    const answer = await ask({
      metric: 'x',
      aggregate: 'sum',
      from: HOUR_AT - 60 * MINUTE,
      until: HOUR_AT + HOUR,
      stepSeconds: 3_600,
    })
    const growth = (from: number, until: number) =>
      values.slice(from, until).reduce((sum, { value }, index) => {
        const before = values[from + index - 1]?.value
        return sum + (before === undefined ? 0 : value < before ? value : value - before)
      }, 0)
    expect(answer?.lines[0]?.points.map(([, value]) => value)).toEqual([growth(0, 60), growth(60, 90)])
  })

  test('of deltas are added up, and give a rate', async () => {
    await freshProject()
    const deltas = [
      { at: at(0), value: 3 },
      { at: at(0) + SECOND, value: 4 },
      { at: at(5), value: 11 },
    ]
    await support.send(projectId, { series: [scalars({ kind: 'counter', temporality: 'delta' }, deltas)] })
    expect(await rolled('sum')).toBe(18)
    expect(await rolled('rate')).toBeCloseTo(18 / 3_600, 12)
  })
})

describe('lines about requests become figures', () => {
  test('requests by route, method and status, durations, and runs of functions that failed', async () => {
    await freshProject()
    const request = (statusCode: number, durationMs: number | null, n: number) =>
      line({
        id: `r${n}`,
        at: HOUR_AT + n,
        measured: { kind: 'request', method: 'GET', route: '/cart', statusCode, durationMs },
      })
    const run = (failed: boolean, n: number) =>
      line({ id: `f${n}`, at: HOUR_AT + n, measured: { kind: 'function', name: 'resize', failed, durationMs: 40 } })
    const logs = [request(200, 120, 1), request(200, 180, 2), request(503, null, 3), run(false, 4), run(true, 5)]
    await support.send(projectId, { logs })
    await support.send(projectId, { logs: logs.slice(1) })
    await support.rollUp()
    const byStatus = await ask({
      ...span,
      metric: 'http.server.requests',
      aggregate: 'sum',
      groupBy: ['http.response.status_code'],
    })
    expect(byStatus?.lines.map(({ group, points }) => [group[0], points[0]?.[1]])).toEqual([
      ['200', 2],
      ['503', 1],
    ])
    const slowest = await ask({
      ...span,
      metric: 'http.server.request.duration',
      aggregate: 'p95',
      where: { 'http.route': '/cart' },
    })
    expect(slowest?.lines[0]?.points[0]?.[1]).toBeCloseTo(0.18, 2)
    expect((await ask({ ...span, metric: 'faas.errors', aggregate: 'sum' }))?.lines[0]?.points[0]?.[1]).toBe(1)
    expect((await ask({ ...span, metric: 'faas.invocations', aggregate: 'sum' }))?.lines[0]?.points[0]?.[1]).toBe(2)
  })
})
