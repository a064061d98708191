-- What signed-in people may do. The definer functions in schema private check the role; the public ones only pass on, so that
-- nothing executable through the API runs with more rights than its caller.

create function private.command_save_monitor(p_project_id uuid, p_monitor jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.write_monitor(p_project_id, private.unwrap_json(p_monitor), v_user, private.member_name(p_project_id, v_user), null);
end
$$;

create function private.command_pause_monitors(p_project_id uuid, p_monitor_ids uuid[], p_paused boolean) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'responder');
  v_id uuid;
  v_count integer := 0;
begin
  perform from public.monitor_states
  where monitor_states.monitor_id = any (p_monitor_ids) and monitor_states.project_id = p_project_id
  order by monitor_states.monitor_id for update;
  for v_id in select monitors.id from public.monitors where monitors.project_id = p_project_id and monitors.id = any (p_monitor_ids) order by 1 loop
    if private.set_monitor_paused(v_id, p_paused, v_user, private.member_name(p_project_id, v_user)) then v_count := v_count + 1; end if;
  end loop;
  return v_count;
end
$$;

create function private.command_edit_monitors(p_project_id uuid, p_monitor_ids uuid[], p_changes jsonb) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_changes jsonb := private.unwrap_json(p_changes);
  v_monitor public.monitors;
  v_count integer := 0;
begin
  perform from public.monitor_states
  where monitor_states.monitor_id = any (p_monitor_ids) and monitor_states.project_id = p_project_id
  order by monitor_states.monitor_id for update;
  for v_monitor in select * from public.monitors where monitors.project_id = p_project_id and monitors.id = any (p_monitor_ids) order by id loop
    if private.write_monitor(p_project_id,
        private.monitor_json(v_monitor)
        || pg_catalog.jsonb_build_object('notify_channel_ids', (
          select coalesce(pg_catalog.jsonb_agg(links.channel_id), '[]') from public.monitor_channels as links where links.monitor_id = v_monitor.id))
        || v_changes, v_user, private.member_name(p_project_id, v_user), null) ->> 'result' = 'updated' then
      v_count := v_count + 1;
    end if;
  end loop;
  return v_count;
end
$$;

create function private.command_delete_monitors(p_project_id uuid, p_monitor_ids uuid[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_id uuid;
  v_count integer := 0;
begin
  perform from public.monitor_states
  where monitor_states.monitor_id = any (p_monitor_ids) and monitor_states.project_id = p_project_id
  order by monitor_states.monitor_id for update;
  for v_id in select distinct wanted.id from pg_catalog.unnest(p_monitor_ids) as wanted(id) order by 1 loop
    if private.delete_monitor(p_project_id, v_id, v_user, private.member_name(p_project_id, v_user)) then v_count := v_count + 1; end if;
  end loop;
  return v_count;
end
$$;

create function private.command_save_channel(p_project_id uuid, p_channel jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.write_channel(p_project_id, private.unwrap_json(p_channel), v_user, private.member_name(p_project_id, v_user), null);
end
$$;

create function private.command_enable_channel(p_project_id uuid, p_channel_id uuid, p_enabled boolean) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  update public.channels set enabled = p_enabled, disabled_reason = null, updated_at = private.now()
  where channels.id = p_channel_id and channels.project_id = p_project_id returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user),
    case when p_enabled then 'channel_enabled' else 'channel_disabled' end, 'channel', p_channel_id::text, v_name);
  return true;
end
$$;

create function private.command_delete_channel(p_project_id uuid, p_channel_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  delete from public.channels where channels.id = p_channel_id and channels.project_id = p_project_id returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'channel_deleted', 'channel', p_channel_id::text, v_name);
  return true;
end
$$;

create function private.command_send_test(p_project_id uuid, p_channel_id uuid, p_payload jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_now timestamptz := private.now();
  v_id uuid := gen_random_uuid();
begin
  insert into public.notifications (id, project_id, channel_id, kind, dedupe_key, reason, payload, created_at, next_attempt_at)
  select v_id, p_project_id, channels.id, 'test', 'test:' || v_id, 'test asked for by ' || private.member_name(p_project_id, v_user),
    private.unwrap_json(p_payload), v_now, v_now
  from public.channels where channels.id = p_channel_id and channels.project_id = p_project_id;
  if not found then raise exception 'there is no such channel in this project' using errcode = 'PT404'; end if;
  return v_id;
end
$$;

-- A beginning that is delivered after the end must not leave an open alarm: the end follows it.
create function private.tell_end_after_retry(p_retried public.notifications) returns void
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
      null, case when v_incident.resolved_by = 'vigie' then 'up' end, null);
  elsif p_retried.kind = 'monitor.degraded' then
    select * into v_alert from public.alerts where alerts.id = p_retried.alert_id and alerts.status = 'resolved';
    if v_alert.id is null then return; end if;
    perform private.tell_recipients(null, v_alert.id, 'monitor.recovered', 'monitor.degraded', v_alert.resolved_reason, null, 'up', null);
  end if;
end
$$;
comment on function private.tell_end_after_retry(public.notifications) is 'When a dead beginning gets another chance and is over already, writes the end after it.';

create function private.command_retry_notification(p_project_id uuid, p_notification_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'responder');
  v_row public.notifications;
begin
  update public.notifications set status = 'pending', next_attempt_at = private.now(), last_error = null
  where notifications.id = p_notification_id and notifications.project_id = p_project_id and notifications.status = 'dead'
  returning * into v_row;
  if v_row.id is null then return false; end if;
  perform private.tell_end_after_retry(v_row);
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'notification_retried', 'notification',
    p_notification_id::text, v_row.kind);
  return true;
