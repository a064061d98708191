-- All series of a metric added up, hour by hour: what a page without a filter asks for. Without it the operations dashboard of five hundred
-- series merges 360,000 histograms for thirty days, which takes thirteen seconds.

create table public.metric_totals (
  -- From the same sequence as series: its hours and days stand beside theirs and are added up, kept and dropped with them.
  id bigint not null default pg_catalog.nextval(pg_catalog.pg_get_serial_sequence('public.series', 'id')) constraint metric_totals_pkey primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  name text not null,
  kind text not null constraint metric_totals_kind_check check (kind in ('gauge', 'counter', 'histogram')),
  environment text not null,
  constraint metric_totals_project_id_name_key unique (project_id, name, kind, environment)
);
comment on table public.metric_totals is 'One row a metric with several series in one environment. Its rows in series_hours and series_days are the sums of theirs, for hours that are over.';

create table public.metric_total_marks (
  id bigint generated always as identity constraint metric_total_marks_pkey primary key,
  total_id bigint not null references public.metric_totals (id) on delete cascade,
  hour_at timestamptz not null
);
comment on table public.metric_total_marks is 'Hours of which a series changed since they were last added up. Whoever reads takes the series themselves from the first of them on.';
create index metric_total_marks_total_id_hour_at_idx on public.metric_total_marks (total_id, hour_at);

alter table public.metric_totals enable row level security;
alter table public.metric_total_marks enable row level security;
revoke all on public.metric_totals, public.metric_total_marks from anon, authenticated;
grant select, insert, update, delete on public.metric_totals, public.metric_total_marks to service_role;

-- A total has days, too. A mark of a series that is gone adds nothing up.
alter table public.series_dirty_days drop constraint series_dirty_days_series_id_fkey;

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
  from rows from (pg_catalog.unnest(v_series_ids), pg_catalog.unnest(v_hours)) as hours(series_id, hour_at);
  -- One mark an hour is enough: who takes it away holds the lock that this holds.
  insert into public.metric_total_marks (total_id, hour_at)
  select distinct totals.id, hours.hour_at
  from rows from (pg_catalog.unnest(v_series_ids), pg_catalog.unnest(v_hours)) as hours(series_id, hour_at)
  join public.series on series.id = hours.series_id
  join public.metric_totals as totals on totals.project_id = series.project_id and totals.name = series.name and totals.kind = series.kind
    and totals.environment = series.environment
  where not exists (select from public.metric_total_marks as marks where marks.total_id = totals.id and marks.hour_at = hours.hour_at);
  return v_taken;
end
$$;

create function public.rollup_metric_totals(p_limit integer) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('rollup_series'));
  with several as (
    select series.project_id, series.name, series.kind, series.environment from public.series
    group by series.project_id, series.name, series.kind, series.environment having count(*) > 1
    except
    select totals.project_id, totals.name, totals.kind, totals.environment from public.metric_totals as totals
  ), added as (
    insert into public.metric_totals (project_id, name, kind, environment)
    select several.project_id, several.name, several.kind, several.environment from several
    returning *
  )
  insert into public.metric_total_marks (total_id, hour_at)
  select distinct added.id, hours.at
  from added
  join public.series on series.project_id = added.project_id and series.name = added.name and series.kind = added.kind
    and series.environment = added.environment
  join public.series_hours as hours on hours.series_id = series.id;

  with taken as materialized (
    delete from public.metric_total_marks where id in (
      select marks.id from public.metric_total_marks as marks
      where marks.hour_at < pg_catalog.date_trunc('hour', private.now(), 'UTC')
      -- Oldest first: readers trust the totals up to the first mark.
      order by marks.hour_at limit p_limit)
    returning total_id, hour_at
  ), hours as materialized (
    select taken.total_id, series_hours.*
    from taken
    join public.metric_totals as totals on totals.id = taken.total_id
    join public.series on series.project_id = totals.project_id and series.name = totals.name and series.kind = totals.kind
      and series.environment = totals.environment
    join public.series_hours on series_hours.series_id = series.id and series_hours.at = taken.hour_at
  ), sums as (
    select hours.total_id, hours.at, sum(hours.count)::bigint as count, sum(hours.sum) as sum, min(hours.min) as min, max(hours.max) as max,
      (pg_catalog.array_agg(hours.last order by hours.series_id))[1] as last
    from hours group by hours.total_id, hours.at
  ), buckets as (
    select bucket.total_id, bucket.at, pg_catalog.array_agg(bucket.key order by bucket.key) as keys,
      pg_catalog.array_agg(bucket.n order by bucket.key) as counts
    from (
      select hours.total_id, hours.at, one.key, sum(one.n)::bigint as n
      from hours cross join lateral rows from (pg_catalog.unnest(hours.keys), pg_catalog.unnest(hours.counts)) as one(key, n)
      group by hours.total_id, hours.at, one.key) as bucket
    group by bucket.total_id, bucket.at
  ), saved as (
    insert into public.series_hours (series_id, at, count, sum, min, max, last, keys, counts)
    select sums.total_id, sums.at, sums.count, sums.sum, sums.min, sums.max, sums.last, coalesce(buckets.keys, '{}'), coalesce(buckets.counts, '{}')
    from sums left join buckets using (total_id, at)
    on conflict (series_id, at) do update set count = excluded.count, sum = excluded.sum, min = excluded.min, max = excluded.max,
      last = excluded.last, keys = excluded.keys, counts = excluded.counts
  ), marked as (
    insert into public.series_dirty_days (series_id, day_at)
    select distinct taken.total_id, pg_catalog.date_trunc('day', taken.hour_at, 'UTC') from taken
  )
  select count(*) into v_count from taken;
  return v_count;
end
$$;
comment on function public.rollup_metric_totals(integer) is 'Adds the series of so many hours of metrics up, hours that are over, and answers how many it took.';

-- From when on the series themselves must be read: what is over and has no mark stands in the totals.
create function private.totals_until(p_ids bigint[], p_resolution text) returns timestamptz
language sql stable security invoker set search_path = ''
begin atomic
  select case when p_ids is null or p_resolution = 'minute' then '-infinity'::timestamptz
    else least(pg_catalog.date_trunc(p_resolution, private.now(), 'UTC'),
      (select min(pg_catalog.date_trunc(p_resolution, marks.hour_at, 'UTC')) from public.metric_total_marks as marks where marks.total_id = any (p_ids)),
      case when p_resolution = 'day' then (select min(days.day_at) from public.series_dirty_days as days where days.series_id = any (p_ids)) end) end;
end;
comment on function private.totals_until(bigint[], text) is 'The end of the time in which totals are complete.';

revoke execute on function public.rollup_metric_totals(integer), private.totals_until(bigint[], text) from public, anon, authenticated;
grant execute on function public.rollup_metric_totals(integer), private.totals_until(bigint[], text) to service_role;
