import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createRuleStore } from '../../lib/adapters/supabase/rule-store.ts'
import { createTelemetryStore } from '../../lib/adapters/supabase/telemetry-store.ts'
import { evaluateDueRules } from '../../lib/tasks/evaluate-rules.ts'
import { startBenchStack } from './bench-stack.ts'

/** Two projects, because one has at most ten thousand series and five thousand rules. */
const PROJECTS = 2
const METRICS = 100
/** Of which so many are histograms, asked for a p95. */
const HISTOGRAMS = 20
const ROUTES = 50
const METHODS = 2
const REPEATS = 5
const PROMISE_MS = 2_000

type Stack = Awaited<ReturnType<typeof startBenchStack>>

export interface RuleFigures {
  rules: number
  series: number
  /** The first evaluation of all, which also writes down every group. */
  firstMs: number
  /** Median of the evaluations after it: claim, read, evaluate, record, through the API as a function does it. */
  tickMs: number
  /** CPU of the process that evaluates and of the API in it, of the same; the rest of the time is the database's. */
  processCpuMs: number
  /** Round trips to the database of one of those. */
  roundTrips: number
  promiseMs: number
}

/** How long all rules of a tick take: each looks at five minutes of two series, every fifth at their p95. */
export async function benchRules(): Promise<RuleFigures> {
  const stack = await startBenchStack()
  try {
    await seed(stack)
    const { client, count } = countCalls(stack.client)
    const firstMs = await evaluate(stack, client)
    const times: number[] = []
    let roundTrips = 0
    const cpuBefore = process.cpuUsage()
    for (let n = 0; n < REPEATS; n += 1) {
      const before = count()
      times.push(await evaluate(stack, client))
      roundTrips = count() - before
    }
    const cpu = process.cpuUsage(cpuBefore)
    const processCpuMs = Math.round((cpu.user + cpu.system) / 1_000 / REPEATS)
    const rules = PROJECTS * METRICS * ROUTES
    const median = times.toSorted((one, other) => one - other)[Math.floor(REPEATS / 2)] ?? Number.NaN
    const series = rules * METHODS
    return { rules, series, firstMs, tickMs: median, processCpuMs, roundTrips, promiseMs: PROMISE_MS }
  } finally {
    await stack.stop()
  }
}

function countCalls(client: Client): { client: Client; count: () => number } {
  let calls = 0
  const rpc = client.rpc.bind(client)
  client.rpc = ((...args: Parameters<typeof rpc>) => {
    calls += 1
    return rpc(...args)
  }) as typeof client.rpc
  return { client, count: () => calls }
}

async function evaluate({ sql }: Stack, client: Client): Promise<number> {
  await sql`update public.rule_runs set next_due_at = now()`
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (event: string, fields = {}) => {
      throw new Error(`${event} ${JSON.stringify(fields)}`)
    },
  }
  const startedMs = performance.now()
  await evaluateDueRules({
    rules: createRuleStore(client, log),
    telemetry: createTelemetryStore(client),
    clock: { now: Date.now, sleep: async () => undefined },
    random: { next: Math.random, uuid: randomUUID },
    log,
    baseUrl: 'http://localhost',
  })
  const ms = Math.round(performance.now() - startedMs)
  const [row] = await sql<{ n: number }[]>`
    select count(*)::integer as n from public.rule_states where status = 'inactive' and value is not null`
  if (row?.n !== PROJECTS * METRICS * ROUTES) throw new Error(`${row?.n} groups were judged`)
  return ms
}

/** Two hours of minutes as rollups leave them, and a rule for each metric and route. */
async function seed({ sql }: Stack): Promise<void> {
  await sql`insert into public.projects (slug, name) select 'bench-' || n, 'Bench' from generate_series(1, ${PROJECTS}::integer) as n`
  await sql`
    insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
    select projects.id, 'production', 'metric.' || metric, case when metric <= ${HISTOGRAMS}::integer then 'histogram' else 'gauge' end,
      case when metric <= ${HISTOGRAMS}::integer then 'delta' end, 's',
      jsonb_build_object('route', '/r' || route, 'method', 'M' || method, 'service', 'shop'), gen_random_uuid(), now(), now()
    from public.projects, generate_series(1, ${METRICS}::integer) as metric, generate_series(1, ${ROUTES}::integer) as route,
      generate_series(1, ${METHODS}::integer) as method`
  const hours = `generate_series(date_trunc('hour', now()) - interval '2 hours', now(), interval '1 hour')`
  const minutes = 'array(select n::smallint from generate_series(0, 59) as n)'
  await sql.unsafe(`
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums)
    select series.id, 'production', at, ${minutes}, array_fill(1::bigint, array[60]), array(select n / 60.0 from generate_series(0, 59) as n)
    from public.series, ${hours} as at where kind = 'gauge'`)
  await sql.unsafe(`
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums, mins, maxs, lengths, keys, bucket_counts)
    select series.id, 'production', at, ${minutes}, array_fill(20::bigint, array[60]), array_fill(2::float8, array[60]), array_fill(0.05::float8, array[60]),
      array_fill(0.4::float8, array[60]), array_fill(10::smallint, array[60]),
      array(select (-300 + n % 10 * 8)::smallint from generate_series(0, 599) as n), array_fill(2::bigint, array[600])
    from public.series, ${hours} as at where kind = 'histogram'`)
  await sql`
    insert into public.alert_rules (project_id, key, name, condition, group_limit, for_ms, no_data, severity_warning, severity_critical)
    select projects.id, 'm' || metric || '-r' || route, 'Metric ' || metric || ' of /r' || route, jsonb_build_object('kind', 'threshold',
      'source', jsonb_build_object('of', jsonb_build_object('metric', 'metric.' || metric,
        'aggregate', case when metric <= ${HISTOGRAMS}::integer then 'p95' else 'avg' end, 'where', jsonb_build_object('route', '/r' || route))),
      'windowMs', 300000, 'operator', 'above', 'warning', null, 'critical', jsonb_build_object('value', 1000, 'recovery', null), 'minCount', 0),
      10, 300000, 'resolve', 'medium', 'high'
    from public.projects, generate_series(1, ${METRICS}::integer) as metric, generate_series(1, ${ROUTES}::integer) as route`
  await sql`insert into public.rule_runs (project_id, next_due_at) select id, now() from public.projects`
  await sql.unsafe('vacuum analyze')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  benchRules().then((figures) => process.stdout.write(`${JSON.stringify(figures)}\n`))
}