end
$$;

-- One function for the dashboard and for the signed link; the link has no user but says who it was sent to.
create function private.change_incident(p_incident_id uuid, p_op text, p_actor_id uuid, p_actor text, p_message text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_incident public.incidents;
  v_changed boolean := true;
begin
  select * into v_incident from public.incidents where incidents.id = p_incident_id for update;
  if v_incident.id is null then raise exception 'there is no such incident' using errcode = 'PT404'; end if;
  if p_op = 'acknowledge' and v_incident.status = 'triggered' then
    update public.incidents set status = 'acknowledged', acknowledged_at = v_now, acknowledged_by = p_actor where incidents.id = p_incident_id;
    perform private.add_incident_event(p_incident_id, v_now, 'acknowledged', p_actor, coalesce(p_message, ''));
    -- Machines and the team's channel hear of it; a mail or an SMS more at night helps nobody.
    perform private.tell_recipients(p_incident_id, null, 'incident.acknowledged', 'incident.triggered', v_incident.reason, null, null, array['webhook', 'slack']);
  elsif p_op = 'resolve' and v_incident.status <> 'resolved' then
    update public.incidents set status = 'resolved', resolved_at = v_now, resolved_by = p_actor, flapping = false where incidents.id = p_incident_id;
    perform private.add_incident_event(p_incident_id, v_now, 'resolved', p_actor, coalesce(p_message, ''));
    perform private.tell_recipients(p_incident_id, null, 'incident.resolved', 'incident.triggered', 'Resolved by ' || p_actor || '.', null, null, null);
  elsif p_op = 'note' then
    perform private.add_incident_event(p_incident_id, v_now, 'note', p_actor, p_message);
  elsif p_op = 'priority' and v_incident.priority <> p_message then
    update public.incidents set priority = p_message where incidents.id = p_incident_id;
    perform private.add_incident_event(p_incident_id, v_now, 'priority_changed', p_actor, v_incident.priority || ' → ' || p_message);
  else
    v_changed := false;
  end if;
  if v_changed and p_op <> 'note' then
    perform private.write_audit(v_incident.project_id, p_actor_id, p_actor, 'incident_' || p_op, 'incident', p_incident_id::text, v_incident.title);
  end if;
  return (
    select pg_catalog.jsonb_build_object('changed', v_changed, 'id', incidents.id, 'number', incidents.number, 'title', incidents.title,
      'status', incidents.status, 'acknowledged_by', incidents.acknowledged_by, 'project_slug', projects.slug, 'locale', projects.locale)
    from public.incidents join public.projects on projects.id = incidents.project_id where incidents.id = p_incident_id);
end
$$;

create function private.command_change_incident(p_incident_id uuid, p_op text, p_message text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_project_id uuid;
  v_user uuid;
begin
  select incidents.project_id into v_project_id from public.incidents where incidents.id = p_incident_id;
  v_user := private.require_role(v_project_id, 'responder');
  if p_op not in ('acknowledge', 'resolve', 'note', 'priority') then
    raise exception 'op: must be acknowledge, resolve, note or priority' using errcode = 'PT422';
  end if;
  if p_op = 'note' and coalesce(pg_catalog.btrim(p_message), '') = '' then
    raise exception 'note: must not be empty' using errcode = 'PT422', detail = 'note';
  end if;
  if p_op = 'priority' and p_message not in ('P0', 'P1', 'P2', 'P3') then
    raise exception 'priority: must be P0, P1, P2 or P3' using errcode = 'PT422', detail = 'priority';
  end if;
  return private.change_incident(p_incident_id, p_op, v_user, private.member_name(v_project_id, v_user), p_message);
end
$$;

create function private.command_create_api_key(p_project_id uuid, p_name text, p_prefix text, p_hash text, p_scopes text[]) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_id uuid;
begin
  insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by, created_at)
  values (p_project_id, p_name, p_prefix, p_hash, p_scopes, private.member_name(p_project_id, v_user), private.now())
  returning id into v_id;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'api_key_created', 'api_key', v_id::text, p_name,
    pg_catalog.jsonb_build_object('scopes', p_scopes));
  return v_id;
