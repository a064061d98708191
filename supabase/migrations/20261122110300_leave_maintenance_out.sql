-- What was seen during maintenance counts neither for nor against uptime: it is counted by itself.

-- Null for none, which takes no room in a row.
alter table public.probe_rollups add column maintenance integer;
comment on column public.probe_rollups.maintenance is 'Results during maintenance, left out of up, degraded and down; null for none. Their latency counts like any other.';

create function private.is_maintained(p_monitor public.monitors, p_occurrence public.maintenance_occurrences) returns boolean
language sql immutable set search_path = ''
return case p_occurrence.scope_kind
  when 'project' then true
  when 'tags' then p_monitor.tags && p_occurrence.scope_values
  else p_monitor.key = any (p_occurrence.scope_values) end;
comment on function private.is_maintained(public.monitors, public.maintenance_occurrences) is 'Whether a monitor lies in the scope of a maintenance of its project. Says the same as isInScope of the application.';

create function private.maintenance_ranges(p_from timestamptz, p_until timestamptz) returns table (monitor_id uuid, spans tstzmultirange)
language sql stable security invoker set search_path = ''
begin atomic
  select monitors.id, pg_catalog.range_agg(pg_catalog.tstzrange(took.starts_at, took.ends_at))
  from public.maintenance_occurrences as took
  join public.monitors on monitors.project_id = took.project_id and private.is_maintained(monitors, took)
  where pg_catalog.tstzrange(took.starts_at, took.ends_at) && pg_catalog.tstzrange(p_from, p_until)
  group by monitors.id;
end;
comment on function private.maintenance_ranges(timestamptz, timestamptz) is 'When monitors were under maintenance in a span, overlapping times merged. Row level security of the caller applies.';

