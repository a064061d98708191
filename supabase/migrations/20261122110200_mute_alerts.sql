-- What is kept quiet is written down as any alert, with the reason; nobody is told, and no incident opens. When the reason ends and the alert
-- still fires, it is told then.

alter table public.alerts
  add column muted_code text constraint alerts_muted_code_check check (muted_code in ('silenced', 'maintenance', 'depends_on', 'deploying')),
  add column muted_reason text,
  add column muted_until timestamptz,
  add column unmuted_at timestamptz,
  add constraint alerts_muted_reason_check check ((muted_code is null) = (muted_reason is null));
comment on column public.alerts.muted_code is 'Why nobody was told when it began; null when somebody was, or nothing kept it quiet.';
comment on column public.alerts.muted_reason is 'The same as a sentence.';
comment on column public.alerts.muted_until is 'When the reason ends by itself; null when that is not known.';
comment on column public.alerts.unmuted_at is 'When it was told after all, because it outlasted the reason.';
-- Holds next to nothing. Serves the claim of a monitor, which must know whether something is left to be told.
create index alerts_muted_idx on public.alerts (monitor_id) where status = 'firing' and muted_code is not null and unmuted_at is null;

create function private.mutes_json(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'silences', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', silences.id, 'matchers', silences.matchers,
        'starts_at', private.iso(silences.starts_at), 'ends_at', private.iso(silences.ends_at), 'author', silences.author, 'comment', silences.comment)), '[]')
      from public.silences
      where silences.project_id = p_project_id and silences.ends_at > private.now() and silences.starts_at <= private.now()),
    'windows', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', running.name, 'scope_kind', running.scope_kind,
        'scope_values', running.scope_values, 'starts_at', private.iso(running.starts_at), 'ends_at', private.iso(running.ends_at))), '[]')
      from public.maintenance_occurrences as running
      where running.project_id = p_project_id and running.ends_at > private.now() and running.starts_at <= private.now()),
    'mute_after_deploy_seconds', projects.mute_after_deploy_seconds, 'soak_minutes', projects.soak_minutes, 'time_zone', projects.time_zone)
  from public.projects where projects.id = p_project_id;
end;
comment on function private.mutes_json(uuid) is 'What keeps alerts of a project quiet now.';

create function private.results_json(p_monitor_id uuid, p_from timestamptz, p_until timestamptz) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with results as materialized (
    select verdict, case when verdict <> 'down' then latency_ms end as answered_ms
    from public.probe_results where monitor_id = p_monitor_id and slot_at >= p_from and slot_at < p_until
  ), buckets as (
    select private.histogram_key(answered_ms) as key, count(*) as n from results where answered_ms is not null group by 1
  )
  select pg_catalog.jsonb_build_object('count', count(*), 'answered', count(*) filter (where verdict <> 'down'), 'min_ms', min(answered_ms),
    'max_ms', max(answered_ms), 'keys', (select coalesce(pg_catalog.jsonb_agg(key order by key), '[]') from buckets),
    'counts', (select coalesce(pg_catalog.jsonb_agg(n order by key), '[]') from buckets))
  from results;
end;
comment on function private.results_json(uuid, timestamptz, timestamptz) is 'How many probes of a monitor were made and answered in a span, and how fast.';

create function private.compare_results(p_monitor_id uuid, p_at timestamptz, p_span interval) returns jsonb
language sql stable security invoker set search_path = ''
return pg_catalog.jsonb_build_object('before', private.results_json(p_monitor_id, p_at - p_span, p_at),
  'after', private.results_json(p_monitor_id, p_at, p_at + p_span));
comment on function private.compare_results(uuid, timestamptz, interval) is 'The results of a monitor before and after an instant, as long on both sides.';

create or replace function private.state_json(state public.monitor_states) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object(
  'state', state.state, 'since_at', private.iso(state.since_at), 'last_slot_at', private.iso(state.last_slot_at),
  'last_result_at', private.iso(state.last_result_at), 'down_starts_at', (
    select coalesce(pg_catalog.jsonb_agg(private.iso(at)), '[]') from pg_catalog.unnest(state.down_starts_at) as at),
  'flapping_since', private.iso(state.flapping_since), 'last_ping_at', private.iso(state.last_ping_at),
  'last_start_at', private.iso(state.last_start_at), 'last_ping_kind', state.last_ping_kind,
  'next_due_at', private.iso(state.next_due_at),
  'is_muted', exists (select from public.alerts where alerts.monitor_id = state.monitor_id and alerts.status = 'firing'
    and alerts.muted_code is not null and alerts.unmuted_at is null));

