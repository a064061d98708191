-- Results older than a day move into the row of their hour: a result costs some 9 bytes there, indexes included, and 250 as a row of its own.

-- It reads every column, whose types are then fixed; made anew with the readers of packed results.
drop function public.read_report_figures(uuid, timestamptz, timestamptz, text);
alter table public.probe_rollups
  add column packed_from_ms integer,
  add column packed_step_ms integer,
  add column packed_offsets_ms integer[],
  add column packed_latencies smallint[],
  add column packed_status smallint,
  add column packed_exceptions jsonb,
  -- Two empty arrays are 26 bytes a row, which is one row in twenty.
  alter column histogram_keys drop not null,
  alter column histogram_counts drop not null,
  -- Seven digits are enough for a mean, and 20 bytes a row are not nothing.
  alter column phase_sums_ms type real[];
comment on column public.probe_rollups.histogram_keys is 'Base-2 exponential histogram of scale 6 (private.histogram_key). Null in a packed hour, which has the latencies themselves.';
comment on column public.probe_rollups.packed_from_ms is 'Of a packed hour: its first slot, in ms after bucket_at. Null while the results of the hour are rows of probe_results.';
comment on column public.probe_rollups.packed_step_ms is 'Distance of the slots of a packed hour, in ms.';
comment on column public.probe_rollups.packed_offsets_ms is 'The slots themselves, in ms after bucket_at, when they keep no step (an interval was changed within the hour); else null.';
comment on column public.probe_rollups.packed_latencies is 'Slot by slot: latency in tenths of a ms of a result that was up, with nothing to say about it; -1 when it has none (a heartbeat). Null: no result, or one of packed_exceptions.';
comment on column public.probe_rollups.packed_status is 'Status code of the results in packed_latencies.';
comment on column public.probe_rollups.packed_exceptions is 'Every other result of the hour in full, keyed by ms after bucket_at: failures keep their text, phases and evidence.';
-- Results are read by monitor, and policies filter what that finds: an index of every row by project served nobody.
drop index public.probe_results_project_id_slot_at_idx;
-- A few kilobytes; rows lie in the order of time, more or less. Serves packing, unpacking and pruning, which ask for hours alone.
create index probe_rollups_bucket_at_idx on public.probe_rollups using brin (bucket_at) with (pages_per_range = 16);

create function private.packed_results(p_hour public.probe_rollups) returns table (
  slot_at timestamptz, probed_at timestamptz, verdict text, cause text, status_code smallint, latency_ms real, phases real[], message text, evidence jsonb)
language sql stable security invoker set search_path = ''
begin atomic
  select p_hour.bucket_at + pg_catalog.make_interval(secs => coalesce(p_hour.packed_offsets_ms[plain.n], p_hour.packed_from_ms + (plain.n - 1)::integer * p_hour.packed_step_ms) / 1000.0),
    p_hour.bucket_at + pg_catalog.make_interval(secs => coalesce(p_hour.packed_offsets_ms[plain.n], p_hour.packed_from_ms + (plain.n - 1)::integer * p_hour.packed_step_ms) / 1000.0),
    'up', null::text, p_hour.packed_status, case when plain.tenths >= 0 then (plain.tenths / 10.0)::real end, null::real[], null::text, null::jsonb
  from pg_catalog.unnest(p_hour.packed_latencies) with ordinality as plain(tenths, n) where plain.tenths is not null
  union all
  select p_hour.bucket_at + pg_catalog.make_interval(secs => one."offsetMs" / 1000.0), one."probedAt", one.verdict, one.cause, one."statusCode", one."latencyMs",
    one.phases, one.message, one.evidence
  from pg_catalog.jsonb_to_recordset(p_hour.packed_exceptions) as one("offsetMs" integer, "probedAt" timestamptz, verdict text, cause text,
    "statusCode" smallint, "latencyMs" real, phases real[], message text, evidence jsonb)
  where p_hour.packed_exceptions is not null;
end;
comment on function private.packed_results(public.probe_rollups) is 'The results of a packed hour as rows; none when it is not packed. Those with nothing to say have lost their phases (the hour keeps their sums), and their instant is that of their slot.';

create function private.latency_buckets(p_hour public.probe_rollups) returns table (key smallint, n integer)
language sql stable security invoker set search_path = ''
begin atomic
  select bucket.key, bucket.n from rows from (
    pg_catalog.unnest(p_hour.histogram_keys), pg_catalog.unnest(p_hour.histogram_counts)) as bucket(key, n)
  union all
  -- Packed: an hour's histogram takes more room than the latencies that it is made from.
  select private.histogram_key((plain.tenths / 10.0)::real), 1
  from pg_catalog.unnest(p_hour.packed_latencies) as plain(tenths) where plain.tenths >= 0
  union all
  select private.histogram_key(one."latencyMs"), 1
  from pg_catalog.jsonb_to_recordset(p_hour.packed_exceptions) as one(verdict text, "latencyMs" real)
  where p_hour.packed_exceptions is not null and one.verdict <> 'down' and one."latencyMs" is not null;
