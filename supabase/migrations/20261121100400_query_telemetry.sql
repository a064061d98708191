-- What pages ask of metrics and log lines. The hot tables are closed to people: these functions check the role and read for them.

-- Minutes, hours or days of some series as rows of one shape. Histograms come along where a percentile is asked for.
create function private.read_points(p_ids bigint[], p_resolution text, p_from timestamptz, p_until timestamptz)
returns table (series_id bigint, at timestamptz, count bigint, sum double precision, min double precision, max double precision,
  last double precision, keys smallint[], counts bigint[])
language sql stable security invoker set search_path = ''
begin atomic
  select days.series_id, days.at, days.count, days.sum, days.min, days.max, days.last, days.keys, days.counts
  from public.series_days as days
  where p_resolution = 'day' and days.series_id = any (p_ids) and days.at >= p_from and days.at < p_until
  union all
  select hours.series_id, hours.at, hours.count, hours.sum, hours.min, hours.max, hours.last, hours.keys, hours.counts
  from public.series_hours as hours
  where p_resolution = 'hour' and hours.series_id = any (p_ids) and hours.at >= p_from and hours.at < p_until
  union all
  select packed.series_id, packed.hour_at + pg_catalog.make_interval(mins => one.minute), one.count, one.sum,
    -- Left out where one sample a minute has its sum as min, max and last; a histogram may not know them at all.
    case when packed.lengths is null then coalesce(one.min, one.sum) else one.min end,
    case when packed.lengths is null then coalesce(one.max, one.sum) else one.max end,
    case when packed.lengths is null then coalesce(one.last, one.sum) end,
    case when packed.lengths is null then array[private.histogram_key(one.sum / one.count)]
      else packed.keys[one.before + 1:one.before + one.length] end,
    case when packed.lengths is null then array[one.count] else packed.bucket_counts[one.before + 1:one.before + one.length] end
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
comment on function private.read_points(bigint[], text, timestamptz, timestamptz) is 'Points of series at one resolution. The minutes of a gauge are as exact as their mean.';

-- The middle of a bucket that is at most 0.542 % away from all of it: the harmonic mean of its edges (as lib/domain/series/histogram.ts).
create function private.bucket_value(p_key smallint) returns double precision
language sql immutable set search_path = ''
return case when p_key = -32768 then 0 else
  2 * power(2::double precision, p_key / 64.0) * power(2::double precision, (p_key + 1) / 64.0)
  / (power(2::double precision, p_key / 64.0) + power(2::double precision, (p_key + 1) / 64.0)) end;
comment on function private.bucket_value(smallint) is 'What a value of this bucket is taken for.';

create function private.command_query_series(
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
  v_answer jsonb;
begin
  perform private.require_role(p_project_id, 'viewer');
  -- Of several kinds under one name (an application changed its mind) the one that was seen last is meant.
  select series.kind, series.unit into v_kind, v_unit from public.series
  where series.project_id = p_project_id and series.name = p_metric order by series.last_seen_at desc, series.id desc limit 1;
  if v_kind is null then return null; end if;
  with chosen as materialized (
    select series.id, (
      select coalesce(pg_catalog.array_agg(coalesce(case wanted.name when 'environment' then series.environment else series.attributes ->> wanted.name end, '')
        order by wanted.position), '{}')
      from pg_catalog.unnest(p_group_by) with ordinality as wanted(name, position)) as group_values
    from public.series
    where series.project_id = p_project_id and series.name = p_metric and series.kind = v_kind
      and not exists (
        select from pg_catalog.jsonb_each_text(p_where) as wanted
        where case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end is distinct from wanted.value)
  ), points as materialized (
    select chosen.group_values, read.*, pg_catalog.to_timestamp(
      pg_catalog.floor(extract(epoch from read.at) / p_step_seconds) * p_step_seconds) as bucket_at
    from private.read_points((select pg_catalog.array_agg(chosen.id) from chosen), v_resolution, p_from, p_until) as read
    join chosen on chosen.id = read.series_id
  ), merged as (
    select ranked.group_values, ranked.bucket_at, private.bucket_value(ranked.key) as value
    from (
      select bucket.*, lag(bucket.passed, 1, 0::numeric) over (partition by bucket.group_values, bucket.bucket_at order by bucket.key) as passed_before
      from (
        select points.group_values, points.bucket_at, one.key,
          sum(sum(one.n)) over (partition by points.group_values, points.bucket_at order by one.key) as passed,
          sum(sum(one.n)) over (partition by points.group_values, points.bucket_at) as total
        from points cross join lateral rows from (pg_catalog.unnest(points.keys), pg_catalog.unnest(points.counts)) as one(key, n)
        where v_quantile is not null
        group by points.group_values, points.bucket_at, one.key) as bucket) as ranked
    where ranked.passed >= greatest(1, pg_catalog.ceil(v_quantile * ranked.total))
      and ranked.passed_before < greatest(1, pg_catalog.ceil(v_quantile * ranked.total))
  ), sums as (
    select points.group_values, points.bucket_at, sum(points.count) as count, sum(points.sum) as sum, min(points.min) as min,
      max(points.max) as max, (pg_catalog.array_agg(points.last order by points.at desc))[1] as last
    from points group by points.group_values, points.bucket_at
  ), figures as (
    select sums.group_values, sums.bucket_at, case
      when v_quantile is not null then least(greatest(merged.value, sums.min), sums.max)
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
  select pg_catalog.jsonb_build_object('kind', v_kind, 'unit', v_unit, 'groups_total', (select count(*) from lines),
    'lines', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('group', top.group_values, 'points', top.points)
        order by top.mean desc, top.group_values), '[]')
      from (select * from lines order by lines.mean desc, lines.group_values limit 12) as top))
  into v_answer;
  return v_answer;
