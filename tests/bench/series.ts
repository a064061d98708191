import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import type postgres from 'postgres'
import type { SeriesAnswer, SeriesQuestion } from '../../lib/domain/series/question.ts'
import { DAY, HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { loadDashboard } from '../../lib/queries/dashboards/dashboard.ts'
import { OPS } from '../../lib/queries/dashboards/ops.ts'
import { startBenchStack } from './bench-stack.ts'

const SERIES = 500
const REPEATS = 20

type Stack = Awaited<ReturnType<typeof startBenchStack>>

export interface SeriesFigures {
  /** p95 of the query, at the database, for the p99 of one metric of four series over a year, by day. */
  yearByDayMs: number
  /** The same by hour over thirty days. */
  monthByHourMs: number
  /** p95 of a chart of five hundred series over thirty days, by hour, in twelve lines. */
  wideMonthByHourMs: number
  /** p95 of five hundred series over six hours, by minute. */
  wideHoursByMinuteMs: number
  /** p95 of all figures of the operations dashboard over thirty days, five hundred series in all. */
  opsDashboardMs: number
}

/** How long the questions of Explore take over a year of data that is rolled up, as a signed-in person asks them. */
export async function benchSeries(): Promise<SeriesFigures> {
  const stack = await startBenchStack()
  try {
    const projectId = await seed(stack)
    const now = Date.now()
    const ask = (metric: string, aggregate: string, groupBy: string, spanMs: number, stepMs: number) =>
      measure(stack, projectId, {
        metric,
        aggregate,
        groupBy,
        from: now - spanMs,
        until: now,
        stepSeconds: stepMs / 1_000,
      })
    return {
      yearByDayMs: await ask('http.server.request.duration', 'p99', 'route', 365 * DAY, DAY),
      monthByHourMs: await ask('http.server.request.duration', 'p99', 'route', 30 * DAY, HOUR),
      wideMonthByHourMs: await ask('cpu', 'avg', 'host', 30 * DAY, HOUR),
      wideHoursByMinuteMs: await ask('cpu', 'avg', 'host', 6 * HOUR, MINUTE),
      opsDashboardMs: await measureDashboard(stack),
    }
  } finally {
    await stack.stop()
  }
}

/** Rows as rollups leave them: 400 buckets a histogram and hour, which is a busy route. */
async function seed({ sql }: Stack): Promise<string> {
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('bench', 'Bench') returning id`
  const projectId = project?.id ?? ''
  await sql.unsafe(`
    select private.make_partition(parent, at, at + interval '1 month', to_char(at, 'YYYYMM'))
    from unnest(array['series_hours', 'series_days']) as parent,
      generate_series(date_trunc('month', now() - interval '13 months', 'UTC'), now(), interval '1 month') as at`)
  const add = (name: string, kind: string, count: number, attribute: string) => sql`
    insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
    select ${projectId}, 'production', ${name}, ${kind}, ${kind === 'gauge' ? null : 'delta'}, 's', jsonb_build_object(${attribute}::text, 'v' || n),
      gen_random_uuid(), now(), now() from generate_series(1, ${count}::integer) as n`
  await add('http.server.request.duration', 'histogram', 4, 'route')
  await add('cpu', 'gauge', SERIES, 'host')
  const histogram = `array(select key::smallint from generate_series(-300, 99) as key), array(select (1 + key % 7)::bigint from generate_series(1, 400) as key)`
  await sql.unsafe(`
    insert into public.series_hours (series_id, at, count, sum, min, max, keys, counts)
    select series.id, at, 1600, 160, 0.03, 2.9, ${histogram} from public.series,
      generate_series(date_trunc('hour', now()) - interval '30 days', now(), interval '1 hour') as at where kind = 'histogram'`)
  await sql.unsafe(`
    insert into public.series_days (series_id, at, count, sum, min, max, keys, counts)
    select series.id, at, 38400, 3840, 0.03, 2.9, ${histogram} from public.series,
      generate_series(date_trunc('day', now(), 'UTC') - interval '365 days', now(), interval '1 day') as at where kind = 'histogram'`)
  await sql.unsafe(`
    insert into public.series_hours (series_id, at, count, sum, min, max, last, keys, counts)
    select series.id, at, 60, 30, 0.1, 0.9, 0.5, array(select key::smallint from generate_series(-60, -30) as key), array_fill(2::bigint, array[31])
    from public.series, generate_series(date_trunc('hour', now()) - interval '30 days', now(), interval '1 hour') as at where kind = 'gauge'`)
  await sql.unsafe(`
    select private.make_partition('series_minutes_production', day, day + interval '1 day', to_char(day at time zone 'UTC', 'YYYYMMDD'))
    from generate_series(date_trunc('day', now(), 'UTC') - interval '2 days', now(), interval '1 day') as day`)
  await sql.unsafe(`
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums)
    select series.id, 'production', at, array(select n::smallint from generate_series(0, 59) as n), array_fill(1::bigint, array[60]),
      array(select n / 60.0 from generate_series(0, 59) as n)
    from public.series, generate_series(date_trunc('hour', now()) - interval '24 hours', now(), interval '1 hour') as at where kind = 'gauge'`)
  await rollUp(sql)
  return projectId
}

/** Days and totals, as the scheduled run makes them of hours. */
async function rollUp(sql: Stack['sql']): Promise<void> {
  await sql`
    insert into public.series_dirty_days (series_id, day_at)
    select distinct hours.series_id, date_trunc('day', hours.at, 'UTC') from public.series_hours as hours
    join public.series on series.id = hours.series_id where not exists (
      select from public.series_days as days where days.series_id = hours.series_id and days.at = date_trunc('day', hours.at, 'UTC'))`
  for (const step of ['rollup_metric_totals', 'rollup_series_days']) {
    let done = 1
    while (done > 0) done = Number((await sql.unsafe(`select public.${step}(1000) as done`))[0]?.done)
  }
  await sql.unsafe('vacuum analyze')
}

interface Question {
  metric: string
  aggregate: string
  groupBy: string
  from: number
  until: number
  stepSeconds: number
}

async function measure({ sql }: Stack, projectId: string, question: Question): Promise<number> {
  const { metric, aggregate, groupBy, from, until, stepSeconds } = question
  const times: number[] = []
  await asViewer(sql, projectId, async (as) => {
    for (let n = 0; n < REPEATS; n += 1) {
      const startedMs = performance.now()
      const [row] = await as<{ answer: { lines: unknown[] } | null }[]>`
        select public.query_series(${projectId}, ${metric}, '{}', ${[groupBy]}, ${new Date(from)}, ${new Date(until)}, ${stepSeconds}, ${aggregate}) as answer`
      if (!row?.answer?.lines.length) throw new Error(`no line of ${metric}`)
      times.push(performance.now() - startedMs)
    }
  })
  return percentile95(times)
}

function percentile95(times: readonly number[]): number {
  return Math.round(times.toSorted((one, other) => one - other)[Math.floor(REPEATS * 0.95)] ?? Number.NaN)
}

/** As PostgREST asks for a signed-in person: row level security and the check of the role are in the figure. */
async function asViewer(
  sql: Stack['sql'],
  projectId: string,
  ask: (as: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  await sql.begin(async (as) => {
    const userId = '00000000-0000-4000-8000-000000000001'
    await as`insert into auth.users (id, email) values (${userId}, 'bench@example.com') on conflict do nothing`
    await as`
      insert into public.memberships (project_id, user_id, role, email) values (${projectId}, ${userId}, 'viewer', 'bench@example.com')
      on conflict do nothing`
    await as`select set_config('request.jwt.claims', ${JSON.stringify({ sub: userId, role: 'authenticated' })}, true)`
    await as`select set_config('request.jwt.claim.sub', ${userId}, true)`
    await as`set local role authenticated`
    await ask(as)
  })
}

/** Metrics of the dashboard with how many series each has: five hundred in all. */
const OPS_SERIES = [
  ['http.server.request.duration', 'histogram', 120],
  ['job.runs', 'counter', 40],
  ['system.cpu.utilization', 'gauge', 80],
  ['system.memory.utilization', 'gauge', 80],
  ['db.client.connection.count', 'gauge', 60],
  ['queue.length', 'gauge', 60],
  ['worker.count', 'gauge', 60],
] as const

/** Thirty days by the hour as rollups leave them, asked for through the same code and the one function that the page uses. */
async function measureDashboard(stack: Stack): Promise<number> {
  const { sql } = stack
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('ops', 'Ops') returning id`
  const projectId = project?.id ?? ''
  for (const [name, kind, count] of OPS_SERIES) {
    await sql`
      insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
      select ${projectId}, 'production', ${name}, ${kind}, ${kind === 'gauge' ? null : 'delta'}, '1',
        jsonb_build_object('n', n::text, 'http.response.status_code', (200 + n % 4 * 100)::text, 'outcome', case when n % 2 = 0 then 'success' else 'failure' end),
        gen_random_uuid(), now(), now() from generate_series(1, ${count}::integer) as n`
  }
  await sql`
    insert into public.series_hours (series_id, at, count, sum, min, max, last, keys, counts)
    select series.id, at, 60, 30, 0.1, 0.9, 0.5, array(select key::smallint from generate_series(-120, -61) as key), array_fill(1::bigint, array[60])
    from public.series, generate_series(date_trunc('hour', now()) - interval '30 days', now(), interval '1 hour') as at
    where series.project_id = ${projectId}`
  await rollUp(sql)
  const times: number[] = []
  await asViewer(sql, projectId, async (as) => {
    const queryMany = async (_: string, questions: readonly SeriesQuestion[]) => {
      const asked = questions.map(({ metric, aggregate, where, groupBy, from, until, stepMs }) => ({
        metric,
        aggregate,
        where,
        group_by: groupBy,
        from: new Date(from),
        until: new Date(until),
        step_seconds: stepMs / 1_000,
      }))
      const [row] = await as<{ answers: (AnswerRow | null)[] }[]>`
        select public.query_many_series(${projectId}, ${sql.json(asked as never)}) as answers`
      return (row?.answers ?? []).map((answer) => (answer === null ? null : toAnswer(answer)))
    }
    for (let n = 0; n < REPEATS; n += 1) {
      const startedMs = performance.now()
      const { panels } = await loadDashboard({ queryMany }, projectId, OPS, '30d', Date.now())
      times.push(performance.now() - startedMs)
      const empty = panels.filter(({ points }) => points.length === 0)
      if (empty.length > 0) throw new Error(`no figure of ${empty.map(({ panel }) => panel.key)}`)
    }
  })
  return percentile95(times)
}

interface AnswerRow {
  kind: 'gauge' | 'counter' | 'histogram'
  unit: string
  groups_total: number
  lines: { group: string[]; points: [number, number][] }[]
}

function toAnswer({ kind, unit, groups_total, lines }: AnswerRow): SeriesAnswer {
  return {
    kind,
    unit,
    groupsTotal: groups_total,
    lines: lines.map(({ group, points }) => ({ group, points: points.map(([at, value]) => ({ at, value })) })),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  benchSeries().then((figures) => process.stdout.write(`${JSON.stringify(figures)}\n`))
}
