-- Whoever reads results or histograms gets the same, packed or not.

create function public.read_results(
  p_monitor_id uuid, p_from timestamptz default null, p_until timestamptz default null, p_newest_first boolean default true, p_limit integer default 100
) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  -- Each order in a branch of its own: then both are read from the index, and the other one is never begun.
  with hot as (
    (select slot_at, probed_at, region, verdict, cause, status_code, latency_ms, phases, message, evidence from public.probe_results as results
     where p_newest_first and results.monitor_id = p_monitor_id
       and results.slot_at >= coalesce(p_from, '-infinity') and results.slot_at < coalesce(p_until, 'infinity')
     order by results.slot_at desc, results.region limit p_limit)
    union all
    (select slot_at, probed_at, region, verdict, cause, status_code, latency_ms, phases, message, evidence from public.probe_results as results
     where not p_newest_first and results.monitor_id = p_monitor_id
       and results.slot_at >= coalesce(p_from, '-infinity') and results.slot_at < coalesce(p_until, 'infinity')
     order by results.slot_at, results.region limit p_limit)
  ), hours as (
    -- A packed hour has one result at least: so many hours are enough.
    (select rollups as hour from public.probe_rollups as rollups
     where p_newest_first and rollups.monitor_id = p_monitor_id and rollups.resolution = 'hour' and rollups.packed_step_ms is not null
       and rollups.bucket_at > coalesce(p_from, '-infinity') - interval '1 hour' and rollups.bucket_at < coalesce(p_until, 'infinity')
     order by rollups.bucket_at desc limit p_limit)
    union all
    (select rollups as hour from public.probe_rollups as rollups
     where not p_newest_first and rollups.monitor_id = p_monitor_id and rollups.resolution = 'hour' and rollups.packed_step_ms is not null
       and rollups.bucket_at > coalesce(p_from, '-infinity') - interval '1 hour' and rollups.bucket_at < coalesce(p_until, 'infinity')
     order by rollups.bucket_at limit p_limit)
  ), page as (
    select * from (
      select * from hot
      union all
      select result.slot_at, result.probed_at, (hours.hour).region, result.verdict, result.cause, result.status_code, result.latency_ms, result.phases,
        result.message, result.evidence
      from hours cross join lateral private.packed_results(hours.hour) as result
      where result.slot_at >= coalesce(p_from, '-infinity') and result.slot_at < coalesce(p_until, 'infinity')) as both_kinds
    order by case when p_newest_first then slot_at end desc, case when not p_newest_first then slot_at end, region
    limit p_limit
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('slot_at', private.iso(page.slot_at), 'probed_at', private.iso(page.probed_at),
    'region', page.region, 'verdict', page.verdict, 'cause', page.cause, 'status_code', page.status_code, 'latency_ms', page.latency_ms,
    'phases', page.phases, 'message', page.message, 'evidence', page.evidence)
    order by case when p_newest_first then page.slot_at end desc, case when not p_newest_first then page.slot_at end, page.region), '[]')
  from page;
end;
comment on function public.read_results(uuid, timestamptz, timestamptz, boolean, integer) is 'Results of a monitor with from <= slot < until, packed ones among them, in the order of their slots.';

-- As before, but for the histograms.
create function public.read_report_figures(p_project_id uuid, p_from timestamptz, p_until timestamptz, p_time_zone text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with hours as materialized (
    select rollups.*, rollups as rollup, pg_catalog.date_trunc('day', rollups.bucket_at, p_time_zone) as day_at
    from public.probe_rollups as rollups
    where rollups.project_id = p_project_id and rollups.resolution = 'hour'
      and rollups.bucket_at >= p_from and rollups.bucket_at < p_until
  ), buckets as materialized (
    select hours.monitor_id, hours.day_at, bucket.key, sum(bucket.n) as n
    from hours cross join lateral private.latency_buckets(hours.rollup) as bucket
    group by hours.monitor_id, hours.day_at, bucket.key
  ), monitor_histograms as (
    select monitor_id, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select monitor_id, key, sum(n) as n from buckets group by monitor_id, key) as merged group by monitor_id
  ), day_histograms as (
    select day_at, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select day_at, key, sum(n) as n from buckets group by day_at, key) as merged group by day_at
  ), monitor_sums as (
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by monitor_id
  ), day_sums as (
    select day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by day_at
  )
  select pg_catalog.jsonb_build_object(
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'key', monitors.key, 'name', monitors.name, 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by monitors.name), '[]')
      from monitor_sums as sums
      join public.monitors on monitors.id = sums.monitor_id
      left join monitor_histograms as histograms on histograms.monitor_id = sums.monitor_id),
    'days', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'at', private.iso(sums.day_at), 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by sums.day_at), '[]')
      from day_sums as sums left join day_histograms as histograms on histograms.day_at = sums.day_at),
    'incidents', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'number', incidents.number, 'title', incidents.title, 'priority', incidents.priority, 'status', incidents.status,
        'started_at', private.iso(incidents.started_at), 'acknowledged_at', private.iso(incidents.acknowledged_at),
        'resolved_at', private.iso(incidents.resolved_at)) order by incidents.started_at), '[]')
      from public.incidents
      where incidents.project_id = p_project_id and incidents.started_at >= p_from and incidents.started_at < p_until));
end;
comment on function public.read_report_figures(uuid, timestamptz, timestamptz, text) is 'Sums, merged histograms and incidents of a span, by monitor and by local day. Row level security of the caller applies.';

create or replace function public.read_monitor_series(p_monitor_id uuid, p_range text) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_from timestamptz := v_now - case p_range when '24h' then interval '24 hours' when '7d' then interval '7 days'
    when '30d' then interval '30 days' else interval '90 days' end;
  v_resolution text := case p_range when '90d' then 'day' else 'hour' end;
  v_points jsonb;
  v_histogram jsonb;
