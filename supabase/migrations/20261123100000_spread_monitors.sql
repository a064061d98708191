-- A monitor is probed from several places, and is down only where enough of them say so.

alter table public.monitors
  add column regions text[] not null default '{}' constraint monitors_regions_check check (cardinality(regions) <= 10),
  add column quorum text not null default 'majority' constraint monitors_quorum_check check (quorum ~ '^(majority|any|all|[1-9]|10)$');
comment on column public.monitors.regions is 'Names of the probers that probe it, sorted; none is the installation''s own place. A name that no prober has is a region that cannot tell.';
comment on column public.monitors.quorum is 'How many of its regions must agree that it is down: a share of those that could tell, or a number.';

create or replace function private.monitor_json(monitor public.monitors) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object(
  'id', monitor.id, 'project_id', monitor.project_id, 'key', monitor.key, 'name', monitor.name, 'kind', monitor.kind,
  'config', monitor.config, 'interval_seconds', monitor.interval_seconds, 'timeout_ms', monitor.timeout_ms,
  'severity', monitor.severity, 'confirm_failures', monitor.confirm_failures, 'confirm_successes', monitor.confirm_successes,
  'tags', monitor.tags, 'group_name', monitor.group_name, 'runbook_url', monitor.runbook_url,
  'depends_on', monitor.depends_on, 'regions', monitor.regions, 'quorum', monitor.quorum,
  'paused_at', private.iso(monitor.paused_at));

create or replace function private.write_monitor(p_project_id uuid, p_monitor jsonb, p_actor_id uuid, p_actor text, p_managed_by text) returns jsonb
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
  v_depends_on text[] := array(select distinct pg_catalog.jsonb_array_elements_text(p_monitor -> 'depends_on') order by 1);
  -- Whoever writes past the application says nothing of regions: then they stay as they are.
  v_regions text[] := array(select distinct pg_catalog.jsonb_array_elements_text(p_monitor -> 'regions') order by 1);
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

  -- A file is checked as a whole by the application: monitor by monitor, what it names may not be written yet.
  if p_managed_by is null then perform private.check_dependencies(p_project_id, coalesce(v_old.key, p_monitor ->> 'key'), v_depends_on, coalesce(v_old.depends_on, '{}')); end if;

  if v_id is null then
    insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity, confirm_failures,
      confirm_successes, tags, group_name, runbook_url, depends_on, regions, quorum, has_secret, managed_by, created_at, updated_at)
    select p_project_id, item.key, item.name, item.kind, item.config, item.interval_seconds, item.timeout_ms, item.severity,
      item.confirm_failures, item.confirm_successes, item.tags, item.group_name, item.runbook_url, v_depends_on, v_regions, coalesce(p_monitor ->> 'quorum', 'majority'), false, p_managed_by, v_now, v_now
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
    if p_monitor ? 'depends_on' then v_new.depends_on := v_depends_on; end if;
    if p_monitor ? 'regions' then v_new.regions := v_regions; end if;
    v_new.quorum := coalesce(p_monitor ->> 'quorum', v_old.quorum);
    v_new.managed_by := coalesce(p_managed_by, v_old.managed_by);
    if v_new is not distinct from v_old and v_channels = v_old_channels and coalesce(v_secret ->> 'op', 'keep') = 'keep' then
      return pg_catalog.jsonb_build_object('id', v_id, 'result', 'unchanged');
    end if;
    update public.monitors
    set key = v_new.key, name = v_new.name, kind = v_new.kind, config = v_new.config, interval_seconds = v_new.interval_seconds,
        timeout_ms = v_new.timeout_ms, severity = v_new.severity, confirm_failures = v_new.confirm_failures,
        confirm_successes = v_new.confirm_successes, tags = v_new.tags, group_name = v_new.group_name,
        runbook_url = v_new.runbook_url, depends_on = v_new.depends_on, regions = v_new.regions, quorum = v_new.quorum, managed_by = v_new.managed_by, updated_at = v_now
    where monitors.id = v_id;
    if v_new.key <> v_old.key then
      update public.monitors set depends_on = pg_catalog.array_replace(depends_on, v_old.key, v_new.key)
      where monitors.project_id = p_project_id and v_old.key = any (monitors.depends_on);
    end if;
    if (v_old.kind, v_old.config, v_old.interval_seconds, v_old.timeout_ms, v_old.regions, v_old.quorum) is distinct from
       (v_new.kind, v_new.config, v_new.interval_seconds, v_new.timeout_ms, v_new.regions, v_new.quorum) or coalesce(v_secret ->> 'op', 'keep') <> 'keep' then
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

create or replace function public.read_monitor(p_project_id uuid, p_key text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'monitor', pg_catalog.jsonb_build_object('id', monitors.id, 'project_id', monitors.project_id, 'key', monitors.key,
      'name', monitors.name, 'kind', monitors.kind, 'config', monitors.config, 'interval_seconds', monitors.interval_seconds,
      'timeout_ms', monitors.timeout_ms, 'severity', monitors.severity, 'confirm_failures', monitors.confirm_failures,
      'confirm_successes', monitors.confirm_successes, 'tags', monitors.tags, 'group_name', monitors.group_name,
      'runbook_url', monitors.runbook_url, 'depends_on', monitors.depends_on, 'regions', monitors.regions, 'quorum', monitors.quorum, 'paused_at', private.iso(monitors.paused_at)),
    'has_secret', monitors.has_secret, 'managed_by', monitors.managed_by, 'created_at', private.iso(monitors.created_at),
    'ping_key', projects.ping_key,
    'state', pg_catalog.jsonb_build_object('state', states.state, 'since_at', private.iso(states.since_at),
      'last_result_at', private.iso(states.last_result_at), 'last_result', states.last_result,
      'flapping', states.flapping_since is not null, 'next_due_at', private.iso(states.next_due_at),
      'certificate_expires_at', private.iso(states.certificate_expires_at), 'last_ping_at', private.iso(states.last_ping_at)),
    'channels', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', channels.id, 'key', channels.key, 'name', channels.name,
        'kind', channels.kind, 'enabled', channels.enabled) order by channels.name), '[]')
      from public.monitor_channels as links join public.channels on channels.id = links.channel_id
      where links.monitor_id = monitors.id),
    'open_incident', (
      select pg_catalog.jsonb_build_object('number', incidents.number, 'title', incidents.title, 'status', incidents.status,
        'priority', incidents.priority, 'started_at', private.iso(incidents.started_at))
      from public.alerts join public.incidents on incidents.id = alerts.incident_id
      where alerts.monitor_id = monitors.id and alerts.status = 'firing' and incidents.status <> 'resolved'
      order by incidents.started_at desc limit 1))
  from public.monitors
  join public.monitor_states as states on states.monitor_id = monitors.id
  join public.projects on projects.id = monitors.project_id
  where monitors.project_id = p_project_id and monitors.key = p_key;
end;
