-- Points are added up where they are read: twenty thousand of a month of thirty series went through two functions to become seven hundred sums.

create function private.sum_points(
  p_ids bigint[], p_groups bigint[], p_resolution text, p_from timestamptz, p_until timestamptz, p_step interval, p_aggregate text
) returns table (group_n bigint, bucket_at timestamptz, points bigint, count numeric, sum double precision, min double precision,
  max double precision, last double precision, last_at timestamptz, quantile_keys smallint[])
language sql stable security invoker set search_path = ''
begin atomic
  with read as (
    select days.series_id, days.at, days.count, days.sum, days.min, days.max, days.last, days.quantile_keys
    from public.series_days as days
    where p_resolution = 'day' and days.series_id = any (p_ids) and days.at >= p_from and days.at < p_until
    union all
    select hours.series_id, hours.at, hours.count, hours.sum, hours.min, hours.max, hours.last, hours.quantile_keys
    from public.series_hours as hours
    where p_resolution = 'hour' and hours.series_id = any (p_ids) and hours.at >= p_from and hours.at < p_until
    union all
    select minutes.series_id, minutes.at, minutes.count, minutes.sum, minutes.min, minutes.max, minutes.last, null
    from private.read_points(p_ids, 'minute', p_from, p_until, false) as minutes
    where p_resolution = 'minute'
  )
  select chosen.group_n, pg_catalog.date_bin(p_step, read.at, pg_catalog.to_timestamp(0)), count(*), sum(read.count), sum(read.sum), min(read.min),
    max(read.max),
    -- That of the newest point, without sorting them; of several in it the largest.
    (max(array[extract(epoch from read.at)::double precision, read.last]) filter (where p_aggregate = 'last'))[2],
    max(read.at), min(read.quantile_keys) filter (where p_aggregate like 'p%')
  from read join rows from (pg_catalog.unnest(p_ids), pg_catalog.unnest(p_groups)) as chosen(id, group_n) on chosen.id = read.series_id
  group by pg_catalog.date_bin(p_step, read.at, pg_catalog.to_timestamp(0)), chosen.group_n;
end;
comment on function private.sum_points(bigint[], bigint[], text, timestamptz, timestamptz, interval, text) is 'Points of series added up by the number of their group and by step; with the percentiles of a sum of one point. What only other aggregates need is left out.';
revoke execute on function private.sum_points(bigint[], bigint[], text, timestamptz, timestamptz, interval, text) from public, anon, authenticated;

create function private.rank_points(
  p_before bigint[], p_before_groups bigint[], p_boundary timestamptz, p_after bigint[], p_after_groups bigint[], p_resolution text,
  p_from timestamptz, p_until timestamptz, p_step interval, p_quantile double precision
) returns table (group_n bigint, bucket_at timestamptz, key smallint)
language sql stable security invoker set search_path = ''
begin atomic
  with read as (
    select before.group_n, points.at, points.keys, points.counts
    from private.read_points(p_before, p_resolution, p_from, least(p_until, p_boundary), true) as points
    join rows from (pg_catalog.unnest(p_before), pg_catalog.unnest(p_before_groups)) as before(id, group_n) on before.id = points.series_id
    union all
    select after.group_n, points.at, points.keys, points.counts
    from private.read_points(p_after, p_resolution, greatest(p_from, p_boundary), p_until, true) as points
    join rows from (pg_catalog.unnest(p_after), pg_catalog.unnest(p_after_groups)) as after(id, group_n) on after.id = points.series_id
  ), buckets as (
    select read.group_n, pg_catalog.date_bin(p_step, read.at, pg_catalog.to_timestamp(0)) as bucket_at, one.key, sum(one.n) as n
    from read cross join lateral rows from (pg_catalog.unnest(read.keys), pg_catalog.unnest(read.counts)) as one(key, n)
    group by read.group_n, pg_catalog.date_bin(p_step, read.at, pg_catalog.to_timestamp(0)), one.key
  ), passed as (
    select buckets.*, sum(buckets.n) over (partition by buckets.group_n, buckets.bucket_at order by buckets.key) as passed,
      greatest(1, pg_catalog.ceil(p_quantile * sum(buckets.n) over (partition by buckets.group_n, buckets.bucket_at))) as rank
    from buckets
  )
  select passed.group_n, passed.bucket_at, passed.key from passed
  where passed.passed >= passed.rank and passed.passed - passed.n < passed.rank;
end;
comment on function private.rank_points(bigint[], bigint[], timestamptz, bigint[], bigint[], text, timestamptz, timestamptz, interval, double precision) is
  'The bucket with the value of rank ceil(q n), by group and step, of the merged histograms of some series before a time and of others from it on.';
revoke execute on function private.rank_points(bigint[], bigint[], timestamptz, bigint[], bigint[], text, timestamptz, timestamptz, interval, double precision)
  from public, anon, authenticated;