create or replace function public.load_decision_context(p_monitor_ids uuid[]) returns jsonb
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
        'id', alerts.id, 'kind', alerts.kind, 'incident_id', alerts.incident_id, 'started_at', private.iso(alerts.started_at),
        'muted_reason', case when alerts.unmuted_at is null then alerts.muted_reason end)), '[]')
      from public.alerts where alerts.monitor_id = monitors.id and alerts.status = 'firing'),
    'last_incident', (
      select pg_catalog.jsonb_build_object('id', incidents.id, 'number', incidents.number, 'status', incidents.status,
        'priority', incidents.priority, 'episode', incidents.episode, 'flapping', incidents.flapping, 'title', incidents.title,
        'group_key', incidents.group_key, 'started_at', private.iso(incidents.started_at), 'resolved_by', incidents.resolved_by,
        'resolved_at', private.iso(incidents.resolved_at))
      from public.alerts
      join public.incidents on incidents.id = alerts.incident_id
      where alerts.monitor_id = monitors.id and alerts.kind = 'down'
      order by alerts.started_at desc limit 1),
    -- What went live longer ago has hardly to do with what breaks now.
    'last_deployment', (
      select private.deployment_json(deployments)
      from public.deployments
      where deployments.project_id = monitors.project_id and deployments.environment = 'production'
        and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
      order by deployments.ready_at desc limit 1),
    'down_dependencies', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', below.key, 'name', below.name, 'since_at', private.iso(states.since_at))), '[]')
      from public.monitors as below
      join public.monitor_states as states on states.monitor_id = below.id
      where below.project_id = monitors.project_id and below.key = any (monitors.depends_on) and below.paused_at is null and states.state = 'down'),
    'comparison', (
      select private.compare_results(monitors.id, deployments.ready_at, pg_catalog.make_interval(mins => projects.soak_minutes))
      from public.projects
      join public.deployments on deployments.project_id = projects.id and deployments.environment = 'production'
        and deployments.ready_at > private.now() - pg_catalog.make_interval(mins => projects.soak_minutes) and deployments.ready_at <= private.now()
      where projects.id = monitors.project_id
      order by deployments.ready_at desc limit 1),
    'mutes', private.mutes_json(monitors.project_id))), '{}')
  from public.monitors where monitors.id = any (p_monitor_ids);
end;
comment on function public.load_decision_context(uuid[]) is 'What the decision about a changed monitor needs beside its state: project, channels, firing alerts, last incident, last deployment, mutes.';

