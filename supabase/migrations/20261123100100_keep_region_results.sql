-- What each region saw. The verdict of a slot stays one row of probe_results, counted once, whatever the number of regions.

create table public.region_results (
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  project_id uuid not null,
  region text not null,
  slot_at timestamptz not null,
  verdict text not null constraint region_results_verdict_check check (verdict in ('up', 'degraded', 'down', 'unknown')),
  latency_ms real,
  cause text,
  message text,
  -- Serves the page of a monitor, too: the newest slots of one monitor with all of their regions.
  constraint region_results_pkey primary key (monitor_id, slot_at, region)
) partition by range (slot_at);
comment on table public.region_results is 'What each region saw in the deciding round of a slot; of monitors that are probed from one place only where that place could not tell.';
comment on column public.region_results.verdict is 'unknown: the region could not probe, and took no part in the decision.';
comment on column public.region_results.message is 'Why it is not up, or could not tell; null where it is up.';

create table public.region_results_default partition of public.region_results default;
comment on table public.region_results_default is 'Catches results of a day whose partition was not made in time, so that none is lost.';
alter table public.region_results_default enable row level security;
revoke all on public.region_results_default from anon, authenticated;

create table public.region_rollups (
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  region text not null,
  bucket_at timestamptz not null,
  up integer not null,
  degraded integer not null,
  down integer not null,
  unknown integer not null,
  latency_min_ms real,
  latency_max_ms real,
  histogram_keys smallint[] not null,
  histogram_counts integer[] not null,
  -- Serves the page of a monitor: its hours of a range.
  constraint region_rollups_pkey primary key (monitor_id, bucket_at, region)
);
comment on table public.region_rollups is 'Results of regions by hour, kept for a year. Histograms are those of probe_rollups: base 2, scale 6, of answers that were not down.';
-- Serves the deletion of a project, and the policy.
create index region_rollups_project_id_idx on public.region_rollups (project_id);
-- Serves the pruning.
create index region_rollups_bucket_at_idx on public.region_rollups (bucket_at);

grant select on public.region_results, public.region_rollups to authenticated;
grant select, insert, update, delete on public.region_results, public.region_rollups to service_role;
alter table public.region_results enable row level security;
alter table public.region_rollups enable row level security;
create policy "Members read what regions saw of their monitors" on public.region_results for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the rollups of regions of their monitors" on public.region_rollups for select to authenticated
  using (project_id in (select private.current_project_ids()));

create function private.ensure_region_partition(p_day date) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_name text := 'region_results_' || pg_catalog.to_char(p_day, 'YYYYMMDD');
begin
  if pg_catalog.to_regclass('public.' || v_name) is not null then return; end if;
  execute pg_catalog.format(
    'create table public.%I partition of public.region_results for values from (%L) to (%L)',
    v_name, pg_catalog.to_char(p_day, 'YYYY-MM-DD') || 'T00:00:00Z', pg_catalog.to_char(p_day + 1, 'YYYY-MM-DD') || 'T00:00:00Z');
  -- A partition does not inherit row level security: asked for by name it would be open.
  execute pg_catalog.format('alter table public.%I enable row level security', v_name);
  execute pg_catalog.format('revoke all on public.%I from anon, authenticated', v_name);
  execute pg_catalog.format('comment on table public.%I is %L', v_name, 'What regions saw on one UTC day.');
exception
  when duplicate_table then null;
  -- The default partition already holds rows of that day: they stay there and are pruned by row.
  when check_violation then null;
end
$$;
comment on function private.ensure_region_partition(date) is 'Creates the partition of region_results of one UTC day, closed to the API roles.';
select private.ensure_region_partition((current_date + n)::date) from generate_series(0, 2) as n;

create function public.prune_region_results(p_days integer default 7) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_today date := (private.now() at time zone 'UTC')::date;
  v_partition record;
  v_dropped integer := 0;
begin
  for n in 0..2 loop perform private.ensure_region_partition(v_today + n); end loop;
  for v_partition in
    select tables.relname as name
    from pg_catalog.pg_inherits as links
    join pg_catalog.pg_class as tables on tables.oid = links.inhrelid
    where links.inhparent = 'public.region_results'::regclass
      and tables.relname ~ '^region_results_[0-9]{8}$'
      and pg_catalog.to_date(pg_catalog.right(tables.relname, 8), 'YYYYMMDD') < v_today - p_days
  loop
    execute pg_catalog.format('drop table public.%I', v_partition.name);
    v_dropped := v_dropped + 1;
  end loop;
  delete from public.region_results_default where slot_at < private.now() - pg_catalog.make_interval(days => p_days);
  delete from public.region_rollups where bucket_at < private.now() - interval '1 year';
  return pg_catalog.jsonb_build_object('partitions_dropped', v_dropped);
