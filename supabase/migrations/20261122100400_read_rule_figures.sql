-- Figures of many spans in one question: what all rules of all due projects look at. Minutes are cut out of their packed hours, and whole
-- hours inside of a long span are read as such.

create function private.read_series_figures(p_requests jsonb) returns table (
  n bigint, group_values text[], kind text, count double precision, sum double precision, min double precision, max double precision,
  last double precision, last_at timestamptz, keys smallint[], counts bigint[])
language sql stable security invoker set search_path = ''
begin atomic
  with requests as materialized (
    select item.n, one.p as project_id, one.m as metric, coalesce(one.w, '{}') as wanted, coalesce(one.g, '{}') as group_by,
      pg_catalog.to_timestamp(one.f / 1000) as from_at, pg_catalog.to_timestamp(one.u / 1000) as until_at, coalesce(one.h, false) as has_histogram,
      anchor.name as anchor_name, coalesce(one.w, '{}') - coalesce(anchor.name, '') <> '{}' as has_more
    from pg_catalog.jsonb_array_elements(p_requests) with ordinality as item(value, n)
    cross join lateral pg_catalog.jsonb_to_record(item.value) as one(
      p uuid, m text, w jsonb, g text[], f double precision, u double precision, h boolean)
    cross join lateral (
      select min(part.key) as name from pg_catalog.jsonb_each(one.w) as part where pg_catalog.jsonb_typeof(part.value) = 'string') as anchor
    where one.m not in ('probe.success', 'probe.duration')
  ), metrics as materialized (
    -- Of several kinds under one name the one that was seen last is meant, as in query_series.
    select asked.project_id, asked.metric, latest.kind
    from (select distinct requests.project_id, requests.metric from requests) as asked
    cross join lateral (
      select series.kind from public.series where series.project_id = asked.project_id and series.name = asked.metric
      order by series.last_seen_at desc, series.id desc limit 1) as latest
  ), candidates as materialized (
    select series.id, series.project_id, series.name, series.kind, series.environment, series.attributes
    from metrics join public.series on series.project_id = metrics.project_id and series.name = metrics.metric and series.kind = metrics.kind
  ), named as materialized (
    select candidates.id, candidates.project_id, candidates.name as metric, attribute.key as name, attribute.value
    from candidates cross join lateral pg_catalog.jsonb_each_text(candidates.attributes) as attribute
    union all
    select candidates.id, candidates.project_id, candidates.name, 'environment', candidates.environment from candidates
  ), found as materialized (
    -- By one condition on a whole value first: comparing each request with each series of its metric would be their product.
    select requests.n, named.id
    from requests join named on named.project_id = requests.project_id and named.metric = requests.metric
      and named.name = requests.anchor_name and named.value = requests.wanted ->> requests.anchor_name
    where requests.anchor_name is not null
    union all
    select requests.n, candidates.id
    from requests join candidates on candidates.project_id = requests.project_id and candidates.name = requests.metric
    where requests.anchor_name is null
  ), matched as materialized (
    select found.n, candidates.id, candidates.kind, private.retention_of(candidates.environment) as retention, requests.has_histogram,
      requests.from_at, requests.until_at, case when requests.group_by = '{}' then requests.group_by else array(
        select coalesce(case part.name when 'environment' then candidates.environment else candidates.attributes ->> part.name end, '')
        from pg_catalog.unnest(requests.group_by) with ordinality as part(name, position) order by part.position) end as group_values,
      pg_catalog.date_trunc('hour', requests.from_at + interval '59 minutes', 'UTC') as first_hour_at,
      pg_catalog.date_trunc('hour', requests.until_at, 'UTC') as last_hour_at
    from found join requests on requests.n = found.n join candidates on candidates.id = found.id
    where not requests.has_more or not exists (
      select from pg_catalog.jsonb_each(requests.wanted) as part
      where part.key is distinct from requests.anchor_name and not private.matches_attribute(
        case part.key when 'environment' then candidates.environment else candidates.attributes ->> part.key end, part.value))
  ), edges as materialized (
    -- Each lies within one hour: the minutes before the first whole hour, and those from the end of the last one on.
    select matched.n, matched.id, matched.kind, matched.retention, matched.has_histogram, matched.group_values, edge.hour_at, edge.first, edge.last
    from matched cross join lateral (
      select pg_catalog.date_trunc('hour', part.from_at, 'UTC') as hour_at,
        (extract(epoch from part.from_at - pg_catalog.date_trunc('hour', part.from_at, 'UTC')) / 60)::integer as first,
        (extract(epoch from part.until_at - pg_catalog.date_trunc('hour', part.from_at, 'UTC')) / 60)::integer - 1 as last
      from (
        select matched.from_at, matched.until_at where matched.first_hour_at > matched.last_hour_at
        union all
        select matched.from_at, matched.first_hour_at where matched.first_hour_at <= matched.last_hour_at
        union all
        select matched.last_hour_at, matched.until_at where matched.first_hour_at <= matched.last_hour_at) as part(from_at, until_at)
      where part.from_at < part.until_at) as edge
  ), slices as materialized (
    select edges.n, edges.group_values, edges.kind, edges.has_histogram, edges.hour_at, cut.lo, cut.hi, packed.lengths,
      packed.minutes[cut.lo:cut.hi] as minutes, packed.counts[cut.lo:cut.hi] as counts, packed.sums[cut.lo:cut.hi] as sums,
      packed.mins[cut.lo:cut.hi] as mins, packed.maxs[cut.lo:cut.hi] as maxs, packed.lasts[cut.lo:cut.hi] as lasts,
      case when edges.has_histogram then packed.keys end as keys, case when edges.has_histogram then packed.bucket_counts end as bucket_counts
    from edges
    cross join lateral (
      -- Looked up one by one: there are few of a series, and all others of those hours are not read.
      select * from public.series_minutes
      where series_minutes.series_id = edges.id and series_minutes.hour_at = edges.hour_at and series_minutes.retention = edges.retention
      offset 0) as packed
    -- Positions of the first and last minute that lie within the edge: how many come before it, and how many up to its end.
    cross join lateral (
      select pg_catalog.width_bucket((edges.first - 1)::smallint, packed.minutes) + 1 as lo,
        pg_catalog.width_bucket(edges.last::smallint, packed.minutes) as hi) as cut
    where cut.lo <= cut.hi
  ), hours as materialized (
    select matched.n, matched.group_values, matched.kind, matched.has_histogram, whole.*
    from matched
    cross join lateral (
      select hours.at, hours.count, hours.sum, hours.min, hours.max, hours.last,
        case when matched.has_histogram then hours.keys end as keys, case when matched.has_histogram then hours.counts end as counts
      from public.series_hours as hours
      where hours.series_id = matched.id and hours.at >= matched.first_hour_at and hours.at < matched.last_hour_at
      offset 0) as whole
    where matched.first_hour_at < matched.last_hour_at
  ), points as (
    select slices.n, slices.group_values, slices.kind, slices.hour_at + pg_catalog.make_interval(mins => one.minute) as at, one.count, one.sum,
      -- Left out where one sample a minute has its sum as min, max and last, as in read_points.
      case when slices.lengths is null then coalesce(one.min, one.sum) else one.min end as min,
      case when slices.lengths is null then coalesce(one.max, one.sum) else one.max end as max,
      case when slices.lengths is null then coalesce(one.last, one.sum) end as last
    from slices
    cross join lateral rows from (pg_catalog.unnest(slices.minutes), pg_catalog.unnest(slices.counts), pg_catalog.unnest(slices.sums),
      pg_catalog.unnest(slices.mins), pg_catalog.unnest(slices.maxs), pg_catalog.unnest(slices.lasts)) as one(minute, count, sum, min, max, last)
    union all
    select hours.n, hours.group_values, hours.kind, hours.at + interval '59 minutes', hours.count, hours.sum, hours.min, hours.max, hours.last from hours
  ), sums as (
    select points.n, points.group_values, points.kind, sum(points.count)::double precision as count, sum(points.sum) as sum,
      min(points.min) as min, max(points.max) as max,
      -- That of the newest minute, without sorting them; of several series in it the largest.
      (max(array[extract(epoch from points.at)::double precision, points.last]))[2] as last, max(points.at) as last_at
    from points group by points.n, points.group_values, points.kind
  ), buckets as (
    select bucket.n, bucket.group_values, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.total order by bucket.key) as counts
    from (
      select part.n, part.group_values, part.key, sum(part.count)::bigint as total
      from (
        select slices.n, slices.group_values, one.key, one.count
        from slices
        cross join lateral (
          select coalesce((select sum(length) from pg_catalog.unnest(slices.lengths[1:slices.lo - 1]) as length), 0)::integer as before,
            coalesce((select sum(length) from pg_catalog.unnest(slices.lengths[slices.lo:slices.hi]) as length), 0)::integer as inside) as cut
        -- The buckets of minutes side by side lie side by side.
        cross join lateral rows from (pg_catalog.unnest(slices.keys[cut.before + 1:cut.before + cut.inside]),
          pg_catalog.unnest(slices.bucket_counts[cut.before + 1:cut.before + cut.inside])) as one(key, count)
        where slices.has_histogram and slices.lengths is not null
        union all
        select slices.n, slices.group_values, private.histogram_key(one.sum / one.count), one.count
        from slices cross join lateral rows from (pg_catalog.unnest(slices.counts), pg_catalog.unnest(slices.sums)) as one(count, sum)
        where slices.has_histogram and slices.lengths is null
        union all
        select hours.n, hours.group_values, one.key, one.count
        from hours cross join lateral rows from (pg_catalog.unnest(hours.keys), pg_catalog.unnest(hours.counts)) as one(key, count)
        where hours.has_histogram) as part
      group by part.n, part.group_values, part.key) as bucket
    group by bucket.n, bucket.group_values
  )
  select sums.n, sums.group_values, sums.kind, sums.count, sums.sum, sums.min, sums.max, sums.last, sums.last_at, buckets.keys, buckets.counts
  from sums left join buckets on buckets.n = sums.n and buckets.group_values = sums.group_values;
