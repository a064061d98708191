-- Questions about a metric, answered from its totals where it may be, without histograms where nobody asked for a percentile, and of many
-- groups only for those that are drawn.

-- The percentiles that pages ask for, found when a row is written: to walk through the four hundred buckets of each of 720 hours takes a second.
create function private.quantile_keys(p_keys smallint[], p_counts bigint[]) returns smallint[]
language plpgsql immutable set search_path = ''
as $$
declare
  v_quantiles constant double precision[] := '{0.5,0.75,0.9,0.95,0.99}';
  v_found smallint[] := '{}';
  v_n bigint;
  v_total bigint := 0;
  v_rank double precision;
  v_passed bigint := 0;
  v_position integer := 0;
begin
  foreach v_n in array p_counts loop v_total := v_total + v_n; end loop;
  if v_total = 0 then return null; end if;
  v_rank := greatest(1, pg_catalog.ceil(0.5 * v_total));
  foreach v_n in array p_counts loop
    v_position := v_position + 1;
    v_passed := v_passed + v_n;
    while v_passed >= v_rank loop
      v_found := v_found || p_keys[v_position];
      if pg_catalog.cardinality(v_found) = 5 then return v_found; end if;
      v_rank := greatest(1, pg_catalog.ceil(v_quantiles[pg_catalog.cardinality(v_found) + 1] * v_total));
    end loop;
  end loop;
  return null;
end
$$;
comment on function private.quantile_keys(smallint[], bigint[]) is 'The buckets that hold the values of rank ceil(q n) for q = 0.5, 0.75, 0.9, 0.95 and 0.99, as percentile_disc has it. Null for an empty histogram.';
alter table public.series_hours add column quantile_keys smallint[] generated always as (private.quantile_keys(keys, counts)) stored;
alter table public.series_days add column quantile_keys smallint[] generated always as (private.quantile_keys(keys, counts)) stored;
comment on column public.series_hours.quantile_keys is 'Buckets of p50, p75, p90, p95 and p99 of the histogram beside it.';
comment on column public.series_days.quantile_keys is 'Buckets of p50, p75, p90, p95 and p99 of the histogram beside it.';

drop function private.read_points(bigint[], text, timestamptz, timestamptz);
create function private.read_points(p_ids bigint[], p_resolution text, p_from timestamptz, p_until timestamptz, p_with_histograms boolean)
returns table (series_id bigint, at timestamptz, count bigint, sum double precision, min double precision, max double precision,
  last double precision, quantile_keys smallint[], keys smallint[], counts bigint[])
language sql stable security invoker set search_path = ''
begin atomic
  select days.series_id, days.at, days.count, days.sum, days.min, days.max, days.last,
    days.quantile_keys, case when p_with_histograms then days.keys end, case when p_with_histograms then days.counts end
  from public.series_days as days
  where p_resolution = 'day' and days.series_id = any (p_ids) and days.at >= p_from and days.at < p_until
  union all
  select hours.series_id, hours.at, hours.count, hours.sum, hours.min, hours.max, hours.last,
    hours.quantile_keys, case when p_with_histograms then hours.keys end, case when p_with_histograms then hours.counts end
  from public.series_hours as hours
  where p_resolution = 'hour' and hours.series_id = any (p_ids) and hours.at >= p_from and hours.at < p_until
  union all
  select packed.series_id, packed.hour_at + pg_catalog.make_interval(mins => one.minute), one.count, one.sum,
    -- Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
    case when packed.lengths is null then coalesce(one.min, one.sum) else one.min end,
    case when packed.lengths is null then coalesce(one.max, one.sum) else one.max end,
    case when packed.lengths is null then coalesce(one.last, one.sum) end,
    null::smallint[], case when not p_with_histograms then null when packed.lengths is null then array[private.histogram_key(one.sum / one.count)]
      else packed.keys[one.before + 1:one.before + one.length] end,
    case when not p_with_histograms then null when packed.lengths is null then array[one.count]
      else packed.bucket_counts[one.before + 1:one.before + one.length] end
  from public.series_minutes as packed
  cross join lateral (
    select minute.*, coalesce(sum(minute.length) over (order by minute.position rows between unbounded preceding and 1 preceding), 0)::integer as before
    from rows from (pg_catalog.unnest(packed.minutes), pg_catalog.unnest(packed.counts), pg_catalog.unnest(packed.sums),
      pg_catalog.unnest(packed.mins), pg_catalog.unnest(packed.maxs), pg_catalog.unnest(packed.lasts), pg_catalog.unnest(packed.lengths))
      with ordinality as minute(minute, count, sum, min, max, last, length, position)) as one
  where p_resolution = 'minute' and packed.series_id = any (p_ids)
    and packed.hour_at >= pg_catalog.date_trunc('hour', p_from, 'UTC') and packed.hour_at < p_until
    and packed.hour_at + pg_catalog.make_interval(mins => one.minute) >= p_from
    and packed.hour_at + pg_catalog.make_interval(mins => one.minute) < p_until;
