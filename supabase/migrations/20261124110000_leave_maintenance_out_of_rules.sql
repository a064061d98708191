-- What was seen during maintenance counts neither for nor against uptime. Rules and SLOs said so of whole hours, which are read from the rollups, and
-- not of single results: a day with ten minutes of planned work fell short of 99.9 % once the maintenance was over.

create or replace function private.read_probe_figures(p_requests jsonb) returns table (
  n bigint, group_values text[], kind text, count double precision, sum double precision, min double precision, max double precision,
  last double precision, last_at timestamptz, keys smallint[], counts bigint[])
language sql stable security invoker set search_path = ''
begin atomic
  with requests as materialized (
    select item.n, one.p as project_id, one.m = 'probe.success' as is_success, coalesce(one.w, '{}') as wanted, coalesce(one.g, '{}') as group_by,
      pg_catalog.to_timestamp(one.f / 1000) as from_at, pg_catalog.to_timestamp(one.u / 1000) as until_at, coalesce(one.h, false) as has_histogram
    from pg_catalog.jsonb_array_elements(p_requests) with ordinality as item(value, n)
    cross join lateral pg_catalog.jsonb_to_record(item.value) as one(
      p uuid, m text, w jsonb, g text[], f double precision, u double precision, h boolean)
    where one.m in ('probe.success', 'probe.duration')
  ), maintained as materialized (
    select ranges.monitor_id, ranges.spans
    from (select min(requests.from_at) as from_at, max(requests.until_at) as until_at from requests where requests.is_success) as asked
    cross join lateral private.maintenance_ranges(asked.from_at, asked.until_at) as ranges
    where asked.from_at is not null
  ), matched as materialized (
    select requests.n, requests.is_success, requests.has_histogram, requests.from_at, requests.until_at, monitors.id, array(
        select case part.name when 'monitor' then monitors.key else '' end
        from pg_catalog.unnest(requests.group_by) with ordinality as part(name, position) order by part.position) as group_values,
      pg_catalog.date_trunc('hour', requests.from_at + interval '59 minutes', 'UTC') as first_hour_at,
      -- The hour before the present one may still get late results: single ones are read up to there.
      least(pg_catalog.date_trunc('hour', requests.until_at, 'UTC'), pg_catalog.date_trunc('hour', private.now(), 'UTC') - interval '1 hour') as last_hour_at
    from requests join public.monitors on monitors.project_id = requests.project_id
    where not exists (
      select from pg_catalog.jsonb_each(requests.wanted) as part
      where not private.matches_attribute(case part.key when 'monitor' then monitors.key end, part.value))
  ), edges as materialized (
    select matched.n, matched.is_success, matched.has_histogram, matched.id, matched.group_values, part.from_at, part.until_at
    from matched cross join lateral (
      select matched.from_at, matched.until_at where matched.first_hour_at >= matched.last_hour_at
      union all
      select matched.from_at, matched.first_hour_at where matched.first_hour_at < matched.last_hour_at
      union all
      select matched.last_hour_at, matched.until_at where matched.first_hour_at < matched.last_hour_at) as part(from_at, until_at)
    where part.from_at < part.until_at
  ), results as materialized (
    select edges.n, edges.is_success, edges.has_histogram, edges.group_values, one.slot_at, one.verdict, one.latency_ms
    from edges
    cross join lateral (
      select results.slot_at, results.verdict, results.latency_ms from public.probe_results as results
      where results.monitor_id = edges.id and results.slot_at >= edges.from_at and results.slot_at < edges.until_at
      union all
      select packed.slot_at, packed.verdict, packed.latency_ms
      from public.probe_rollups as rollups
      cross join lateral private.packed_results(rollups) as packed
      where rollups.monitor_id = edges.id and rollups.resolution = 'hour' and rollups.packed_step_ms is not null
        and rollups.bucket_at > edges.from_at - interval '1 hour' and rollups.bucket_at < edges.until_at
        and packed.slot_at >= edges.from_at and packed.slot_at < edges.until_at) as one
    left join maintained on maintained.monitor_id = edges.id
    where not edges.is_success or not coalesce(one.slot_at <@ maintained.spans, false)
  ), hours as materialized (
    select matched.n, matched.is_success, matched.has_histogram, matched.group_values, rollups.bucket_at, rollups
    from matched
    join public.probe_rollups as rollups on rollups.monitor_id = matched.id and rollups.resolution = 'hour'
      and rollups.bucket_at >= matched.first_hour_at and rollups.bucket_at < matched.last_hour_at
  ), points as (
    select results.n, results.group_values, 'gauge' as kind, results.slot_at as at, 1 as count,
      case when results.verdict = 'down' then 0 else 1 end::double precision as sum, case when results.verdict = 'down' then 0 else 1 end as min,
      case when results.verdict = 'down' then 0 else 1 end as max, case when results.verdict = 'down' then 0 else 1 end as last
    from results where results.is_success
    union all
    select results.n, results.group_values, 'histogram', results.slot_at, 1, results.latency_ms, results.latency_ms, results.latency_ms, null
    from results where not results.is_success and results.verdict <> 'down' and results.latency_ms is not null
    union all
    select hours.n, hours.group_values, 'gauge', hours.bucket_at + interval '59 minutes', (hours.rollups).up + (hours.rollups).degraded + (hours.rollups).down,
      (hours.rollups).up + (hours.rollups).degraded, case when (hours.rollups).down > 0 then 0 else 1 end,
      case when (hours.rollups).up + (hours.rollups).degraded > 0 then 1 else 0 end, null
    from hours where hours.is_success and (hours.rollups).up + (hours.rollups).degraded + (hours.rollups).down > 0
    union all
    select hours.n, hours.group_values, 'histogram', hours.bucket_at + interval '59 minutes', (hours.rollups).latency_count, (hours.rollups).latency_sum_ms,
      (hours.rollups).latency_min_ms, (hours.rollups).latency_max_ms, null
    from hours where not hours.is_success and (hours.rollups).latency_count > 0
  ), sums as (
    select points.n, points.group_values, points.kind, sum(points.count)::double precision as count, sum(points.sum) as sum,
      min(points.min)::double precision as min, max(points.max)::double precision as max,
      (max(array[extract(epoch from points.at)::double precision, points.last::double precision]))[2] as last, max(points.at) as last_at
    from points group by points.n, points.group_values, points.kind
  ), buckets as (
    select bucket.n, bucket.group_values, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.total order by bucket.key) as counts
    from (
      select part.n, part.group_values, part.key, sum(part.count)::bigint as total
      from (
        select results.n, results.group_values, private.histogram_key(results.latency_ms) as key, 1 as count
        from results where results.has_histogram and not results.is_success and results.verdict <> 'down' and results.latency_ms is not null
        union all
        select hours.n, hours.group_values, one.key, one.n
        from hours cross join lateral private.latency_buckets(hours.rollups) as one
        where hours.has_histogram and not hours.is_success) as part
      group by part.n, part.group_values, part.key) as bucket
    group by bucket.n, bucket.group_values
  )
  select sums.n, sums.group_values, sums.kind, sums.count, sums.sum, sums.min, sums.max, sums.last, sums.last_at, buckets.keys, buckets.counts
  from sums left join buckets on buckets.n = sums.n and buckets.group_values = sums.group_values;
