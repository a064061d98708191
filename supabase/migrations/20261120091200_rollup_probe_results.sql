-- Results into hours, hours into days. Recomputed whole for the span, so repeating it changes nothing.

create function public.rollup_probe_results(p_from timestamptz, p_until timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_from timestamptz := pg_catalog.date_trunc('hour', p_from, 'UTC');
  v_until timestamptz := pg_catalog.date_trunc('hour', p_until, 'UTC') + interval '1 hour';
  v_count integer;
begin
  insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown,
    latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, latency_p50_ms, latency_p95_ms,
    histogram_keys, histogram_counts, phase_sums_ms)
  with results as materialized (
    select monitor_id, region, pg_catalog.date_trunc('hour', slot_at, 'UTC') as bucket_at, verdict, phases,
      case when verdict <> 'down' then latency_ms end as answered_ms
    from public.probe_results where slot_at >= v_from and slot_at < v_until
  ), counts as (
    select monitor_id, region, bucket_at,
      count(*) filter (where verdict = 'up') as up, count(*) filter (where verdict = 'degraded') as degraded,
      count(*) filter (where verdict = 'down') as down,
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
    coalesce(counts.up, 0), coalesce(counts.degraded, 0), coalesce(counts.down, 0), coalesce(gaps.unknown, 0),
    coalesce(counts.latency_count, 0), coalesce(counts.latency_sum_ms, 0), counts.latency_min_ms, counts.latency_max_ms,
    counts.latency_p50_ms, counts.latency_p95_ms, coalesce(histograms.keys, '{}'), coalesce(histograms.ns, '{}'),
    coalesce(counts.phase_sums_ms, '{}')
  from counts
  full join gaps using (monitor_id, region, bucket_at)
  left join histograms using (monitor_id, region, bucket_at)
  join public.monitors on monitors.id = coalesce(counts.monitor_id, gaps.monitor_id)
  on conflict (monitor_id, resolution, bucket_at, region) do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    latency_count = excluded.latency_count, latency_sum_ms = excluded.latency_sum_ms, latency_min_ms = excluded.latency_min_ms,
    latency_max_ms = excluded.latency_max_ms, latency_p50_ms = excluded.latency_p50_ms, latency_p95_ms = excluded.latency_p95_ms,
    histogram_keys = excluded.histogram_keys, histogram_counts = excluded.histogram_counts, phase_sums_ms = excluded.phase_sums_ms;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.rollup_probe_results(timestamptz, timestamptz) is 'Recomputes the hourly rollups of every hour that the span touches.';

create function public.rollup_days(p_from timestamptz, p_until timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_from timestamptz := pg_catalog.date_trunc('day', p_from, 'UTC');
  v_until timestamptz := pg_catalog.date_trunc('day', p_until, 'UTC') + interval '1 day';
  v_count integer;
begin
  insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown,
    latency_count, latency_sum_ms, latency_min_ms, latency_max_ms, histogram_keys, histogram_counts, phase_sums_ms)
  with hours as materialized (
    select *, pg_catalog.date_trunc('day', bucket_at, 'UTC') as day_at
    from public.probe_rollups where resolution = 'hour' and bucket_at >= v_from and bucket_at < v_until
  ), counts as (
    select monitor_id, project_id, region, day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
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
    counts.latency_count, counts.latency_sum_ms, counts.latency_min_ms, counts.latency_max_ms,
    coalesce(histograms.keys, '{}'), coalesce(histograms.ns, '{}'), counts.phase_sums_ms
  from counts left join histograms using (monitor_id, region, day_at)
  on conflict (monitor_id, resolution, bucket_at, region) do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    latency_count = excluded.latency_count, latency_sum_ms = excluded.latency_sum_ms, latency_min_ms = excluded.latency_min_ms,
    latency_max_ms = excluded.latency_max_ms, histogram_keys = excluded.histogram_keys,
    histogram_counts = excluded.histogram_counts, phase_sums_ms = excluded.phase_sums_ms;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.rollup_days(timestamptz, timestamptz) is 'Adds hourly rollups up to UTC days: counts and histograms add exactly. Percentiles of a day come from its histogram.';

create function public.prune_probe_results(p_raw_days integer default 30) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_today date := (private.now() at time zone 'UTC')::date;
  v_partition record;
  v_dropped integer := 0;
begin
  for n in -1..7 loop perform private.ensure_partition(v_today + n); end loop;
  for v_partition in
    select classes.relname from pg_catalog.pg_inherits as inherits
    join pg_catalog.pg_class as classes on classes.oid = inherits.inhrelid
    where inherits.inhparent = 'public.probe_results'::pg_catalog.regclass
      and classes.relname ~ '^probe_results_\d{8}$'
      and pg_catalog.to_date(pg_catalog.right(classes.relname, 8), 'YYYYMMDD') < v_today - p_raw_days
  loop
    execute pg_catalog.format('drop table public.%I', v_partition.relname);
    v_dropped := v_dropped + 1;
  end loop;
  delete from public.probe_results_default where slot_at < private.now() - pg_catalog.make_interval(days => p_raw_days);
  delete from public.probe_gaps where until_at < private.now() - interval '13 months';
  -- Hours for 13 months, days for good: a year can be compared with the year before.
  delete from public.probe_rollups where resolution = 'hour' and bucket_at < private.now() - interval '13 months';
  delete from public.outbox_messages where at < private.now() - pg_catalog.make_interval(days => p_raw_days);
  return pg_catalog.jsonb_build_object('partitions_dropped', v_dropped);
end
$$;
comment on function public.prune_probe_results(integer) is 'Makes the partitions of the days to come and drops those past retention. Definer: only the owner of a table may drop it; executable by the service role alone.';

create function public.start_task(p_task text, p_run_id uuid) returns void
language sql security invoker set search_path = ''
begin atomic
  insert into public.task_pulses (task, run_id, started_at) values (p_task, p_run_id, private.now())
  on conflict (task) do update set run_id = excluded.run_id, started_at = excluded.started_at, finished_at = null;
end;
comment on function public.start_task(text, uuid) is 'Notes that a scheduled task began.';

create function public.finish_task(p_task text, p_run_id uuid, p_summary jsonb, p_error text default null) returns void
language sql security invoker set search_path = ''
begin atomic
  update public.task_pulses
  set finished_at = private.now(), summary = coalesce(private.unwrap_json(p_summary), '{}'), last_error = p_error,
      last_success_at = case when p_error is null then private.now() else task_pulses.last_success_at end
  where task_pulses.task = p_task;
end;
comment on function public.finish_task(text, uuid, jsonb, text) is 'Notes how a scheduled task ended. Overlapping runs share the row: the pulse asks only whether any of them works.';
