-- What opens an incident for a monitor that has an open one by now joins that: a monitor and a rule about it may be decided at the same moment.

update public.alerts
set about_monitor_id = monitors.id
from public.alert_rules as rules, public.monitors
where alerts.rule_id = rules.id and alerts.status = 'firing' and rules.condition ->> 'kind' = 'consecutive_failures'
  and monitors.project_id = rules.project_id and monitors.key = alerts.group_values[1];

create function private.redirect_change(p_project_id uuid, p_change jsonb, p_monitor_ids uuid[]) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_open public.incidents;
begin
  if p_change ->> 'op' is distinct from 'open' and p_change ->> 'op' is distinct from 'reopen' then return p_change; end if;
  select * into v_open from public.incidents
  where incidents.project_id = p_project_id and incidents.status <> 'resolved' and incidents.id <> (p_change ->> 'id')::uuid
    and exists (
      select from public.alerts
      where alerts.incident_id = incidents.id
        and (alerts.monitor_id = any (p_monitor_ids) or alerts.about_monitor_id = any (p_monitor_ids)))
  order by incidents.number desc limit 1;
  if v_open.id is null then return p_change; end if;
  return pg_catalog.jsonb_build_object('op', 'continue', 'id', v_open.id, 'priority', p_change -> 'priority',
    'events', (
      select coalesce(pg_catalog.jsonb_agg(event.value), '[]') from pg_catalog.jsonb_array_elements(p_change -> 'events') as event(value)
      where event.value ->> 'kind' in ('monitor_down', 'alert_fired')),
    -- Their dedupe keys are those of the incident that they now belong to: a channel that was told of it is not told again.
    'notifications', (
      select coalesce(pg_catalog.jsonb_agg(told.value || pg_catalog.jsonb_build_object('episode', v_open.episode,
        'dedupe_key', pg_catalog.concat_ws(':', v_open.id, v_open.episode, told.value ->> 'channel_id', told.value ->> 'kind'),
        'payload', (told.value -> 'payload') || pg_catalog.jsonb_build_object('incident',
          (told.value #> '{payload,incident}') || pg_catalog.jsonb_build_object('id', v_open.id, 'title', v_open.title,
            'url', pg_catalog.replace(told.value #>> '{payload,incident,url}', p_change ->> 'id', v_open.id::text))))), '[]')
      from pg_catalog.jsonb_array_elements(coalesce(p_change -> 'notifications', '[]')) as told(value)));
end
$$;
comment on function private.redirect_change(uuid, jsonb, uuid[]) is 'The change of an incident, or, where it would open a second one for one of these monitors, the same as joining the first.';

-- As before, with the rule that opens it, and a rank that gets worse with what joins.
create or replace function private.begin_incident_change(p_project_id uuid, p_change jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_id uuid := (p_change ->> 'id')::uuid;
  v_number integer;
  v_priority text;
begin
  if p_change ->> 'op' = 'open' then
    if exists (select from public.incidents where incidents.id = v_id) then return false; end if;
    update public.projects set last_incident_number = last_incident_number + 1
    where projects.id = p_project_id returning last_incident_number into v_number;
    insert into public.incidents (id, project_id, number, title, priority, status, reason, group_key, rule_id, grouping, started_at, detected_at)
    values (v_id, p_project_id, v_number, p_change ->> 'title', p_change ->> 'priority', 'triggered', p_change ->> 'reason',
      p_change ->> 'group_key', (p_change ->> 'rule_id')::uuid, p_change ->> 'grouping', (p_change ->> 'started_at')::timestamptz, private.now());
    return true;
  elsif p_change ->> 'op' = 'reopen' then
    update public.incidents
    set status = 'triggered', resolved_at = null, resolved_by = null, acknowledged_at = null, acknowledged_by = null,
        episode = (p_change ->> 'episode')::integer, flapping = (p_change ->> 'flapping')::boolean,
        reason = p_change ->> 'reason'
    where incidents.id = v_id and incidents.status = 'resolved';
  elsif p_change ->> 'op' = 'flap' then
    update public.incidents set flapping = true where incidents.id = v_id;
  end if;
  if p_change ->> 'op' in ('continue', 'flap') and p_change ->> 'priority' is not null then
    -- P0 is the worst. What a person has ranked differently meanwhile is raised, too: they did not know of this.
    select incidents.priority into v_priority from public.incidents where incidents.id = v_id;
    if v_priority > p_change ->> 'priority' then
      update public.incidents set priority = p_change ->> 'priority' where incidents.id = v_id;
      perform private.add_incident_event(v_id, private.now(), 'priority_changed', 'vigie', v_priority || ' → ' || (p_change ->> 'priority'));
    end if;
  end if;
  return false;
end
$$;

create function private.keeps_open(alert public.alerts) returns boolean
language sql immutable set search_path = ''
return alert.status = 'firing'
  -- A rule that is down to a warning has left the incident, and its alert goes on.
  and alert.level is distinct from 'warning'
  -- So has one that only looks back on an outage that is over.
  and (alert.muted_code is distinct from 'recovered' or alert.unmuted_at is not null);
comment on function private.keeps_open(public.alerts) is 'Whether an incident cannot end while this alert is part of it.';

-- As before, but an incident does not end while one of its monitors is between two turns of its flapping: it ends once that is stable.
create or replace function private.finish_incident_change(p_project_id uuid, p_change jsonb, p_created boolean) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_id uuid := (p_change ->> 'id')::uuid;
  v_event jsonb;
begin
  for v_event in select * from pg_catalog.jsonb_array_elements(coalesce(p_change -> 'events', '[]')) loop
    -- What joins an incident adds its own line, not a second "opened".
    if p_change ->> 'op' = 'open' and not p_created and (v_event ->> 'kind') not in ('monitor_down', 'alert_fired') then continue; end if;
    perform private.add_incident_event(v_id, coalesce((v_event ->> 'at')::timestamptz, v_now), v_event ->> 'kind', 'vigie',
      v_event ->> 'message', coalesce(v_event -> 'details', '{}'));
  end loop;
  if p_change ->> 'op' = 'resolve' then
    update public.incidents
    set status = 'resolved', resolved_at = (p_change ->> 'at')::timestamptz, resolved_by = 'vigie', flapping = false
    where incidents.id = v_id and incidents.status <> 'resolved'
      and not exists (select from public.alerts where alerts.incident_id = v_id and private.keeps_open(alerts))
      and not exists (
        select from public.alerts
        join public.monitors on monitors.id = alerts.monitor_id and monitors.paused_at is null
        join public.monitor_states as states on states.monitor_id = monitors.id
        where alerts.incident_id = v_id and alerts.kind = 'down' and states.flapping_since is not null and incidents.flapping);
    if found then
      perform private.add_incident_event(v_id, v_now, 'resolved', 'vigie', p_change ->> 'reason');
      perform private.tell_recipients(v_id, null, 'incident.resolved', 'incident.triggered',
        p_change ->> 'reason', p_change -> 'evidence', p_change ->> 'state', null, nullif(p_change -> 'rule', 'null'));
    end if;
  else
    perform private.insert_notifications(coalesce(p_change -> 'notifications', '[]'), p_project_id, v_id, null);
  end if;
end
$$;

-- As before, with the incident in the functions above, and with rules about the monitor leaving its incident when it recovers.
create or replace function private.apply_transition(p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_project_id uuid := (p_settlement ->> 'project_id')::uuid;
  v_monitor_id uuid := (p_settlement ->> 'monitor_id')::uuid;
  v_change jsonb := private.redirect_change(v_project_id, p_settlement -> 'incident', array[v_monitor_id]);
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_alert jsonb;
  v_alert_id uuid;
  v_created boolean := private.begin_incident_change(v_project_id, v_change);
begin
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
  if v_change ->> 'op' = 'resolve' then
    -- They look back on the outage and may go on for as long as their windows are. That is over, and so is its incident; whether what still
    -- fires is something else is decided when they evaluate it.
    update public.alerts
    set muted_code = 'recovered', muted_until = null, unmuted_at = null,
        muted_reason = 'not told: ' || monitors.name || ' answers again, and the rule still looks back on the outage'
    from public.monitors
    where monitors.id = v_monitor_id and alerts.incident_id = v_incident_id and alerts.about_monitor_id = v_monitor_id
      and private.keeps_open(alerts);
  end if;
  perform private.finish_incident_change(v_project_id, v_change, v_created);
end
$$;

create or replace function private.apply_rule_settlement(p_project_id uuid, p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_rule_id uuid := (p_settlement ->> 'rule_id')::uuid;
  v_change jsonb := private.redirect_change(p_project_id, p_settlement -> 'incident', private.monitors_of(p_project_id, pg_catalog.jsonb_build_array(p_settlement)));
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_created boolean := private.begin_incident_change(p_project_id, v_change);
  v_alert jsonb;
  v_id uuid;
begin
  for v_alert in select * from pg_catalog.jsonb_array_elements(coalesce(p_settlement -> 'alerts', '[]')) loop
    v_id := (v_alert ->> 'id')::uuid;
    if v_alert ->> 'op' = 'fire' then
      insert into public.alerts (id, project_id, rule_id, group_key, group_values, kind, level, severity, incident_id, reason, points, started_at,
        told_at, told_reason, muted_code, muted_reason, muted_until, about_monitor_id)
      values (v_id, p_project_id, v_rule_id, v_alert ->> 'group_key',
        array(select pg_catalog.jsonb_array_elements_text(v_alert -> 'group_values')), 'rule', v_alert ->> 'level', v_alert ->> 'severity',
        case when v_alert ->> 'level' = 'critical' and v_alert #>> '{muted,code}' is null then v_incident_id end,
        v_alert ->> 'reason', v_alert -> 'points',
        (v_alert ->> 'started_at')::timestamptz, case when (v_alert ->> 'told')::boolean then v_now end, v_alert ->> 'told_reason',
        v_alert #>> '{muted,code}', v_alert #>> '{muted,reason}', (v_alert #>> '{muted,until}')::timestamptz,
        (select monitors.id from public.monitors where monitors.project_id = p_project_id and monitors.key = v_alert ->> 'monitor_key'))
      on conflict (rule_id, group_key) where status = 'firing' and rule_id is not null do nothing;
      if not found then continue; end if;
    elsif v_alert ->> 'op' = 'change' then
      update public.alerts
      set level = coalesce(v_alert ->> 'level', level), severity = coalesce(v_alert ->> 'severity', severity),
          reason = coalesce(v_alert ->> 'reason', reason), points = coalesce(nullif(v_alert -> 'points', 'null'), points),
          incident_id = case when v_alert ->> 'level' = 'critical' and v_alert #>> '{muted,code}' is null and v_change ->> 'op' <> 'resolve'
            then v_incident_id else incident_id end,
          told_at = case when (v_alert ->> 'told')::boolean then v_now else told_at end,
          told_reason = coalesce(v_alert ->> 'told_reason', told_reason),
          muted_code = coalesce(v_alert #>> '{muted,code}', muted_code), muted_reason = coalesce(v_alert #>> '{muted,reason}', muted_reason),
          muted_until = case when v_alert #>> '{muted,code}' is null then muted_until else (v_alert #>> '{muted,until}')::timestamptz end,
          -- What is told of an alert that was kept quiet ends that, whatever it is told of.
          unmuted_at = case when v_alert #>> '{muted,code}' is null then case when muted_code is not null then coalesce(unmuted_at, v_now) end end
      where alerts.id = v_id and alerts.rule_id = v_rule_id and alerts.status = 'firing';
      if not found then continue; end if;
    else
      update public.alerts
      set status = 'resolved', resolved_at = (v_alert ->> 'at')::timestamptz, resolved_reason = v_alert ->> 'reason'
      where alerts.id = v_id and alerts.rule_id = v_rule_id and alerts.status = 'firing';
      if not found then continue; end if;
      perform private.tell_recipients(null, v_id, 'alert.resolved', 'alert.firing', v_alert ->> 'reason', null, null, null, v_alert -> 'rule');
    end if;
    perform private.insert_notifications(coalesce(v_alert -> 'notifications', '[]'), p_project_id, null, v_id);
  end loop;
  if v_incident_id is not null then perform private.finish_incident_change(p_project_id, v_change, v_created); end if;
end
$$;

create function private.monitors_of(p_project_id uuid, p_settlements jsonb) returns uuid[]
language sql stable security invoker set search_path = ''
return array(
  select monitors.id from public.monitors
  where monitors.project_id = p_project_id and monitors.key in (
    select alert.value ->> 'monitor_key'
    from pg_catalog.jsonb_array_elements(p_settlements) as settlement(value),
      pg_catalog.jsonb_array_elements(coalesce(settlement.value -> 'alerts', '[]')) as alert(value)
    where alert.value ->> 'monitor_key' is not null and alert.value ->> 'level' = 'critical' and alert.value #>> '{muted,code}' is null)
  order by monitors.id);
comment on function private.monitors_of(uuid, jsonb) is 'The monitors that critical alerts of rules in these settlements are about.';

create or replace function public.record_rule_evaluations(p_evaluations jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_evaluations jsonb := private.unwrap_json(p_evaluations) -> 'evaluations';
  v_evaluation jsonb;
  v_settlement jsonb;
  v_project_id uuid;
  v_at timestamptz;
  v_recorded integer := 0;
begin
  -- Everybody who records several projects takes them in this order, so that nobody waits in a circle.
  for v_evaluation in
    select item.value from pg_catalog.jsonb_array_elements(v_evaluations) as item(value) order by item.value ->> 'project_id'
  loop
    v_project_id := (v_evaluation ->> 'project_id')::uuid;
    v_at := (v_evaluation ->> 'at')::timestamptz;
    -- A late worker's token matches nothing: what it decided is dropped whole. So is that of one whose rules were changed meanwhile.
    perform from public.rule_runs where rule_runs.project_id = v_project_id and rule_runs.lease_token = (v_evaluation ->> 'token')::bigint for update;
    if not found then continue; end if;
    -- As those who record probes do: the states of the monitors first, then the incidents. Whoever of the two comes second sees the incident
    -- that the first opened, and joins it.
    perform from public.monitor_states as states
    where states.monitor_id = any (private.monitors_of(v_project_id, v_evaluation -> 'settlements'))
    order by states.monitor_id for update;
    perform from public.incidents
    where incidents.id in (
      select (item.value #>> '{incident,id}')::uuid from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as item(value))
    order by incidents.id for update;
    -- Decided while the incident was open, but it was resolved since, by a person or with its monitor: nobody would hear of this. Evaluated
    -- again on what is true now.
    if exists (
      select from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as item(value)
      join public.incidents on incidents.id = (item.value #>> '{incident,id}')::uuid
      where item.value #>> '{incident,op}' in ('continue', 'flap') and incidents.status = 'resolved')
    then
      update public.rule_runs set lease_token = null, leased_until = null where rule_runs.project_id = v_project_id;
      continue;
    end if;
    update public.rule_runs
    set evaluated_at = v_at, lease_token = null, leased_until = null,
        next_due_at = case when next_due_at is not null then v_at + interval '1 minute' + interval '20 seconds' end
    where rule_runs.project_id = v_project_id;
    perform private.write_rule_states(v_project_id, v_at, v_evaluation);
    -- Ends last: what joins an incident at the same evaluation keeps it from ending.
    for v_settlement in
      select item.value from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') with ordinality as item(value, place)
      order by (item.value #>> '{incident,op}') is not distinct from 'resolve', item.place
    loop
      perform private.apply_rule_settlement(v_project_id, v_settlement);
    end loop;
    v_recorded := v_recorded + 1;
  end loop;
  return pg_catalog.jsonb_build_object('recorded', v_recorded, 'stale', pg_catalog.jsonb_array_length(v_evaluations) - v_recorded);
end
$$;

-- As before, but what only looks back on an outage does not keep its incident open.
create or replace function private.retire_alerts(p_alert_ids uuid[], p_actor text, p_reason text) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_alert public.alerts;
begin
  -- As in record_probe_results: the incidents first, so that the last two alerts of one cannot leave it open between them.
  perform from public.incidents
  where incidents.id in (select alerts.incident_id from public.alerts where alerts.id = any (p_alert_ids))
  order by incidents.id for update;
  for v_alert in select * from public.alerts where alerts.id = any (p_alert_ids) and alerts.status = 'firing' order by alerts.id loop
    update public.alerts set status = 'resolved', resolved_at = v_now, resolved_reason = p_reason where alerts.id = v_alert.id;
    if v_alert.kind = 'degraded' then
      perform private.tell_recipients(null, v_alert.id, 'monitor.recovered', 'monitor.degraded', p_reason, null, 'paused', null);
    elsif v_alert.kind = 'rule' then
      perform private.tell_recipients(null, v_alert.id, 'alert.resolved', 'alert.firing', p_reason, null, null, null, '{"level": null, "retired": true}');
    end if;
    if v_alert.incident_id is not null then
      update public.incidents set status = 'resolved', resolved_at = v_now, resolved_by = p_actor, flapping = false
      where incidents.id = v_alert.incident_id and incidents.status <> 'resolved'
        and not exists (select from public.alerts as other where other.incident_id = v_alert.incident_id and private.keeps_open(other));
      if found then
        perform private.add_incident_event(v_alert.incident_id, v_now, 'resolved', p_actor, p_reason);
        perform private.tell_recipients(v_alert.incident_id, null, 'incident.resolved', 'incident.triggered', p_reason, null, 'paused', null,
          '{"level": null, "retired": true}');
      end if;
    end if;
  end loop;
end
$$;

revoke execute on function private.redirect_change(uuid, jsonb, uuid[]), private.keeps_open(public.alerts), private.monitors_of(uuid, jsonb)
  from public, anon, authenticated;
grant execute on function private.redirect_change(uuid, jsonb, uuid[]), private.keeps_open(public.alerts), private.monitors_of(uuid, jsonb)
  to service_role;
