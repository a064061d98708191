import type postgres from 'postgres'

const DAYS = 90
/** Until when hours are made up from counts alone; later ones come from single results, as charts of a day show those. */
const RAW_HOURS = 26

/**
 * Gives every monitor of a project ninety days of past: answers with a daily rhythm, outages with their incidents, and two stretches
 * without a result. What is random repeats from run to run.
 */
export async function seedHistory(sql: postgres.Sql, projectId: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select setseed(0.42)`
    await backdate(transaction, projectId)
    await addOutages(transaction, projectId)
    await addHours(transaction, projectId)
    await addResults(transaction, projectId)
    await transaction`select public.rollup_probe_results(now() - make_interval(hours => ${RAW_HOURS}), now())`
    await transaction`select public.rollup_days(now() - make_interval(days => ${DAYS}), now())`
  })
}

type Transaction = postgres.TransactionSql

async function backdate(sql: Transaction, projectId: string): Promise<void> {
  await sql`update public.projects set created_at = now() - make_interval(days => ${DAYS + 5}) where id = ${projectId}`
  await sql`
    update public.monitors set created_at = now() - make_interval(days => ${DAYS + 1}) where project_id = ${projectId}`
  await sql`
    update public.monitor_states set since_at = now() - make_interval(hours => 19 + (random() * 400)::integer)
    where project_id = ${projectId} and state in ('up', 'pending')`
  await sql`select private.ensure_partition((current_date - n)::date) from generate_series(1, 3) as n`
}

/** About two outages a monitor and month, minutes long, each with its alert and its resolved incident. */
async function addOutages(sql: Transaction, projectId: string): Promise<void> {
  await sql`
    create temporary table past_outages on commit drop as
    select outages.*, row_number() over (order by outages.started_at) + 100 as number, gen_random_uuid() as incident_id
    from (
      select monitors.id as monitor_id, monitors.name, monitors.severity,
        date_trunc('hour', now()) - make_interval(hours => ${RAW_HOURS} + (random() * ${DAYS * 24 - RAW_HOURS - 2})::integer, mins => (random() * 20)::integer)
          as started_at,
        make_interval(secs => 90 + (random() ^ 3 * 2400)::integer) as lasted
      from public.monitors cross join generate_series(1, 6)
      where project_id = ${projectId} and kind <> 'heartbeat' and random() < 0.45) as outages`
  await sql`
    insert into public.incidents (id, project_id, number, title, priority, status, reason, started_at, detected_at, acknowledged_at,
      acknowledged_by, resolved_at, resolved_by)
    select incident_id, ${projectId}::uuid, number, name || ' is down',
      case severity when 'critical' then 'P0' when 'high' then 'P1' when 'medium' then 'P2' else 'P3' end, 'resolved',
      '2 probes in a row failed: answered 503, expected 200-299', started_at, started_at + interval '8 seconds',
      case when lasted > interval '5 minutes' then started_at + lasted / 3 end,
      case when lasted > interval '5 minutes' then 'admin@example.com' end, started_at + lasted, 'vigie'
    from past_outages`
  await sql`
    insert into public.alerts (project_id, monitor_id, kind, status, severity, incident_id, reason, evidence, started_at, resolved_at)
    select ${projectId}::uuid, monitor_id, 'down', 'resolved', severity, incident_id, 'answered 503, expected 200-299',
      jsonb_build_array(jsonb_build_object('at', private.iso(started_at), 'verdict', 'down', 'cause', 'status',
        'message', 'answered 503, expected 200-299', 'statusCode', 503, 'latencyMs', 84, 'failures',
        jsonb_build_array(jsonb_build_object('subject', 'status', 'expected', '200-299', 'got', '503')))),
      started_at, started_at + lasted
    from past_outages`
  await sql`
    insert into public.incident_events (project_id, incident_id, at, kind, actor, message)
    select ${projectId}::uuid, incident_id, started_at + interval '8 seconds', 'opened', 'vigie', name || ' is down' from past_outages
    union all
    select ${projectId}::uuid, incident_id, started_at + lasted / 3, 'acknowledged', 'admin@example.com', 'acknowledged'
    from past_outages where lasted > interval '5 minutes'
    union all
    select ${projectId}::uuid, incident_id, started_at + lasted, 'resolved', 'vigie', 'recovered' from past_outages`
  await sql`
    update public.projects set last_incident_number = (select coalesce(max(number), 0) from public.incidents where project_id = ${projectId})
    where id = ${projectId}`
}

/** An hour of one-minute probes each: what failed is what the outages cover, what is missing is two quiet nights. */
async function addHours(sql: Transaction, projectId: string): Promise<void> {
  await sql`
    insert into public.probe_rollups (monitor_id, project_id, resolution, bucket_at, up, degraded, down, unknown, latency_count,
      latency_sum_ms, latency_min_ms, latency_max_ms, latency_p50_ms, latency_p95_ms, histogram_keys, histogram_counts, phase_sums_ms)
    select id, ${projectId}::uuid, 'hour', bucket_at, (60 - down) * is_known, 0, down * is_known, 60 * (1 - is_known), answered,
      answered * p50 * 1.1, p50 * 0.7, p50 * 2.4, p50, p50 * 1.7,
      case when answered > 0 then array[private.histogram_key(p50 * 0.8), private.histogram_key(p50), private.histogram_key(p50 * 1.7)] else '{}' end,
      case when answered > 0 then array[answered / 3, answered - answered / 3 - answered / 20, answered / 20] else '{}' end,
      array[answered * p50 * 0.05, answered * p50 * 0.1, answered * p50 * 0.25, answered * p50 * 0.5, answered * p50 * 0.1]
    from (
      select monitors.id, hour.bucket_at, known.is_known, failed.down, (60 - failed.down) * known.is_known as answered,
        (case monitors.kind when 'tcp' then 1 else 14 + abs(hashtext(monitors.key)) % 40 end) * (1.2 + 0.4 * sin(extract(hour from hour.bucket_at) / 24 * 6.28 - 2))
          * (0.9 + random() * 0.2) as p50
      from public.monitors
      cross join generate_series(date_trunc('hour', now()) - make_interval(days => ${DAYS}),
        date_trunc('hour', now()) - make_interval(hours => ${RAW_HOURS + 1}), interval '1 hour') as hour(bucket_at)
      cross join lateral (
        select case when hour.bucket_at between now() - interval '41 days 5 hours' and now() - interval '41 days' then 0 else 1 end
      ) as known(is_known)
      cross join lateral (
        select least(60, coalesce(sum(ceil(extract(epoch from
          least(started_at + lasted, hour.bucket_at + interval '1 hour') - greatest(started_at, hour.bucket_at)) / 60)), 0))::integer
        from past_outages where past_outages.monitor_id = monitors.id
          and started_at < hour.bucket_at + interval '1 hour' and started_at + lasted > hour.bucket_at
      ) as failed(down)
      where monitors.project_id = ${projectId} and monitors.kind <> 'heartbeat'
    ) as hours
    on conflict do nothing`
}

/** The last day, result by result, with a quarter of an hour down and forty minutes that nobody probed. */
async function addResults(sql: Transaction, projectId: string): Promise<void> {
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message)
    select id, ${projectId}::uuid, slot_at, slot_at, verdict, case verdict when 'down' then 'status' end,
      case verdict when 'down' then 503 else 200 end, took, array[took * 0.04, took * 0.1, 0, took * 0.75, took * 0.11],
      case verdict when 'down' then 'answered 503, expected 200-299' end
    from (
      select monitors.id, slots.slot_at, case when monitors.key = 'search' and slots.slot_at
          between date_trunc('hour', now()) - interval '9 hours 20 minutes' and date_trunc('hour', now()) - interval '9 hours 5 minutes'
        then 'down' else 'up' end as verdict,
        ((case monitors.kind when 'tcp' then 1 else 14 + abs(hashtext(monitors.key)) % 40 end) * (1.2 + 0.4 * sin(extract(hour from slots.slot_at) / 24 * 6.28 - 2))
          * (0.75 + random() * 0.4 + random() ^ 12 * 2))::real as took
      from public.monitors
      cross join generate_series(date_trunc('hour', now()) - make_interval(hours => ${RAW_HOURS}), now() - interval '1 minute',
        interval '1 minute') as slots(slot_at)
      where monitors.project_id = ${projectId} and monitors.kind <> 'heartbeat' and slots.slot_at not between
        date_trunc('hour', now()) - interval '15 hours' and date_trunc('hour', now()) - interval '14 hours 20 minutes'
    ) as slots
    on conflict do nothing`
  await sql`
    insert into public.probe_gaps (monitor_id, project_id, from_at, until_at, interval_seconds)
    select id, ${projectId}::uuid, date_trunc('hour', now()) - interval '15 hours', date_trunc('hour', now()) - interval '14 hours 20 minutes', 60
    from public.monitors where project_id = ${projectId} and kind <> 'heartbeat'
    on conflict do nothing`
}