end;
comment on function private.latency_buckets(public.probe_rollups) is 'The latency histogram of a rollup, packed or not; a key may come several times.';

-- As before, but of an hour that is packed already its packed results count too: one that comes late changes the figures by itself alone.
create or replace function public.rollup_probe_results(p_from timestamptz, p_until timestamptz) returns integer
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
  with hot as materialized (
    select monitor_id, region, pg_catalog.date_trunc('hour', slot_at, 'UTC') as bucket_at, verdict, phases, latency_ms
    from public.probe_results where slot_at >= v_from and slot_at < v_until
  ), packed as (
    -- A packed hour's phases are gone: their sums are taken over from its row below.
    select rollups.monitor_id, rollups.region, rollups.bucket_at, result.verdict, null::real[] as phases, result.latency_ms
    from (select distinct monitor_id, region, bucket_at from hot) as touched
    join public.probe_rollups as rollups on rollups.monitor_id = touched.monitor_id and rollups.region = touched.region
      and rollups.resolution = 'hour' and rollups.bucket_at = touched.bucket_at and rollups.packed_step_ms is not null
    cross join lateral private.packed_results(rollups) as result
  ), results as materialized (
    select monitor_id, region, bucket_at, verdict, phases, case when verdict <> 'down' then latency_ms end as answered_ms
    from (select * from hot union all select * from packed) as both_kinds
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
    histogram_keys = case when probe_rollups.packed_step_ms is null then excluded.histogram_keys end,
    histogram_counts = case when probe_rollups.packed_step_ms is null then excluded.histogram_counts end,
    phase_sums_ms = case when probe_rollups.packed_step_ms is null then excluded.phase_sums_ms else probe_rollups.phase_sums_ms end
  -- A packed hour has no rows to count again: only a late one, which makes all of it count above, may change it.
  where probe_rollups.packed_step_ms is null or excluded.up + excluded.degraded + excluded.down > 0;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

create function private.pack_hour(p_hour timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  -- Once more from the rows, for an hour that nobody rolled up in time.
  perform public.rollup_probe_results(p_hour, p_hour);
  with moved as (
    delete from public.probe_results where slot_at >= p_hour and slot_at < p_hour + interval '1 hour' returning *
  ), results as materialized (
    select distinct on (monitor_id, region, slot_at) *,
      pg_catalog.round(extract(epoch from slot_at - p_hour) * 1000)::integer as offset_ms
    from (
      select monitor_id, region, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message, evidence from moved
      union all
      select rollups.monitor_id, rollups.region, result.slot_at, result.probed_at, result.verdict, result.cause, result.status_code, result.latency_ms,
        result.phases, result.message, result.evidence
      from (select distinct monitor_id, region from moved) as touched
      join public.probe_rollups as rollups on rollups.monitor_id = touched.monitor_id and rollups.region = touched.region
        and rollups.resolution = 'hour' and rollups.bucket_at = p_hour and rollups.packed_step_ms is not null
      cross join lateral private.packed_results(rollups) as result
    ) as both_kinds
  ), steps as (
    select monitor_id, region, min(offset_ms) as from_ms, max(offset_ms) as last_ms, count(*) as n, min(gap_ms) as step_ms,
      pg_catalog.mode() within group (order by status_code) filter (where verdict = 'up') as status
    from (
      select monitor_id, region, verdict, status_code, offset_ms,
        offset_ms - pg_catalog.lag(offset_ms) over (partition by monitor_id, region order by offset_ms) as gap_ms
      from results) as gaps
    group by monitor_id, region
  ), grids as (
    -- A grid that is mostly holes takes more room than the slots themselves.
    select steps.monitor_id, steps.region, steps.from_ms, coalesce(steps.step_ms, 3600000) as step_ms, steps.status,
      pg_catalog.bool_and((results.offset_ms - steps.from_ms) % coalesce(steps.step_ms, 3600000) = 0)
        and (min(steps.last_ms) - steps.from_ms) / coalesce(steps.step_ms, 3600000) < 4 * min(steps.n) as is_even
    from steps join results using (monitor_id, region)
    group by steps.monitor_id, steps.region, steps.from_ms, steps.step_ms, steps.status
  ), placed as (
    select results.*, grids.from_ms, grids.step_ms, grids.status, grids.is_even,
      case when grids.is_even then (results.offset_ms - grids.from_ms) / grids.step_ms
        else pg_catalog.row_number() over (partition by results.monitor_id, results.region order by results.offset_ms) - 1 end as place,
      results.verdict = 'up' and results.cause is null and results.evidence is null and results.status_code is not distinct from grids.status
        and (results.latency_ms is null or (results.latency_ms between 0 and 3276.7
          and (pg_catalog.round((results.latency_ms * 10)::numeric) / 10)::real = results.latency_ms)) as is_plain
    from results join grids using (monitor_id, region)
  ), lists as (
    select grid.monitor_id, grid.region, grid.from_ms, grid.step_ms, grid.status,
      pg_catalog.array_agg(placed.offset_ms order by spot.place) filter (where not grid.is_even) as offsets,
      pg_catalog.array_agg(case when placed.is_plain then coalesce(pg_catalog.round((placed.latency_ms * 10)::numeric)::smallint, -1::smallint) end
        order by spot.place) as latencies,
      pg_catalog.jsonb_agg(pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('offsetMs', placed.offset_ms, 'probedAt', private.iso(placed.probed_at),
        'verdict', placed.verdict, 'cause', placed.cause, 'statusCode', placed.status_code, 'latencyMs', placed.latency_ms, 'phases', placed.phases,
        'message', placed.message, 'evidence', placed.evidence)) order by spot.place) filter (where not placed.is_plain) as exceptions
    from (select monitor_id, region, from_ms, step_ms, status, is_even, max(place) as last_place from placed group by 1, 2, 3, 4, 5, 6) as grid
    cross join lateral pg_catalog.generate_series(0, grid.last_place) as spot(place)
    left join placed on placed.monitor_id = grid.monitor_id and placed.region = grid.region and placed.place = spot.place
    group by grid.monitor_id, grid.region, grid.from_ms, grid.step_ms, grid.status
  )
  update public.probe_rollups as rollups
  set packed_from_ms = lists.from_ms, packed_step_ms = lists.step_ms, packed_offsets_ms = lists.offsets, packed_latencies = lists.latencies,
    packed_status = lists.status, packed_exceptions = lists.exceptions, histogram_keys = null, histogram_counts = null
  from lists
  where rollups.monitor_id = lists.monitor_id and rollups.region = lists.region and rollups.resolution = 'hour' and rollups.bucket_at = p_hour;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.pack_hour(timestamptz) is 'Moves the results of an hour into its rollups, in one step: a result is in one place at any time. Rows of deleted monitors go.';

create function public.pack_probe_results() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_before timestamptz := pg_catalog.date_trunc('hour', private.now(), 'UTC') - interval '24 hours';
  v_partition record;
  v_oldest timestamptz;
  v_hour timestamptz;
begin
  -- One worker packs; another that comes meanwhile has nothing to do.
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('pack_probe_results')) then
    return pg_catalog.jsonb_build_object('hours', 0, 'has_more', false);
  end if;
  for v_partition in
    select bounds.name from private.result_partitions() as bounds
    where bounds.from_at is null or bounds.from_at < v_before order by bounds.from_at nulls last
  loop
    execute pg_catalog.format('select min(slot_at) from public.%I where slot_at < $1', v_partition.name) into v_oldest using v_before;
    v_hour := least(v_hour, pg_catalog.date_trunc('hour', v_oldest, 'UTC'));
    -- Partitions come in order, and the default one, which has no bounds, last.
    exit when v_hour is not null and not exists (select from public.probe_results_default);
  end loop;
  if v_hour is null then return pg_catalog.jsonb_build_object('hours', 0, 'has_more', false); end if;
  return pg_catalog.jsonb_build_object('hours', private.pack_hour(v_hour), 'has_more', v_hour + interval '1 hour' < v_before);
