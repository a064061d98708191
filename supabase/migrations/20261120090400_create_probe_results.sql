-- Results: hot rows in daily partitions that are dropped, never deleted; gaps; hourly and daily rollups.

create table public.probe_results (
  monitor_id uuid not null,
  project_id uuid not null,
  region text not null default 'local',
  slot_at timestamptz not null,
  probed_at timestamptz not null,
  verdict text not null constraint probe_results_verdict_check check (verdict in ('up', 'degraded', 'down')),
  cause text,
  status_code smallint,
  latency_ms real,
  -- dns, tcp, tls, ttfb, transfer in ms; null where a phase was not reached.
  phases real[],
  message text,
  -- The attempts of a slot that needed more than one, and failed assertions: kept for failures and blips only.
  evidence jsonb,
  constraint probe_results_pkey primary key (monitor_id, region, slot_at)
) partition by range (slot_at);
comment on table public.probe_results is 'One row a monitor, region and slot: duplicate and overlapping runs change nothing. No foreign keys: a partition is dropped whole, and a tick writes hundreds of rows at once.';
comment on column public.probe_results.verdict is 'The last attempt of the slot; a failed first attempt that was re-checked fine stays in evidence.';
-- Serves policies and the deletion of a project.
create index probe_results_project_id_slot_at_idx on public.probe_results (project_id, slot_at desc);

create table public.probe_gaps (
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  region text not null default 'local',
  from_at timestamptz not null,
  until_at timestamptz not null,
  interval_seconds integer not null,
  constraint probe_gaps_pkey primary key (monitor_id, region, from_at)
);
comment on table public.probe_gaps is 'Slots that nobody probed. Unknown: neither up nor down, and left out of uptime; coverage tells of them.';
create index probe_gaps_project_id_idx on public.probe_gaps (project_id);

create table public.probe_rollups (
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  region text not null default 'local',
  resolution text not null constraint probe_rollups_resolution_check check (resolution in ('hour', 'day')),
  bucket_at timestamptz not null,
  up integer not null,
  degraded integer not null,
  down integer not null,
  unknown integer not null,
  -- Latency of answers that were not down: base-2 exponential histogram, scale 6 (OTLP exponentialHistogram).
  latency_count integer not null,
  latency_sum_ms double precision not null,
  latency_min_ms real,
  latency_max_ms real,
  latency_p50_ms real,
  latency_p95_ms real,
  histogram_keys smallint[] not null default '{}',
  histogram_counts integer[] not null default '{}',
  -- Sums of dns, tcp, tls, ttfb, transfer over latency_count answers.
  phase_sums_ms double precision[] not null default '{}',
  constraint probe_rollups_pkey primary key (monitor_id, resolution, bucket_at, region)
);
comment on table public.probe_rollups is 'Results merged by hour and UTC day. Counts and histograms add up exactly, so any window is a sum of rows; percentiles are never averaged.';
-- Serves the overview and the weekly report: all monitors of a project over a span.
create index probe_rollups_project_id_idx on public.probe_rollups (project_id, resolution, bucket_at);

-- Bucket index in one place only: log2 edges differ between engines in the last bit.
create function private.histogram_key(latency_ms double precision) returns smallint
language sql immutable set search_path = ''
return case when latency_ms > 0 then (pg_catalog.ceil(pg_catalog.ln(latency_ms) / pg_catalog.ln(2::double precision) * 64) - 1)::smallint else -32768 end;
comment on function private.histogram_key(double precision) is 'OTLP exponential histogram index at scale 6: bucket k holds (2^(k/64), 2^((k+1)/64)]; -32768 counts zeros.';

create function private.count_slots(
  gap_from timestamptz, gap_until timestamptz, interval_seconds integer, bucket_from timestamptz, bucket_until timestamptz
) returns integer
language sql immutable set search_path = ''
return (
  pg_catalog.ceil(extract(epoch from least(gap_until, bucket_until) - gap_from) / interval_seconds)
  - pg_catalog.ceil(extract(epoch from greatest(gap_from, bucket_from) - gap_from) / interval_seconds))::integer;
comment on function private.count_slots(timestamptz, timestamptz, integer, timestamptz, timestamptz) is 'Slots of a gap that fall into a bucket: those before its end less those before its start. The two must overlap.';

create function private.ensure_partition(day date) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  partition_name text := 'probe_results_' || pg_catalog.to_char(day, 'YYYYMMDD');
begin
  if pg_catalog.to_regclass('public.' || partition_name) is not null then return; end if;
  execute pg_catalog.format(
    'create table public.%I partition of public.probe_results for values from (%L) to (%L)',
    partition_name, pg_catalog.to_char(day, 'YYYY-MM-DD') || 'T00:00:00Z', pg_catalog.to_char(day + 1, 'YYYY-MM-DD') || 'T00:00:00Z');
  -- A partition does not inherit row level security: asked for by name it would be open.
  execute pg_catalog.format('alter table public.%I enable row level security', partition_name);
  execute pg_catalog.format('revoke all on public.%I from anon, authenticated', partition_name);
  execute pg_catalog.format('comment on table public.%I is %L', partition_name, 'Results of one UTC day.');
exception
  when duplicate_table then null;
  -- The default partition already holds rows of that day: they stay there and are pruned by row.
  when check_violation then null;
end
$$;
comment on function private.ensure_partition(date) is 'Creates the partition of one UTC day, closed to the API roles.';

create table public.probe_results_default partition of public.probe_results default;
comment on table public.probe_results_default is 'Catches results of a day whose partition was not made in time, so that none is lost.';
alter table public.probe_results_default enable row level security;
revoke all on public.probe_results_default from anon, authenticated;

grant select on public.probe_results, public.probe_gaps, public.probe_rollups to authenticated;
grant select, insert, update, delete on public.probe_results, public.probe_gaps, public.probe_rollups to service_role;
alter table public.probe_results enable row level security;
alter table public.probe_gaps enable row level security;
alter table public.probe_rollups enable row level security;
create policy "Members read the results of their monitors" on public.probe_results for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the gaps of their monitors" on public.probe_gaps for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the rollups of their monitors" on public.probe_rollups for select to authenticated
  using (project_id in (select private.current_project_ids()));

select private.ensure_partition((current_date + n)::date) from generate_series(-1, 7) as n;
