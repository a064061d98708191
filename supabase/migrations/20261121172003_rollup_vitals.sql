-- What browsers measured becomes samples of the series web.*, one a minute and series, as if an application had sent them.

create function private.vital_unit(p_metric text) returns text
language sql immutable set search_path = ''
return case p_metric when 'cls' then '1' else 'ms' end;
comment on function private.vital_unit(text) is 'UCUM: layout shift has no unit, everything else is a time.';

create function private.vital_identity(p_metric text, p_attributes jsonb) returns uuid
language sql immutable set search_path = ''
return private.series_identity('production', 'web.' || p_metric, 'histogram', 'delta', private.vital_unit(p_metric), p_attributes);
comment on function private.vital_identity(text, jsonb) is 'Of the series of a metric with these attributes.';

-- Where there is no room for one more series, a measurement goes to one that says less: without country and release, then without the page.
create function private.place_vitals(p_project_id uuid, p_minute_at timestamptz)
returns table (metric text, attributes jsonb, value double precision)
language sql stable security invoker set search_path = ''
begin atomic
  with measured as (
    select vitals.metric, vitals.value, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('page', vitals.page, 'device', vitals.device,
        'country', nullif(vitals.country, ''), 'release', nullif(vitals.release, ''))) as full_attributes,
      pg_catalog.jsonb_build_object('page', vitals.page, 'device', vitals.device) as page_attributes,
      pg_catalog.jsonb_build_object('page', '*', 'device', vitals.device) as least_attributes
    from public.vitals
    where vitals.project_id = p_project_id and vitals.at >= p_minute_at and vitals.at < p_minute_at + interval '1 minute'
  ), taken as materialized (
    select count(*) as series from public.series
    where series.project_id = p_project_id and series.name >= 'web.' and series.name < 'web/'
  ), kinds as (
    select distinct measured.metric, measured.full_attributes, measured.page_attributes from measured
  ), known as (
    select kinds.*,
      exists (select from public.series where series.project_id = p_project_id
        and series.identity = private.vital_identity(kinds.metric, kinds.full_attributes)) as has_full,
      exists (select from public.series where series.project_id = p_project_id
        and series.identity = private.vital_identity(kinds.metric, kinds.page_attributes)) as has_page
    from kinds
  ), ranked as (
    select known.*,
      row_number() over (partition by known.has_full order by known.metric, known.full_attributes::text) as full_rank,
      dense_rank() over (partition by known.has_page order by known.metric, known.page_attributes::text) as page_rank
    from known
  )
  select measured.metric, case
      when ranked.has_full or taken.series + ranked.full_rank <= 3000 then measured.full_attributes
      when ranked.has_page or greatest(taken.series, 3000) + ranked.page_rank <= 4000 then measured.page_attributes
      else measured.least_attributes end, measured.value
  from measured join ranked using (metric, full_attributes) cross join taken;
end;
comment on function private.place_vitals(uuid, timestamptz) is 'The measurements of a minute with the attributes that they are counted under. Public pages can name any page they like: they must not take all the ten thousand series of a project.';

create function private.measure_vital_minute(p_project_id uuid, p_minute_at timestamptz) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_rows jsonb;
  v_ids bigint[];
begin
  with buckets as (
    select placed.metric, placed.attributes, private.histogram_key(placed.value) as key, count(*) as n, sum(placed.value) as sum,
      min(placed.value) as min, max(placed.value) as max
    from private.place_vitals(p_project_id, p_minute_at) as placed
    group by 1, 2, 3
  ), made as (
    select buckets.metric, buckets.attributes, sum(buckets.n)::bigint as count, sum(buckets.sum) as sum, min(buckets.min) as min,
      max(buckets.max) as max, pg_catalog.jsonb_agg(buckets.key order by buckets.key) as keys,
      pg_catalog.jsonb_agg(buckets.n order by buckets.key) as counts
    from buckets group by 1, 2
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('environment', 'production', 'name', 'web.' || made.metric, 'kind', 'histogram',
    'temporality', 'delta', 'unit', private.vital_unit(made.metric), 'attributes', made.attributes, 'count', made.count, 'sum', made.sum,
    'min', made.min, 'max', made.max, 'keys', made.keys, 'counts', made.counts) order by made.metric, made.attributes::text)
  into v_rows from made;
  if v_rows is null then return; end if;
  v_ids := private.resolve_series(p_project_id, v_rows);
  insert into public.histogram_samples (series_id, at, count, sum, min, max, keys, counts)
  select v_ids[item.position], p_minute_at, one.count, one.sum, one.min, one.max, one.keys, one.counts
  from pg_catalog.jsonb_array_elements(v_rows) with ordinality as item(value, position)
  cross join lateral pg_catalog.jsonb_to_record(item.value) as one(
    count bigint, sum double precision, min double precision, max double precision, keys smallint[], counts bigint[])
  where v_ids[item.position] is not null
  on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
    keys = excluded.keys, counts = excluded.counts;
  insert into public.series_dirty_hours (series_id, hour_at)
  select distinct id, pg_catalog.date_trunc('hour', p_minute_at, 'UTC') from pg_catalog.unnest(v_ids) as id where id is not null
  on conflict do nothing;
end
$$;
comment on function private.measure_vital_minute(uuid, timestamptz) is 'One minute of measurements as samples, recomputed from the rows: values that came later replace what was there.';

create function public.rollup_vitals(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_minute record;
  v_count integer := 0;
begin
  if exists (select from public.vital_dirty_minutes) then
    perform private.ensure_telemetry_partitions(private.now());
  end if;
  for v_minute in
    delete from public.vital_dirty_minutes where (project_id, minute_at) in (
      select dirty.project_id, dirty.minute_at from public.vital_dirty_minutes as dirty order by dirty.minute_at limit p_limit for update skip locked)
    returning project_id, minute_at
  loop
    v_count := v_count + 1;
    perform private.measure_vital_minute(v_minute.project_id, v_minute.minute_at);
  end loop;
  return v_count;
end
$$;
comment on function public.rollup_vitals(integer) is 'Makes the samples of so many minutes that changed, and answers how many; rollup_series goes on from there. Two at once share the work.';

revoke execute on function private.vital_unit(text), private.vital_identity(text, jsonb), private.place_vitals(uuid, timestamptz),
  private.measure_vital_minute(uuid, timestamptz), public.rollup_vitals(integer) from public, anon, authenticated;
grant execute on function private.vital_unit(text), private.vital_identity(text, jsonb), private.place_vitals(uuid, timestamptz),
  private.measure_vital_minute(uuid, timestamptz), public.rollup_vitals(integer) to service_role;
