-- Figures of spans again, in two thirds of the time: rules share their spans, which are cut into hours once and not for each series; one attribute
-- of a series is compared, and not all of them; and buckets are added up before they are put in order.

create or replace function private.read_series_figures(p_requests jsonb) returns table (
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
    select candidates.id, candidates.project_id, candidates.name as metric, anchors.name,
      case anchors.name when 'environment' then candidates.environment else candidates.attributes ->> anchors.name end as value
    from (select distinct requests.project_id, requests.metric, requests.anchor_name as name from requests) as anchors
    join candidates on candidates.project_id = anchors.project_id and candidates.name = anchors.metric
    where anchors.name is not null
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
  ), spans as materialized (
    -- There are few of them, however many rules look at them.
    select asked.from_at, asked.until_at, pg_catalog.date_trunc('hour', asked.from_at + interval '59 minutes', 'UTC') as first_hour_at,
      pg_catalog.date_trunc('hour', asked.until_at, 'UTC') as last_hour_at
    from (select distinct requests.from_at, requests.until_at from requests) as asked
  ), edges as materialized (
    -- Each lies within one hour: the minutes before the first whole hour, and those from the end of the last one on.
    select part.span_from_at, part.span_until_at, hour.at as hour_at,
      (extract(epoch from part.from_at - hour.at) / 60)::integer as first, (extract(epoch from part.until_at - hour.at) / 60)::integer - 1 as last
    from (
      select spans.from_at, spans.until_at, spans.from_at, spans.until_at from spans where spans.first_hour_at > spans.last_hour_at
      union all
      select spans.from_at, spans.until_at, spans.from_at, spans.first_hour_at from spans where spans.first_hour_at <= spans.last_hour_at
      union all
      select spans.from_at, spans.until_at, spans.last_hour_at, spans.until_at from spans where spans.first_hour_at <= spans.last_hour_at)
      as part(span_from_at, span_until_at, from_at, until_at)
    cross join lateral (select pg_catalog.date_trunc('hour', part.from_at, 'UTC') as at) as hour
    where part.from_at < part.until_at
  ), matched as materialized (
    select found.n, candidates.id, candidates.kind, private.retention_of(candidates.environment) as retention, requests.has_histogram,
      requests.from_at, requests.until_at, case when requests.group_by = '{}' then requests.group_by else array(
        select coalesce(case part.name when 'environment' then candidates.environment else candidates.attributes ->> part.name end, '')
        from pg_catalog.unnest(requests.group_by) with ordinality as part(name, position) order by part.position) end as group_values
    from found join requests on requests.n = found.n join candidates on candidates.id = found.id
    where not requests.has_more or not exists (
      select from pg_catalog.jsonb_each(requests.wanted) as part
      where part.key is distinct from requests.anchor_name and not private.matches_attribute(
        case part.key when 'environment' then candidates.environment else candidates.attributes ->> part.key end, part.value))
  ), slices as materialized (
    select matched.n, matched.group_values, matched.kind, matched.has_histogram, edges.hour_at, cut.lo, cut.hi, packed.lengths,
      packed.minutes[cut.lo:cut.hi] as minutes, packed.counts[cut.lo:cut.hi] as counts, packed.sums[cut.lo:cut.hi] as sums,
      packed.mins[cut.lo:cut.hi] as mins, packed.maxs[cut.lo:cut.hi] as maxs, packed.lasts[cut.lo:cut.hi] as lasts,
      case when matched.has_histogram then packed.keys end as keys, case when matched.has_histogram then packed.bucket_counts end as bucket_counts
    from matched join edges on edges.span_from_at = matched.from_at and edges.span_until_at = matched.until_at
    cross join lateral (
      -- Looked up one by one: there are few of a series, and all others of those hours are not read.
      select * from public.series_minutes
      where series_minutes.series_id = matched.id and series_minutes.hour_at = edges.hour_at and series_minutes.retention = matched.retention
      offset 0) as packed
    -- Positions of the first and last minute that lie within the edge: how many come before it, and how many up to its end.
    cross join lateral (
      select pg_catalog.width_bucket((edges.first - 1)::smallint, packed.minutes) + 1 as lo,
        pg_catalog.width_bucket(edges.last::smallint, packed.minutes) as hi) as cut
    where cut.lo <= cut.hi
  ), hours as materialized (
    select matched.n, matched.group_values, matched.kind, matched.has_histogram, whole.*
    from spans join matched on matched.from_at = spans.from_at and matched.until_at = spans.until_at
    cross join lateral (
      select hours.at, hours.count, hours.sum, hours.min, hours.max, hours.last,
        case when matched.has_histogram then hours.keys end as keys, case when matched.has_histogram then hours.counts end as counts
      from public.series_hours as hours
      where hours.series_id = matched.id and hours.at >= spans.first_hour_at and hours.at < spans.last_hour_at
      offset 0) as whole
    where spans.first_hour_at < spans.last_hour_at
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
  ), bucket as materialized (
    -- Ten times as many before they are added up: none of them is sorted.
    select part.n, part.group_values, part.key, sum(part.count)::bigint as total
    from (
      select slices.n, slices.group_values, one.key, one.count
      from slices
      cross join lateral (
        select coalesce((select sum(length) from pg_catalog.unnest(slices.lengths[1:slices.lo - 1]) as length), 0)::integer as before,
          coalesce((select sum(length) from pg_catalog.unnest(slices.lengths[slices.lo:slices.hi]) as length), 0)::integer as inside
        -- Both are needed four times and counted once.
        offset 0) as cut
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
    group by part.n, part.group_values, part.key
  ), buckets as (
    select bucket.n, bucket.group_values, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.total order by bucket.key) as counts
    from bucket group by bucket.n, bucket.group_values
  )
  select sums.n, sums.group_values, sums.kind, sums.count, sums.sum, sums.min, sums.max, sums.last, sums.last_at, buckets.keys, buckets.counts
  from sums left join buckets on buckets.n = sums.n and buckets.group_values = sums.group_values;
end;
