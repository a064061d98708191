-- One message of a page, stored whole or not at all.

create function private.count_visitor(p_project_id uuid, p_visitor text) returns void
language plpgsql security invoker set search_path = ''
as $$
begin
  insert into public.visitor_salts (project_id, period, starts_on, salt)
  select p_project_id, periods.name, periods.starts_on, gen_random_uuid()::text || gen_random_uuid()::text
  from (
    select period.name, pg_catalog.date_trunc(period.name, private.now() at time zone projects.time_zone)::date as starts_on
    from public.projects cross join (values ('day'), ('week')) as period(name)
    where projects.id = p_project_id) as periods
  where not exists (
    select from public.visitor_salts as salts
    where salts.project_id = p_project_id and salts.period = periods.name and salts.starts_on = periods.starts_on)
  order by periods.name
  on conflict do nothing;
  -- A statement of its own, because two first visitors at once must use the salt of whoever came before the other.
  with counted as (
    insert into public.active_visitors (project_id, period, starts_on, hash)
    select salts.project_id, salts.period, salts.starts_on, pg_catalog.sha256(pg_catalog.convert_to(salts.salt || ' ' || p_visitor, 'UTF8'))
    from public.visitor_salts as salts join public.projects on projects.id = salts.project_id
    where salts.project_id = p_project_id
      and salts.starts_on = pg_catalog.date_trunc(salts.period, private.now() at time zone projects.time_zone)::date
    on conflict do nothing
    returning project_id, period, starts_on
  )
  insert into public.active_users as users (project_id, period, starts_on, user_count)
  select counted.project_id, counted.period, counted.starts_on, 1 from counted order by counted.period
  on conflict (project_id, period, starts_on) do update set user_count = users.user_count + 1;
end
$$;
comment on function private.count_visitor(uuid, text) is 'Counts somebody once a day and once an ISO week of the project. What comes in is a keyed hash already, and what is kept of it is salted.';

create function public.store_vitals(p_project_id uuid, p_visit jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_visit jsonb := private.unwrap_json(p_visit);
  v_now timestamptz := private.now();
  v_day timestamptz := pg_catalog.date_trunc('day', private.now(), 'UTC');
  v_counts record;
begin
  -- Usually the hourly task has made them; a scheduler that slept must not cost anybody a page view.
  if pg_catalog.to_regclass('public.vitals_' || pg_catalog.to_char(v_day at time zone 'UTC', 'YYYYMMDD')) is null then
    perform private.ensure_vital_partitions(v_now);
  end if;
  -- The same metric in two requests at once must not become two rows, not around midnight either, when it has two places to be.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('vital ' || p_project_id::text || ' ' || ids.id, 0))
  from (select distinct measure ->> 'id' as id from pg_catalog.jsonb_array_elements(v_visit -> 'measures') as measure order by 1) as ids;
  with given as materialized (
    select distinct on (id) pg_catalog.md5(one.metric || ' ' || one.id)::uuid as id, one.metric, one.value
    from pg_catalog.jsonb_array_elements(v_visit -> 'measures') with ordinality as item(value, position)
    cross join lateral pg_catalog.jsonb_to_record(item.value) as one(id text, metric text, value double precision)
    order by id, item.position desc
  ), known as materialized (
    select vitals.id, vitals.day_at, vitals.at, vitals.value is distinct from given.value as is_changed, given.value
    from given join public.vitals on vitals.project_id = p_project_id and vitals.id = given.id and vitals.day_at in (v_day, v_day - interval '24 hours')
  ), changed as (
    update public.vitals set value = known.value from known
    where known.is_changed and vitals.project_id = p_project_id and vitals.id = known.id and vitals.day_at = known.day_at
    returning vitals.at
  ), fresh as (
    insert into public.vitals (project_id, id, day_at, at, metric, value, page, device, country, release)
    select p_project_id, given.id, v_day, v_now, given.metric, given.value, v_visit ->> 'page', v_visit ->> 'device', v_visit ->> 'country',
      v_visit ->> 'release'
    from given where not exists (select from known where known.id = given.id)
    returning vitals.at
  ), marked as (
    insert into public.vital_dirty_minutes (project_id, minute_at)
    select distinct p_project_id, pg_catalog.date_trunc('minute', touched.at) as minute_at
    from (select changed.at from changed union all select fresh.at from fresh) as touched
    order by minute_at
    -- Written even if it is there: a rollup must not take the mark away before it can see these rows.
    on conflict (project_id, minute_at) do update set minute_at = excluded.minute_at
  )
  select (select count(*) from given) as taken, (select count(*) from fresh) as fresh into v_counts;
  perform private.count_ingest(p_project_id, 'vitals', v_counts.fresh, coalesce(v_visit -> 'rejections', '[]'));
  if v_visit ->> 'visitor' is not null then perform private.count_visitor(p_project_id, v_visit ->> 'visitor'); end if;
  return pg_catalog.jsonb_build_object('accepted', v_counts.taken);
end
$$;
comment on function public.store_vitals(uuid, jsonb) is 'Stores what one page view measured. The same metric id again replaces its value: repeating a message changes nothing.';

revoke execute on function private.count_visitor(uuid, text), public.store_vitals(uuid, jsonb) from public, anon, authenticated;
grant execute on function private.count_visitor(uuid, text), public.store_vitals(uuid, jsonb) to service_role;
