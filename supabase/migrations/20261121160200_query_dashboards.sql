-- Panels of a dashboard: all of their questions in one round trip, and conditions on the beginning of a value.

create function private.matches_attribute(p_value text, p_wanted jsonb) returns boolean
language sql immutable set search_path = ''
return case pg_catalog.jsonb_typeof(p_wanted)
  when 'null' then p_value is null
  when 'object' then coalesce(pg_catalog.starts_with(p_value, p_wanted ->> 'prefix'), false)
  else p_value is not distinct from (p_wanted #>> '{}') end;
comment on function private.matches_attribute(text, jsonb) is 'Whether an attribute is as wanted: this text, null for absent, {"prefix": "5"} for all that begin so (status codes by class).';

-- As before, but for the conditions.
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
        select from pg_catalog.jsonb_each(p_where) as wanted
        where not private.matches_attribute(case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end, wanted.value))
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

create function private.command_query_many_series(p_project_id uuid, p_questions jsonb) returns jsonb
language sql stable security definer set search_path = ''
begin atomic
  -- The role is checked by each of them.
  select coalesce(pg_catalog.jsonb_agg(private.command_query_series(p_project_id, one.question ->> 'metric', coalesce(one.question -> 'where', '{}'),
    array(select pg_catalog.jsonb_array_elements_text(coalesce(one.question -> 'group_by', '[]'))), (one.question ->> 'from')::timestamptz,
    (one.question ->> 'until')::timestamptz, (one.question ->> 'step_seconds')::integer, one.question ->> 'aggregate') order by one.position), '[]')
  from pg_catalog.jsonb_array_elements(private.unwrap_json(p_questions)) with ordinality as one(question, position);
end;
comment on function private.command_query_many_series(uuid, jsonb) is 'Behind query_many_series. Definer, as the functions that it calls are.';

create function public.query_many_series(p_project_id uuid, p_questions jsonb) returns jsonb
language sql stable security invoker set search_path = '' return private.command_query_many_series(p_project_id, p_questions);
comment on function public.query_many_series(uuid, jsonb) is 'The answers of query_series to several questions, in their order; null for a metric that the project does not have.';

revoke execute on function private.matches_attribute(text, jsonb), private.command_query_many_series(uuid, jsonb), public.query_many_series(uuid, jsonb)
  from public, anon, authenticated;
grant execute on function private.command_query_many_series(uuid, jsonb), public.query_many_series(uuid, jsonb) to authenticated;