end;
comment on function private.read_points(bigint[], text, timestamptz, timestamptz, boolean) is 'Points of series at one resolution, with their histograms or without. The minutes of a gauge are as exact as their mean.';

-- Of more than twelve groups those are drawn whose average (of a counter: whose growth; with max and min: whose extreme) was largest over the
-- whole span, by points one size coarser: five hundred lines a minute apart are not read to throw most of them away.
create function private.largest_groups(p_ids bigint[], p_groups jsonb[], p_resolution text, p_from timestamptz, p_until timestamptz, p_aggregate text)
returns table (group_values jsonb, groups_total bigint)
language sql stable security invoker set search_path = ''
begin atomic
  select ranked.group_values, count(*) over () from (
    select chosen.group_values, case
      when p_aggregate in ('sum', 'count', 'rate') then sum(read.sum) when p_aggregate = 'min' then min(read.min)
      when p_aggregate = 'max' then max(read.max) else sum(read.sum) / nullif(sum(read.count), 0) end as rank
    from rows from (pg_catalog.unnest(p_ids), pg_catalog.unnest(p_groups)) as chosen(id, group_values)
    join private.read_points(p_ids, p_resolution, p_from, p_until, false) as read on read.series_id = chosen.id
    group by chosen.group_values) as ranked
  order by ranked.rank desc nulls last, ranked.group_values limit 12;
end;
comment on function private.largest_groups(bigint[], jsonb[], text, timestamptz, timestamptz, text) is 'The twelve groups that a chart shows, and how many there are.';

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
  v_groups jsonb[];
  v_totals bigint[];
  v_total_groups jsonb[];
  v_covered bigint[];
  v_boundary timestamptz;
  v_largest jsonb[];
  v_groups_total bigint;
  v_answer jsonb;