end
$$;

create function private.command_revoke_api_key(p_project_id uuid, p_key_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  update public.api_keys set revoked_at = private.now()
  where api_keys.id = p_key_id and api_keys.project_id = p_project_id and api_keys.revoked_at is null returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'api_key_revoked', 'api_key', p_key_id::text, v_name);
  return true;
end
$$;

create function private.command_save_project(p_project_id uuid, p_project jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_project jsonb := private.unwrap_json(p_project);
  v_changes jsonb;
begin
  select private.diff_json(
    pg_catalog.jsonb_build_object('name', projects.name, 'time_zone', projects.time_zone, 'locale', projects.locale,
      'report_recipients', pg_catalog.to_jsonb(projects.report_recipients)), v_project)
  into v_changes from public.projects where projects.id = p_project_id for update;
  if v_changes = '{}' then return true; end if;
  update public.projects
  set name = v_project ->> 'name', time_zone = v_project ->> 'time_zone', locale = v_project ->> 'locale',
      report_recipients = array(select pg_catalog.jsonb_array_elements_text(v_project -> 'report_recipients'))
  where projects.id = p_project_id;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'project_updated', 'project', p_project_id::text,
    v_project ->> 'name', v_changes);
  return true;
end
$$;

create function private.command_create_project(p_project jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := auth.uid();
  v_project jsonb := private.unwrap_json(p_project);
  v_id uuid;
  v_email text;
begin
  -- Who owns one project may open another (an agency's next customer); a mere member may not.
  if not exists (select from public.memberships where memberships.user_id = v_user and memberships.role = 'owner') then
    raise exception 'only an owner of a project may create another one' using errcode = 'PT403';
  end if;
  if exists (select from public.projects where projects.slug = v_project ->> 'slug') then
    raise exception 'slug: "%" is taken', v_project ->> 'slug' using errcode = 'PT409', detail = 'slug';
  end if;
  select memberships.email into v_email from public.memberships where memberships.user_id = v_user limit 1;
  insert into public.projects (slug, name, time_zone, locale)
  values (v_project ->> 'slug', v_project ->> 'name', v_project ->> 'time_zone', v_project ->> 'locale') returning id into v_id;
  insert into public.memberships (project_id, user_id, role, email) values (v_id, v_user, 'owner', v_email);
  perform private.write_audit(v_id, v_user, v_email, 'project_created', 'project', v_id::text, v_project ->> 'name');
  return pg_catalog.jsonb_build_object('id', v_id, 'slug', v_project ->> 'slug');
end
$$;

create function private.command_save_member(p_project_id uuid, p_email text, p_role text) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'owner');
  v_member uuid;
  v_old_role text;
begin
  select users.id into v_member from auth.users as users where pg_catalog.lower(users.email) = pg_catalog.lower(p_email);
  if v_member is null then
    raise exception 'email: there is no account with this address yet; create it first, then add it here' using errcode = 'PT422', detail = 'email';
  end if;
  if p_role not in ('owner', 'admin', 'responder', 'viewer') then
    raise exception 'role: must be owner, admin, responder or viewer' using errcode = 'PT422', detail = 'role';
  end if;
  if p_role <> 'owner' and not exists (select from public.memberships where memberships.project_id = p_project_id
      and memberships.role = 'owner' and memberships.user_id <> v_member) then
    raise exception 'role: a project needs at least one owner' using errcode = 'PT422', detail = 'role';
  end if;
  select memberships.role into v_old_role from public.memberships
  where memberships.project_id = p_project_id and memberships.user_id = v_member;
  if v_old_role = p_role then return true; end if;
  insert into public.memberships (project_id, user_id, role, email) values (p_project_id, v_member, p_role, pg_catalog.lower(p_email))
  on conflict (project_id, user_id) do update set role = excluded.role;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user),
    case when v_old_role is null then 'member_added' else 'member_changed' end, 'member', v_member::text, pg_catalog.lower(p_email),
    case when v_old_role is null then pg_catalog.jsonb_build_object('role', p_role)
    else pg_catalog.jsonb_build_object('role', pg_catalog.jsonb_build_object('from', v_old_role, 'to', p_role)) end);
  return true;
