-- Alerts of rules beside those of monitors: one table, one incident, one outbox. What both do to an incident stands in functions of its own.

alter table public.alerts alter column monitor_id drop not null,
  add column rule_id uuid references public.alert_rules (id) on delete cascade,
  add column group_key text,
  add column group_values text[],
  add column level text constraint alerts_level_check check (level in ('warning', 'critical')),
  add column points jsonb,
  add column told_at timestamptz,
  add column told_reason text;
alter table public.alerts drop constraint alerts_kind_check;
alter table public.alerts add constraint alerts_kind_check check (kind in ('down', 'degraded', 'rule')),
  add constraint alerts_subject_check check (
    pg_catalog.num_nonnulls(monitor_id, rule_id) = 1 and (kind = 'rule') = (rule_id is not null)
    and (rule_id is null) = (group_key is null) and (rule_id is null) = (group_values is null) and (rule_id is null) = (level is null));
comment on table public.alerts is 'A condition that holds or held for a monitor, or for a rule and group, with what decided it.';
comment on column public.alerts.level is 'Of a rule: the level that it fires at, or fired at last.';
comment on column public.alerts.points is 'Of a rule: {"unit", "limit", "points": [[ms since epoch, value or null], …]}, what it saw in the half hour before it fired.';
comment on column public.alerts.told_at is 'Of a rule: when channels were last told of it; null when they never were. Serves throttle and repetition.';
comment on column public.alerts.told_reason is 'Of a rule: why it was told last, or why it was not.';
-- Exactly one open alert a rule and group.
create unique index alerts_rule_id_group_key_firing_key on public.alerts (rule_id, group_key) where status = 'firing' and rule_id is not null;
-- Serves the history of a rule, the search for an incident to re-open, and "last told".
create index alerts_rule_id_started_at_idx on public.alerts (rule_id, started_at desc);
-- Serves the claim: what fires in a project.
create index alerts_project_id_rule_firing_idx on public.alerts (project_id) where status = 'firing' and rule_id is not null;

alter table public.notifications drop constraint notifications_kind_check;
alter table public.notifications add constraint notifications_kind_check check (kind in
  ('incident.triggered', 'incident.acknowledged', 'incident.resolved', 'monitor.degraded', 'monitor.recovered', 'alert.firing', 'alert.resolved',
   'test', 'kpi.digest'));

