-- Weekly reports: claimed once a project and week.

create function public.claim_report(p_project_id uuid, p_period_start date, p_period_end date) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_report public.reports;
begin
  insert into public.reports (project_id, kind, period_start, period_end, created_at, next_attempt_at)
  values (p_project_id, 'weekly', p_period_start, p_period_end, v_now, v_now)
  on conflict (project_id, kind, period_start) do nothing;

  update public.reports
  set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '3 minutes',
      attempt = reports.attempt + 1
  where reports.id = (
    select due.id from public.reports as due
    where due.project_id = p_project_id and due.kind = 'weekly' and due.period_start = p_period_start
      and due.status = 'pending' and due.next_attempt_at <= v_now
      and (due.leased_until is null or due.leased_until <= v_now)
    for update skip locked)
  returning * into v_report;
  if v_report.id is null then return null; end if;
  return pg_catalog.jsonb_build_object('id', v_report.id, 'token', v_report.lease_token, 'attempt', v_report.attempt);
end
$$;
comment on function public.claim_report(uuid, date, date) is 'Leases the report of one week, or answers null: already sent, or in other hands.';

create function public.finish_report(p_report jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_report jsonb := private.unwrap_json(p_report);
  v_next text := v_report ->> 'next';
begin
  update public.reports
  set lease_token = null, leased_until = null,
      status = case v_next when 'done' then 'sent' when 'retry' then 'pending' else 'failed' end,
      sent_at = case when v_next = 'done' then private.now() end,
      next_attempt_at = case when v_next = 'retry' then (v_report ->> 'next_attempt_at')::timestamptz end,
      recipients = coalesce((select pg_catalog.array_agg(value) from pg_catalog.jsonb_array_elements_text(v_report -> 'recipients')), '{}'),
      data = v_report -> 'data', last_error = v_report ->> 'detail'
  where reports.id = (v_report ->> 'id')::uuid and reports.lease_token = (v_report ->> 'token')::bigint;
  return found;
end
$$;
comment on function public.finish_report(jsonb) is 'Notes what became of a report; false when the lease was lost.';

create function public.read_report_figures(p_project_id uuid, p_from timestamptz, p_until timestamptz, p_time_zone text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with hours as materialized (
    select rollups.*, pg_catalog.date_trunc('day', rollups.bucket_at, p_time_zone) as day_at
    from public.probe_rollups as rollups
    where rollups.project_id = p_project_id and rollups.resolution = 'hour'
      and rollups.bucket_at >= p_from and rollups.bucket_at < p_until
  ), buckets as materialized (
    select hours.monitor_id, hours.day_at, bucket.key, sum(bucket.n) as n
    from hours cross join lateral rows from (
      pg_catalog.unnest(hours.histogram_keys), pg_catalog.unnest(hours.histogram_counts)) as bucket(key, n)
    group by hours.monitor_id, hours.day_at, bucket.key
  ), monitor_histograms as (
    select monitor_id, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select monitor_id, key, sum(n) as n from buckets group by monitor_id, key) as merged group by monitor_id
  ), day_histograms as (
    select day_at, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (select day_at, key, sum(n) as n from buckets group by day_at, key) as merged group by day_at
  ), monitor_sums as (
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by monitor_id
  ), day_sums as (
    select day_at, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown,
      sum(latency_count) as latency_count, sum(latency_sum_ms) as latency_sum_ms, min(latency_min_ms) as latency_min_ms,
      max(latency_max_ms) as latency_max_ms
    from hours group by day_at
  )
  select pg_catalog.jsonb_build_object(
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'key', monitors.key, 'name', monitors.name, 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by monitors.name), '[]')
      from monitor_sums as sums
      join public.monitors on monitors.id = sums.monitor_id
      left join monitor_histograms as histograms on histograms.monitor_id = sums.monitor_id),
    'days', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'at', private.iso(sums.day_at), 'up', sums.up, 'degraded', sums.degraded, 'down', sums.down, 'unknown', sums.unknown,
        'count', sums.latency_count, 'sum_ms', sums.latency_sum_ms, 'min_ms', sums.latency_min_ms, 'max_ms', sums.latency_max_ms,
        'keys', coalesce(histograms.keys, '[]'), 'counts', coalesce(histograms.ns, '[]')) order by sums.day_at), '[]')
      from day_sums as sums left join day_histograms as histograms on histograms.day_at = sums.day_at),
    'incidents', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'number', incidents.number, 'title', incidents.title, 'priority', incidents.priority, 'status', incidents.status,
        'started_at', private.iso(incidents.started_at), 'acknowledged_at', private.iso(incidents.acknowledged_at),
        'resolved_at', private.iso(incidents.resolved_at)) order by incidents.started_at), '[]')
      from public.incidents
      where incidents.project_id = p_project_id and incidents.started_at >= p_from and incidents.started_at < p_until));
end;
comment on function public.read_report_figures(uuid, timestamptz, timestamptz, text) is 'Sums, merged histograms and incidents of a span, by monitor and by local day. Row level security of the caller applies.';
