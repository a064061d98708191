-- Samples into minutes and hours, hours into days. Dirty hours are recomputed whole, so that repeating it changes nothing.

-- A histogram times -1 when it is to be taken away: cumulative histograms grow, and what came between two is their difference.
create function private.merge_histogram(p_keys smallint[], p_counts bigint[], p_less_keys smallint[], p_less_counts bigint[])
returns table (keys smallint[], counts bigint[])
language sql immutable set search_path = ''
begin atomic
  select coalesce(pg_catalog.array_agg(bucket.key order by bucket.key), '{}'), coalesce(pg_catalog.array_agg(bucket.n order by bucket.key), '{}')
  from (
    select part.key, sum(part.n)::bigint as n
    from (
      select one.key, one.n from rows from (pg_catalog.unnest(p_keys), pg_catalog.unnest(p_counts)) as one(key, n)
      union all
      select less.key, -less.n from rows from (pg_catalog.unnest(p_less_keys), pg_catalog.unnest(p_less_counts)) as less(key, n)) as part
    group by part.key) as bucket
  where bucket.n > 0;
end;
comment on function private.merge_histogram(smallint[], bigint[], smallint[], bigint[]) is 'One histogram less another one, by bucket.';

-- What a cumulative counter grew by between two samples. Null: unknown, because nothing came before and it had been counting for long.
create function private.increase(
  p_at timestamptz, p_start_at timestamptz, p_value double precision, p_before_start_at timestamptz, p_before double precision
) returns double precision
language sql immutable set search_path = ''
return case
  when p_before is null then case when p_at - p_start_at <= interval '10 minutes' then p_value end
  -- A new start, or a fall: the sender began anew, and everything that it counts now came since.
  when p_start_at > p_before_start_at or p_value < p_before then p_value
  else p_value - p_before end;
comment on function private.increase(timestamptz, timestamptz, double precision, timestamptz, double precision) is 'Growth of a cumulative counter, with restarts (OpenTelemetry data model, "Resets and Gaps"; Prometheus rate()).';

create function private.rollup_scalars(p_series_ids bigint[], p_hours timestamptz[]) returns void
language sql security invoker set search_path = ''
begin atomic
  with dirty as materialized (
    select hours.series_id, hours.hour_at, series.kind, series.temporality, series.environment
    from rows from (pg_catalog.unnest(p_series_ids), pg_catalog.unnest(p_hours)) as hours(series_id, hour_at)
    join public.series on series.id = hours.series_id
    where series.kind <> 'histogram'
  ), points as (
    select dirty.series_id, dirty.hour_at, dirty.kind, dirty.temporality, samples.at, samples.start_at, samples.value, true as is_inside
    from dirty join public.samples on samples.series_id = dirty.series_id
      and samples.at >= dirty.hour_at and samples.at < dirty.hour_at + interval '1 hour'
    union all
    select dirty.series_id, dirty.hour_at, dirty.kind, dirty.temporality, before.at, before.start_at, before.value, false
    from dirty cross join lateral (
      select samples.at, samples.start_at, samples.value from public.samples
      where samples.series_id = dirty.series_id and samples.at < dirty.hour_at and samples.at >= dirty.hour_at - interval '1 day'
      order by samples.at desc limit 1) as before
    where dirty.temporality = 'cumulative' and dirty.kind = 'counter'
  ), measured as (
    select points.*, case when points.kind = 'counter' and points.temporality = 'cumulative'
      then private.increase(points.at, points.start_at, points.value, lag(points.start_at) over series_time, lag(points.value) over series_time)
      else points.value end as amount
    from points window series_time as (partition by points.series_id, points.hour_at order by points.at)
  ), minutes as (
    select measured.series_id, measured.hour_at, measured.kind,
      extract(epoch from pg_catalog.date_trunc('minute', measured.at) - measured.hour_at)::integer / 60 as minute,
      count(measured.amount) as count, sum(measured.amount) as sum, min(measured.amount) as min, max(measured.amount) as max,
      (pg_catalog.array_agg(measured.amount order by measured.at desc))[1] as last
    from measured where measured.is_inside and measured.amount is not null
    group by 1, 2, 3, 4
  ), packed as (
    select minutes.series_id, minutes.hour_at, pg_catalog.array_agg(minutes.minute::smallint order by minutes.minute) as minutes,
      pg_catalog.array_agg(minutes.count order by minutes.minute) as counts, pg_catalog.array_agg(minutes.sum order by minutes.minute) as sums,
      -- Of a counter only its growth counts; with one sample a minute, min, max and last are the sum.
      case when minutes.kind = 'gauge' and max(minutes.count) > 1 then pg_catalog.array_agg(minutes.min order by minutes.minute) end as mins,
      case when minutes.kind = 'gauge' and max(minutes.count) > 1 then pg_catalog.array_agg(minutes.max order by minutes.minute) end as maxs,
      case when minutes.kind = 'gauge' and max(minutes.count) > 1 then pg_catalog.array_agg(minutes.last order by minutes.minute) end as lasts,
      sum(minutes.count) as count, sum(minutes.sum) as sum, min(minutes.min) as min, max(minutes.max) as max,
      (pg_catalog.array_agg(minutes.last order by minutes.minute desc))[1] as last
    from minutes group by minutes.series_id, minutes.hour_at, minutes.kind
  ), buckets as (
    select bucket.series_id, bucket.hour_at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select measured.series_id, measured.hour_at, private.histogram_key(measured.amount) as key, count(*) as n
      from measured where measured.is_inside and measured.amount is not null and measured.kind = 'gauge'
      group by 1, 2, 3) as bucket
    group by bucket.series_id, bucket.hour_at
  ), stored_minutes as (
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums, mins, maxs, lasts)
    select packed.series_id, private.retention_of(dirty.environment), packed.hour_at, packed.minutes, packed.counts, packed.sums,
      packed.mins, packed.maxs, packed.lasts
    from packed join dirty using (series_id, hour_at)
    on conflict (series_id, hour_at, retention) do update set minutes = excluded.minutes, counts = excluded.counts, sums = excluded.sums,
      mins = excluded.mins, maxs = excluded.maxs, lasts = excluded.lasts
  )
  insert into public.series_hours (series_id, at, count, sum, min, max, last, keys, counts)
  select packed.series_id, packed.hour_at, packed.count, packed.sum, packed.min, packed.max, packed.last,
    coalesce(buckets.keys, '{}'), coalesce(buckets.counts, '{}')
  from packed left join buckets using (series_id, hour_at)
  on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    last = excluded.last, keys = excluded.keys, counts = excluded.counts;
