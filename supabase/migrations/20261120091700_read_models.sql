-- What pages and the API read. Invoker: row level security of the caller applies.

create function private.shown_state(
  p_state text, p_paused_at timestamptz, p_kind text, p_interval_seconds integer, p_last_result_at timestamptz, p_now timestamptz
) returns text
language sql immutable set search_path = ''
return case
  when p_paused_at is not null then 'paused'
  when p_state = 'pending' or p_last_result_at is null then 'pending'
  when p_kind = 'heartbeat' then p_state
  when p_now - p_last_result_at > pg_catalog.make_interval(secs => 3 * p_interval_seconds + 90) then 'unknown'
  else p_state end;
comment on function private.shown_state(text, timestamptz, text, integer, timestamptz, timestamptz) is
  'What a page shows of a stored state: silence makes it unknown, a pause paused. Says the same as shownState of the application.';

create function public.read_monitor_list(
  p_project_id uuid, p_state text default null, p_search text default null, p_tag text default null, p_group text default null,
  p_kind text default null, p_after jsonb default null, p_limit integer default 50
) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with listed as (
    select monitors.*, states.state, states.since_at, states.last_result_at, states.last_latency_ms, states.flapping_since,
      states.certificate_expires_at, states.last_ping_at, states.last_result, shown.state as shown_state,
      case shown.state when 'down' then 0 when 'degraded' then 1 when 'unknown' then 2 when 'pending' then 3 when 'up' then 4 else 5 end as rank
    from public.monitors join public.monitor_states as states on states.monitor_id = monitors.id
    cross join lateral (select private.shown_state(states.state, monitors.paused_at, monitors.kind, monitors.interval_seconds,
      states.last_result_at, private.now())) as shown(state)
    where monitors.project_id = p_project_id
      and (p_state is null or shown.state = p_state)
      and (p_kind is null or monitors.kind = p_kind)
      and (p_tag is null or monitors.tags @> array[p_tag])
      and (p_group is null or monitors.group_name = p_group)
      and (p_search is null or monitors.name ilike '%' || p_search || '%' or monitors.key ilike '%' || p_search || '%'
        or monitors.config::text ilike '%' || p_search || '%')
  ), page as (
    select * from listed
    where p_after is null
      or (listed.rank, listed.name, listed.id) > (
        (private.unwrap_json(p_after) ->> 'rank')::integer, private.unwrap_json(p_after) ->> 'name', (private.unwrap_json(p_after) ->> 'id')::uuid)
    order by listed.rank, listed.name, listed.id limit p_limit
  )
  select pg_catalog.jsonb_build_object(
    'total', (select count(*) from listed),
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', page.id, 'key', page.key, 'name', page.name, 'kind', page.kind, 'config', page.config, 'severity', page.severity,
        'interval_seconds', page.interval_seconds, 'tags', page.tags, 'group_name', page.group_name, 'managed_by', page.managed_by,
        'paused_at', private.iso(page.paused_at), 'state', page.state, 'shown_state', page.shown_state, 'since_at', private.iso(page.since_at),
        'created_at', private.iso(page.created_at),
        'last_result_at', private.iso(page.last_result_at), 'last_latency_ms', page.last_latency_ms,
        'last_failure', case when page.last_result ->> 'verdict' <> 'up' then pg_catalog.jsonb_build_object(
          'at', private.iso(page.last_result_at), 'verdict', page.last_result -> 'verdict', 'cause', page.last_result -> 'cause',
          'message', page.last_result -> 'message', 'statusCode', page.last_result -> 'statusCode',
          'latencyMs', page.last_result -> 'durationMs', 'failures', page.last_result -> 'failures') end,
        'flapping', page.flapping_since is not null,
        'certificate_expires_at', private.iso(page.certificate_expires_at), 'last_ping_at', private.iso(page.last_ping_at),
        'rank', page.rank) order by page.rank, page.name, page.id), '[]')
      from page));
end;
comment on function public.read_monitor_list(uuid, text, text, text, text, text, jsonb, integer) is 'A page of monitors, worst state first, keyset-paged by (rank, name, id).';

