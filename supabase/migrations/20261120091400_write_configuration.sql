-- Commands of people and of vigie.yaml that change what is configured. Each public function checks the role and hands over to
-- one in schema private, which the file's apply uses as well: one way to write a monitor.

-- A monitor that stops being watched closes what it had open; whoever was paged hears the end of it.
create function private.retire_monitor(p_monitor_id uuid, p_actor text, p_reason text) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_alert public.alerts;
begin
  -- As in record_probe_results: the incidents first, so that the last two monitors of one cannot leave it open between them.
  perform from public.incidents
  where incidents.id in (select alerts.incident_id from public.alerts where alerts.monitor_id = p_monitor_id and alerts.status = 'firing')
  order by incidents.id for update;
  for v_alert in select * from public.alerts where alerts.monitor_id = p_monitor_id and alerts.status = 'firing' loop
    update public.alerts set status = 'resolved', resolved_at = v_now, resolved_reason = p_reason where alerts.id = v_alert.id;
    if v_alert.kind = 'degraded' then
      perform private.tell_recipients(null, v_alert.id, 'monitor.recovered', 'monitor.degraded', p_reason, null, 'paused', null);
    elsif v_alert.incident_id is not null then
      update public.incidents set status = 'resolved', resolved_at = v_now, resolved_by = p_actor, flapping = false
      where incidents.id = v_alert.incident_id and incidents.status <> 'resolved'
        and not exists (select from public.alerts as other where other.incident_id = v_alert.incident_id and other.status = 'firing');
      if found then
        perform private.add_incident_event(v_alert.incident_id, v_now, 'resolved', p_actor, p_reason);
        perform private.tell_recipients(v_alert.incident_id, null, 'incident.resolved', 'incident.triggered', p_reason, null, 'paused', null);
      end if;
    end if;
  end loop;
end
$$;
comment on function private.retire_monitor(uuid, text, text) is 'Resolves the alerts, and with them the incidents, of a monitor that is paused or deleted.';

create function private.set_monitor_paused(p_monitor_id uuid, p_paused boolean, p_actor_id uuid, p_actor text) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_monitor public.monitors;
begin
  perform from public.monitor_states where monitor_states.monitor_id = p_monitor_id for update;
  update public.monitors
  set paused_at = case when p_paused then v_now end, updated_at = v_now
  where monitors.id = p_monitor_id and (monitors.paused_at is not null) <> p_paused
  returning * into v_monitor;
  if v_monitor.id is null then return false; end if;
  if p_paused then perform private.retire_monitor(p_monitor_id, p_actor, 'The monitor was paused by ' || p_actor || '.'); end if;
  update public.monitor_states
  set state = 'pending', since_at = v_now, next_due_at = case when p_paused then null else v_now end,
      -- Slots while paused were not missed: the next one starts afresh.
      last_slot_at = null, lease_token = null, leased_until = null, down_starts_at = '{}', flapping_since = null,
      last_ping_at = null, last_start_at = null, last_ping_kind = null
  where monitor_states.monitor_id = p_monitor_id;
  perform private.write_audit(v_monitor.project_id, p_actor_id, p_actor,
    case when p_paused then 'monitor_paused' else 'monitor_resumed' end, 'monitor', v_monitor.id::text, v_monitor.name);
  return true;
end
$$;
comment on function private.set_monitor_paused(uuid, boolean, uuid, text) is 'Pauses or resumes; false when it already was so.';

