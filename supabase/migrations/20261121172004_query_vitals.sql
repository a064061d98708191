-- What the page about web vitals asks. The rollups are closed to people: the function checks the role and reads for them.

create function private.command_query_vitals(
  p_project_id uuid, p_from timestamptz, p_until timestamptz, p_step_seconds integer, p_where jsonb, p_bounds jsonb
) returns jsonb
-- Four weeks of some hundred series are a few hundred thousand cells, which the usual 4 MB would send to the disk.
language plpgsql stable security definer set search_path = '' set work_mem = '32MB'
as $$
declare
  v_ids bigint[];
  v_answer jsonb;
  -- Days are added up once an hour, so that yesterday's may lack its last hour shortly after midnight.
  v_hours_from timestamptz := case when p_step_seconds % 86400 = 0
    then greatest(p_from, pg_catalog.date_trunc('day', private.now() - interval '2 hours', 'UTC')) else p_from end;
begin
  perform private.require_role(p_project_id, 'viewer');
  -- Found first: the planner then knows how few rows of the rollups they are.
  select pg_catalog.array_agg(series.id) into v_ids
  from public.series
  where series.project_id = p_project_id and series.name >= 'web.' and series.name < 'web/' and series.kind = 'histogram'
    and p_bounds ? pg_catalog.substring(series.name, 5) and not exists (
      select from pg_catalog.jsonb_each_text(p_where) as wanted where series.attributes ->> wanted.key is distinct from wanted.value);
  with chosen as materialized (
    select series.id, pg_catalog.substring(series.name, 5) as metric, coalesce(series.attributes ->> 'page', '*') as page
    from public.series where series.id = any (v_ids)
  ), points as (
    select chosen.metric, chosen.page, read.min, read.max, read.keys, read.counts,
      pg_catalog.to_timestamp(pg_catalog.floor(extract(epoch from read.at) / p_step_seconds) * p_step_seconds) as bucket_at
    from (
      select days.series_id, days.at, days.min, days.max, days.keys, days.counts from public.series_days as days
      where days.series_id = any (v_ids) and days.at >= p_from and days.at < v_hours_from
      union all
      select hours.series_id, hours.at, hours.min, hours.max, hours.keys, hours.counts from public.series_hours as hours
      where hours.series_id = any (v_ids) and hours.at >= v_hours_from and hours.at < p_until) as read
    join chosen on chosen.id = read.series_id
  ), cells as materialized (
    select points.metric, points.page, points.bucket_at, one.key, one.n::double precision as n, points.min, points.max
    from points cross join lateral rows from (pg_catalog.unnest(points.keys), pg_catalog.unnest(points.counts)) as one(key, n)
  ), by_page as (
    select cells.metric, cells.page, cells.key, sum(cells.n) as n, min(cells.min) as min, max(cells.max) as max from cells group by 1, 2, 3
  ), buckets as (
    select 'page' as level, by_page.metric, by_page.page, null::timestamptz as bucket_at, by_page.key, by_page.n, by_page.min, by_page.max from by_page
    union all
    select 'time', cells.metric, null, cells.bucket_at, cells.key, sum(cells.n), min(cells.min), max(cells.max) from cells group by 2, 4, 5
    union all
    select 'total', by_page.metric, null, null, by_page.key, sum(by_page.n), min(by_page.min), max(by_page.max) from by_page group by 2, 5
  ), ranked as (
    select buckets.level, buckets.metric, buckets.page, buckets.bucket_at, buckets.n,
      least(greatest(private.bucket_value(buckets.key), min(buckets.min) over everything), max(buckets.max) over everything) as value,
      (p_bounds -> buckets.metric ->> 0)::double precision as good, (p_bounds -> buckets.metric ->> 1)::double precision as poor,
      sum(buckets.n) over (everything order by buckets.key) as passed, sum(buckets.n) over everything as total
    from buckets
    window everything as (partition by buckets.level, buckets.metric, buckets.page, buckets.bucket_at)
  ), figures as (
    select ranked.level, ranked.metric, ranked.page, ranked.bucket_at, max(ranked.total) as count,
      min(ranked.value) filter (where ranked.passed >= pg_catalog.ceil(0.75 * ranked.total)) as p75,
      coalesce(sum(ranked.n) filter (where ranked.value <= ranked.good), 0) as good,
      coalesce(sum(ranked.n) filter (where ranked.value > ranked.poor), 0) as poor
    from ranked group by ranked.level, ranked.metric, ranked.page, ranked.bucket_at
  ), pages as (
    select figures.page, max(figures.count) as views, pg_catalog.jsonb_object_agg(figures.metric,
      pg_catalog.jsonb_build_object('p75', figures.p75, 'count', figures.count, 'good', figures.good, 'poor', figures.poor)) as metrics
    from figures where figures.level = 'page' group by figures.page
  )
  select pg_catalog.jsonb_build_object(
    'last_seen_at', (
      select private.iso(max(series.last_seen_at)) from public.series
      where series.project_id = p_project_id and series.name >= 'web.' and series.name < 'web/' and series.kind = 'histogram'),
    'totals', (
      select coalesce(pg_catalog.jsonb_object_agg(figures.metric,
        pg_catalog.jsonb_build_object('p75', figures.p75, 'count', figures.count, 'good', figures.good, 'poor', figures.poor)), '{}')
      from figures where figures.level = 'total'),
    'trend', (
      select coalesce(pg_catalog.jsonb_object_agg(line.metric, line.points), '{}')
      from (
        select figures.metric, pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(
          extract(epoch from figures.bucket_at) * 1000, figures.p75, figures.count) order by figures.bucket_at) as points
        from figures where figures.level = 'time' group by figures.metric) as line),
    'page_count', (select count(*) from pages),
    'pages', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('page', top.page, 'views', top.views, 'metrics', top.metrics)
        order by top.views desc, top.page), '[]')
      from (select * from pages order by pages.views desc, pages.page limit 200) as top))
  into v_answer;
  return v_answer;
end
$$;
comment on function private.command_query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb) is 'Behind query_vitals. Definer: rollups are closed to people; the role is checked first.';

create function public.query_vitals(
  p_project_id uuid, p_from timestamptz, p_until timestamptz, p_step_seconds integer, p_where jsonb, p_bounds jsonb
) returns jsonb
language sql stable security invoker set search_path = ''
return private.command_query_vitals(p_project_id, p_from, p_until, p_step_seconds, private.unwrap_json(p_where), private.unwrap_json(p_bounds));
comment on function public.query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb) is 'p75 and shares of each metric, over time and by page, from merged histograms: at most 0.55 % off. p_bounds gives each metric the highest value that is good and the highest that is not poor; the busiest two hundred pages.';

revoke execute on function private.command_query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb),
  public.query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb) from public, anon, authenticated;
grant execute on function private.command_query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb),
  public.query_vitals(uuid, timestamptz, timestamptz, integer, jsonb, jsonb) to authenticated;