end
$$;
comment on function public.prune_region_results(integer) is 'Makes the partitions of the days to come, drops those past so many days, and rollups past a year. Definer: only the owner of a table may drop it; executable by the service role alone.';

create function public.rollup_region_results(p_from timestamptz, p_until timestamptz) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_from timestamptz := pg_catalog.date_trunc('hour', p_from, 'UTC');
  v_until timestamptz := pg_catalog.date_trunc('hour', p_until, 'UTC') + interval '1 hour';
  v_count integer;
begin
  insert into public.region_rollups
    (monitor_id, project_id, region, bucket_at, up, degraded, down, unknown, latency_min_ms, latency_max_ms, histogram_keys, histogram_counts)
  with results as materialized (
    select monitor_id, region, pg_catalog.date_trunc('hour', slot_at, 'UTC') as bucket_at, verdict,
      case when verdict in ('up', 'degraded') then latency_ms end as answered_ms
    from public.region_results where slot_at >= v_from and slot_at < v_until
  ), counts as (
    select monitor_id, region, bucket_at, count(*) filter (where verdict = 'up') as up, count(*) filter (where verdict = 'degraded') as degraded,
      count(*) filter (where verdict = 'down') as down, count(*) filter (where verdict = 'unknown') as unknown,
      min(answered_ms) as latency_min_ms, max(answered_ms) as latency_max_ms
    from results group by monitor_id, region, bucket_at
  ), histograms as (
    select monitor_id, region, bucket_at, pg_catalog.array_agg(key order by key) as keys, pg_catalog.array_agg(n order by key) as ns
    from (
      select monitor_id, region, bucket_at, private.histogram_key(answered_ms) as key, count(*)::integer as n
      from results where answered_ms is not null group by monitor_id, region, bucket_at, private.histogram_key(answered_ms)
    ) as buckets group by monitor_id, region, bucket_at
  )
  select monitors.id, monitors.project_id, counts.region, counts.bucket_at, counts.up, counts.degraded, counts.down, counts.unknown,
    counts.latency_min_ms, counts.latency_max_ms, coalesce(histograms.keys, '{}'), coalesce(histograms.ns, '{}')
  from counts
  left join histograms using (monitor_id, region, bucket_at)
  join public.monitors on monitors.id = counts.monitor_id
  on conflict (monitor_id, bucket_at, region) do update set
    up = excluded.up, degraded = excluded.degraded, down = excluded.down, unknown = excluded.unknown,
    latency_min_ms = excluded.latency_min_ms, latency_max_ms = excluded.latency_max_ms,
    histogram_keys = excluded.histogram_keys, histogram_counts = excluded.histogram_counts;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.rollup_region_results(timestamptz, timestamptz) is 'Computes the hours of a span again, whole, from the results of regions: repeating it changes nothing.';

