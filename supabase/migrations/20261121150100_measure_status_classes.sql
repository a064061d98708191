-- Requests by class of status, and at most five hundred routes of a project: whoever scans an application tries thousands.

create function private.requests_lumped(p_project_id uuid, p_minute_at timestamptz) returns double precision
language sql stable set search_path = ''
begin atomic
  select coalesce(sum(samples.value), 0) from public.series join public.samples on samples.series_id = series.id
  where series.project_id = p_project_id and series.name = 'http.server.requests' and series.attributes ->> 'http.route' = ':other'
    and samples.at = p_minute_at;
end;
comment on function private.requests_lumped(uuid, timestamptz) is 'Requests of a minute whose routes are counted together.';

create or replace function private.measure_minute(p_project_id uuid, p_minute_at timestamptz) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_rows jsonb;
  v_ids bigint[];
  v_lumped bigint := 0;
  v_lumped_before double precision;
  v_over bigint;
begin
  with given as materialized (
    select logs.environment, logs.measured, logs.duration_ms / 1000 as seconds, logs.failed, logs.route, logs.method, logs.status_code, logs.service
    from public.logs
    where logs.project_id = p_project_id and logs.at >= p_minute_at and logs.at < p_minute_at + interval '1 minute' and logs.measured is not null
  ), known as materialized (
    select distinct series.attributes ->> 'http.route' as route from public.series
    where series.project_id = p_project_id and series.name = 'http.server.requests'
      and series.attributes ->> 'http.route' <> ':other'
  ), fresh as (
    select given.route, pg_catalog.row_number() over (order by count(*) desc, given.route) as position
    from given where given.measured = 'request' and not exists (select from known where known.route = given.route)
    group by given.route
  ), kept as materialized (
    select known.route from known
    union all
    select fresh.route from fresh where fresh.position <= 500 - (select count(*) from known)
  ), lines as materialized (
    select given.environment, given.measured, given.seconds, given.failed,
      given.measured = 'request' and kept.route is null as is_lumped,
      case given.measured
        when 'request' then pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('http.request.method', given.method,
          'http.route', coalesce(kept.route, ':other'), 'http.response.status_code', given.status_code::text,
          'http.response.status_class', given.status_code / 100 || 'xx', 'service.name', nullif(given.service, '')))
        else pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('faas.name', given.route, 'service.name', nullif(given.service, ''))) end as attributes
    from given left join kept on given.measured = 'request' and kept.route = given.route
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
  select pg_catalog.jsonb_agg(made.item), (select count(*) from lines where lines.is_lumped) into v_rows, v_lumped
  from (
    select pg_catalog.jsonb_build_object('environment', counted.environment, 'name', counted.name, 'kind', 'counter', 'temporality', 'delta',
      'unit', '1', 'attributes', counted.attributes, 'value', counted.value) as item from counted
    union all
    select pg_catalog.jsonb_build_object('environment', timed.environment, 'name', timed.name, 'kind', 'histogram', 'temporality', 'delta',
      'unit', 's', 'attributes', timed.attributes, 'count', timed.count, 'sum', timed.sum, 'min', timed.min, 'max', timed.max,
      'keys', timed.keys, 'counts', timed.counts) from timed) as made;
  if v_rows is null then return; end if;
  v_ids := private.resolve_series(p_project_id, v_rows);
  v_lumped_before := private.requests_lumped(p_project_id, p_minute_at);
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
  -- A minute is made anew whenever a line is added to it: only what it did not have before is told.
  v_lumped := least(v_lumped, private.requests_lumped(p_project_id, p_minute_at) - v_lumped_before);
  select count(*) into v_over from pg_catalog.unnest(v_ids) as id where id is null;
  if v_lumped > 0 or v_over > 0 then
    perform private.count_ingest(p_project_id, 'requests', 0, (
      select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('code', told.code, 'count', told.count, 'message', told.message))
      from (values
        ('route_limit', v_lumped, 'The project has 500 routes already. Requests of further ones are counted together as :other: name the route of a request by its pattern, such as /orders/:id.'),
        ('series_limit', v_over, private.outside_message('Figures of requests', 'series_limit'))) as told(code, count, message)
      where told.count > 0));
  end if;
end
$$;
comment on function private.measure_minute(uuid, timestamptz) is 'Requests and runs of one minute as samples, recomputed from the lines: replays and late lines change nothing twice.';

revoke execute on function private.requests_lumped(uuid, timestamptz), private.measure_minute(uuid, timestamptz) from public, anon, authenticated;
grant execute on function private.requests_lumped(uuid, timestamptz), private.measure_minute(uuid, timestamptz) to service_role;