begin
  perform private.require_role(p_project_id, 'viewer');
  -- Of several kinds under one name (an application changed its mind) the one that was seen last is meant.
  select series.kind, series.unit into v_kind, v_unit from public.series
  where series.project_id = p_project_id and series.name = p_metric order by series.last_seen_at desc, series.id desc limit 1;
  if v_kind is null then return null; end if;

  select pg_catalog.array_agg(chosen.id), pg_catalog.array_agg(chosen.group_values), count(distinct chosen.group_values)
  into v_ids, v_groups, v_groups_total
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
    into v_totals, v_total_groups
    from public.metric_totals as totals
    where totals.project_id = p_project_id and totals.name = p_metric and totals.kind = v_kind
      and (not p_where ? 'environment' or private.matches_attribute(totals.environment, p_where -> 'environment'));
    select pg_catalog.array_agg(series.id) into v_covered
    from public.metric_totals as totals
    join public.series on series.project_id = totals.project_id and series.name = totals.name and series.kind = totals.kind
      and series.environment = totals.environment
    where totals.id = any (v_totals);
  elsif v_groups_total > 12 and v_resolution <> 'day' and (v_resolution = 'minute' or p_until - p_from > interval '2 days') then
    select pg_catalog.array_agg(largest.group_values), min(largest.groups_total) into v_largest, v_groups_total
    from private.largest_groups(v_ids, v_groups, case v_resolution when 'hour' then 'day' else 'hour' end,
      pg_catalog.date_trunc(case v_resolution when 'hour' then 'day' else 'hour' end, p_from, 'UTC'), p_until, p_aggregate) as largest;
    select pg_catalog.array_agg(chosen.id), pg_catalog.array_agg(chosen.group_values) into v_ids, v_groups
    from rows from (pg_catalog.unnest(v_ids), pg_catalog.unnest(v_groups)) as chosen(id, group_values)
    where chosen.group_values = any (v_largest);
  end if;
  v_boundary := private.totals_until(v_totals, v_resolution);

  with chosen as (
    select one.id, one.group_values from rows from (pg_catalog.unnest(v_ids), pg_catalog.unnest(v_groups)) as one(id, group_values)
    union all
    select one.id, one.group_values from rows from (pg_catalog.unnest(v_totals), pg_catalog.unnest(v_total_groups)) as one(id, group_values)
  ), read as (
    select * from private.read_points(v_totals, v_resolution, p_from, least(p_until, v_boundary), v_quantile is not null)
    union all
    select * from private.read_points(v_ids, v_resolution, greatest(p_from, v_boundary), p_until, v_quantile is not null)
    union all
    -- What no total covers.
    select * from private.read_points(
      (select pg_catalog.array_agg(id) from pg_catalog.unnest(v_ids) as id where id <> all (coalesce(v_covered, '{}'))),
      v_resolution, p_from, least(p_until, v_boundary), v_quantile is not null)
  ), points as materialized (
    select chosen.group_values, read.*, pg_catalog.to_timestamp(
      pg_catalog.floor(extract(epoch from read.at) / p_step_seconds) * p_step_seconds) as bucket_at
    from read join chosen on chosen.id = read.series_id
  ), sums as (
    select points.group_values, points.bucket_at, sum(points.count) as count, sum(points.sum) as sum, min(points.min) as min,
      max(points.max) as max,
      -- Not sorted for nothing: it is half of the time of a wide sum.
      (pg_catalog.array_agg(points.last order by points.at desc) filter (where p_aggregate = 'last'))[1] as last,
      case when count(*) = 1 then min(points.quantile_keys) end as quantile_keys
    from points group by points.group_values, points.bucket_at
  ), merged as (
    select ranked.group_values, ranked.bucket_at, ranked.key
    from (
      select bucket.*, lag(bucket.passed, 1, 0::numeric) over (partition by bucket.group_values, bucket.bucket_at order by bucket.key) as passed_before
      from (
        select points.group_values, points.bucket_at, one.key,
          sum(sum(one.n)) over (partition by points.group_values, points.bucket_at order by one.key) as passed,
          sum(sum(one.n)) over (partition by points.group_values, points.bucket_at) as total
        from points join sums using (group_values, bucket_at)
        cross join lateral rows from (pg_catalog.unnest(points.keys), pg_catalog.unnest(points.counts)) as one(key, n)
        where v_quantile is not null and (v_quantile_position is null or sums.quantile_keys is null)
        group by points.group_values, points.bucket_at, one.key) as bucket) as ranked
    where ranked.passed >= greatest(1, pg_catalog.ceil(v_quantile * ranked.total))
      and ranked.passed_before < greatest(1, pg_catalog.ceil(v_quantile * ranked.total))
  ), figures as (
    select sums.group_values, sums.bucket_at, case
      when v_quantile is not null then least(greatest(
        private.bucket_value(coalesce(sums.quantile_keys[v_quantile_position], merged.key)), sums.min), sums.max)
      when p_aggregate = 'avg' then sums.sum / nullif(sums.count, 0)
      when p_aggregate = 'min' then sums.min when p_aggregate = 'max' then sums.max when p_aggregate = 'last' then sums.last
      when p_aggregate = 'rate' then case v_kind when 'counter' then sums.sum else sums.count end / p_step_seconds
      when p_aggregate = 'count' then case v_kind when 'counter' then sums.sum else sums.count end
      else sums.sum end as value
    from sums left join merged using (group_values, bucket_at)
  ), lines as (
    select figures.group_values, avg(figures.value) as mean,
      pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from figures.bucket_at) * 1000, figures.value) order by figures.bucket_at) as points
    from figures where figures.value is not null group by figures.group_values
  )
  select pg_catalog.jsonb_build_object('kind', v_kind, 'unit', v_unit,
    'groups_total', case when v_largest is null then (select count(*) from lines) else v_groups_total end,
    'lines', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('group', top.group_values, 'points', top.points)
        order by top.mean desc, top.group_values), '[]')
      from (select * from lines order by lines.mean desc, lines.group_values limit 12) as top))
  into v_answer;
  return v_answer;
end
$$;

revoke execute on function private.read_points(bigint[], text, timestamptz, timestamptz, boolean), private.quantile_keys(smallint[], bigint[]),
  private.largest_groups(bigint[], jsonb[], text, timestamptz, timestamptz, text) from public, anon, authenticated;
-- Whoever writes a row computes its columns.
grant execute on function private.quantile_keys(smallint[], bigint[]) to service_role;