-- Applies the changes of one settlement that has any. Most have none and never come here.
create or replace function private.apply_transition(p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_project_id uuid := (p_settlement ->> 'project_id')::uuid;
  v_monitor_id uuid := (p_settlement ->> 'monitor_id')::uuid;
  v_change jsonb := p_settlement -> 'incident';
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_alert jsonb;
  v_alert_id uuid;
  v_created boolean := false;
  v_updated integer;
  v_number integer;
  v_event jsonb;
begin
  if v_change ->> 'op' = 'open' then
    -- Settlements of one mass failure carry the same id: the first opens, the others join.
    if not exists (select from public.incidents where incidents.id = v_incident_id) then
      update public.projects set last_incident_number = last_incident_number + 1
      where projects.id = v_project_id returning last_incident_number into v_number;
      insert into public.incidents (id, project_id, number, title, priority, status, reason, group_key, started_at, detected_at)
      values (v_incident_id, v_project_id, v_number, v_change ->> 'title', v_change ->> 'priority', 'triggered', v_change ->> 'reason',
        v_change ->> 'group_key', (v_change ->> 'started_at')::timestamptz, v_now);
      v_created := true;
    end if;
  elsif v_change ->> 'op' = 'reopen' then
    update public.incidents
    set status = 'triggered', resolved_at = null, resolved_by = null, acknowledged_at = null, acknowledged_by = null,
        episode = (v_change ->> 'episode')::integer, flapping = (v_change ->> 'flapping')::boolean,
        reason = v_change ->> 'reason'
    where incidents.id = v_incident_id and incidents.status = 'resolved';
  elsif v_change ->> 'op' = 'flap' then
    update public.incidents set flapping = true where incidents.id = v_incident_id;
  end if;

  for v_alert in select * from pg_catalog.jsonb_array_elements(coalesce(p_settlement -> 'alerts', '[]')) loop
    if v_alert ->> 'op' = 'fire' then
      insert into public.alerts (id, project_id, monitor_id, kind, severity, incident_id, reason, evidence, started_at, muted_code, muted_reason,
        muted_until)
      values ((v_alert ->> 'id')::uuid, v_project_id, v_monitor_id, v_alert ->> 'kind', v_alert ->> 'severity',
        case when v_alert ->> 'kind' = 'down' then v_incident_id end,
        v_alert ->> 'reason', coalesce(v_alert -> 'evidence', '[]'), (v_alert ->> 'started_at')::timestamptz,
        v_alert #>> '{muted,code}', v_alert #>> '{muted,reason}', (v_alert #>> '{muted,until}')::timestamptz)
      on conflict (monitor_id, kind) where status = 'firing' do nothing;
      v_alert_id := (v_alert ->> 'id')::uuid;
      if v_incident_id is null then
        perform private.insert_notifications(coalesce(v_alert -> 'notifications', '[]'), v_project_id, null, v_alert_id);
      end if;
    elsif v_alert ->> 'op' = 'unmute' then
      -- What was kept quiet and still holds is told now: its incident opens with this settlement, its degradation here.
      update public.alerts
      set unmuted_at = v_now, incident_id = case when alerts.kind = 'down' then v_incident_id end
      where alerts.monitor_id = v_monitor_id and alerts.kind = v_alert ->> 'kind' and alerts.status = 'firing'
        and alerts.muted_code is not null and alerts.unmuted_at is null
      returning alerts.id into v_alert_id;
      if v_incident_id is null and v_alert_id is not null then
        perform private.insert_notifications(coalesce(v_alert -> 'notifications', '[]'), v_project_id, null, v_alert_id);
      end if;
    else
      update public.alerts
      set status = 'resolved', resolved_at = (v_alert ->> 'at')::timestamptz, resolved_reason = v_alert ->> 'reason'
      where alerts.monitor_id = v_monitor_id and alerts.kind = v_alert ->> 'kind' and alerts.status = 'firing'
      returning alerts.id into v_alert_id;
      if v_alert ->> 'kind' = 'degraded' and v_alert_id is not null and coalesce((v_alert ->> 'tell')::boolean, true) then
        perform private.tell_recipients(null, v_alert_id, 'monitor.recovered', 'monitor.degraded',
          v_alert ->> 'reason', v_alert -> 'evidence', v_alert ->> 'state', null);
      end if;
    end if;
  end loop;

  if v_incident_id is null then return; end if;

  for v_event in select * from pg_catalog.jsonb_array_elements(coalesce(v_change -> 'events', '[]')) loop
    -- Monitors that join an incident of a mass failure add their own line, not a second "opened".
    if v_change ->> 'op' = 'open' and not v_created and (v_event ->> 'kind') <> 'monitor_down' then continue; end if;
    perform private.add_incident_event(v_incident_id, coalesce((v_event ->> 'at')::timestamptz, v_now), v_event ->> 'kind', 'vigie',
      v_event ->> 'message', coalesce(v_event -> 'details', '{}'));
  end loop;

  if v_change ->> 'op' = 'resolve' then
    update public.incidents
    set status = 'resolved', resolved_at = (v_change ->> 'at')::timestamptz, resolved_by = 'vigie', flapping = false
    where incidents.id = v_incident_id and incidents.status <> 'resolved'
      and not exists (select from public.alerts where alerts.incident_id = v_incident_id and alerts.status = 'firing');
    get diagnostics v_updated = row_count;
    if v_updated = 1 then
      perform private.add_incident_event(v_incident_id, v_now, 'resolved', 'vigie', v_change ->> 'reason');
      perform private.tell_recipients(v_incident_id, null, 'incident.resolved', 'incident.triggered',
        v_change ->> 'reason', v_change -> 'evidence', v_change ->> 'state', null);
    end if;
  else
    perform private.insert_notifications(coalesce(v_change -> 'notifications', '[]'), v_project_id, v_incident_id, null);
  end if;
end
$$;

create function public.load_mutes(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(wanted.id, private.mutes_json(wanted.id) || pg_catalog.jsonb_build_object('last_deployment', (
    select private.deployment_json(deployments)
    from public.deployments
    where deployments.project_id = wanted.id and deployments.environment = 'production'
      and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
    order by deployments.ready_at desc limit 1))), '{}')
  from pg_catalog.unnest(p_project_ids) as wanted(id);
end;
comment on function public.load_mutes(uuid[]) is 'What keeps alerts of these projects quiet now, and what went live last, by project. Service role.';

revoke execute on function private.mutes_json(uuid), private.results_json(uuid, timestamptz, timestamptz),
  private.compare_results(uuid, timestamptz, interval), public.load_mutes(uuid[]) from public, anon, authenticated;
grant execute on function private.mutes_json(uuid), private.results_json(uuid, timestamptz, timestamptz),
  private.compare_results(uuid, timestamptz, interval), public.load_mutes(uuid[]) to service_role;