end
$$;
comment on function private.command_query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text) is 'Behind query_series. Definer: samples and rollups are closed to people; the role is checked first.';

create function public.query_series(
  p_project_id uuid, p_metric text, p_where jsonb, p_group_by text[], p_from timestamptz, p_until timestamptz, p_step_seconds integer,
  p_aggregate text
) returns jsonb
language sql stable security invoker set search_path = ''
return private.command_query_series(p_project_id, p_metric, private.unwrap_json(p_where), p_group_by, p_from, p_until, p_step_seconds, p_aggregate);
comment on function public.query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text) is 'At most twelve lines of a metric, the largest first. Percentiles come from merged histograms: at most 0.55 % off.';

create function public.list_metrics(p_project_id uuid, p_prefix text default '') returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', metric.name, 'kind', metric.kind, 'unit', metric.unit,
    'series_count', metric.series_count, 'last_seen_at', private.iso(metric.last_seen_at), 'attribute_names', metric.attribute_names) order by metric.name), '[]')
  from (
    select series.name, (pg_catalog.array_agg(series.kind order by series.last_seen_at desc))[1] as kind,
      (pg_catalog.array_agg(series.unit order by series.last_seen_at desc))[1] as unit, count(*) as series_count,
      max(series.last_seen_at) as last_seen_at, (
        select coalesce(pg_catalog.jsonb_agg(attribute.name order by attribute.name), '[]')
        from (
          select distinct one.name from public.series as same cross join lateral pg_catalog.jsonb_object_keys(same.attributes) as one(name)
          where same.project_id = p_project_id and same.name = series.name) as attribute) as attribute_names
    from public.series
    where series.project_id = p_project_id and pg_catalog.starts_with(series.name, p_prefix)
    group by series.name) as metric;
end;
comment on function public.list_metrics(uuid, text) is 'The metrics of a project with what they can be split by. Row level security decides whose.';

create function public.list_attribute_values(p_project_id uuid, p_metric text, p_attribute text) returns text[]
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.array_agg(found.value order by found.n desc, found.value), '{}')
  from (
    select series.attributes ->> p_attribute as value, count(*) as n from public.series
    where series.project_id = p_project_id and series.name = p_metric and series.attributes ? p_attribute
    group by 1 order by 2 desc, 1 limit 200) as found;
end;
comment on function public.list_attribute_values(uuid, text, text) is 'Values of one attribute, the most frequent first.';

revoke execute on function private.read_points(bigint[], text, timestamptz, timestamptz), private.bucket_value(smallint),
  private.command_query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text),
  public.query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text), public.list_metrics(uuid, text),
  public.list_attribute_values(uuid, text, text) from public, anon, authenticated;
grant execute on function private.command_query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text),
  public.query_series(uuid, text, jsonb, text[], timestamptz, timestamptz, integer, text), public.list_metrics(uuid, text),
  public.list_attribute_values(uuid, text, text) to authenticated;