end;
comment on function private.rollup_scalars(bigint[], timestamptz[]) is 'Minutes and hours of gauges and counters, recomputed from their samples.';

create function private.rollup_histograms(p_series_ids bigint[], p_hours timestamptz[]) returns void
language sql security invoker set search_path = ''
begin atomic
  with dirty as materialized (
    select hours.series_id, hours.hour_at, series.temporality, series.environment
    from rows from (pg_catalog.unnest(p_series_ids), pg_catalog.unnest(p_hours)) as hours(series_id, hour_at)
    join public.series on series.id = hours.series_id
    where series.kind = 'histogram'
  ), points as (
    select dirty.series_id, dirty.hour_at, dirty.temporality, samples.at, samples.start_at, samples.count, samples.sum, samples.min, samples.max, samples.keys, samples.counts, true as is_inside
    from dirty join public.histogram_samples as samples on samples.series_id = dirty.series_id
      and samples.at >= dirty.hour_at and samples.at < dirty.hour_at + interval '1 hour'
    union all
    select dirty.series_id, dirty.hour_at, dirty.temporality, before.at, before.start_at, before.count, before.sum, before.min, before.max, before.keys, before.counts, false
    from dirty cross join lateral (
      select samples.* from public.histogram_samples as samples
      where samples.series_id = dirty.series_id and samples.at < dirty.hour_at and samples.at >= dirty.hour_at - interval '1 day'
      order by samples.at desc limit 1) as before
    where dirty.temporality = 'cumulative'
  ), compared as (
    select points.series_id, points.hour_at, points.temporality, points.is_inside, points.at, points.start_at, points.count, points.sum,
      points.min, points.max, points.keys, points.counts, lag(points.count) over series_time as before_count,
      lag(points.sum) over series_time as before_sum, lag(points.keys) over series_time as before_keys,
      lag(points.counts) over series_time as before_counts,
      points.temporality = 'cumulative' and lag(points.count) over series_time is not null
        and not coalesce(points.start_at > lag(points.start_at) over series_time, false)
        and points.count >= lag(points.count) over series_time as goes_on,
      points.temporality = 'delta' or lag(points.count) over series_time is not null
        or points.at - points.start_at <= interval '10 minutes' as is_known
    from points window series_time as (partition by points.series_id, points.hour_at order by points.at)
  ), grown as (
    select compared.series_id, compared.hour_at, compared.at,
      extract(epoch from pg_catalog.date_trunc('minute', compared.at) - compared.hour_at)::integer / 60 as minute,
      compared.count - case when compared.goes_on then compared.before_count else 0 end as count,
      compared.sum - case when compared.goes_on then compared.before_sum else 0 end as sum,
      -- The extremes of a cumulative histogram are those since its start, and say nothing about this span.
      case when not compared.goes_on then compared.min end as min, case when not compared.goes_on then compared.max end as max,
      merged.keys, merged.counts
    from compared cross join lateral private.merge_histogram(compared.keys, compared.counts,
      case when compared.goes_on then compared.before_keys end, case when compared.goes_on then compared.before_counts end) as merged
    where compared.is_inside and compared.is_known
  ), minutes as (
    select grown.series_id, grown.hour_at, grown.minute, sum(grown.count)::bigint as count, coalesce(sum(grown.sum), 0) as sum,
      min(grown.min) as min, max(grown.max) as max
    from grown where grown.count > 0 group by grown.series_id, grown.hour_at, grown.minute
  ), minute_buckets as (
    select bucket.series_id, bucket.hour_at, bucket.minute, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select grown.series_id, grown.hour_at, grown.minute, one.key, sum(one.n)::bigint as n
      from grown cross join lateral rows from (pg_catalog.unnest(grown.keys), pg_catalog.unnest(grown.counts)) as one(key, n)
      group by grown.series_id, grown.hour_at, grown.minute, one.key) as bucket
    group by bucket.series_id, bucket.hour_at, bucket.minute
  ), hour_buckets as (
    select bucket.series_id, bucket.hour_at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select minute_buckets.series_id, minute_buckets.hour_at, one.key, sum(one.n)::bigint as n
      from minute_buckets cross join lateral rows from (
        pg_catalog.unnest(minute_buckets.keys), pg_catalog.unnest(minute_buckets.counts)) as one(key, n)
      group by minute_buckets.series_id, minute_buckets.hour_at, one.key) as bucket
    group by bucket.series_id, bucket.hour_at
  ), flat as (
    select one.series_id, one.hour_at, pg_catalog.array_agg(one.key order by one.minute, one.position) as keys,
      pg_catalog.array_agg(one.n order by one.minute, one.position) as counts
    from (
      select minute_buckets.series_id, minute_buckets.hour_at, minute_buckets.minute, bucket.key, bucket.n, bucket.position
      from minute_buckets cross join lateral rows from (
        pg_catalog.unnest(minute_buckets.keys), pg_catalog.unnest(minute_buckets.counts)) with ordinality as bucket(key, n, position)) as one
    group by one.series_id, one.hour_at
  ), packed as (
    select minutes.series_id, minutes.hour_at, pg_catalog.array_agg(minutes.minute::smallint order by minutes.minute) as minutes,
      pg_catalog.array_agg(minutes.count order by minutes.minute) as counts, pg_catalog.array_agg(minutes.sum order by minutes.minute) as sums,
      pg_catalog.array_agg(minutes.min order by minutes.minute) as mins, pg_catalog.array_agg(minutes.max order by minutes.minute) as maxs,
      pg_catalog.array_agg(coalesce(pg_catalog.cardinality(minute_buckets.keys), 0)::smallint order by minutes.minute) as lengths,
      sum(minutes.count)::bigint as count, sum(minutes.sum) as sum, min(minutes.min) as min, max(minutes.max) as max
    from minutes left join minute_buckets using (series_id, hour_at, minute)
    group by minutes.series_id, minutes.hour_at
  ), stored_minutes as (
    insert into public.series_minutes (series_id, retention, hour_at, minutes, counts, sums, mins, maxs, lengths, keys, bucket_counts)
    select packed.series_id, private.retention_of(dirty.environment), packed.hour_at, packed.minutes, packed.counts, packed.sums,
      packed.mins, packed.maxs, packed.lengths, coalesce(flat.keys, '{}'), coalesce(flat.counts, '{}')
    from packed join dirty using (series_id, hour_at) left join flat using (series_id, hour_at)
    on conflict (series_id, hour_at, retention) do update set minutes = excluded.minutes, counts = excluded.counts, sums = excluded.sums,
      mins = excluded.mins, maxs = excluded.maxs, lengths = excluded.lengths, keys = excluded.keys, bucket_counts = excluded.bucket_counts
  )
  insert into public.series_hours (series_id, at, count, sum, min, max, last, keys, counts)
  select packed.series_id, packed.hour_at, packed.count, packed.sum, packed.min, packed.max, null,
    coalesce(hour_buckets.keys, '{}'), coalesce(hour_buckets.counts, '{}')
  from packed left join hour_buckets using (series_id, hour_at)
  on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    keys = excluded.keys, counts = excluded.counts;