end;
comment on function private.read_series_figures(jsonb) is 'Figures of spans of series, by request and group. The same as query_series says of the same span.';

create function private.read_probe_figures(p_requests jsonb) returns table (
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
comment on function private.read_probe_figures(jsonb) is 'Figures of probe.success (1 and 0) and probe.duration (ms, of what was not down), by monitor.';

create function public.read_rule_figures(p_requests jsonb) returns json
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(one.n - 1, one.group_values, one.kind, one.count, one.sum, one.min, one.max, one.last,
    extract(epoch from one.last_at) * 1000, one.keys, one.counts)), '[]')
  from (
    select * from private.read_series_figures(private.unwrap_json(p_requests) -> 'requests')
    union all
    select * from private.read_probe_figures(private.unwrap_json(p_requests) -> 'requests')) as one;
end;
comment on function public.read_rule_figures(jsonb) is 'Figures of spans: [place of the request, group, kind, count, sum, min, max, last, instant of the last in ms, keys, counts], a row a group that has samples. Histograms only where asked for.';

revoke execute on function private.read_series_figures(jsonb), private.read_probe_figures(jsonb),
  public.read_rule_figures(jsonb) from public, anon, authenticated;
grant execute on function private.matches_attribute(text, jsonb), private.read_series_figures(jsonb), private.read_probe_figures(jsonb),
  public.read_rule_figures(jsonb) to service_role;