end;
comment on function private.read_probe_figures(jsonb) is 'Figures of probe.success (1 and 0, outside of maintenance) and probe.duration (ms, of what was not down), by monitor.';

create or replace function private.stored_probe_rows(p_project_id uuid, p_metric text, p_where jsonb, p_from timestamptz, p_until timestamptz, p_rows_max integer)
returns table (monitor text, from_at timestamptz, hour_at timestamptz, minutes text, counts text, sums text, mins text, maxs text, lasts text,
  lengths text, buckets text)
language sql stable security invoker set search_path = ''
begin atomic
  with chosen as materialized (
    select monitors.id, monitors.key from public.monitors
    where monitors.project_id = p_project_id and not exists (
      select from pg_catalog.jsonb_each(p_where) as wanted
      where not private.matches_attribute(case wanted.key when 'monitor' then monitors.key end, wanted.value))
  ), span as (
    select greatest(p_from, p_until - pg_catalog.make_interval(hours => p_rows_max / greatest(1, (select count(*) from chosen)::integer))) as from_at
  ), results as (
    select chosen.id, chosen.key, hot.slot_at, hot.verdict, hot.latency_ms
    from span cross join chosen join public.probe_results as hot on hot.monitor_id = chosen.id and hot.slot_at >= span.from_at and hot.slot_at < p_until
    union all
    select chosen.id, chosen.key, packed.slot_at, packed.verdict, packed.latency_ms
    from span cross join chosen join public.probe_rollups as rollups on rollups.monitor_id = chosen.id and rollups.resolution = 'hour'
      and rollups.bucket_at >= pg_catalog.date_trunc('hour', span.from_at, 'UTC') and rollups.bucket_at < p_until and rollups.packed_step_ms is not null
    cross join lateral private.packed_results(rollups) as packed
    where packed.slot_at >= span.from_at and packed.slot_at < p_until
  ), values_ as (
    select results.key, results.slot_at,
      case when p_metric = 'probe.duration' then results.latency_ms::double precision when results.verdict = 'down' then 0 else 1 end as value
    from results left join private.maintenance_ranges(p_from, p_until) as maintained on maintained.monitor_id = results.id
    where case p_metric when 'probe.success' then not coalesce(results.slot_at <@ maintained.spans, false)
      else results.verdict <> 'down' and results.latency_ms is not null end
  ), minutes as (
    select values_.key, pg_catalog.date_trunc('minute', values_.slot_at, 'UTC') as at, count(*) as count, sum(values_.value) as sum,
      min(values_.value) as min, max(values_.value) as max, (pg_catalog.array_agg(values_.value order by values_.slot_at desc))[1] as last,
      pg_catalog.string_agg(private.histogram_key(values_.value)::text, ',' order by values_.value) as keys
    from values_ group by values_.key, pg_catalog.date_trunc('minute', values_.slot_at, 'UTC')
  )
  select minutes.key, (select span.from_at from span), pg_catalog.date_trunc('hour', minutes.at, 'UTC'),
    pg_catalog.string_agg((extract(minute from minutes.at)::integer)::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.count::text, ',' order by minutes.at), pg_catalog.string_agg(minutes.sum::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.min::text, ',' order by minutes.at), pg_catalog.string_agg(minutes.max::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.last::text, ',' order by minutes.at),
    case when p_metric = 'probe.duration' then pg_catalog.string_agg(minutes.count::text, ',' order by minutes.at) end,
    case when p_metric = 'probe.duration' then private.pack_buckets(
      pg_catalog.string_to_array(pg_catalog.string_agg(minutes.keys, ',' order by minutes.at), ',')::smallint[],
      pg_catalog.array_fill(1::bigint, array[sum(minutes.count)::integer])) end
  from minutes group by minutes.key, pg_catalog.date_trunc('hour', minutes.at, 'UTC')
  order by 1, 3;