drop function private.largest_groups(bigint[], jsonb[], text, timestamptz, timestamptz, text);
create function private.largest_groups(p_ids bigint[], p_groups bigint[], p_resolution text, p_from timestamptz, p_until timestamptz, p_aggregate text)
returns table (group_n bigint, groups_total bigint)
language sql stable security invoker set search_path = ''
begin atomic
  select ranked.group_n, count(*) over () from (
    select parts.group_n, case
      when p_aggregate in ('sum', 'count', 'rate') then sum(parts.sum) when p_aggregate = 'min' then min(parts.min)
      when p_aggregate = 'max' then max(parts.max) else sum(parts.sum) / nullif(sum(parts.count), 0) end as rank
    from private.sum_points(p_ids, p_groups, p_resolution, p_from, p_until, interval '400 days', 'avg') as parts
    group by parts.group_n) as ranked
  order by ranked.rank desc nulls last, ranked.group_n limit 12;
end;
comment on function private.largest_groups(bigint[], bigint[], text, timestamptz, timestamptz, text) is 'The twelve groups that a chart shows, by number, and how many there are.';
revoke execute on function private.largest_groups(bigint[], bigint[], text, timestamptz, timestamptz, text) from public, anon, authenticated;

create or replace function private.command_query_series(
  p_project_id uuid, p_metric text, p_where jsonb, p_group_by text[], p_from timestamptz, p_until timestamptz, p_step_seconds integer,
  p_aggregate text
) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_kind text;
  v_unit text;
  v_resolution text := case when p_step_seconds % 86400 = 0 then 'day' when p_step_seconds % 3600 = 0 then 'hour' else 'minute' end;
  v_quantile double precision := case when p_aggregate ~ '^p\d\d$' then pg_catalog.substring(p_aggregate, 2)::double precision / 100 end;
  v_quantile_position integer := pg_catalog.array_position('{0.5,0.75,0.9,0.95,0.99}'::double precision[], v_quantile);
  -- Only where nothing tells one series of an environment from another.
  v_may_total boolean := not exists (select from pg_catalog.jsonb_object_keys(p_where) as wanted(name) where wanted.name <> 'environment')
    and not exists (select from pg_catalog.unnest(p_group_by) as wanted(name) where wanted.name <> 'environment');
  v_ids bigint[];
  v_names jsonb[];
  v_totals bigint[];
  -- What is read up to the boundary: totals, and the series that no total covers.
  v_before bigint[];
  v_before_names jsonb[];
  -- Groups by number, in the order of what they are called: to compare their names with each point is half of the time.
  v_groups bigint[];
  v_before_groups bigint[];
  v_boundary timestamptz;
  v_step interval := pg_catalog.make_interval(secs => p_step_seconds);
  v_largest bigint[];
  v_groups_total bigint;
  v_answer jsonb;