begin
  if p_range = '24h' then
    -- Five-minute buckets of rows, which are not packed within the day: at most 288 points, percentiles exact.
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(bucket.at), 'up', bucket.up, 'degraded', bucket.degraded,
      'down', bucket.down, 'unknown', 0, 'blips', bucket.blips, 'p50', bucket.p50, 'p95', bucket.p95, 'phases', bucket.phases) order by bucket.at)
    into v_points
    from (
      select pg_catalog.to_timestamp(pg_catalog.floor(extract(epoch from results.slot_at) / 300) * 300) as at,
        count(*) filter (where results.verdict = 'up') as up, count(*) filter (where results.verdict = 'degraded') as degraded,
        count(*) filter (where results.verdict = 'down') as down,
        -- Failed at first and fine when looked at again.
        count(*) filter (where results.verdict = 'up' and results.evidence is not null) as blips,
        pg_catalog.percentile_disc(0.5) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p50,
        pg_catalog.percentile_disc(0.95) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p95,
        array[avg(results.phases[1]), avg(results.phases[2]), avg(results.phases[3]), avg(results.phases[4]), avg(results.phases[5])] as phases
      from public.probe_results as results
      where results.monitor_id = p_monitor_id and results.slot_at > v_from
      group by 1) as bucket;
    select pg_catalog.jsonb_build_object('keys', pg_catalog.jsonb_agg(merged.key order by merged.key),
      'counts', pg_catalog.jsonb_agg(merged.n order by merged.key), 'min_ms', min(merged.min_ms), 'max_ms', max(merged.max_ms))
    into v_histogram
    from (
      select private.histogram_key(results.latency_ms) as key, count(*) as n, min(results.latency_ms) as min_ms, max(results.latency_ms) as max_ms
      from public.probe_results as results
      where results.monitor_id = p_monitor_id and results.slot_at > v_from and results.verdict <> 'down' and results.latency_ms is not null
      group by 1) as merged;
  else
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(rollups.bucket_at), 'up', rollups.up,
      'degraded', rollups.degraded, 'down', rollups.down, 'unknown', rollups.unknown, 'p50', rollups.latency_p50_ms, 'p95', rollups.latency_p95_ms,
      'keys', case when rollups.latency_p50_ms is null then pg_catalog.to_jsonb(coalesce(rollups.histogram_keys, '{}')) end,
      'counts', case when rollups.latency_p50_ms is null then pg_catalog.to_jsonb(coalesce(rollups.histogram_counts, '{}')) end,
      'min_ms', rollups.latency_min_ms, 'max_ms', rollups.latency_max_ms,
      'phases', (select pg_catalog.array_agg(phase / nullif(rollups.latency_count, 0)) from pg_catalog.unnest(rollups.phase_sums_ms) as phase))
      order by rollups.bucket_at)
    into v_points
    from public.probe_rollups as rollups
    where rollups.monitor_id = p_monitor_id and rollups.resolution = v_resolution and rollups.bucket_at > v_from;
    select pg_catalog.jsonb_build_object('keys', pg_catalog.jsonb_agg(merged.key order by merged.key),
      'counts', pg_catalog.jsonb_agg(merged.n order by merged.key), 'min_ms', min(merged.min_ms), 'max_ms', max(merged.max_ms))
    into v_histogram
    from (
      select bucket.key, sum(bucket.n) as n, min(rollups.latency_min_ms) as min_ms, max(rollups.latency_max_ms) as max_ms
      from public.probe_rollups as rollups cross join lateral private.latency_buckets(rollups) as bucket
      where rollups.monitor_id = p_monitor_id and rollups.resolution = v_resolution and rollups.bucket_at > v_from
      group by bucket.key) as merged;
  end if;
  return pg_catalog.jsonb_build_object('now', private.iso(v_now), 'from', private.iso(v_from), 'points', coalesce(v_points, '[]'),
    'histogram', v_histogram, 'gaps', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('from', private.iso(gaps.from_at), 'until', private.iso(gaps.until_at),
      'slots', pg_catalog.ceil(extract(epoch from gaps.until_at - gaps.from_at) / gaps.interval_seconds)) order by gaps.from_at), '[]')
    from public.probe_gaps as gaps
    where gaps.monitor_id = p_monitor_id and gaps.until_at > v_from),
  'alerts', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', alerts.id, 'kind', alerts.kind, 'reason', alerts.reason,
      'evidence', alerts.evidence, 'started_at', private.iso(alerts.started_at), 'resolved_at', private.iso(alerts.resolved_at),
      'incident_number', incidents.number, 'priority', incidents.priority) order by alerts.started_at desc), '[]')
    from (
      select * from public.alerts where alerts.monitor_id = p_monitor_id and (alerts.resolved_at is null or alerts.resolved_at > v_from)
      order by alerts.started_at desc limit 200) as alerts
    left join public.incidents on incidents.id = alerts.incident_id));
end
$$;

revoke execute on function private.packed_results(public.probe_rollups), private.latency_buckets(public.probe_rollups), private.pack_hour(timestamptz),
  public.pack_probe_results(), private.result_partitions(), public.prune_probe_results(integer),
  public.read_results(uuid, timestamptz, timestamptz, boolean, integer),
  public.read_report_figures(uuid, timestamptz, timestamptz, text) from public, anon, authenticated;
grant execute on function private.packed_results(public.probe_rollups), private.latency_buckets(public.probe_rollups),
  public.read_results(uuid, timestamptz, timestamptz, boolean, integer),
  public.read_report_figures(uuid, timestamptz, timestamptz, text) to authenticated, service_role;
grant execute on function public.pack_probe_results(), public.prune_probe_results(integer) to service_role;