end
$$;
comment on function public.pack_probe_results() is 'Packs the oldest hour of results that is more than a day past, for all monitors. Call again while has_more. Definer, as it looks into partitions by name; executable by the service role alone.';

create function private.result_partitions() returns table (name text, from_at timestamptz, until_at timestamptz)
language sql stable security invoker set search_path = ''
begin atomic
  select classes.relname::text,
    pg_catalog.substring(pg_catalog.pg_get_expr(classes.relpartbound, classes.oid), 'FROM \(''([^'']+)''')::timestamptz,
    pg_catalog.substring(pg_catalog.pg_get_expr(classes.relpartbound, classes.oid), 'TO \(''([^'']+)''')::timestamptz
  from pg_catalog.pg_inherits as inherits
  join pg_catalog.pg_class as classes on classes.oid = inherits.inhrelid
  where inherits.inhparent = 'public.probe_results'::pg_catalog.regclass;
end;
comment on function private.result_partitions() is 'The partitions of probe_results with their bounds; null for the default one.';

-- Two hours a partition: rows stay a day, and a partition goes when the last of its hours is packed.
create or replace function private.ensure_partition(day date) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_from timestamptz;
  v_name text;
begin
  for n in 0..11 loop
    v_from := (day::timestamp at time zone 'UTC') + n * interval '2 hours';
    v_name := 'probe_results_' || pg_catalog.to_char(v_from at time zone 'UTC', 'YYYYMMDD_HH24');
    continue when pg_catalog.to_regclass('public.' || v_name) is not null;
    begin
      execute pg_catalog.format('create table public.%I partition of public.probe_results for values from (%L) to (%L)', v_name, v_from, v_from + interval '2 hours');
      -- A partition does not inherit row level security: asked for by name it would be open.
      execute pg_catalog.format('alter table public.%I enable row level security', v_name);
      execute pg_catalog.format('revoke all on public.%I from anon, authenticated', v_name);
      execute pg_catalog.format('comment on table public.%I is %L', v_name, 'Results of two hours.');
    exception
      when duplicate_table then null;
      -- The default partition already holds rows of those hours: they stay there until they are packed.
      when check_violation then null;
      -- A partition of the whole day is there from before.
      when invalid_object_definition then null;
    end;
  end loop;
