-- An incident whose monitor flaps stays open between two failures, when no alert of it fires. A monitor that was paused or deleted then left it
-- open for ever: nobody would see any more that it has been up for a while.

create function private.end_quiet_incident(p_incident_id uuid, p_actor text, p_reason text) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
begin
  update public.incidents set status = 'resolved', resolved_at = v_now, resolved_by = p_actor, flapping = false
  where incidents.id = p_incident_id and incidents.status <> 'resolved'
    and not exists (select from public.alerts as other where other.incident_id = p_incident_id and private.keeps_open(other));
  if not found then return; end if;
  perform private.add_incident_event(p_incident_id, v_now, 'resolved', p_actor, p_reason);
  perform private.tell_recipients(p_incident_id, null, 'incident.resolved', 'incident.triggered', p_reason, null, 'paused', null,
    '{"level": null, "retired": true}');
end
$$;
comment on function private.end_quiet_incident(uuid, text, text) is 'Resolves an incident that nothing keeps open any more, because what it was about is not watched.';

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
    if v_alert.incident_id is not null then perform private.end_quiet_incident(v_alert.incident_id, p_actor, p_reason); end if;
  end loop;
end
$$;

create or replace function private.retire_monitor(p_monitor_id uuid, p_actor text, p_reason text) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_incident_id uuid;
begin
  perform private.retire_alerts(array(
    select alerts.id from public.alerts where alerts.monitor_id = p_monitor_id and alerts.status = 'firing'), p_actor, p_reason);
  for v_incident_id in
    select incidents.id from public.incidents
    where incidents.status <> 'resolved' and incidents.flapping
      and incidents.id in (select alerts.incident_id from public.alerts where alerts.monitor_id = p_monitor_id)
      -- Another monitor of it may be between two turns as well, and ends it once that is stable.
      and not exists (
        select from public.alerts as other join public.monitor_states as states on states.monitor_id = other.monitor_id
        where other.incident_id = incidents.id and other.monitor_id <> p_monitor_id and states.flapping_since is not null)
    order by incidents.id for update
  loop
    perform private.end_quiet_incident(v_incident_id, p_actor, p_reason);
  end loop;
end
$$;

revoke execute on function private.end_quiet_incident(uuid, text, text) from public, anon, authenticated;
grant execute on function private.end_quiet_incident(uuid, text, text) to service_role;
