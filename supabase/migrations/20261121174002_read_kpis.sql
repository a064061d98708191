-- What is known of the KPIs of a project: those that are described, and every metric business.<key> that is pushed without being described.

create function private.kpi_figures(p_project_id uuid, p_before timestamptz)
returns table (id uuid, key text, name text, unit text, kind text, series_id bigint, value double precision, value_at timestamptz,
  before_value double precision)
language sql stable security invoker set search_path = ''
begin atomic
  with pushed as (
    -- Of several series under one name the one that was heard of last: samples of a figure of the business carry no attributes.
    select distinct on (series.name) series.name, series.id, series.unit
    from public.series
    where series.project_id = p_project_id and series.kind = 'gauge' and pg_catalog.starts_with(series.name, 'business.')
    order by series.name, (series.environment = 'production') desc, series.last_seen_at desc, series.id desc
  )
  select kpis.id, coalesce(kpis.key, pg_catalog.substr(pushed.name, 10)), coalesce(kpis.name, pg_catalog.substr(pushed.name, 10)),
    coalesce(nullif(kpis.unit, ''), pushed.unit, ''), coalesce(kpis.kind, 'pushed'), pushed.id,
    case when kpis.kind = 'sql' then kpis.last_value else newest.value end,
    case when kpis.kind = 'sql' then kpis.last_value_at else newest.at end, earlier.value
  from (select * from public.kpis where kpis.project_id = p_project_id) as kpis
  full join pushed on pushed.name = 'business.' || kpis.key
  left join lateral (
    select one.at, one.value from (
      (select samples.at, samples.value from public.samples where samples.series_id = pushed.id order by samples.at desc limit 1)
      union all
      -- Pushed less often than samples are kept.
      (select hours.at, hours.last from public.series_hours as hours where hours.series_id = pushed.id order by hours.at desc limit 1)) as one
    order by one.at desc limit 1) as newest on true
  left join lateral (
    select samples.value from public.samples
    where samples.series_id = pushed.id and samples.at <= p_before and samples.at > p_before - interval '24 hours'
    order by samples.at desc limit 1) as earlier on true;
end;
comment on function private.kpi_figures(uuid, timestamptz) is 'The KPIs of a project with their newest value, and the value that they had at p_before.';

create function private.command_read_kpis(p_project_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare v_now timestamptz := private.now();
begin
  perform private.require_role(p_project_id, 'viewer');
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'id', figures.id, 'key', figures.key, 'name', figures.name, 'unit', figures.unit, 'kind', figures.kind,
      'value', figures.value, 'value_at', private.iso(figures.value_at), 'query', kpis.query, 'schedule', kpis.schedule,
      'time_zone', kpis.time_zone, 'lower_limit', kpis.lower_limit, 'upper_limit', kpis.upper_limit,
      'last_run_at', private.iso(kpis.last_run_at), 'next_run_at', private.iso(kpis.next_run_at), 'last_fault', kpis.last_fault,
      'last_error', kpis.last_error, 'can_write', kpis.can_write, 'managed_by', kpis.managed_by,
      -- Six hours a point, the last value of each: 120 for the month.
      'points', (
        select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from step.at) * 1000, step.last) order by step.at), '[]')
        from (
          select distinct on (pg_catalog.date_bin('6 hours', hours.at, '2000-01-01 00:00:00+00'))
            pg_catalog.date_bin('6 hours', hours.at, '2000-01-01 00:00:00+00') as at, hours.last
          from public.series_hours as hours
          where hours.series_id = figures.series_id and hours.at > v_now - interval '30 days'
          order by pg_catalog.date_bin('6 hours', hours.at, '2000-01-01 00:00:00+00'), hours.at desc) as step)) order by pg_catalog.lower(figures.name), figures.key), '[]')
    from private.kpi_figures(p_project_id, v_now) as figures left join public.kpis on kpis.id = figures.id);
end
$$;
comment on function private.command_read_kpis(uuid) is 'Behind read_kpis. Definer: samples and rollups are closed to people; the role is checked first.';

create function public.read_kpis(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
return private.command_read_kpis(p_project_id);
comment on function public.read_kpis(uuid) is 'The KPIs of a project with their newest values and their course over 30 days. Members.';

create function public.read_kpi_figures(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', figures.key, 'name', figures.name, 'unit', figures.unit,
    'kind', figures.kind, 'value', figures.value, 'value_at', private.iso(figures.value_at), 'before_value', figures.before_value,
    'lower_limit', kpis.lower_limit, 'upper_limit', kpis.upper_limit, 'last_run_at', private.iso(kpis.last_run_at),
    'last_fault', kpis.last_fault, 'last_error', kpis.last_error) order by pg_catalog.lower(figures.name), figures.key), '[]')
  -- A quarter of an hour of grace: what ran at 09:00:05 yesterday is what 09:00:00 is compared with.
  from private.kpi_figures(p_project_id, private.now() - interval '23 hours 45 minutes') as figures
  left join public.kpis on kpis.id = figures.id;
end;
comment on function public.read_kpi_figures(uuid) is 'The KPIs of a project with their newest values and those of a day before. Service role: an API key and the daily digest have no user.';

revoke execute on function private.kpi_figures(uuid, timestamptz), private.command_read_kpis(uuid), public.read_kpis(uuid),
  public.read_kpi_figures(uuid) from public, anon, authenticated;
grant execute on function private.command_read_kpis(uuid), public.read_kpis(uuid) to authenticated;
grant execute on function private.kpi_figures(uuid, timestamptz), public.read_kpi_figures(uuid) to service_role;