end
$$;

create function private.command_remove_member(p_project_id uuid, p_user_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'owner');
  v_email text;
begin
  if not exists (select from public.memberships where memberships.project_id = p_project_id
      and memberships.role = 'owner' and memberships.user_id <> p_user_id) then
    raise exception 'a project needs at least one owner' using errcode = 'PT422';
  end if;
  delete from public.memberships where memberships.project_id = p_project_id and memberships.user_id = p_user_id returning email into v_email;
  if v_email is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'member_removed', 'member', p_user_id::text, v_email);
  return true;
end
$$;

create function public.save_monitor(p_project_id uuid, p_monitor jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_save_monitor(p_project_id, p_monitor);
create function public.pause_monitors(p_project_id uuid, p_monitor_ids uuid[], p_paused boolean) returns integer
language sql security invoker set search_path = '' return private.command_pause_monitors(p_project_id, p_monitor_ids, p_paused);
create function public.edit_monitors(p_project_id uuid, p_monitor_ids uuid[], p_changes jsonb) returns integer
language sql security invoker set search_path = '' return private.command_edit_monitors(p_project_id, p_monitor_ids, p_changes);
create function public.delete_monitors(p_project_id uuid, p_monitor_ids uuid[]) returns integer
language sql security invoker set search_path = '' return private.command_delete_monitors(p_project_id, p_monitor_ids);
create function public.save_channel(p_project_id uuid, p_channel jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_save_channel(p_project_id, p_channel);
create function public.enable_channel(p_project_id uuid, p_channel_id uuid, p_enabled boolean) returns boolean
language sql security invoker set search_path = '' return private.command_enable_channel(p_project_id, p_channel_id, p_enabled);
create function public.delete_channel(p_project_id uuid, p_channel_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_delete_channel(p_project_id, p_channel_id);
create function public.send_test(p_project_id uuid, p_channel_id uuid, p_payload jsonb) returns uuid
language sql security invoker set search_path = '' return private.command_send_test(p_project_id, p_channel_id, p_payload);
create function public.retry_notification(p_project_id uuid, p_notification_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_retry_notification(p_project_id, p_notification_id);
create function public.change_incident(p_incident_id uuid, p_op text, p_message text default null) returns jsonb
language sql security invoker set search_path = '' return private.command_change_incident(p_incident_id, p_op, p_message);
create function public.create_api_key(p_project_id uuid, p_name text, p_prefix text, p_hash text, p_scopes text[]) returns uuid
language sql security invoker set search_path = '' return private.command_create_api_key(p_project_id, p_name, p_prefix, p_hash, p_scopes);
create function public.revoke_api_key(p_project_id uuid, p_key_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_revoke_api_key(p_project_id, p_key_id);
create function public.save_project(p_project_id uuid, p_project jsonb) returns boolean
language sql security invoker set search_path = '' return private.command_save_project(p_project_id, p_project);
create function public.create_project(p_project jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_create_project(p_project);
create function public.save_member(p_project_id uuid, p_email text, p_role text) returns boolean
language sql security invoker set search_path = '' return private.command_save_member(p_project_id, p_email, p_role);
create function public.remove_member(p_project_id uuid, p_user_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_remove_member(p_project_id, p_user_id);

comment on function public.save_monitor(uuid, jsonb) is 'Creates or changes a monitor. Admins.';
comment on function public.pause_monitors(uuid, uuid[], boolean) is 'Pauses or resumes monitors; answers how many changed. Responders.';
comment on function public.edit_monitors(uuid, uuid[], jsonb) is 'Changes the same fields of several monitors. Admins.';
comment on function public.delete_monitors(uuid, uuid[]) is 'Deletes monitors with their results. Admins.';
comment on function public.save_channel(uuid, jsonb) is 'Creates or changes a channel. Admins.';
comment on function public.enable_channel(uuid, uuid, boolean) is 'Switches a channel on or off. Admins.';
comment on function public.delete_channel(uuid, uuid) is 'Deletes a channel with its notifications. Admins.';
comment on function public.send_test(uuid, uuid, jsonb) is 'Queues a test message to a channel; answers the notification to watch. Admins.';
comment on function public.retry_notification(uuid, uuid) is 'Gives a dead letter another chance. Responders.';
comment on function public.change_incident(uuid, text, text) is 'Acknowledges, resolves, annotates or re-ranks an incident. Responders.';
comment on function public.create_api_key(uuid, text, text, text, text[]) is 'Stores the hash of a new API key. Admins.';
comment on function public.revoke_api_key(uuid, uuid) is 'Revokes an API key at once. Admins.';
comment on function public.save_project(uuid, jsonb) is 'Changes name, time zone, language and report recipients. Admins.';
comment on function public.create_project(jsonb) is 'Opens a further project, owned by the caller. Owners of any project.';
comment on function public.save_member(uuid, text, text) is 'Adds a person with an account, or changes their role. Owners.';
comment on function public.remove_member(uuid, uuid) is 'Removes a person from the project. Owners.';

do $$
declare v_function record;
begin
  for v_function in
    select procs.oid::regprocedure as signature from pg_proc as procs
    where procs.pronamespace = 'private'::regnamespace and procs.proname like 'command\_%'
  loop
    execute 'comment on function ' || v_function.signature || ' is ''Checks the role of the caller, then acts. Behind the public function of the same name.''';
  end loop;
end
$$;
comment on function private.change_incident(uuid, text, uuid, text, text) is 'Changes an incident in the name of an actor; repeating a change that is done already does nothing.';

create function public.acknowledge_from_link(p_incident_id uuid, p_channel_id uuid) returns jsonb
language sql security invoker set search_path = ''
begin atomic
  select private.change_incident(p_incident_id, 'acknowledge', null,
    coalesce((select channels.name from public.channels where channels.id = p_channel_id), 'a deleted channel') || ' (link)', null);
end;
comment on function public.acknowledge_from_link(uuid, uuid) is 'Acknowledges in the name of the channel whose signed link was used. Service role: the application has verified the signature.';