begin
  perform private.require_role(p_project_id, 'viewer');
  -- Of several kinds under one name (an application changed its mind) the one that was seen last is meant.
  select series.kind, series.unit into v_kind, v_unit from public.series
  where series.project_id = p_project_id and series.name = p_metric order by series.last_seen_at desc, series.id desc limit 1;
  if v_kind is null then return null; end if;

  select pg_catalog.array_agg(chosen.id), pg_catalog.array_agg(chosen.group_values), count(distinct chosen.group_values)
  into v_ids, v_names, v_groups_total
  from (
    select series.id, (
      select coalesce(pg_catalog.jsonb_agg(coalesce(case wanted.name when 'environment' then series.environment else series.attributes ->> wanted.name end, '')
        order by wanted.position), '[]')
      from pg_catalog.unnest(p_group_by) with ordinality as wanted(name, position)) as group_values
    from public.series
    where series.project_id = p_project_id and series.name = p_metric and series.kind = v_kind
      and not exists (
        select from pg_catalog.jsonb_each(p_where) as wanted
        where not private.matches_attribute(case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end, wanted.value))
  ) as chosen;

  if v_may_total then
    select pg_catalog.array_agg(totals.id), pg_catalog.array_agg((
        select coalesce(pg_catalog.jsonb_agg(case when wanted.name is not null then totals.environment end), '[]')
        from pg_catalog.unnest(p_group_by) as wanted(name)))
    into v_totals, v_before_names
    from public.metric_totals as totals
    where totals.project_id = p_project_id and totals.name = p_metric and totals.kind = v_kind
      and (not p_where ? 'environment' or private.matches_attribute(totals.environment, p_where -> 'environment'));
    select v_totals || pg_catalog.array_agg(chosen.id), v_before_names || pg_catalog.array_agg(chosen.group_values) into v_before, v_before_names
    from rows from (pg_catalog.unnest(v_ids), pg_catalog.unnest(v_names)) as chosen(id, group_values)
    join public.series on series.id = chosen.id
    where not exists (select from public.metric_totals as totals where totals.id = any (v_totals) and totals.environment = series.environment);
  end if;
  select pg_catalog.array_agg(one.id) filter (where not one.is_before), pg_catalog.array_agg(one.n) filter (where not one.is_before),
    pg_catalog.array_agg(one.id) filter (where one.is_before), pg_catalog.array_agg(one.n) filter (where one.is_before),
    pg_catalog.array_agg(distinct one.group_values order by one.group_values)
  into v_ids, v_groups, v_before, v_before_groups, v_names
  from (
    select part.*, pg_catalog.dense_rank() over (order by part.group_values) as n
    from (
      select series.id, series.group_values, false as is_before
      from rows from (pg_catalog.unnest(v_ids), pg_catalog.unnest(v_names)) as series(id, group_values)
      union all
      select before.id, before.group_values, true
      from rows from (pg_catalog.unnest(v_before), pg_catalog.unnest(v_before_names)) as before(id, group_values)) as part) as one;

  if not v_may_total and v_groups_total > 12 and v_resolution <> 'day' and (v_resolution = 'minute' or p_until - p_from > interval '2 days') then
    select pg_catalog.array_agg(largest.group_n), min(largest.groups_total) into v_largest, v_groups_total
    from private.largest_groups(v_ids, v_groups, case v_resolution when 'hour' then 'day' else 'hour' end,
      pg_catalog.date_trunc(case v_resolution when 'hour' then 'day' else 'hour' end, p_from, 'UTC'), p_until, p_aggregate) as largest;
    select pg_catalog.array_agg(chosen.id), pg_catalog.array_agg(chosen.group_n) into v_ids, v_groups
    from rows from (pg_catalog.unnest(v_ids), pg_catalog.unnest(v_groups)) as chosen(id, group_n)
    where chosen.group_n = any (v_largest);
  end if;
  v_boundary := private.totals_until(v_totals, v_resolution);

  with parts as (
    -- Where there is nothing to be read, no partition need be opened to find that out.
    select * from private.sum_points(v_before, v_before_groups, v_resolution, p_from, least(p_until, v_boundary), v_step, p_aggregate)
    where v_before is not null and p_from < v_boundary
    union all
    select * from private.sum_points(v_ids, v_groups, v_resolution, greatest(p_from, v_boundary), p_until, v_step, p_aggregate)
    where v_boundary < p_until
  ), sums as materialized (
    select parts.group_n, parts.bucket_at, sum(parts.count) as count, sum(parts.sum) as sum, min(parts.min) as min, max(parts.max) as max,
      (max(array[extract(epoch from parts.last_at)::double precision, parts.last]) filter (where p_aggregate = 'last'))[2] as last,
      case when sum(parts.points) = 1 then min(parts.quantile_keys) end as quantile_keys
    from parts group by parts.group_n, parts.bucket_at
  ), unranked as (
    -- Histograms are read where no single point knows its percentile, as a total does.
    select min(sums.bucket_at) as from_at, max(sums.bucket_at) + v_step as until_at from sums
    where v_quantile is not null and (v_quantile_position is null or sums.quantile_keys is null)
  ), ranked as (
    select found.* from unranked
    cross join lateral private.rank_points(v_before, v_before_groups, v_boundary, v_ids, v_groups, v_resolution, greatest(p_from, unranked.from_at),
      least(p_until, unranked.until_at), v_step, v_quantile) as found
    where unranked.from_at is not null
  ), figures as materialized (
    select sums.group_n, sums.bucket_at, case
      when v_quantile is not null then least(greatest(
        private.bucket_value(coalesce(sums.quantile_keys[v_quantile_position], ranked.key)), sums.min), sums.max)
      when p_aggregate = 'avg' then sums.sum / nullif(sums.count, 0)
      when p_aggregate = 'min' then sums.min when p_aggregate = 'max' then sums.max when p_aggregate = 'last' then sums.last
      when p_aggregate = 'rate' then case v_kind when 'counter' then sums.sum else sums.count end / p_step_seconds
      when p_aggregate = 'count' then case v_kind when 'counter' then sums.sum else sums.count end
      else sums.sum end as value
    from sums left join ranked using (group_n, bucket_at)
  ), lines as (
    select figures.group_n, avg(figures.value) as mean,
      pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from figures.bucket_at) * 1000, figures.value) order by figures.bucket_at) as points
    from figures where figures.value is not null group by figures.group_n
  )
  select pg_catalog.jsonb_build_object('kind', v_kind, 'unit', v_unit,
    'groups_total', case when v_largest is null then (select count(*) from lines) else v_groups_total end,
    'lines', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('group', v_names[top.group_n], 'points', top.points)
        order by top.mean desc, top.group_n), '[]')
      from (select * from lines order by lines.mean desc, lines.group_n limit 12) as top))
  into v_answer;
  return v_answer;
end
$$;