create or replace function public.rollup_probe_results(p_from timestamptz, p_until timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_from timestamptz := pg_catalog.date_trunc('hour', p_from, 'UTC');
  v_until timestamptz := pg_catalog.date_trunc('hour', p_until, 'UTC') + interval '1 hour';
  v_count integer;
begin
  insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown, maintenance,
    latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, latency_p50_ms, latency_p95_ms,
    histogram_keys, histogram_counts, phase_sums_ms)
  with hot as materialized (
    select monitor_id, region, pg_catalog.date_trunc('hour', slot_at, 'UTC') as bucket_at, slot_at, verdict, phases, latency_ms
    from public.probe_results where slot_at >= v_from and slot_at < v_until
  ), packed as (
    -- A packed hour's phases are gone: their sums are taken over from its row below.
    select rollups.monitor_id, rollups.region, rollups.bucket_at, result.slot_at, result.verdict, null::real[] as phases, result.latency_ms
    from (select distinct monitor_id, region, bucket_at from hot) as touched
    join public.probe_rollups as rollups on rollups.monitor_id = touched.monitor_id and rollups.region = touched.region
      and rollups.resolution = 'hour' and rollups.bucket_at = touched.bucket_at and rollups.packed_step_ms is not null
    cross join lateral private.packed_results(rollups) as result
  ), results as materialized (
    select both_kinds.monitor_id, region, bucket_at, verdict, phases, case when verdict <> 'down' then latency_ms end as answered_ms,
      coalesce(slot_at <@ maintenance.spans, false) as is_maintained
    from (select * from hot union all select * from packed) as both_kinds
    left join private.maintenance_ranges(v_from, v_until) as maintenance on maintenance.monitor_id = both_kinds.monitor_id
  ), counts as (
    select monitor_id, region, bucket_at,
      count(*) filter (where verdict = 'up' and not is_maintained) as up,
      count(*) filter (where verdict = 'degraded' and not is_maintained) as degraded,
      count(*) filter (where verdict = 'down' and not is_maintained) as down, count(*) filter (where is_maintained) as maintenance,
      count(answered_ms) as latency_count, coalesce(sum(answered_ms), 0) as latency_sum_ms,
      min(answered_ms) as latency_min_ms, max(answered_ms) as latency_max_ms,
      pg_catalog.percentile_disc(0.5) within group (order by answered_ms) as latency_p50_ms,
      pg_catalog.percentile_disc(0.95) within group (order by answered_ms) as latency_p95_ms,
      array[
        coalesce(sum(phases[1]) filter (where answered_ms is not null), 0), coalesce(sum(phases[2]) filter (where answered_ms is not null), 0),
        coalesce(sum(phases[3]) filter (where answered_ms is not null), 0), coalesce(sum(phases[4]) filter (where answered_ms is not null), 0),
        coalesce(sum(phases[5]) filter (where answered_ms is not null), 0)]::double precision[] as phase_sums_ms
    from results group by monitor_id, region, bucket_at
  ), histograms as (
    select monitor_id, region, bucket_at, pg_catalog.array_agg(key order by key) as keys, pg_catalog.array_agg(n order by key) as ns
    from (
      select monitor_id, region, bucket_at, private.histogram_key(answered_ms) as key, count(*)::integer as n
      from results where answered_ms is not null group by monitor_id, region, bucket_at, private.histogram_key(answered_ms)
    ) as buckets group by monitor_id, region, bucket_at
  ), gaps as (
    select gap.monitor_id, gap.region, hour.bucket_at, sum(private.count_slots(
        gap.from_at, gap.until_at, gap.interval_seconds, hour.bucket_at, hour.bucket_at + interval '1 hour'))::integer as unknown
    from public.probe_gaps as gap
    cross join lateral pg_catalog.generate_series(
      greatest(pg_catalog.date_trunc('hour', gap.from_at, 'UTC'), v_from),
      least(gap.until_at - interval '1 microsecond', v_until - interval '1 microsecond'), interval '1 hour') as hour(bucket_at)
    where gap.from_at < v_until and gap.until_at > v_from
    group by gap.monitor_id, gap.region, hour.bucket_at
  )
  select monitors.id, monitors.project_id, coalesce(counts.region, gaps.region), 'hour', coalesce(counts.bucket_at, gaps.bucket_at),
    coalesce(counts.up, 0), coalesce(counts.degraded, 0), coalesce(counts.down, 0), coalesce(gaps.unknown, 0), nullif(counts.maintenance, 0),
    coalesce(counts.latency_count, 0), coalesce(counts.latency_sum_ms, 0), counts.latency_min_ms, counts.latency_max_ms,
    counts.latency_p50_ms, counts.latency_p95_ms, coalesce(histograms.keys, '{}'), coalesce(histograms.ns, '{}'),
    coalesce(counts.phase_sums_ms, '{}')
  from counts
  full join gaps using (monitor_id, region, bucket_at)
  left join histograms using (monitor_id, region, bucket_at)
  join public.monitors on monitors.id = coalesce(counts.monitor_id, gaps.monitor_id)
  on conflict (monitor_id, resolution, bucket_at, region) do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    maintenance = excluded.maintenance,
    latency_count = excluded.latency_count, latency_sum_ms = excluded.latency_sum_ms, latency_min_ms = excluded.latency_min_ms,
    latency_max_ms = excluded.latency_max_ms, latency_p50_ms = excluded.latency_p50_ms, latency_p95_ms = excluded.latency_p95_ms,
    histogram_keys = case when probe_rollups.packed_step_ms is null then excluded.histogram_keys end,
    histogram_counts = case when probe_rollups.packed_step_ms is null then excluded.histogram_counts end,
    phase_sums_ms = case when probe_rollups.packed_step_ms is null then excluded.phase_sums_ms else probe_rollups.phase_sums_ms end
  -- A packed hour has no rows to count again: only a late one, which makes all of it count above, may change it.
  where probe_rollups.packed_step_ms is null or excluded.up + excluded.degraded + excluded.down + coalesce(excluded.maintenance, 0) > 0;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;