create function public.read_monitor_figures(p_monitor_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with hours as materialized (
    select rollups.monitor_id, rollups.bucket_at, rollups.up, rollups.degraded, rollups.down, rollups.unknown, rollups.latency_p95_ms,
      rollups.latency_min_ms, rollups.latency_max_ms, rollups.histogram_keys, rollups.histogram_counts
    from public.probe_rollups as rollups
    where rollups.monitor_id = any (p_monitor_ids) and rollups.resolution = 'hour'
      and rollups.bucket_at > pg_catalog.date_trunc('hour', private.now(), 'UTC') - interval '24 hours'
  ), spans as (
    -- Whole days from daily rows, today from hours: each result counts once.
    select monitor_id, sum(up) as up, sum(degraded) as degraded, sum(down) as down, sum(unknown) as unknown
    from (
      select monitor_id, up, degraded, down, unknown from public.probe_rollups
      where monitor_id = any (p_monitor_ids) and resolution = 'day'
        and bucket_at >= pg_catalog.date_trunc('day', private.now(), 'UTC') - interval '29 days'
        and bucket_at < pg_catalog.date_trunc('day', private.now(), 'UTC')
      union all
      select monitor_id, up, degraded, down, unknown from public.probe_rollups
      where monitor_id = any (p_monitor_ids) and resolution = 'hour' and bucket_at >= pg_catalog.date_trunc('day', private.now(), 'UTC')
    ) as parts group by monitor_id
  ), courses as (
    -- Rows rather than objects: fifty monitors of a page have 1,200 hours. Start in epoch seconds, up, degraded, down, unknown, p95.
    select monitor_id, min(latency_min_ms) as min_ms, max(latency_max_ms) as max_ms,
      pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from bucket_at)::bigint, up, degraded, down, unknown,
        pg_catalog.round(latency_p95_ms::numeric, 1)) order by bucket_at) as hours
    from hours group by monitor_id
  ), histograms as (
    select monitor_id, pg_catalog.jsonb_agg(key order by key) as keys, pg_catalog.jsonb_agg(n order by key) as ns
    from (
      select hours.monitor_id, bucket.key, sum(bucket.n) as n
      from hours cross join lateral rows from (
        pg_catalog.unnest(hours.histogram_keys), pg_catalog.unnest(hours.histogram_counts)) as bucket(key, n)
      group by hours.monitor_id, bucket.key
    ) as merged group by monitor_id
  )
  select coalesce(pg_catalog.jsonb_object_agg(wanted.id, pg_catalog.jsonb_build_object(
    'days30', case when spans.monitor_id is not null then pg_catalog.jsonb_build_object('up', spans.up, 'degraded', spans.degraded,
      'down', spans.down, 'unknown', spans.unknown) end,
    'hours', coalesce(courses.hours, '[]'),
    'histogram', case when histograms.monitor_id is not null then pg_catalog.jsonb_build_object('keys', histograms.keys,
      'counts', histograms.ns, 'min_ms', courses.min_ms, 'max_ms', courses.max_ms) end)), '{}')
  from pg_catalog.unnest(p_monitor_ids) as wanted(id)
  left join spans on spans.monitor_id = wanted.id
  left join courses on courses.monitor_id = wanted.id
  left join histograms on histograms.monitor_id = wanted.id;
end;
comment on function public.read_monitor_figures(uuid[]) is 'Uptime parts of 30 days, the last 24 hours and their merged latency histogram, for the monitors of one page. Reads rollups alone.';

create function public.read_overview(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'states', (
      select coalesce(pg_catalog.jsonb_object_agg(counted.state, counted.n), '{}')
      from (
        select private.shown_state(states.state, monitors.paused_at, monitors.kind, monitors.interval_seconds, states.last_result_at,
          private.now()) as state, count(*) as n
        from public.monitor_states as states join public.monitors on monitors.id = states.monitor_id
        where states.project_id = p_project_id group by 1) as counted),
    'down_since', (
      select private.iso(min(states.since_at)) from public.monitor_states as states
      where states.project_id = p_project_id and states.state = 'down'),
    'open_incidents', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', incidents.id, 'number', incidents.number,
        'title', incidents.title, 'priority', incidents.priority, 'status', incidents.status, 'reason', incidents.reason,
        'flapping', incidents.flapping, 'started_at', private.iso(incidents.started_at),
        'acknowledged_at', private.iso(incidents.acknowledged_at), 'acknowledged_by', incidents.acknowledged_by)
        order by incidents.priority, incidents.started_at), '[]')
      from public.incidents where incidents.project_id = p_project_id and incidents.status <> 'resolved'),
    'dead_notifications', (
      select count(*) from public.notifications where notifications.project_id = p_project_id and notifications.status = 'dead'),
    'channels', (select count(*) from public.channels where channels.project_id = p_project_id and channels.enabled),
    'has_delivered', exists (
      select from public.notifications where notifications.project_id = p_project_id and notifications.status = 'delivered'),
    'now', private.iso(private.now()));
end;
comment on function public.read_overview(uuid) is 'Counts by state, open incidents and dead letters of a project.';

create function public.read_monitor_series(p_monitor_id uuid, p_range text) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_from timestamptz := v_now - case p_range when '24h' then interval '24 hours' when '7d' then interval '7 days'
    when '30d' then interval '30 days' else interval '90 days' end;
  v_resolution text := case p_range when '90d' then 'day' else 'hour' end;
  v_points jsonb;
  v_histogram jsonb;
