import type postgres from 'postgres'

export interface SeedOptions {
  projectId: string
  monitors: number
  days: number
}

/**
 * Monitors of one minute with rollups as the hourly task would have left them: hours and days, ten latency buckets each, and a few
 * outages, gaps and slow hours. Statistics are refreshed at the end, as autovacuum would have done long since.
 */
export async function seedHistory(sql: postgres.Sql, { projectId, monitors, days }: SeedOptions): Promise<void> {
  await sql`
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity, tags, group_name, created_at)
    select ${projectId}, 'service-' || n, 'Service ' || n, 'http',
      jsonb_build_object('url', 'https://service-' || n || '.example.com/health', 'method', 'GET', 'headers', '{}'::jsonb,
        'redirects', '{"follow": true, "max": 5}'::jsonb, 'maxBodyBytes', 1048576, 'verifyTls', true,
        'expect', '{"status": ["2xx"], "json": [], "headers": [], "healthBody": true, "certificateDays": 14}'::jsonb),
      60, 10000, (array['low', 'medium', 'high', 'critical'])[1 + n % 4], array['team-' || n % 7], 'group-' || n % 5,
      now() - make_interval(days => ${days})
    from generate_series(1, ${monitors}::integer) as n`
  await sql`
    insert into public.monitor_states (monitor_id, project_id, state, since_at, next_due_at, last_slot_at, last_result_at, last_latency_ms, last_result)
    select monitors.id, monitors.project_id,
      case when right(monitors.key, 2) = '-7' then 'down' when right(monitors.key, 3) = '-13' then 'degraded' else 'up' end,
      now() - interval '20 minutes', now() + interval '1 hour', now() - interval '30 seconds', now() - interval '30 seconds', 120,
      jsonb_build_object('verdict', case when right(monitors.key, 2) = '-7' then 'down' else 'up' end,
        'cause', case when right(monitors.key, 2) = '-7' then 'status' end, 'message', 'answered 503, expected 200 to 299', 'statusCode', 503,
        'startedAt', 0, 'durationMs', 120, 'failures', '[{"subject": "status", "expected": "200 to 299", "got": "503"}]'::jsonb, 'phases', '{"dns": 2, "tcp": 10, "tls": 21, "ttfb": 80, "transfer": 7}'::jsonb)
    from public.monitors where monitors.project_id = ${projectId}`
  await seedHours(sql, projectId, days)
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown,
      latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, histogram_keys, histogram_counts, phase_sums_ms)
    select monitor_id, project_id, region, 'day', date_trunc('day', bucket_at, 'UTC'), sum(up), sum(degraded), sum(down), sum(unknown),
      sum(latency_count), sum(latency_sum_ms), min(latency_min_ms), max(latency_max_ms), min(histogram_keys),
      array(select 24 * count from unnest(min(histogram_counts)) as count), array[1440 * 2, 1440 * 10, 1440 * 21, 1440 * 80, 1440 * 7]
    from public.probe_rollups where project_id = ${projectId} and resolution = 'hour'
    group by monitor_id, project_id, region, date_trunc('day', bucket_at, 'UTC')`
  await sql`vacuum analyze`
}

async function seedHours(sql: postgres.Sql, projectId: string, days: number): Promise<void> {
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown,
      latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, latency_p50_ms, latency_p95_ms, histogram_keys, histogram_counts, phase_sums_ms)
    select seeded.id, ${projectId}, 'local', 'hour', hour.at,
      60 - hour.down - hour.unknown, 0, hour.down, hour.unknown, 60 - hour.down - hour.unknown, 60 * seeded.base_ms,
      seeded.base_ms * 0.6, seeded.base_ms * 2.4, seeded.base_ms * (1 + 0.2 * sin(hour.n / 4.0)), seeded.base_ms * (1.8 + 0.5 * sin(hour.n / 4.0)),
      seeded.keys, '{2, 4, 8, 12, 12, 9, 6, 4, 2, 1}', array[60 * 2, 60 * 10, 60 * 21, 60 * 80, 60 * 7]
    from (
      select monitors.id, 60 + abs(hashtext(monitors.key)) % 300 as base_ms,
        array(select (420 + abs(hashtext(monitors.key)) % 60 + step * 6)::smallint from generate_series(0, 9) as step) as keys
      from public.monitors where monitors.project_id = ${projectId}) as seeded
    cross join lateral (
      select n, date_trunc('hour', now(), 'UTC') - make_interval(hours => n) as at,
        case when abs(hashtext(seeded.id::text || n)) % 400 = 0 then 7 else 0 end as down,
        case when abs(hashtext(seeded.id::text || n)) % 300 = 1 then 5 else 0 end as unknown
      from generate_series(0, ${days * 24}::integer) as n) as hour`
}
