-- Signals from jobs.

create function public.find_heartbeat(p_monitor_id uuid, p_ping_key text, p_key text) returns uuid
language sql stable security invoker set search_path = ''
begin atomic
  select monitors.id
  from public.monitors join public.projects on projects.id = monitors.project_id
  where monitors.kind = 'heartbeat'
    and (monitors.id = p_monitor_id or (p_monitor_id is null and projects.ping_key = p_ping_key and monitors.key = p_key));
end;
comment on function public.find_heartbeat(uuid, text, text) is 'The heartbeat that a ping address names, by id or by ping key and monitor key; null when there is none.';

create function public.record_heartbeat_ping(
  p_monitor_id uuid, p_kind text, p_exit_code integer default null, p_run_id text default null, p_body_excerpt text default null
) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_state public.monitor_states;
begin
  select * into v_state from public.monitor_states where monitor_states.monitor_id = p_monitor_id for update;
  if v_state.monitor_id is null then return false; end if;

  insert into public.heartbeat_pings (project_id, monitor_id, received_at, kind, exit_code, run_id, duration_ms, body_excerpt)
  values (v_state.project_id, p_monitor_id, v_now, p_kind, p_exit_code::smallint, p_run_id,
    case when p_kind in ('success', 'fail') and v_state.last_start_at is not null
      then (extract(epoch from v_now - v_state.last_start_at) * 1000)::integer end,
    p_body_excerpt);
  delete from public.heartbeat_pings
  where heartbeat_pings.monitor_id = p_monitor_id and heartbeat_pings.id < (
    select kept.id from public.heartbeat_pings as kept
    where kept.monitor_id = p_monitor_id order by kept.id desc offset 99 limit 1);

  if p_kind <> 'log' then
    update public.monitor_states
    set last_ping_at = case when p_kind = 'start' then last_ping_at else v_now end,
        last_start_at = case when p_kind = 'start' then v_now end,
        last_ping_kind = p_kind,
        -- Due at once and taken from whoever evaluates the older facts: its late verdict must not overwrite this ping.
        next_due_at = case when (select monitors.paused_at from public.monitors where monitors.id = p_monitor_id) is null then v_now end,
        lease_token = null, leased_until = null
    where monitor_states.monitor_id = p_monitor_id;
  end if;
  return true;
end
$$;
comment on function public.record_heartbeat_ping(uuid, text, integer, text, text) is 'Notes a ping and makes the heartbeat due for evaluation; the newest hundred pings are kept.';