begin
  if p_range = '24h' then
    -- Five-minute buckets of raw rows: at most 288 points, percentiles exact.
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(bucket.at), 'up', bucket.up, 'degraded', bucket.degraded,
      'down', bucket.down, 'unknown', 0, 'blips', bucket.blips, 'p50', bucket.p50, 'p95', bucket.p95, 'phases', bucket.phases) order by bucket.at)
    into v_points
    from (
      select pg_catalog.to_timestamp(pg_catalog.floor(extract(epoch from results.slot_at) / 300) * 300) as at,
        count(*) filter (where results.verdict = 'up') as up, count(*) filter (where results.verdict = 'degraded') as degraded,
        count(*) filter (where results.verdict = 'down') as down,
        -- Failed at first and fine when looked at again.
        count(*) filter (where results.verdict = 'up' and results.evidence is not null) as blips,
        pg_catalog.percentile_disc(0.5) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p50,
        pg_catalog.percentile_disc(0.95) within group (order by results.latency_ms) filter (where results.verdict <> 'down') as p95,
        array[avg(results.phases[1]), avg(results.phases[2]), avg(results.phases[3]), avg(results.phases[4]), avg(results.phases[5])] as phases
      from public.probe_results as results
      where results.monitor_id = p_monitor_id and results.slot_at > v_from
      group by 1) as bucket;
    select pg_catalog.jsonb_build_object('keys', pg_catalog.jsonb_agg(merged.key order by merged.key),
      'counts', pg_catalog.jsonb_agg(merged.n order by merged.key), 'min_ms', min(merged.min_ms), 'max_ms', max(merged.max_ms))
    into v_histogram
    from (
      select private.histogram_key(results.latency_ms) as key, count(*) as n, min(results.latency_ms) as min_ms, max(results.latency_ms) as max_ms
      from public.probe_results as results
      where results.monitor_id = p_monitor_id and results.slot_at > v_from and results.verdict <> 'down' and results.latency_ms is not null
      group by 1) as merged;
  else
    select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('at', private.iso(rollups.bucket_at), 'up', rollups.up,
      'degraded', rollups.degraded, 'down', rollups.down, 'unknown', rollups.unknown, 'p50', rollups.latency_p50_ms, 'p95', rollups.latency_p95_ms,
      'keys', case when rollups.latency_p50_ms is null then pg_catalog.to_jsonb(rollups.histogram_keys) end,
      'counts', case when rollups.latency_p50_ms is null then pg_catalog.to_jsonb(rollups.histogram_counts) end,
      'min_ms', rollups.latency_min_ms, 'max_ms', rollups.latency_max_ms,
      'phases', (select pg_catalog.array_agg(phase / nullif(rollups.latency_count, 0)) from pg_catalog.unnest(rollups.phase_sums_ms) as phase))
      order by rollups.bucket_at)
    into v_points
    from public.probe_rollups as rollups
    where rollups.monitor_id = p_monitor_id and rollups.resolution = v_resolution and rollups.bucket_at > v_from;
    select pg_catalog.jsonb_build_object('keys', pg_catalog.jsonb_agg(merged.key order by merged.key),
      'counts', pg_catalog.jsonb_agg(merged.n order by merged.key), 'min_ms', min(merged.min_ms), 'max_ms', max(merged.max_ms))
    into v_histogram
    from (
      select bucket.key, sum(bucket.n) as n, min(rollups.latency_min_ms) as min_ms, max(rollups.latency_max_ms) as max_ms
      from public.probe_rollups as rollups cross join lateral rows from (
        pg_catalog.unnest(rollups.histogram_keys), pg_catalog.unnest(rollups.histogram_counts)) as bucket(key, n)
      where rollups.monitor_id = p_monitor_id and rollups.resolution = v_resolution and rollups.bucket_at > v_from
      group by bucket.key) as merged;
  end if;
  return pg_catalog.jsonb_build_object('now', private.iso(v_now), 'from', private.iso(v_from), 'points', coalesce(v_points, '[]'),
    'histogram', v_histogram, 'gaps', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('from', private.iso(gaps.from_at), 'until', private.iso(gaps.until_at),
      'slots', pg_catalog.ceil(extract(epoch from gaps.until_at - gaps.from_at) / gaps.interval_seconds)) order by gaps.from_at), '[]')
    from public.probe_gaps as gaps
    where gaps.monitor_id = p_monitor_id and gaps.until_at > v_from),
  'alerts', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', alerts.id, 'kind', alerts.kind, 'reason', alerts.reason,
      'evidence', alerts.evidence, 'started_at', private.iso(alerts.started_at), 'resolved_at', private.iso(alerts.resolved_at),
      'incident_number', incidents.number, 'priority', incidents.priority) order by alerts.started_at desc), '[]')
    from (
      select * from public.alerts where alerts.monitor_id = p_monitor_id and (alerts.resolved_at is null or alerts.resolved_at > v_from)
      order by alerts.started_at desc limit 200) as alerts
    left join public.incidents on incidents.id = alerts.incident_id));
end
$$;
comment on function public.read_monitor_series(uuid, text) is 'Points of a monitor''s chart for 24h, 7d, 30d or 90d with their merged latency histogram, the gaps and the alerts in it.';
