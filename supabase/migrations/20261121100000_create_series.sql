-- Metrics: what a series is, its hot samples, and their rollups. Everything by time is partitioned and dropped whole.

create table public.series (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  environment text not null,
  name text not null constraint series_name_check check (length(name) between 1 and 200),
  kind text not null constraint series_kind_check check (kind in ('gauge', 'counter', 'histogram')),
  temporality text constraint series_temporality_check check (temporality in ('delta', 'cumulative')),
  unit text not null,
  attributes jsonb not null,
  -- Of everything above: jsonb writes its keys in one order, so that equal series have equal text.
  identity uuid not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint series_project_id_identity_key unique (project_id, identity)
);
comment on table public.series is 'One row a combination of name and attributes. At most ten thousand a project: a value that never repeats (an id, an address) must not become an attribute.';
create index series_project_id_name_idx on public.series (project_id, name);

create table public.samples (
  series_id bigint not null,
  at timestamptz not null,
  -- When the sender of a cumulative counter began to count.
  start_at timestamptz,
  value double precision not null,
  constraint samples_pkey primary key (series_id, at)
) partition by range (at);
comment on table public.samples is 'Hot samples of gauges and counters as they were sent: a sample that comes twice is one. Packed into series_minutes within a minute, dropped after three days.';

create table public.histogram_samples (
  series_id bigint not null,
  at timestamptz not null,
  start_at timestamptz,
  count bigint not null,
  sum double precision,
  min double precision,
  max double precision,
  -- Base-2 exponential histogram, scale 6 (private.histogram_key).
  keys smallint[] not null,
  counts bigint[] not null,
  constraint histogram_samples_pkey primary key (series_id, at)
) partition by range (at);
comment on table public.histogram_samples is 'Hot samples of histograms as they were sent, dropped after three days.';

create table public.series_minutes (
  series_id bigint not null,
  retention text not null constraint series_minutes_retention_check check (retention in ('production', 'other')),
  hour_at timestamptz not null,
  -- Minutes of the hour that have samples, 0 to 59; the arrays beside it have one entry for each.
  minutes smallint[] not null,
  counts bigint[] not null,
  -- Of a counter: what it grew by.
  sums double precision[] not null,
  mins double precision[],
  maxs double precision[],
  lasts double precision[],
  -- Of a histogram: how many buckets each minute has, and the buckets of all minutes one after the other.
  lengths smallint[],
  keys smallint[],
  bucket_counts bigint[],
  constraint series_minutes_pkey primary key (series_id, hour_at, retention)
) partition by list (retention);
comment on table public.series_minutes is 'The minutes of an hour of one series in one row: a tenth of what a row a minute would take. Arrays that say nothing new (one sample a minute has its sum as min and max) are null.';

create table public.series_hours (
  series_id bigint not null,
  at timestamptz not null,
  count bigint not null,
  sum double precision not null,
  min double precision,
  max double precision,
  last double precision,
  keys smallint[] not null,
  counts bigint[] not null,
  constraint series_hours_pkey primary key (series_id, at)
) partition by range (at);
comment on table public.series_hours is 'Samples by hour: counts and histograms add up exactly. A year.';

create table public.series_days (
  series_id bigint not null,
  at timestamptz not null,
  count bigint not null,
  sum double precision not null,
  min double precision,
  max double precision,
  last double precision,
  keys smallint[] not null,
  counts bigint[] not null,
  constraint series_days_pkey primary key (series_id, at)
) partition by range (at);
comment on table public.series_days is 'Hours added up to UTC days. Thirteen months: a month can be compared with the same one of the year before.';

create table public.series_dirty_hours (
  series_id bigint not null references public.series (id) on delete cascade,
  hour_at timestamptz not null,
  constraint series_dirty_hours_pkey primary key (series_id, hour_at)
);
comment on table public.series_dirty_hours is 'Hours that got samples since they were last rolled up. Recomputed whole, so that late and repeated samples are harmless.';

create table public.series_dirty_days (
  series_id bigint not null references public.series (id) on delete cascade,
  day_at timestamptz not null,
  constraint series_dirty_days_pkey primary key (series_id, day_at)
);
comment on table public.series_dirty_days is 'Days of which an hour changed.';

create table public.series_minutes_production partition of public.series_minutes for values in ('production') partition by range (hour_at);
create table public.series_minutes_other partition of public.series_minutes for values in ('other') partition by range (hour_at);
comment on table public.series_minutes_production is 'Minutes of production: 30 days.';
comment on table public.series_minutes_other is 'Minutes of staging and everything else: 7 days.';

create function private.retention_of(environment text) returns text
language sql immutable set search_path = ''
return case when environment = 'production' then 'production' else 'other' end;
comment on function private.retention_of(text) is 'Production is kept for 30 days, everything else for 7, as the guides ask.';