create or replace function public.rollup_days(p_from timestamptz, p_until timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_from timestamptz := pg_catalog.date_trunc('day', p_from, 'UTC');
  v_until timestamptz := pg_catalog.date_trunc('day', p_until, 'UTC') + interval '1 day';
  v_count integer;
begin
  insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown, maintenance,
    latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, histogram_keys, histogram_counts, phase_sums_ms)
  with hours as materialized (
    select *, pg_catalog.date_trunc('day', bucket_at, 'UTC') as day_at
    from public.probe_rollups where resolution = 'hour' and bucket_at >= v_from and bucket_at < v_until
  ), counts as (
    select monitor_id, project_id, region, day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(maintenance) as maintenance,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms,
      array[coalesce(sum(phase_sums_ms[1]), 0), coalesce(sum(phase_sums_ms[2]), 0), coalesce(sum(phase_sums_ms[3]), 0),
        coalesce(sum(phase_sums_ms[4]), 0), coalesce(sum(phase_sums_ms[5]), 0)] as phase_sums_ms
    from hours group by monitor_id, project_id, region, day_at
  ), histograms as (
    select monitor_id, region, day_at, pg_catalog.array_agg(key order by key) as keys, pg_catalog.array_agg(n order by key) as ns
    from (
      select hours.monitor_id, hours.region, hours.day_at, bucket.key, sum(bucket.n)::integer as n
      from hours cross join lateral rows from (
        pg_catalog.unnest(hours.histogram_keys), pg_catalog.unnest(hours.histogram_counts)) as bucket(key, n)
      group by hours.monitor_id, hours.region, hours.day_at, bucket.key
    ) as merged group by monitor_id, region, day_at
  )
  select counts.monitor_id, counts.project_id, counts.region, 'day', counts.day_at, counts.up, counts.degraded, counts.down, counts.unknown,
    counts.maintenance,    counts.latency_count, counts.latency_sum_ms, counts.latency_min_ms, counts.latency_max_ms,
    coalesce(histograms.keys, '{}'), coalesce(histograms.ns, '{}'), counts.phase_sums_ms
  from counts left join histograms using (monitor_id, region, day_at)
  on conflict (monitor_id, resolution, bucket_at, region) do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    maintenance = excluded.maintenance,    latency_count = excluded.latency_count, latency_sum_ms = excluded.latency_sum_ms, latency_min_ms = excluded.latency_min_ms,
    latency_max_ms = excluded.latency_max_ms, histogram_keys = excluded.histogram_keys,
    histogram_counts = excluded.histogram_counts, phase_sums_ms = excluded.phase_sums_ms;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

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
  v_maintenance tstzmultirange := (select ranges.spans from private.maintenance_ranges(v_from, v_now) as ranges where ranges.monitor_id = p_monitor_id);
begin
  if p_range = '24h' then
    -- Five-minute buckets of rows, which are not packed within the day: at most 288 points, percentiles exact.
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(bucket.at), 'up', bucket.up, 'degraded', bucket.degraded,
      'down', bucket.down, 'unknown', 0, 'maintenance', bucket.maintenance, 'blips', bucket.blips, 'p50', bucket.p50, 'p95', bucket.p95, 'phases', bucket.phases) order by bucket.at)
    into v_points
    from (
      select pg_catalog.to_timestamp(pg_catalog.floor(extract(epoch from results.slot_at) / 300) * 300) as at,
        count(*) filter (where results.verdict = 'up' and not is_maintained) as up,
        count(*) filter (where results.verdict = 'degraded' and not is_maintained) as degraded,
        count(*) filter (where results.verdict = 'down' and not is_maintained) as down,
        count(*) filter (where is_maintained) as maintenance,
        -- Failed at first and fine when looked at again.
        count(*) filter (where results.verdict = 'up' and results.evidence is not null) as blips,
        pg_catalog.percentile_disc(0.5) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p50,
        pg_catalog.percentile_disc(0.95) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p95,
        array[avg(results.phases[1]), avg(results.phases[2]), avg(results.phases[3]), avg(results.phases[4]), avg(results.phases[5])] as phases
      from public.probe_results as results
      cross join lateral (select coalesce(results.slot_at <@ v_maintenance, false) as is_maintained) as maintained
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
      'degraded', rollups.degraded, 'down', rollups.down, 'unknown', rollups.unknown, 'maintenance', rollups.maintenance, 'p50', rollups.latency_p50_ms, 'p95', rollups.latency_p95_ms,
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
  'maintenance', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', took.name, 'from', private.iso(took.starts_at),
      'until', private.iso(took.ends_at)) order by took.starts_at), '[]')
    from public.maintenance_occurrences as took
    join public.monitors on monitors.id = p_monitor_id
    where took.project_id = monitors.project_id and took.starts_at < v_now and took.ends_at > v_from and took.ends_at > took.starts_at
      and private.is_maintained(monitors, took)),
  'alerts', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', alerts.id, 'kind', alerts.kind, 'reason', alerts.reason,
      'evidence', alerts.evidence, 'started_at', private.iso(alerts.started_at), 'resolved_at', private.iso(alerts.resolved_at),
      'incident_number', incidents.number, 'priority', incidents.priority,
      'muted_reason', alerts.muted_reason, 'unmuted_at', private.iso(alerts.unmuted_at)) order by alerts.started_at desc), '[]')
    from (
      select * from public.alerts where alerts.monitor_id = p_monitor_id and (alerts.resolved_at is null or alerts.resolved_at > v_from)
      order by alerts.started_at desc limit 200) as alerts
    left join public.incidents on incidents.id = alerts.incident_id));