end;
comment on function private.rollup_histograms(bigint[], timestamptz[]) is 'Minutes and hours of histograms, recomputed from their samples.';

-- Lines about requests and runs become samples, one a minute and series, as if the application had sent them.
create function private.measure_logs(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_minute record;
  v_count integer := 0;
begin
  for v_minute in
    delete from public.log_dirty_minutes where (project_id, minute_at) in (
      select dirty.project_id, dirty.minute_at from public.log_dirty_minutes as dirty order by dirty.minute_at limit p_limit for update skip locked)
    returning project_id, minute_at
  loop
    v_count := v_count + 1;
    perform private.measure_minute(v_minute.project_id, v_minute.minute_at);
  end loop;
  return v_count;
end
$$;
comment on function private.measure_logs(integer) is 'Makes the figures of the minutes that got lines about requests or runs.';

create function private.measure_minute(p_project_id uuid, p_minute_at timestamptz) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_rows jsonb;
  v_ids bigint[];
begin
  with lines as (
    select logs.environment, logs.measured, logs.duration_ms / 1000 as seconds, logs.failed,
      case logs.measured
        when 'request' then pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('http.request.method', logs.method,
          'http.route', logs.route, 'http.response.status_code', logs.status_code::text, 'service.name', nullif(logs.service, '')))
        else pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('faas.name', logs.route, 'service.name', nullif(logs.service, ''))) end as attributes
    from public.logs
    where logs.project_id = p_project_id and logs.at >= p_minute_at and logs.at < p_minute_at + interval '1 minute' and logs.measured is not null
  ), counted as (
    select lines.environment, case lines.measured when 'request' then 'http.server.requests' else 'faas.invocations' end as name,
      lines.attributes, count(*)::double precision as value
    from lines group by 1, 2, 3
    union all
    select lines.environment, 'faas.errors', lines.attributes, count(*) filter (where lines.failed)
    from lines where lines.measured = 'function' group by 1, 2, 3
  ), timed as (
    select bucket.environment, bucket.name, bucket.attributes, sum(bucket.n)::bigint as count, sum(bucket.sum) as sum, min(bucket.min) as min,
      max(bucket.max) as max, pg_catalog.jsonb_agg(bucket.key order by bucket.key) as keys, pg_catalog.jsonb_agg(bucket.n order by bucket.key) as counts
    from (
      select lines.environment, case lines.measured when 'request' then 'http.server.request.duration' else 'faas.invoke_duration' end as name,
        lines.attributes, private.histogram_key(lines.seconds) as key, count(*) as n, sum(lines.seconds) as sum, min(lines.seconds) as min,
        max(lines.seconds) as max
      from lines where lines.seconds is not null group by 1, 2, 3, 4) as bucket
    group by 1, 2, 3
  )
  select pg_catalog.jsonb_agg(made.item) into v_rows
  from (
    select pg_catalog.jsonb_build_object('environment', counted.environment, 'name', counted.name, 'kind', 'counter', 'temporality', 'delta',
      'unit', '1', 'attributes', counted.attributes, 'value', counted.value) as item from counted
    union all
    select pg_catalog.jsonb_build_object('environment', timed.environment, 'name', timed.name, 'kind', 'histogram', 'temporality', 'delta',
      'unit', 's', 'attributes', timed.attributes, 'count', timed.count, 'sum', timed.sum, 'min', timed.min, 'max', timed.max,
      'keys', timed.keys, 'counts', timed.counts) from timed) as made;
  if v_rows is null then return; end if;
  v_ids := private.resolve_series(p_project_id, v_rows);
  insert into public.samples (series_id, at, value)
  select v_ids[item.position], p_minute_at, (item.value ->> 'value')::double precision
  from pg_catalog.jsonb_array_elements(v_rows) with ordinality as item(value, position)
  where item.value ->> 'kind' = 'counter' and v_ids[item.position] is not null
  on conflict (series_id, at) do update set value = excluded.value;
  insert into public.histogram_samples (series_id, at, count, sum, min, max, keys, counts)
  select v_ids[item.position], p_minute_at, one.count, one.sum, one.min, one.max, one.keys, one.counts
  from pg_catalog.jsonb_array_elements(v_rows) with ordinality as item(value, position)
  cross join lateral pg_catalog.jsonb_to_record(item.value) as one(
    kind text, count bigint, sum double precision, min double precision, max double precision, keys smallint[], counts bigint[])
  where one.kind = 'histogram' and v_ids[item.position] is not null
  on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    keys = excluded.keys, counts = excluded.counts;
  insert into public.series_dirty_hours (series_id, hour_at)
  select distinct id, pg_catalog.date_trunc('hour', p_minute_at, 'UTC') from pg_catalog.unnest(v_ids) as id where id is not null
  on conflict do nothing;