create function private.make_partition(parent text, from_at timestamptz, until_at timestamptz, suffix text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_name text := parent || '_' || suffix;
begin
  if pg_catalog.to_regclass('public.' || v_name) is not null then return; end if;
  execute pg_catalog.format('create table public.%I partition of public.%I for values from (%L) to (%L)', v_name, parent, from_at, until_at);
  -- A partition does not inherit row level security: asked for by name it would be open.
  execute pg_catalog.format('alter table public.%I enable row level security', v_name);
  execute pg_catalog.format('revoke all on public.%I from anon, authenticated', v_name);
  execute pg_catalog.format('comment on table public.%I is %L', v_name, 'Partition by time; dropped whole after its retention.');
exception when duplicate_table then null;
end
$$;
comment on function private.make_partition(text, timestamptz, timestamptz, text) is 'Creates one partition by time, closed to the API roles.';

-- What is dropped when, in days. Months are dropped when all of their days are over.
create function private.telemetry_tables() returns table (parent text, span text, keep interval)
language sql immutable set search_path = ''
begin atomic
  values ('samples', 'day', interval '3 days'), ('histogram_samples', 'day', interval '3 days'),
    ('series_minutes_production', 'day', interval '30 days'), ('series_minutes_other', 'day', interval '7 days'),
    ('series_hours', 'month', interval '1 year'), ('series_days', 'month', interval '13 months');
end;
comment on function private.telemetry_tables() is 'The partitioned tables of metrics with the span of a partition and how long it is kept.';

create function private.ensure_telemetry_partitions(p_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_table record;
  v_from timestamptz;
begin
  for v_table in select * from private.telemetry_tables() loop
    for v_offset in -1..(case v_table.span when 'day' then 3 else 1 end) loop
      v_from := (pg_catalog.date_trunc(v_table.span, p_at at time zone 'UTC') + v_offset * ('1 ' || v_table.span)::interval) at time zone 'UTC';
      perform private.make_partition(v_table.parent, v_from, ((v_from at time zone 'UTC') + ('1 ' || v_table.span)::interval) at time zone 'UTC',
        pg_catalog.to_char(v_from at time zone 'UTC', case v_table.span when 'day' then 'YYYYMMDD' else 'YYYYMM' end));
    end loop;
  end loop;
end
$$;
comment on function private.ensure_telemetry_partitions(timestamptz) is 'Makes the partitions around an instant: the day before and three ahead, the month before and the next.';

create function public.prune_telemetry() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_partition record;
  v_dropped integer := 0;
begin
  perform private.ensure_telemetry_partitions(private.now());
  for v_partition in
    select classes.relname
    from private.telemetry_tables() as tables
    join pg_catalog.pg_inherits as inherits on inherits.inhparent = ('public.' || tables.parent)::pg_catalog.regclass
    join pg_catalog.pg_class as classes on classes.oid = inherits.inhrelid
    cross join lateral (select pg_catalog.substring(classes.relname, '\d+$') as digits) as name
    where (pg_catalog.to_date(name.digits, case tables.span when 'day' then 'YYYYMMDD' else 'YYYYMM' end) + ('1 ' || tables.span)::interval)
      at time zone 'UTC' < private.now() - tables.keep
  loop
    execute pg_catalog.format('drop table public.%I', v_partition.relname);
    v_dropped := v_dropped + 1;
  end loop;
  -- A series without a sample in all of its rollups' time is nothing any more.
  delete from public.series where last_seen_at < private.now() - interval '13 months';
  return pg_catalog.jsonb_build_object('partitions_dropped', v_dropped);
end
$$;
comment on function public.prune_telemetry() is 'Makes the partitions to come and drops those past retention. Definer: only the owner of a table may drop it; executable by the service role alone.';

alter table public.series enable row level security;
alter table public.samples enable row level security;
alter table public.histogram_samples enable row level security;
alter table public.series_minutes enable row level security;
alter table public.series_minutes_production enable row level security;
alter table public.series_minutes_other enable row level security;
alter table public.series_hours enable row level security;
alter table public.series_days enable row level security;
alter table public.series_dirty_hours enable row level security;
alter table public.series_dirty_days enable row level security;
revoke all on public.series, public.samples, public.histogram_samples, public.series_minutes, public.series_minutes_production,
  public.series_minutes_other, public.series_hours, public.series_days, public.series_dirty_hours, public.series_dirty_days
  from anon, authenticated;
grant select on public.series to authenticated;
grant select, insert, update, delete on public.series, public.samples, public.histogram_samples, public.series_minutes, public.series_hours,
  public.series_days, public.series_dirty_hours, public.series_dirty_days to service_role;
create policy "Members read the series of their projects" on public.series for select to authenticated
  using (project_id in (select private.current_project_ids()));

select private.ensure_telemetry_partitions(now());

revoke execute on function private.retention_of(text), private.make_partition(text, timestamptz, timestamptz, text), private.telemetry_tables(),
  private.ensure_telemetry_partitions(timestamptz), public.prune_telemetry() from public, anon, authenticated;
grant execute on function private.retention_of(text), private.telemetry_tables(), private.ensure_telemetry_partitions(timestamptz),
  public.prune_telemetry() to service_role;