create or replace function public.record_probe_results(p_settlements jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_settlements jsonb := private.unwrap_json(p_settlements);
  v_held uuid[];
  v_settlement jsonb;
  v_total integer;
  v_gaps public.probe_gaps[];
  v_hour timestamptz;
begin
  v_settlements := v_settlements -> 'settlements';
  v_total := pg_catalog.jsonb_array_length(v_settlements);

  -- Everybody who changes several monitors locks their states first and in this order, so that nobody waits in a circle.
  perform from public.monitor_states as states
  where states.monitor_id in (
    select (item.value ->> 'monitor_id')::uuid from pg_catalog.jsonb_array_elements(v_settlements) as item(value))
  order by states.monitor_id for update;
  -- Two monitors of one incident that recover in two batches at once: each would see the other's alert still firing, and the
  -- incident would stay open for ever. With its lock the second sees what the first did.
  perform from public.incidents
  where incidents.id in (
    select (item.value #>> '{incident,id}')::uuid from pg_catalog.jsonb_array_elements(v_settlements) as item(value))
  order by incidents.id for update;

  -- Decided while the incident was open, but a person has resolved it since: nobody would hear of this failure. The slot is given back
  -- and decided again on what is true now.
  update public.monitor_states as states
  set lease_token = null, leased_until = null, next_due_at = v_now
  from pg_catalog.jsonb_array_elements(v_settlements) as item(value)
  join public.incidents on incidents.id = (item.value #>> '{incident,id}')::uuid
  where states.monitor_id = (item.value ->> 'monitor_id')::uuid
    and states.lease_token = (item.value ->> 'token')::bigint
    and item.value #>> '{incident,op}' in ('continue', 'flap')
    and incidents.status = 'resolved';

  -- Gaps are read from the state before it moves on.
  with missed as (
    insert into public.probe_gaps (monitor_id, project_id, region, from_at, until_at, interval_seconds)
    select states.monitor_id, states.project_id, item.region,
      states.last_slot_at + pg_catalog.make_interval(secs => item.interval_seconds), item.slot_at, item.interval_seconds
    from pg_catalog.jsonb_to_recordset(v_settlements)
      as item(monitor_id uuid, token bigint, region text, slot_at timestamptz, interval_seconds integer, is_slotted boolean,
        is_unknown boolean)
    join public.monitor_states as states on states.monitor_id = item.monitor_id and states.lease_token = item.token
    where item.is_slotted and item.is_unknown is not true
      and item.slot_at > states.last_slot_at + pg_catalog.make_interval(secs => item.interval_seconds)
    on conflict do nothing
    returning *
  )
  select pg_catalog.array_agg(missed.*) into v_gaps from missed;
  if v_gaps is not null then perform private.count_gaps(v_gaps); end if;

  -- A late worker's token matches nothing: its results, decisions and messages are dropped together.
  -- A slot of which nobody could tell says nothing: the state stays as it was, and since the slot counts as not seen, the next result
  -- finds a gap before it.
  with passed as (
    update public.monitor_states as states
    set next_due_at = item.next_due_at, lease_token = null, leased_until = null
    from pg_catalog.jsonb_to_recordset(v_settlements) as item(
      monitor_id uuid, token bigint, next_due_at timestamptz, is_unknown boolean)
    where item.is_unknown and states.monitor_id = item.monitor_id and states.lease_token = item.token
    returning states.monitor_id
  ), moved as (
    update public.monitor_states as states
    set state = item.state, since_at = item.since_at, last_slot_at = item.slot_at, last_result_at = item.probed_at,
        last_latency_ms = item.latency_ms, last_result = item.outcome,
        certificate_expires_at = coalesce(item.certificate_expires_at, states.certificate_expires_at),
        down_starts_at = item.down_starts_at, flapping_since = item.flapping_since,
        next_due_at = item.next_due_at, lease_token = null, leased_until = null
    from pg_catalog.jsonb_to_recordset(v_settlements) as item(
      monitor_id uuid, token bigint, slot_at timestamptz, probed_at timestamptz, latency_ms real, outcome jsonb,
      state text, since_at timestamptz, certificate_expires_at timestamptz, down_starts_at timestamptz[],
      flapping_since timestamptz, next_due_at timestamptz, is_unknown boolean)
    where item.is_unknown is not true and states.monitor_id = item.monitor_id and states.lease_token = item.token
    returning states.monitor_id
  )
  select coalesce(pg_catalog.array_agg(held.monitor_id), '{}') into v_held
  from (select moved.monitor_id from moved union all select passed.monitor_id from passed) as held;

  insert into public.probe_results
    (monitor_id, project_id, region, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message, evidence)
  select item.monitor_id, item.project_id, item.region, item.slot_at, item.probed_at, item.verdict, item.cause, item.status_code,
    item.latency_ms, item.phases, item.message, item.evidence
  from pg_catalog.jsonb_to_recordset(v_settlements) as item(
    monitor_id uuid, project_id uuid, region text, slot_at timestamptz, probed_at timestamptz, verdict text, cause text,
    status_code smallint, latency_ms real, phases real[], message text, evidence jsonb)
  where item.monitor_id = any (v_held) and item.verdict is not null
  on conflict (monitor_id, region, slot_at) do nothing;

  insert into public.region_results (monitor_id, project_id, region, slot_at, verdict, latency_ms, cause, message)
  select item.monitor_id, item.project_id, seen.region, item.slot_at, seen.verdict, seen.latency_ms, seen.cause, seen.message
  from pg_catalog.jsonb_to_recordset(v_settlements) as item(monitor_id uuid, project_id uuid, slot_at timestamptz, regions jsonb)
  cross join lateral pg_catalog.jsonb_to_recordset(item.regions)
    as seen(region text, verdict text, latency_ms real, cause text, message text)
  where item.monitor_id = any (v_held)
  on conflict (monitor_id, slot_at, region) do nothing;

  -- The scheduled rollups look back two hours. A slot of a longer interval may lie before that, and is counted here.
  for v_hour in
    select distinct pg_catalog.date_trunc('hour', item.slot_at, 'UTC')
    from pg_catalog.jsonb_to_recordset(v_settlements) as item(monitor_id uuid, slot_at timestamptz, verdict text)
    where item.monitor_id = any (v_held) and item.verdict is not null
      and item.slot_at < pg_catalog.date_trunc('hour', v_now, 'UTC') - interval '1 hour'
  loop
    perform public.rollup_probe_results(v_hour, v_hour);
    perform public.rollup_region_results(v_hour, v_hour);
  end loop;

  for v_settlement in
    select item.value from pg_catalog.jsonb_array_elements(v_settlements) as item(value)
    where (item.value ->> 'monitor_id')::uuid = any (v_held)
      and (pg_catalog.jsonb_typeof(item.value -> 'incident') = 'object' or pg_catalog.jsonb_typeof(item.value -> 'alerts') = 'array')
    -- Always in the same order: two batches that touch one project never wait for each other in a circle.
    order by item.value ->> 'project_id', item.value ->> 'monitor_id'
  loop
    perform private.apply_transition(v_settlement);
  end loop;

  return pg_catalog.jsonb_build_object(
    'recorded', pg_catalog.cardinality(v_held), 'stale', v_total - pg_catalog.cardinality(v_held));
end
$$;

create function public.read_monitor_regions(p_monitor_id uuid, p_range text) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_from timestamptz := pg_catalog.date_trunc('hour', v_now, 'UTC') - case p_range
    when '24h' then interval '24 hours' when '7d' then interval '7 days' when '30d' then interval '30 days' else interval '90 days' end;
begin
  return (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
      'region', named.region,
      'last', (
        select pg_catalog.jsonb_build_object('slot_at', private.iso(results.slot_at), 'verdict', results.verdict,
          'latency_ms', results.latency_ms, 'cause', results.cause, 'message', results.message)
        from public.region_results as results
        where results.monitor_id = p_monitor_id and results.region = named.region and results.slot_at > v_now - interval '8 days'
        order by results.slot_at desc limit 1),
      'last_failure', (
        select pg_catalog.jsonb_build_object('slot_at', private.iso(results.slot_at), 'verdict', results.verdict,
          'latency_ms', results.latency_ms, 'cause', results.cause, 'message', results.message)
        from public.region_results as results
        where results.monitor_id = p_monitor_id and results.region = named.region and results.slot_at > v_now - interval '8 days'
          and results.verdict in ('down', 'degraded')
        order by results.slot_at desc limit 1),
      'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
      'latency_min_ms', sums.latency_min_ms, 'latency_max_ms', sums.latency_max_ms,
      'histogram_keys', buckets.keys, 'histogram_counts', buckets.ns) order by named.region), '[]')
    from (
      select pg_catalog.unnest(monitors.regions) as region from public.monitors where monitors.id = p_monitor_id
      union
      select distinct results.region from public.region_results as results
      where results.monitor_id = p_monitor_id and results.slot_at > v_now - interval '1 hour'
    ) as named
    cross join lateral (
      select coalesce(sum(rollups.up), 0) as up, coalesce(sum(rollups.degraded), 0) as degraded, coalesce(sum(rollups.down), 0) as down,
        coalesce(sum(rollups.unknown), 0) as unknown, min(rollups.latency_min_ms) as latency_min_ms, max(rollups.latency_max_ms) as latency_max_ms
      from public.region_rollups as rollups
      where rollups.monitor_id = p_monitor_id and rollups.region = named.region and rollups.bucket_at >= v_from
    ) as sums
    cross join lateral (
      select coalesce(pg_catalog.jsonb_agg(summed.key order by summed.key), '[]') as keys, coalesce(pg_catalog.jsonb_agg(summed.n order by summed.key), '[]') as ns
      from (
        select bucket.key, sum(bucket.n) as n
        from public.region_rollups as rollups
        cross join lateral rows from (pg_catalog.unnest(rollups.histogram_keys), pg_catalog.unnest(rollups.histogram_counts)) as bucket(key, n)
        where rollups.monitor_id = p_monitor_id and rollups.region = named.region and rollups.bucket_at >= v_from
        group by bucket.key
      ) as summed
    ) as buckets);
end
$$;
comment on function public.read_monitor_regions(uuid, text) is 'The regions of a monitor: what each saw last and failed with last (a week), and its figures over a range. Row level security of the caller applies.';

revoke execute on function private.ensure_region_partition(date), public.prune_region_results(integer),
  public.rollup_region_results(timestamptz, timestamptz), public.read_monitor_regions(uuid, text) from public, anon, authenticated;
grant execute on function private.ensure_region_partition(date), public.prune_region_results(integer),
  public.rollup_region_results(timestamptz, timestamptz), public.read_monitor_regions(uuid, text) to service_role;
grant execute on function public.read_monitor_regions(uuid, text) to authenticated;
