-- The pipeline's first step: who is due, leased in one statement.

create function private.monitor_json(monitor public.monitors) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object(
  'id', monitor.id, 'project_id', monitor.project_id, 'key', monitor.key, 'name', monitor.name, 'kind', monitor.kind,
  'config', monitor.config, 'interval_seconds', monitor.interval_seconds, 'timeout_ms', monitor.timeout_ms,
  'severity', monitor.severity, 'confirm_failures', monitor.confirm_failures, 'confirm_successes', monitor.confirm_successes,
  'tags', monitor.tags, 'group_name', monitor.group_name, 'runbook_url', monitor.runbook_url,
  'paused_at', private.iso(monitor.paused_at));
comment on function private.monitor_json(public.monitors) is 'A monitor as the tasks read it.';

create function private.state_json(state public.monitor_states) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object(
  'state', state.state, 'since_at', private.iso(state.since_at), 'last_slot_at', private.iso(state.last_slot_at),
  'last_result_at', private.iso(state.last_result_at), 'down_starts_at', (
    select coalesce(pg_catalog.jsonb_agg(private.iso(at)), '[]') from pg_catalog.unnest(state.down_starts_at) as at),
  'flapping_since', private.iso(state.flapping_since), 'last_ping_at', private.iso(state.last_ping_at),
  'last_start_at', private.iso(state.last_start_at), 'last_ping_kind', state.last_ping_kind,
  'next_due_at', private.iso(state.next_due_at));
comment on function private.state_json(public.monitor_states) is 'A monitor''s state as the tasks read it.';

create function private.probe_lease() returns interval
language sql immutable set search_path = ''
return interval '20 seconds';
comment on function private.probe_lease() is 'How long a monitor waits for a worker that was killed. Short, because a living worker renews it every five seconds, however slow its target is.';

create function public.claim_due_monitors(p_limit integer, p_monitor_id uuid default null) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_claims jsonb;
begin
  with due as (
    select states.monitor_id
    from public.monitor_states as states
    where states.next_due_at <= v_now
      and (states.leased_until is null or states.leased_until <= v_now)
      and (p_monitor_id is null or states.monitor_id = p_monitor_id)
    order by states.next_due_at
    limit p_limit
    for update skip locked
  ), leased as (
    update public.monitor_states as states
    set lease_token = pg_catalog.nextval('private.fencing_tokens'),
        leased_until = v_now + private.probe_lease()
    from due
    where states.monitor_id = due.monitor_id
    returning states.*
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'token', leased.lease_token,
    'slot_at', private.iso(pg_catalog.to_timestamp(
      pg_catalog.floor(extract(epoch from v_now) / monitors.interval_seconds) * monitors.interval_seconds)),
    'monitor', private.monitor_json(monitors.*),
    'secret_ciphertext', secrets.ciphertext,
    'state', private.state_json(leased.*)))
  into v_claims
  from leased
  join public.monitors on monitors.id = leased.monitor_id
  left join public.monitor_secrets as secrets on secrets.monitor_id = leased.monitor_id;

  return pg_catalog.jsonb_build_object(
    'now', private.iso(v_now),
    'claims', coalesce(v_claims, '[]'),
    'next_due_at', (
      -- A leased monitor is due again with its next slot: its holder will most likely be done by then. Its lease alone would send a
      -- second worker to sleep past slots that the first one, ending in between, leaves to it.
      select private.iso(min(case when states.leased_until > v_now
        then least(states.leased_until, pg_catalog.to_timestamp(
          (pg_catalog.floor(extract(epoch from v_now) / monitors.interval_seconds) + 1) * monitors.interval_seconds))
        else states.next_due_at end))
      from public.monitor_states as states
      join public.monitors on monitors.id = states.monitor_id
      where states.next_due_at is not null));
end
$$;
comment on function public.claim_due_monitors(integer, uuid) is 'Leases monitors whose slot is due (skip locked, fencing token) and tells when the next one is due.';

create function public.renew_leases(p_monitor_ids uuid[], p_tokens bigint[]) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  update public.monitor_states as states set leased_until = private.now() + private.probe_lease()
  from rows from (pg_catalog.unnest(p_monitor_ids), pg_catalog.unnest(p_tokens)) as held(monitor_id, token)
  where states.monitor_id = held.monitor_id and states.lease_token = held.token;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function public.renew_leases(uuid[], bigint[]) is 'A worker that is still at it keeps what it holds: one statement for all of its monitors. Tokens that were taken over meanwhile match nothing.';

create function public.release_leases() returns void
language sql security invoker set search_path = ''
begin atomic
  update public.monitor_states set leased_until = null, lease_token = null where leased_until is not null;
  update public.notifications set leased_until = null, lease_token = null where leased_until is not null;
  update public.reports set leased_until = null, lease_token = null where leased_until is not null;
end;
comment on function public.release_leases() is 'For a stack that knows itself alone (the local one holds a lock file): leases of a killed process end at once instead of by time.';

create function public.load_decision_context(p_monitor_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(monitors.id, pg_catalog.jsonb_build_object(
    'project', (
      select pg_catalog.jsonb_build_object('id', projects.id, 'slug', projects.slug, 'name', projects.name,
        'time_zone', projects.time_zone, 'locale', projects.locale)
      from public.projects where projects.id = monitors.project_id),
    'notify_channel_ids', (
      select coalesce(pg_catalog.jsonb_agg(links.channel_id), '[]')
      from public.monitor_channels as links where links.monitor_id = monitors.id),
    'channels', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', channels.id, 'project_id', channels.project_id, 'key', channels.key, 'kind', channels.kind, 'name', channels.name,
        'config', channels.config, 'min_severity', channels.min_severity, 'enabled', channels.enabled,
        'disabled_reason', channels.disabled_reason) order by channels.key), '[]')
      from public.channels where channels.project_id = monitors.project_id),
    'firing', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', alerts.id, 'kind', alerts.kind, 'incident_id', alerts.incident_id, 'started_at', private.iso(alerts.started_at))), '[]')
      from public.alerts where alerts.monitor_id = monitors.id and alerts.status = 'firing'),
    'last_incident', (
      select pg_catalog.jsonb_build_object('id', incidents.id, 'number', incidents.number, 'status', incidents.status,
        'priority', incidents.priority, 'episode', incidents.episode, 'flapping', incidents.flapping, 'title', incidents.title,
        'group_key', incidents.group_key, 'started_at', private.iso(incidents.started_at), 'resolved_by', incidents.resolved_by,
        'resolved_at', private.iso(incidents.resolved_at))
      from public.alerts
      join public.incidents on incidents.id = alerts.incident_id
      where alerts.monitor_id = monitors.id and alerts.kind = 'down'
      order by alerts.started_at desc limit 1))), '{}')
  from public.monitors where monitors.id = any (p_monitor_ids);
end;
comment on function public.load_decision_context(uuid[]) is 'What the decision about a changed monitor needs beside its state: project, channels, firing alerts, last incident.';