end
$$;

create or replace function public.read_monitor_figures(p_monitor_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with hours as materialized (
    select rollups.monitor_id, rollups.bucket_at, rollups.up, rollups.degraded, rollups.down, rollups.unknown, rollups.maintenance, rollups.latency_p95_ms,
      rollups.latency_min_ms, rollups.latency_max_ms, rollups.histogram_keys, rollups.histogram_counts
    from public.probe_rollups as rollups
    where rollups.monitor_id = any (p_monitor_ids) and rollups.resolution = 'hour'
      and rollups.bucket_at > pg_catalog.date_trunc('hour', private.now(), 'UTC') - interval '24 hours'
  ), spans as (
    -- Whole days from daily rows, today from hours: each result counts once.
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown
    from (
      select monitor_id, up, degraded, down, unknown from public.probe_rollups
      where monitor_id = any (p_monitor_ids) and resolution = 'day'
        and bucket_at >= pg_catalog.date_trunc('day', private.now(), 'UTC') - interval '29 days'
        and bucket_at < pg_catalog.date_trunc('day', private.now(), 'UTC')
      union all
      select monitor_id, up, degraded, down, unknown from public.probe_rollups
      where monitor_id = any (p_monitor_ids) and resolution = 'hour' and bucket_at >= pg_catalog.date_trunc('day', private.now(), 'UTC')
    ) as parts group by monitor_id
  ), courses as (
    -- Rows rather than objects: fifty monitors of a page have 1,200 hours. Start in epoch seconds, up, degraded, down, unknown, p95; maintenance where there was any.
    select monitor_id, min(latency_min_ms) as min_ms, max(latency_max_ms) as max_ms,
      pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from bucket_at)::bigint, up, degraded, down, unknown,
        pg_catalog.round(latency_p95_ms::numeric, 1))
        || case when maintenance is null then '[]'::jsonb else pg_catalog.jsonb_build_array(maintenance) end order by bucket_at) as hours
    from hours group by monitor_id
  ), histograms as (
    select monitor_id, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (
      select hours.monitor_id, bucket.key, sum(bucket.n) as n
      from hours cross join lateral rows from (
        pg_catalog.unnest(hours.histogram_keys), pg_catalog.unnest(hours.histogram_counts)) as bucket(key, n)
      group by hours.monitor_id, bucket.key
    ) as merged group by monitor_id
  )
  select coalesce(pg_catalog.jsonb_object_agg(wanted.id, pg_catalog.jsonb_build_object(
    'days30', case when spans.monitor_id is not null then pg_catalog.jsonb_build_object('up', spans.up, 'degraded', spans.degraded,
      'down', spans.down, 'unknown', spans.unknown) end,
    'hours', coalesce(courses.hours, '[]'),
    'histogram', case when histograms.monitor_id is not null then pg_catalog.jsonb_build_object('keys', histograms.keys,
      'counts', histograms.ns, 'min_ms', courses.min_ms, 'max_ms', courses.max_ms) end)), '{}')
  from pg_catalog.unnest(p_monitor_ids) as wanted(id)
  left join spans on spans.monitor_id = wanted.id
  left join courses on courses.monitor_id = wanted.id
  left join histograms on histograms.monitor_id = wanted.id;
end;
create or replace function public.read_report_figures(p_project_id uuid, p_from timestamptz, p_until timestamptz, p_time_zone text) returns jsonb
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
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown, sum(maintenance) as maintenance,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by monitor_id
  ), day_sums as (
    select day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown, sum(maintenance) as maintenance,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by day_at
  )
  select pg_catalog.jsonb_build_object(
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'key', monitors.key, 'name', monitors.name, 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown, 'maintenance', coalesce(sums.maintenance, 0),
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by monitors.name), '[]')
      from monitor_sums as sums
      join public.monitors on monitors.id = sums.monitor_id
      left join monitor_histograms as histograms on histograms.monitor_id = sums.monitor_id),
    'days', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'at', private.iso(sums.day_at), 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown, 'maintenance', coalesce(sums.maintenance, 0),
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

revoke execute on function private.is_maintained(public.monitors, public.maintenance_occurrences),
  private.maintenance_ranges(timestamptz, timestamptz) from public, anon, authenticated;
grant execute on function private.is_maintained(public.monitors, public.maintenance_occurrences),
  private.maintenance_ranges(timestamptz, timestamptz) to authenticated, service_role;
