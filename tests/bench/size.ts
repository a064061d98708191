import { pathToFileURL } from 'node:url'
import { startBenchStack } from './bench-stack.ts'

const MONITORS = 100
const DAYS = 90

type Sql = Awaited<ReturnType<typeof startBenchStack>>['sql']

export interface SizeFigures {
  /** One packed result with its share of the hour's figures, and of the indexes. */
  bytesPerPackedResult: number
  /** All that ninety days added to the database: rows of the last thirty hours, hours, days, indexes, free space included. */
  databaseMb: number
  results: number
  /** Time to pack one hour of all monitors, median. */
  packHourMs: number
}

/**
 * Ninety days of a hundred monitors at one minute, written, rolled up and packed day by day as the product does it. One result in a
 * thousand fails, with a text and evidence: 99.9 % up. A vacuum after each day stands for the automatic one, which has no time here.
 */
export async function benchSize(): Promise<SizeFigures> {
  const stack = await startBenchStack()
  const { sql } = stack
  try {
    await addMonitors(sql)
    await sql.unsafe('vacuum full')
    const empty = await databaseBytes(sql)
    const packTimes: number[] = []
    for (let day = DAYS; day >= 0; day--) {
      await addDay(sql, day)
      packTimes.push(...(await packAll(sql)))
      await sql`select public.prune_probe_results(${DAYS})`
      await sql.unsafe('vacuum analyze public.probe_rollups')
    }
    const [packed] = await sql<{ bytes: number; results: number }[]>`
      select pg_total_relation_size('public.probe_rollups')::float8 as bytes,
        (select sum(up + degraded + down)::float8 from public.probe_rollups where packed_step_ms is not null) as results`
    const results = MONITORS * DAYS * 24 * 60
    return {
      bytesPerPackedResult: (packed?.bytes ?? 0) / (packed?.results ?? 1),
      databaseMb: ((await databaseBytes(sql)) - empty) / 1e6,
      results,
      packHourMs: packTimes.sort((a, b) => a - b)[Math.floor(packTimes.length / 2)] ?? 0,
    }
  } finally {
    await stack.stop()
  }
}

async function addMonitors(sql: Sql): Promise<void> {
  await sql`with project as (insert into public.projects (slug, name) values ('bench', 'Bench') returning id)
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    select project.id, 'm' || n, 'Monitor ' || n, 'http', '{"url":"https://example.com/"}', 60, 10000, 'high'
    from project, generate_series(1, ${MONITORS}::integer) as n`
}

/** Answers as a real service gives them: between 40 ms and 140 ms, skewed, to a tenth of a millisecond. */
async function addDay(sql: Sql, day: number): Promise<void> {
  await sql.unsafe(
    `select private.ensure_partition((date_trunc('day', now(), 'UTC') at time zone 'UTC')::date - ${day})`,
  )
  await sql.unsafe(`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message, evidence)
    select id, project_id, at, at + interval '0.8 s', case when fails then 'down' else 'up' end, case when fails then 'status' end,
      case when fails then 503 else 200 end, round((40 + 100 * random() * random())::numeric, 1),
      array[1.2, 3.4 * random(), 10 * random(), 30 * random(), random()]::real[],
      case when fails then 'answered 503, expected 200' end,
      case when fails then '[{"verdict": "down", "message": "answered 503, expected 200"}, {"verdict": "down", "message": "answered 503, expected 200"}]'::jsonb end
    from generate_series(date_trunc('day', now(), 'UTC') - interval '${day} days',
      least(date_trunc('day', now(), 'UTC') - interval '${day - 1} days', now()) - interval '1 minute', interval '1 minute') as at,
      lateral (select *, random() < 0.001 as fails from public.monitors where at is not null) as monitors`)
  await sql.unsafe(`select public.rollup_probe_results(date_trunc('day', now(), 'UTC') - interval '${day} days',
      date_trunc('day', now(), 'UTC') - interval '${day - 1} days' - interval '1 minute'),
    public.rollup_days(date_trunc('day', now(), 'UTC') - interval '${day} days', date_trunc('day', now(), 'UTC') - interval '${day} days')`)
}

async function packAll(sql: Sql): Promise<number[]> {
  const times: number[] = []
  for (;;) {
    const startedAt = performance.now()
    const [row] = await sql<{ answer: { hours: number } }[]>`select public.pack_probe_results() as answer`
    if ((row?.answer.hours ?? 0) === 0) return times
    times.push(performance.now() - startedAt)
  }
}

async function databaseBytes(sql: Sql): Promise<number> {
  const [row] = await sql<{ bytes: number }[]>`select pg_database_size(current_database())::float8 as bytes`
  return row?.bytes ?? 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(await benchSize())}\n`)
}
