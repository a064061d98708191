-- What is to be rolled up is a queue: each request adds marks of its own. A mark that was shared by two could be taken away for the one while the
-- other had not committed yet, and its samples were then left out until somebody touched that hour again. A lock on a shared mark would do as
-- well, and would make all requests of a project wait for each other.

alter table public.series_dirty_hours drop constraint series_dirty_hours_pkey,
  add column id bigint generated always as identity constraint series_dirty_hours_pkey primary key;
create index series_dirty_hours_series_id_idx on public.series_dirty_hours (series_id, hour_at);
alter table public.series_dirty_days drop constraint series_dirty_days_pkey,
  add column id bigint generated always as identity constraint series_dirty_days_pkey primary key;
create index series_dirty_days_series_id_idx on public.series_dirty_days (series_id, day_at);
alter table public.log_dirty_minutes drop constraint log_dirty_minutes_pkey,
  add column id bigint generated always as identity constraint log_dirty_minutes_pkey primary key;
create index log_dirty_minutes_minute_at_idx on public.log_dirty_minutes (minute_at);
create index log_dirty_minutes_project_id_idx on public.log_dirty_minutes (project_id);
comment on table public.series_dirty_hours is 'Hours that got samples since they were last rolled up, once for each request that brought some. Recomputed whole, so that late and repeated samples are harmless.';

create or replace function private.measure_logs(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_minute record;
  v_count integer := 0;
begin
  for v_minute in
    with taken as (
      delete from public.log_dirty_minutes where id in (
        select dirty.id from public.log_dirty_minutes as dirty order by dirty.minute_at limit p_limit for update skip locked)
      returning project_id, minute_at)
    select distinct taken.project_id, taken.minute_at from taken
  loop
    v_count := v_count + 1;
    perform private.measure_minute(v_minute.project_id, v_minute.minute_at);
  end loop;
  return v_count;
end
$$;

create or replace function public.rollup_series(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_series_ids bigint[];
  v_hours timestamptz[];
  v_taken integer;
begin
  -- One at a time: of two that recompute an hour at once, the one that saw less could be the last to write.
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('rollup_series')) then return 0; end if;
  perform private.measure_logs(p_limit);
  with taken as (
    delete from public.series_dirty_hours where id in (
      select dirty.id from public.series_dirty_hours as dirty order by dirty.series_id, dirty.hour_at limit p_limit for update skip locked)
    returning series_id, hour_at
  ), widened as (
    select taken.series_id, taken.hour_at from taken
    union
    -- The first growth of the next hour hangs on the last sample of this one.
    select taken.series_id, taken.hour_at + interval '1 hour' from taken join public.series on series.id = taken.series_id
    where series.temporality = 'cumulative' and taken.hour_at + interval '1 hour' <= private.now()
  )
  select pg_catalog.array_agg(widened.series_id), pg_catalog.array_agg(widened.hour_at), (select count(*) from taken)
  into v_series_ids, v_hours, v_taken from widened;
  if v_series_ids is null then return 0; end if;
  perform private.rollup_scalars(v_series_ids, v_hours);
  perform private.rollup_histograms(v_series_ids, v_hours);
  insert into public.series_dirty_days (series_id, day_at)
  select distinct hours.series_id, pg_catalog.date_trunc('day', hours.hour_at, 'UTC')
  from rows from (pg_catalog.unnest(v_series_ids), pg_catalog.unnest(v_hours)) as hours(series_id, hour_at)
  on conflict do nothing;
  return v_taken;
end
$$;
comment on function public.rollup_series(integer) is 'Rolls up the hours of so many marks and answers how many it took: called until they are fewer. Of two at once the second has nothing to do.';

create or replace function public.rollup_series_days(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  if not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtext('rollup_series_days')) then return 0; end if;
  with marks as (
    delete from public.series_dirty_days where id in (
      select dirty.id from public.series_dirty_days as dirty order by dirty.series_id, dirty.day_at limit p_limit for update skip locked)
    returning series_id, day_at
  ), taken as (
    select distinct marks.series_id, marks.day_at from marks
  ), hours as materialized (
    select taken.day_at, series_hours.* from taken join public.series_hours on series_hours.series_id = taken.series_id
      and series_hours.at >= taken.day_at and series_hours.at < taken.day_at + interval '1 day'
  ), sums as (
    select hours.series_id, hours.day_at, sum(hours.count)::bigint as count, sum(hours.sum) as sum, min(hours.min) as min, max(hours.max) as max,
      (pg_catalog.array_agg(hours.last order by hours.at desc))[1] as last
    from hours group by hours.series_id, hours.day_at
  ), buckets as (
    select bucket.series_id, bucket.day_at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select hours.series_id, hours.day_at, one.key, sum(one.n)::bigint as n
      from hours cross join lateral rows from (pg_catalog.unnest(hours.keys), pg_catalog.unnest(hours.counts)) as one(key, n)
      group by hours.series_id, hours.day_at, one.key) as bucket
    group by bucket.series_id, bucket.day_at
  ), saved as (
    insert into public.series_days (series_id, at, count, sum, min, max, last, keys, counts)
    select sums.series_id, sums.day_at, sums.count, sums.sum, sums.min, sums.max, sums.last, coalesce(buckets.keys, '{}'), coalesce(buckets.counts, '{}')
    from sums left join buckets using (series_id, day_at)
    on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
      last = excluded.last, keys = excluded.keys, counts = excluded.counts
  )
  select count(*) into v_count from marks;
  return v_count;
end
$$;
comment on function public.rollup_series_days(integer) is 'Adds the hours of the days of so many marks up, and answers how many it took. Counts and histograms add exactly.';
