-- Evaluating rules, last step: states, alerts, incidents, timeline and outbox of a project in one transaction, or nothing of it.

create function private.apply_rule_settlement(p_project_id uuid, p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_rule_id uuid := (p_settlement ->> 'rule_id')::uuid;
  v_change jsonb := p_settlement -> 'incident';
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_created boolean := private.begin_incident_change(p_project_id, v_change);
  v_alert jsonb;
  v_id uuid;
begin
  for v_alert in select * from pg_catalog.jsonb_array_elements(coalesce(p_settlement -> 'alerts', '[]')) loop
    v_id := (v_alert ->> 'id')::uuid;
    if v_alert ->> 'op' = 'fire' then
      insert into public.alerts (id, project_id, rule_id, group_key, group_values, kind, level, severity, incident_id, reason, points, started_at,
        told_at, told_reason, muted_code, muted_reason, muted_until)
      values (v_id, p_project_id, v_rule_id, v_alert ->> 'group_key',
        array(select pg_catalog.jsonb_array_elements_text(v_alert -> 'group_values')), 'rule', v_alert ->> 'level', v_alert ->> 'severity',
        case when v_alert ->> 'level' = 'critical' then v_incident_id end, v_alert ->> 'reason', v_alert -> 'points',
        (v_alert ->> 'started_at')::timestamptz, case when (v_alert ->> 'told')::boolean then v_now end, v_alert ->> 'told_reason',
        v_alert #>> '{muted,code}', v_alert #>> '{muted,reason}', (v_alert #>> '{muted,until}')::timestamptz)
      on conflict (rule_id, group_key) where status = 'firing' and rule_id is not null do nothing;
      if not found then continue; end if;
    elsif v_alert ->> 'op' = 'change' then
      update public.alerts
      set level = coalesce(v_alert ->> 'level', level), severity = coalesce(v_alert ->> 'severity', severity),
          reason = coalesce(v_alert ->> 'reason', reason), points = coalesce(nullif(v_alert -> 'points', 'null'), points),
          incident_id = case when v_alert ->> 'level' = 'critical' and v_change ->> 'op' <> 'resolve' then v_incident_id else incident_id end,
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
comment on function private.apply_rule_settlement(uuid, jsonb) is 'Alerts, incident, timeline and outbox of one rule whose alerts changed.';

create function private.write_rule_states(p_project_id uuid, p_at timestamptz, p_evaluation jsonb) returns void
language sql security invoker set search_path = ''
begin atomic
  delete from public.rule_states as states
  using pg_catalog.jsonb_to_recordset(p_evaluation -> 'forgotten') as gone(rule_id uuid, group_key text)
  where states.rule_id = gone.rule_id and states.group_key = gone.group_key and states.project_id = p_project_id;

  insert into public.rule_states (rule_id, project_id, group_key, group_values, state, status, level, value, reason, memory, since_at, evaluated_at)
  select rules.id, p_project_id, given.group_key, given.group_values, nullif(given.state, 'null'), given.status, given.level, given.value, given.reason,
    nullif(given.memory, 'null'), given.since_at, p_at
  from pg_catalog.jsonb_to_recordset(p_evaluation -> 'states') as given(rule_id uuid, group_key text, group_values text[], state jsonb, status text,
    level text, value double precision, reason text, memory jsonb, since_at timestamptz)
  join public.alert_rules as rules on rules.id = given.rule_id and rules.project_id = p_project_id
  on conflict (rule_id, group_key) do update set group_values = excluded.group_values, state = excluded.state, status = excluded.status,
    level = excluded.level, value = excluded.value, reason = excluded.reason, memory = excluded.memory, since_at = excluded.since_at,
    evaluated_at = excluded.evaluated_at;

  delete from public.rule_failures as failures
  where failures.project_id = p_project_id
    and failures.rule_id in (select value::uuid from pg_catalog.jsonb_array_elements_text(p_evaluation -> 'mended'));

  insert into public.rule_failures (rule_id, project_id, reason, since_at)
  select rules.id, p_project_id, given.reason, p_at
  from pg_catalog.jsonb_to_recordset(p_evaluation -> 'failed') as given(rule_id uuid, reason text)
  join public.alert_rules as rules on rules.id = given.rule_id and rules.project_id = p_project_id
  on conflict (rule_id) do update set reason = excluded.reason;
end;
comment on function private.write_rule_states(uuid, timestamptz, jsonb) is 'What an evaluation leaves to be remembered, where it changed.';

create function public.record_rule_evaluations(p_evaluations jsonb) returns jsonb
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
    perform from public.incidents
    where incidents.id in (
      select (item.value #>> '{incident,id}')::uuid from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as item(value))
    order by incidents.id for update;
    -- Decided while the incident was open, but a person has resolved it since: nobody would hear of this. Evaluated again on what is true now.
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
    for v_settlement in select * from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') loop
      perform private.apply_rule_settlement(v_project_id, v_settlement);
    end loop;
    v_recorded := v_recorded + 1;
  end loop;
  return pg_catalog.jsonb_build_object('recorded', v_recorded, 'stale', pg_catalog.jsonb_array_length(v_evaluations) - v_recorded);
end
$$;
comment on function public.record_rule_evaluations(jsonb) is 'Commits evaluations of projects: states, alerts, incidents, timeline and outbox together, or nothing where the lease was lost.';

create or replace function public.release_leases() returns void
language sql security invoker set search_path = ''
begin atomic
  update public.monitor_states set leased_until = null, lease_token = null where leased_until is not null;
  update public.notifications set leased_until = null, lease_token = null where leased_until is not null;
  update public.reports set leased_until = null, lease_token = null where leased_until is not null;
  update public.rule_runs set leased_until = null, lease_token = null where leased_until is not null;
end;

revoke execute on function private.apply_rule_settlement(uuid, jsonb), private.write_rule_states(uuid, timestamptz, jsonb),
  public.record_rule_evaluations(jsonb) from public, anon, authenticated;
grant execute on function private.apply_rule_settlement(uuid, jsonb), private.write_rule_states(uuid, timestamptz, jsonb),
  public.record_rule_evaluations(jsonb) to service_role;
