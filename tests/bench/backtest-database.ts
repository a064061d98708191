import { createClient } from '@supabase/supabase-js'
import type postgres from 'postgres'
import { startBenchStack } from './bench-stack.ts'

type Sql = postgres.Sql

/**
 * Ninety days as they are kept, for a signed-in person: thirty of minutes and hours before them of a busy route (fifty buckets a minute) and
 * a counter, ninety of the probes of one monitor at one minute, packed.
 */
export async function startBackTestDatabase() {
  const stack = await startBenchStack()
  const { sql } = stack
  const [project] = await sql<
    { id: string }[]
  >`insert into public.projects (slug, name) values ('bench', 'Bench') returning id`
  const projectId = project?.id ?? ''
  await makePartitions(sql)
  await storeSeries(sql, projectId)
  await storeProbes(sql, projectId)
  await sql.unsafe('vacuum analyze')
  const client = createClient(stack.apiUrl, stack.keys.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    // supabase-js throws on Node 20 without a WebSocket; nothing here listens.
    realtime: { transport: class {} as never },
  })
  const { data, error } = await client.auth.signUp({ email: 'bench@example.com', password: 'correct horse battery' })
  if (error !== null || data.user === null) throw new Error(`no sign-up: ${error?.message}`)
  await sql`
    insert into public.memberships (project_id, user_id, role, email)
    values (${projectId}, ${data.user.id}, 'viewer', 'bench@example.com')`
  // The first request lets the API open the schema to its roles.
  await client.from('projects').select('id')
  return { projectId, client, stop: stack.stop }
}

async function makePartitions(sql: Sql): Promise<void> {
  await sql`
    select private.make_partition('series_hours', at, at + interval '1 month', to_char(at, 'YYYYMM'))
    from generate_series(date_trunc('month', now() - interval '4 months', 'UTC'), now(), interval '1 month') as at`
  await sql`
    select private.make_partition('series_minutes_production', day, day + interval '1 day', to_char(day at time zone 'UTC', 'YYYYMMDD'))
    from generate_series(date_trunc('day', now(), 'UTC') - interval '31 days', now(), interval '1 day') as day`
}

async function storeSeries(sql: Sql, projectId: string): Promise<void> {
  for (const [name, kind, unit] of [
    ['http.server.request.duration', 'histogram', 's'],
    ['http.server.requests', 'counter', '1'],
  ] as const)
    await sql`
      insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
      values (${projectId}, 'production', ${name}, ${kind}, 'delta', ${unit}, '{}', gen_random_uuid(), now(), now())`
  const minutes = 'array(select n::smallint from generate_series(0, 59) as n)'
  const hoursOf = (days: number) =>
    `generate_series(date_trunc('hour', now()) - interval '${days} days', now(), interval '1 hour') as at`
  await sql.unsafe(`
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums)
    select id, 'production', at, ${minutes}, array_fill(1::bigint, array[60]),
      array(select floor(100 + 40 * sin(extract(hour from at) / 4) + 10 * random()) from generate_series(0, 59))
    from public.series, ${hoursOf(30)} where kind = 'counter'`)
  await sql.unsafe(`
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums, mins, maxs, lengths, keys, bucket_counts)
    select id, 'production', at, ${minutes}, array_fill(150::bigint, array[60]),
      array(select 60 + 40 * random() from generate_series(0, 59)), array_fill(0.1::float8, array[60]), array_fill(4::float8, array[60]),
      array_fill(50::smallint, array[60]), array(select (-120 + n % 50 * 4)::smallint from generate_series(0, 2999) as n),
      array(select (1 + n % 5)::bigint from generate_series(0, 2999) as n)
    from public.series, ${hoursOf(30)} where kind = 'histogram'`)
  await sql.unsafe(`
    insert into public.series_hours (series_id, at, count, sum, min, max, keys, counts)
    select id, at, 9000, 6000, 0.1, 4, array(select (-120 + n * 4)::smallint from generate_series(0, 49) as n), array_fill(180::bigint, array[50])
    from public.series, ${hoursOf(90)}`)
}

/** Each hour with two failures side by side, so that failures in a row are counted and never fire. */
async function storeProbes(sql: Sql, projectId: string): Promise<void> {
  const [monitor] = await sql<{ id: string }[]>`
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
    values (${projectId}, 'api', 'API', 'http', '{}', 60, 5000, 'high') returning id`
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown, latency_count,
      latency_sum_ms, latency_min_ms, latency_max_ms, packed_from_ms, packed_step_ms, packed_status, packed_latencies, packed_exceptions)
    select ${monitor?.id ?? ''}, ${projectId}, 'local', 'hour', at, 58, 0, 2, 0, 58, 6960, 120, 120, 0, 60000, 200,
      array(select case when n in (30, 31) then null else 1200 end from generate_series(0, 59) as n),
      '[{"offsetMs": 1800000, "verdict": "down"}, {"offsetMs": 1860000, "verdict": "down"}]'
    from generate_series(date_trunc('hour', now(), 'UTC') - interval '90 days', now() - interval '1 hour', interval '1 hour') as at`
}