create function private.write_monitor(p_project_id uuid, p_monitor jsonb, p_actor_id uuid, p_actor text, p_managed_by text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_id uuid := (p_monitor ->> 'id')::uuid;
  v_old public.monitors;
  v_new public.monitors;
  v_channels uuid[];
  v_old_channels uuid[];
  v_secret jsonb := p_monitor -> 'secret';
  v_result text;
begin
  if v_id is not null then
    -- The state before the monitor, as a commit of results takes them.
    perform from public.monitor_states where monitor_states.monitor_id = v_id and monitor_states.project_id = p_project_id for update;
    select * into v_old from public.monitors where monitors.id = v_id and monitors.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such monitor in this project' using errcode = 'PT404'; end if;
  end if;
  if exists (select from public.monitors where monitors.project_id = p_project_id and monitors.key = p_monitor ->> 'key'
             and monitors.id is distinct from v_id) then
    raise exception 'key: "%" is taken by another monitor of this project', p_monitor ->> 'key' using errcode = 'PT409', detail = 'key';
  end if;
  v_channels := array(select pg_catalog.jsonb_array_elements_text(coalesce(p_monitor -> 'notify_channel_ids', '[]'))::uuid order by 1);
  if exists (select from pg_catalog.unnest(v_channels) as wanted(id)
             where not exists (select from public.channels where channels.id = wanted.id and channels.project_id = p_project_id)) then
    raise exception 'notify: a channel in the list does not exist in this project' using errcode = 'PT422', detail = 'notify';
  end if;

  if v_id is null then
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity, confirm_failures,
      confirm_successes, tags, group_name, runbook_url, has_secret, managed_by, created_at, updated_at)
    select p_project_id, item.key, item.name, item.kind, item.config, item.interval_seconds, item.timeout_ms, item.severity,
      item.confirm_failures, item.confirm_successes, item.tags, item.group_name, item.runbook_url, false, p_managed_by, v_now, v_now
    from pg_catalog.jsonb_to_record(p_monitor) as item(key text, name text, kind text, config jsonb, interval_seconds integer,
      timeout_ms integer, severity text, confirm_failures smallint, confirm_successes smallint, tags text[], group_name text, runbook_url text)
    returning * into v_new;
    insert into public.monitor_states (monitor_id, project_id, since_at, next_due_at) values (v_new.id, p_project_id, v_now, v_now);
    v_result := 'created';
  else
    v_old_channels := array(select links.channel_id from public.monitor_channels as links where links.monitor_id = v_id order by 1);
    v_new := v_old;
    select item.key, item.name, item.kind, item.config, item.interval_seconds, item.timeout_ms, item.severity, item.confirm_failures,
      item.confirm_successes, item.tags, item.group_name, item.runbook_url
    into v_new.key, v_new.name, v_new.kind, v_new.config, v_new.interval_seconds, v_new.timeout_ms, v_new.severity, v_new.confirm_failures,
      v_new.confirm_successes, v_new.tags, v_new.group_name, v_new.runbook_url
    from pg_catalog.jsonb_to_record(p_monitor) as item(key text, name text, kind text, config jsonb, interval_seconds integer,
      timeout_ms integer, severity text, confirm_failures smallint, confirm_successes smallint, tags text[], group_name text, runbook_url text);
    v_new.managed_by := coalesce(p_managed_by, v_old.managed_by);
    if v_new is not distinct from v_old and v_channels = v_old_channels and coalesce(v_secret ->> 'op', 'keep') = 'keep' then
      return pg_catalog.jsonb_build_object('id', v_id, 'result', 'unchanged');
    end if;
    update public.monitors
    set key = v_new.key, name = v_new.name, kind = v_new.kind, config = v_new.config, interval_seconds = v_new.interval_seconds,
        timeout_ms = v_new.timeout_ms, severity = v_new.severity, confirm_failures = v_new.confirm_failures,
        confirm_successes = v_new.confirm_successes, tags = v_new.tags, group_name = v_new.group_name,
        runbook_url = v_new.runbook_url, managed_by = v_new.managed_by, updated_at = v_now
    where monitors.id = v_id;
    if (v_old.kind, v_old.config, v_old.interval_seconds, v_old.timeout_ms) is distinct from
       (v_new.kind, v_new.config, v_new.interval_seconds, v_new.timeout_ms) or coalesce(v_secret ->> 'op', 'keep') <> 'keep' then
      -- A result of the old settings must not judge the new ones: its lease is taken away, and the monitor is due at once.
      update public.monitor_states
      set next_due_at = case when v_old.paused_at is null then v_now end, last_slot_at = null, lease_token = null, leased_until = null
      where monitor_states.monitor_id = v_id;
    end if;
    v_result := 'updated';
  end if;

  delete from public.monitor_channels where monitor_channels.monitor_id = v_new.id and not (monitor_channels.channel_id = any (v_channels));
  insert into public.monitor_channels (monitor_id, channel_id, project_id)
  select v_new.id, wanted.id, p_project_id from pg_catalog.unnest(v_channels) as wanted(id) on conflict do nothing;

  if v_secret ->> 'op' = 'set' then
    insert into public.monitor_secrets (monitor_id, project_id, ciphertext, updated_at)
    values (v_new.id, p_project_id, v_secret ->> 'ciphertext', v_now)
    on conflict (monitor_id) do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;
    update public.monitors set has_secret = true where monitors.id = v_new.id;
  elsif v_secret ->> 'op' = 'clear' then
    delete from public.monitor_secrets where monitor_secrets.monitor_id = v_new.id;
    update public.monitors set has_secret = false where monitors.id = v_new.id;
  end if;

  perform private.write_audit(p_project_id, p_actor_id, p_actor, 'monitor_' || v_result, 'monitor', v_new.id::text, v_new.name,
    case when v_result = 'created' then pg_catalog.jsonb_build_object('kind', v_new.kind)
    else (
      select coalesce(pg_catalog.jsonb_object_agg(after.key, pg_catalog.jsonb_build_object('from', before.value, 'to', after.value)), '{}')
      from pg_catalog.jsonb_each(private.monitor_json(v_new)) as after
      join pg_catalog.jsonb_each(private.monitor_json(v_old)) as before on before.key = after.key
      where before.value is distinct from after.value)
      || case when coalesce(v_secret ->> 'op', 'keep') <> 'keep' then '{"secret": "changed"}'::jsonb else '{}'::jsonb end end);
  return pg_catalog.jsonb_build_object('id', v_new.id, 'result', v_result);
end
$$;
comment on function private.write_monitor(uuid, jsonb, uuid, text, text) is 'Creates or changes a monitor with its channels and secret; says created, updated or unchanged.';