end
$$;
comment on function private.measure_minute(uuid, timestamptz) is 'Requests and runs of one minute as samples, recomputed from the lines: replays and late lines change nothing twice.';

create function public.rollup_series(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_series_ids bigint[];
  v_hours timestamptz[];
begin
  perform private.measure_logs(p_limit);
  with taken as (
    delete from public.series_dirty_hours where (series_id, hour_at) in (
      select dirty.series_id, dirty.hour_at from public.series_dirty_hours as dirty limit p_limit for update skip locked)
    returning series_id, hour_at
  ), widened as (
    select taken.series_id, taken.hour_at from taken
    union
    -- The first growth of the next hour hangs on the last sample of this one.
    select taken.series_id, taken.hour_at + interval '1 hour' from taken join public.series on series.id = taken.series_id
    where series.temporality = 'cumulative' and taken.hour_at + interval '1 hour' <= private.now()
  )
  select pg_catalog.array_agg(widened.series_id), pg_catalog.array_agg(widened.hour_at) into v_series_ids, v_hours from widened;
  if v_series_ids is null then return 0; end if;
  perform private.rollup_scalars(v_series_ids, v_hours);
  perform private.rollup_histograms(v_series_ids, v_hours);
  insert into public.series_dirty_days (series_id, day_at)
  select distinct hours.series_id, pg_catalog.date_trunc('day', hours.hour_at, 'UTC')
  from rows from (pg_catalog.unnest(v_series_ids), pg_catalog.unnest(v_hours)) as hours(series_id, hour_at)
  on conflict do nothing;
  return pg_catalog.cardinality(v_series_ids);
end
$$;
comment on function public.rollup_series(integer) is 'Rolls up so many dirty hours and answers how many: called until there are none. Two at once share the work.';

create function public.rollup_series_days(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  with taken as (
    delete from public.series_dirty_days where (series_id, day_at) in (
      select dirty.series_id, dirty.day_at from public.series_dirty_days as dirty limit p_limit for update skip locked)
    returning series_id, day_at
  ), hours as materialized (
    select taken.day_at, series_hours.* from taken join public.series_hours on series_hours.series_id = taken.series_id
      and series_hours.at >= taken.day_at and series_hours.at < taken.day_at + interval '1 day'
  ), sums as (
    select hours.series_id, hours.day_at, sum(hours.count)::bigint as count, sum(hours.sum) as sum, min(hours.min) as min, max(hours.max) as max,
      (pg_catalog.array_agg(hours.last order by hours.at desc))[1] as last
    from hours group by hours.series_id, hours.day_at
  ), buckets as (
    select bucket.series_id, bucket.day_at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select hours.series_id, hours.day_at, one.key, sum(one.n)::bigint as n
      from hours cross join lateral rows from (pg_catalog.unnest(hours.keys), pg_catalog.unnest(hours.counts)) as one(key, n)
      group by hours.series_id, hours.day_at, one.key) as bucket
    group by bucket.series_id, bucket.day_at
  )
  insert into public.series_days (series_id, at, count, sum, min, max, last, keys, counts)
  select sums.series_id, sums.day_at, sums.count, sums.sum, sums.min, sums.max, sums.last, coalesce(buckets.keys, '{}'), coalesce(buckets.counts, '{}')
  from sums left join buckets using (series_id, day_at)
  on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    last = excluded.last, keys = excluded.keys, counts = excluded.counts;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.rollup_series_days(integer) is 'Adds the hours of so many dirty days up. Counts and histograms add exactly.';

revoke execute on function private.merge_histogram(smallint[], bigint[], smallint[], bigint[]),
  private.increase(timestamptz, timestamptz, double precision, timestamptz, double precision), private.rollup_scalars(bigint[], timestamptz[]),
  private.rollup_histograms(bigint[], timestamptz[]), private.measure_logs(integer), private.measure_minute(uuid, timestamptz),
  public.rollup_series(integer), public.rollup_series_days(integer) from public, anon, authenticated;
grant execute on function private.merge_histogram(smallint[], bigint[], smallint[], bigint[]),
  private.increase(timestamptz, timestamptz, double precision, timestamptz, double precision), private.rollup_scalars(bigint[], timestamptz[]),
  private.rollup_histograms(bigint[], timestamptz[]), private.measure_logs(integer), private.measure_minute(uuid, timestamptz),
  public.rollup_series(integer), public.rollup_series_days(integer) to service_role;