end
$$;
comment on function private.ensure_partition(date) is 'Creates the partitions of one UTC day, closed to the API roles.';

drop function public.prune_probe_results(integer);
create function public.prune_probe_results(p_packed_days integer default 90) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_today date := (private.now() at time zone 'UTC')::date;
  v_partition record;
  v_is_empty boolean;
  v_dropped integer := 0;
begin
  for n in 0..2 loop perform private.ensure_partition(v_today + n); end loop;
  for v_partition in
    select bounds.name from private.result_partitions() as bounds where bounds.until_at <= private.now() - interval '24 hours'
  loop
    -- What could not be packed yet stays: nothing is dropped that is nowhere else.
    execute pg_catalog.format('select not exists (select from public.%I)', v_partition.name) into v_is_empty;
    continue when not v_is_empty;
    execute pg_catalog.format('drop table public.%I', v_partition.name);
    v_dropped := v_dropped + 1;
  end loop;
  update public.probe_rollups as rollups
  set histogram_keys = merged.keys, histogram_counts = merged.ns, packed_from_ms = null, packed_step_ms = null, packed_offsets_ms = null,
    packed_latencies = null, packed_status = null, packed_exceptions = null
  from (
    select past.monitor_id, past.region, past.bucket_at, coalesce(pg_catalog.array_agg(bucket.key order by bucket.key) filter (where bucket.key is not null), '{}') as keys,
      coalesce(pg_catalog.array_agg(bucket.n order by bucket.key) filter (where bucket.key is not null), '{}') as ns
    from public.probe_rollups as past
    left join lateral (select key, sum(n)::integer as n from private.latency_buckets(past) group by key) as bucket on true
    where past.resolution = 'hour' and past.packed_step_ms is not null
      and past.bucket_at < private.now() - pg_catalog.make_interval(days => p_packed_days)
    group by past.monitor_id, past.region, past.bucket_at) as merged
  where rollups.monitor_id = merged.monitor_id and rollups.region = merged.region and rollups.resolution = 'hour' and rollups.bucket_at = merged.bucket_at;
  delete from public.probe_gaps where until_at < private.now() - interval '13 months';
  -- Hours for 13 months, days for good: a year can be compared with the year before.
  delete from public.probe_rollups where resolution = 'hour' and bucket_at < private.now() - interval '13 months';
  delete from public.outbox_messages where at < private.now() - interval '30 days';
  return pg_catalog.jsonb_build_object('partitions_dropped', v_dropped);
end
$$;
comment on function public.prune_probe_results(integer) is 'Makes the partitions of the days to come, drops those that are packed, and turns packed results past retention into histograms. Definer: only the owner of a table may drop it; executable by the service role alone.';

do $$
declare
  v_partition record;
  v_is_empty boolean;
begin
  for v_partition in select bounds.name from private.result_partitions() as bounds where bounds.from_at is not null loop
    execute pg_catalog.format('select not exists (select from public.%I)', v_partition.name) into v_is_empty;
    if v_is_empty then execute pg_catalog.format('drop table public.%I', v_partition.name); end if;
  end loop;
end
$$;
select private.ensure_partition((current_date + n)::date) from generate_series(0, 2) as n;