create function private.delete_monitor(p_project_id uuid, p_monitor_id uuid, p_actor_id uuid, p_actor text) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_monitor public.monitors;
begin
  perform from public.monitor_states where monitor_states.monitor_id = p_monitor_id and monitor_states.project_id = p_project_id for update;
  select * into v_monitor from public.monitors where monitors.id = p_monitor_id and monitors.project_id = p_project_id for update;
  if v_monitor.id is null then return false; end if;
  perform private.retire_monitor(p_monitor_id, p_actor, 'The monitor was deleted by ' || p_actor || '.');
  delete from public.monitors where monitors.id = p_monitor_id;
  delete from public.probe_results where probe_results.monitor_id = p_monitor_id;
  perform private.write_audit(p_project_id, p_actor_id, p_actor, 'monitor_deleted', 'monitor', p_monitor_id::text, v_monitor.name);
  return true;
end
$$;
comment on function private.delete_monitor(uuid, uuid, uuid, text) is 'Deletes a monitor with its results; what it had open is resolved first.';

create function private.diff_json(before jsonb, after jsonb) returns jsonb
language sql immutable set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(new.key, pg_catalog.jsonb_build_object('from', old.value, 'to', new.value)), '{}')
  from pg_catalog.jsonb_each(after) as new
  join pg_catalog.jsonb_each(before) as old on old.key = new.key
  where old.value is distinct from new.value;
end;
comment on function private.diff_json(jsonb, jsonb) is 'What changed between two objects of the same keys, as {key: {from, to}}: the details of an audit entry.';

create function private.channel_json(channel public.channels) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('key', channel.key, 'name', channel.name, 'config', channel.config, 'min_severity', channel.min_severity);
comment on function private.channel_json(public.channels) is 'The configured part of a channel, for the audit log.';

create function private.write_channel(p_project_id uuid, p_channel jsonb, p_actor_id uuid, p_actor text, p_managed_by text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_id uuid := (p_channel ->> 'id')::uuid;
  v_old public.channels;
  v_new public.channels;
  v_secret jsonb := p_channel -> 'secret';
  v_result text;
begin
  if exists (select from public.channels where channels.project_id = p_project_id and channels.key = p_channel ->> 'key'
             and channels.id is distinct from v_id) then
    raise exception 'key: "%" is taken by another channel of this project', p_channel ->> 'key' using errcode = 'PT409', detail = 'key';
  end if;
  if v_id is null then
    insert into public.channels (project_id, key, kind, name, config, min_severity, managed_by, created_at, updated_at)
    values (p_project_id, p_channel ->> 'key', p_channel ->> 'kind', p_channel ->> 'name', p_channel -> 'config',
      p_channel ->> 'min_severity', p_managed_by, v_now, v_now)
    returning * into v_new;
    v_result := 'created';
  else
    select * into v_old from public.channels where channels.id = v_id and channels.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such channel in this project' using errcode = 'PT404'; end if;
    if (v_old.key, v_old.kind, v_old.name, v_old.config, v_old.min_severity, v_old.managed_by) is not distinct from
       (p_channel ->> 'key', p_channel ->> 'kind', p_channel ->> 'name', p_channel -> 'config', p_channel ->> 'min_severity',
        coalesce(p_managed_by, v_old.managed_by))
       and coalesce(v_secret ->> 'op', 'keep') = 'keep' then
      return pg_catalog.jsonb_build_object('id', v_id, 'result', 'unchanged');
    end if;
    update public.channels
    set key = p_channel ->> 'key', kind = p_channel ->> 'kind', name = p_channel ->> 'name', config = p_channel -> 'config',
        min_severity = p_channel ->> 'min_severity', managed_by = coalesce(p_managed_by, managed_by), updated_at = v_now,
        -- A corrected address deserves a new chance.
        enabled = enabled or disabled_reason is not null, disabled_reason = null
    where channels.id = v_id returning * into v_new;
    v_result := 'updated';
  end if;
  if v_secret ->> 'op' = 'set' then
    insert into public.channel_secrets (channel_id, project_id, ciphertext, updated_at)
    values (v_new.id, p_project_id, v_secret ->> 'ciphertext', v_now)
    on conflict (channel_id) do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;
    update public.channels set has_secret = true where channels.id = v_new.id;
  elsif v_secret ->> 'op' = 'clear' then
    delete from public.channel_secrets where channel_secrets.channel_id = v_new.id;
    update public.channels set has_secret = false where channels.id = v_new.id;
  end if;
  perform private.write_audit(p_project_id, p_actor_id, p_actor, 'channel_' || v_result, 'channel', v_new.id::text, v_new.name,
    case when v_result = 'created' then pg_catalog.jsonb_build_object('kind', v_new.kind)
    else private.diff_json(private.channel_json(v_old), private.channel_json(v_new))
      || case when coalesce(v_secret ->> 'op', 'keep') <> 'keep' then '{"secret": "changed"}'::jsonb else '{}'::jsonb end end);
  return pg_catalog.jsonb_build_object('id', v_new.id, 'result', v_result);
end
$$;
comment on function private.write_channel(uuid, jsonb, uuid, text, text) is 'Creates or changes a channel with its secret; says created, updated or unchanged.';