end;
comment on function private.stored_probe_rows(uuid, text, jsonb, timestamptz, timestamptz, integer) is 'Results of probes as two metrics by monitor: probe.success (1 or 0, outside of maintenance) and probe.duration (ms, of answers that were not down), an hour of minutes in a row.';

create or replace function private.probe_points(p_project_id uuid, p_keys text[], p_resolution text, p_from timestamptz[], p_until timestamptz[])
returns table (at timestamptz, good double precision, total double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_ids uuid[] := array(select monitors.id from public.monitors
    where monitors.project_id = p_project_id and (p_keys is null or monitors.key = any (p_keys)));
begin
  if p_resolution in ('hour', 'day') then
    return query
      select rollups.bucket_at, sum(rollups.up + rollups.degraded)::double precision,
        sum(rollups.up + rollups.degraded + rollups.down)::double precision
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_rollups as rollups on rollups.monitor_id = any (v_ids)
        and rollups.resolution = p_resolution and rollups.bucket_at >= span.from_at and rollups.bucket_at < span.until_at
      group by rollups.bucket_at having sum(rollups.up + rollups.degraded + rollups.down) > 0;
    return;
  end if;
  return query
    select pg_catalog.date_trunc('minute', found.slot_at), count(*) filter (where found.verdict <> 'down')::double precision,
      count(*)::double precision
    from (
      select results.monitor_id, results.slot_at, results.verdict
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_results as results on results.monitor_id = any (v_ids)
        and results.slot_at >= span.from_at and results.slot_at < span.until_at
      union all
      select rollups.monitor_id, result.slot_at, result.verdict
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_rollups as rollups on rollups.monitor_id = any (v_ids) and rollups.resolution = 'hour'
        and rollups.bucket_at >= pg_catalog.date_trunc('hour', span.from_at, 'UTC') and rollups.bucket_at < span.until_at
        and rollups.packed_step_ms is not null
      cross join lateral private.packed_results(rollups) as result
      where result.slot_at >= span.from_at and result.slot_at < span.until_at) as found
    left join private.maintenance_ranges((select min(one) from pg_catalog.unnest(p_from) as one), (select max(one) from pg_catalog.unnest(p_until) as one)) as maintained
      on maintained.monitor_id = found.monitor_id
    where not coalesce(found.slot_at <@ maintained.spans, false)
    group by 1;
end
$$;
comment on function private.probe_points(uuid, text[], text, timestamptz[], timestamptz[]) is 'Probes that were answered and probes that were made, by point, outside of maintenance. Unknown slots are in neither.';