-- As before, but a message about a rule has no monitor to name, and says what has become of the rule.
drop function private.tell_recipients(uuid, uuid, text, text, text, jsonb, text, text[]);
create function private.tell_recipients(
  p_incident_id uuid, p_alert_id uuid, p_kind text, p_after_kind text, p_reason text, p_evidence jsonb, p_state text, p_only_kinds text[],
  p_rule jsonb default null
) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
begin
  insert into public.notifications
    (project_id, channel_id, incident_id, alert_id, kind, episode, dedupe_key, reason, payload, created_at, next_attempt_at)
  select told.project_id, told.channel_id, told.incident_id, told.alert_id, p_kind, told.episode,
    pg_catalog.concat_ws(':', coalesce(told.incident_id, told.alert_id), told.episode, told.channel_id, p_kind),
    'sent to whoever got the alert',
    told.payload || pg_catalog.jsonb_build_object(
      'evidence', coalesce(p_evidence, told.payload -> 'evidence'),
      'monitor', case when p_state is null or pg_catalog.jsonb_typeof(told.payload -> 'monitor') is distinct from 'object' then told.payload -> 'monitor'
        else (told.payload -> 'monitor') || pg_catalog.jsonb_build_object('state', p_state) end,
      'incident', case when incidents.id is null then 'null'::jsonb
        else (told.payload -> 'incident') || pg_catalog.jsonb_build_object(
          'status', incidents.status, 'reason', p_reason, 'title', incidents.title, 'flapping', incidents.flapping,
          'acknowledgedAt', private.iso(incidents.acknowledged_at), 'resolvedAt', private.iso(incidents.resolved_at)) end)
      || case when p_rule is null or pg_catalog.jsonb_typeof(told.payload -> 'rule') is distinct from 'object' then '{}'
        else pg_catalog.jsonb_build_object('rule', (told.payload -> 'rule') || p_rule) end,
    v_now, v_now
  from (
    select distinct on (sent.channel_id) sent.*
    from public.notifications as sent
    join public.channels on channels.id = sent.channel_id
    where (sent.incident_id = p_incident_id or (p_incident_id is null and sent.alert_id = p_alert_id))
      and sent.kind = p_after_kind
      -- A dead letter reached nobody: who never heard of the beginning does not hear of the end. One still on its way goes first.
      and sent.status <> 'dead'
      and channels.enabled
      and (p_only_kinds is null or channels.kind = any (p_only_kinds))
    order by sent.channel_id, sent.sequence desc
  ) as told
  left join public.incidents on incidents.id = told.incident_id
  on conflict (dedupe_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.tell_recipients(uuid, uuid, text, text, text, jsonb, text, text[], jsonb) is 'Writes follow-up notifications to the channels that were told of the beginning. p_rule: what changed of the rule that the message is about.';

-- True when this made the incident: of several changes with the same id the first opens it, and the others join.
create function private.begin_incident_change(p_project_id uuid, p_change jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_id uuid := (p_change ->> 'id')::uuid;
  v_number integer;
begin
  if p_change ->> 'op' = 'open' then
    if exists (select from public.incidents where incidents.id = v_id) then return false; end if;
    update public.projects set last_incident_number = last_incident_number + 1
    where projects.id = p_project_id returning last_incident_number into v_number;
    insert into public.incidents (id, project_id, number, title, priority, status, reason, group_key, started_at, detected_at)
    values (v_id, p_project_id, v_number, p_change ->> 'title', p_change ->> 'priority', 'triggered', p_change ->> 'reason',
      p_change ->> 'group_key', (p_change ->> 'started_at')::timestamptz, private.now());
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
  return false;
end
$$;
comment on function private.begin_incident_change(uuid, jsonb) is 'Opens or re-opens the incident of a change, before the alerts that hang on it are written.';

create function private.finish_incident_change(p_project_id uuid, p_change jsonb, p_created boolean) returns void
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
      -- A rule that is down to a warning has left the incident, and its alert goes on.
      and not exists (select from public.alerts where alerts.incident_id = v_id and alerts.status = 'firing' and alerts.level is distinct from 'warning');
    if found then
      perform private.add_incident_event(v_id, v_now, 'resolved', 'vigie', p_change ->> 'reason');
      perform private.tell_recipients(v_id, null, 'incident.resolved', 'incident.triggered',
        p_change ->> 'reason', p_change -> 'evidence', p_change ->> 'state', null, p_change -> 'rule');
    end if;
  else
    perform private.insert_notifications(coalesce(p_change -> 'notifications', '[]'), p_project_id, v_id, null);
  end if;
end
$$;
comment on function private.finish_incident_change(uuid, jsonb, boolean) is 'Timeline, end and outbox of an incident, after the alerts that hang on it are written.';

-- As before, with the incident in the two functions above.
create or replace function private.apply_transition(p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_project_id uuid := (p_settlement ->> 'project_id')::uuid;
  v_monitor_id uuid := (p_settlement ->> 'monitor_id')::uuid;
  v_change jsonb := p_settlement -> 'incident';
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_alert jsonb;
  v_alert_id uuid;
  v_created boolean := private.begin_incident_change(v_project_id, v_change);
begin
  for v_alert in select * from pg_catalog.jsonb_array_elements(coalesce(p_settlement -> 'alerts', '[]')) loop
    if v_alert ->> 'op' = 'fire' then
      insert into public.alerts (id, project_id, monitor_id, kind, severity, incident_id, reason, evidence, started_at)
      values ((v_alert ->> 'id')::uuid, v_project_id, v_monitor_id, v_alert ->> 'kind', v_alert ->> 'severity',
        case when v_alert ->> 'kind' = 'down' then v_incident_id end,
        v_alert ->> 'reason', coalesce(v_alert -> 'evidence', '[]'), (v_alert ->> 'started_at')::timestamptz)
      on conflict (monitor_id, kind) where status = 'firing' do nothing;
      v_alert_id := (v_alert ->> 'id')::uuid;
      if v_incident_id is null then
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
  if v_incident_id is not null then perform private.finish_incident_change(v_project_id, v_change, v_created); end if;
end
$$;

-- Of monitors that are paused or deleted, and of rules that are switched off or deleted: whoever was paged hears the end of it.
create function private.retire_alerts(p_alert_ids uuid[], p_actor text, p_reason text) returns void
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
        and not exists (
          select from public.alerts as other
          where other.incident_id = v_alert.incident_id and other.status = 'firing' and other.level is distinct from 'warning');
      if found then
        perform private.add_incident_event(v_alert.incident_id, v_now, 'resolved', p_actor, p_reason);
        perform private.tell_recipients(v_alert.incident_id, null, 'incident.resolved', 'incident.triggered', p_reason, null, 'paused', null,
          '{"level": null, "retired": true}');
      end if;
    end if;
  end loop;
end
$$;
comment on function private.retire_alerts(uuid[], text, text) is 'Resolves alerts, and with them incidents, of what is not watched any more.';

create or replace function private.retire_monitor(p_monitor_id uuid, p_actor text, p_reason text) returns void
language sql security invoker set search_path = ''
begin atomic
  select private.retire_alerts(array(
    select alerts.id from public.alerts where alerts.monitor_id = p_monitor_id and alerts.status = 'firing'), p_actor, p_reason);
end;

-- As before, and for the warnings of rules.
create or replace function private.tell_end_after_retry(p_retried public.notifications) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_incident public.incidents;
  v_alert public.alerts;
begin
  if p_retried.kind = 'incident.triggered' then
    select * into v_incident from public.incidents where incidents.id = p_retried.incident_id and incidents.status = 'resolved';
    if v_incident.id is null then return; end if;
    perform private.tell_recipients(v_incident.id, null, 'incident.resolved', 'incident.triggered',
      coalesce((
        select nullif(events.message, '') from public.incident_events as events
        where events.incident_id = v_incident.id and events.kind = 'resolved' order by events.id desc limit 1),
        'Resolved by ' || v_incident.resolved_by || '.'),
      null, case when v_incident.resolved_by = 'vigie' then 'up' end, null,
      case when v_incident.resolved_by = 'vigie' then '{"level": null}'::jsonb end);
  elsif p_retried.kind in ('monitor.degraded', 'alert.firing') then
    select * into v_alert from public.alerts where alerts.id = p_retried.alert_id and alerts.status = 'resolved';
    if v_alert.id is null then return; end if;
    if p_retried.kind = 'alert.firing' then
      perform private.tell_recipients(null, v_alert.id, 'alert.resolved', 'alert.firing', v_alert.resolved_reason, null, null, null, '{"level": null}');
    else
      perform private.tell_recipients(null, v_alert.id, 'monitor.recovered', 'monitor.degraded', v_alert.resolved_reason, null, 'up', null);
    end if;
  end if;
end
$$;

revoke execute on function private.tell_recipients(uuid, uuid, text, text, text, jsonb, text, text[], jsonb),
  private.begin_incident_change(uuid, jsonb), private.finish_incident_change(uuid, jsonb, boolean), private.retire_alerts(uuid[], text, text)
  from public, anon, authenticated;
grant execute on function private.tell_recipients(uuid, uuid, text, text, text, jsonb, text, text[], jsonb),
  private.begin_incident_change(uuid, jsonb), private.finish_incident_change(uuid, jsonb, boolean), private.retire_alerts(uuid[], text, text)
  to service_role;
