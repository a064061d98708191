-- What people do with rules. Each change fences off an evaluation that is under way: it was decided by what is no longer so.

create function private.rule_json(p_rule public.alert_rules) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('key', p_rule.key, 'name', p_rule.name, 'enabled', p_rule.enabled, 'condition', p_rule.condition,
  'group_by', p_rule.group_by, 'group_limit', p_rule.group_limit, 'for_ms', p_rule.for_ms, 'keep_firing_for_ms', p_rule.keep_firing_for_ms,
  'no_data', p_rule.no_data, 'severity_warning', p_rule.severity_warning, 'severity_critical', p_rule.severity_critical,
  'notify_channel_ids', p_rule.notify_channel_ids, 'throttle_ms', p_rule.throttle_ms, 'repeat_ms', p_rule.repeat_ms, 'runbook', p_rule.runbook,
  'labels', p_rule.labels, 'pack', p_rule.pack, 'pack_row', p_rule.pack_row, 'pack_version', p_rule.pack_version);
comment on function private.rule_json(public.alert_rules) is 'What people set of a rule, as the application writes it and the audit log compares it.';

create function private.plan_rule_runs(p_project_id uuid) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_is_needed boolean := exists (select from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.enabled);
begin
  insert into public.rule_runs (project_id, next_due_at)
  values (p_project_id, case when v_is_needed then private.now() end)
  on conflict (project_id) do update set next_due_at = excluded.next_due_at, lease_token = null, leased_until = null;
end
$$;
comment on function private.plan_rule_runs(uuid) is 'After a change of rules: evaluated at once, and whoever is at it with the old ones writes nothing any more.';

create function private.retire_rules(p_rule_ids uuid[], p_actor text, p_reason text) returns void
language plpgsql security invoker set search_path = ''
as $$
begin
  perform private.retire_alerts(array(
    select alerts.id from public.alerts where alerts.rule_id = any (p_rule_ids) and alerts.status = 'firing'), p_actor, p_reason);
  delete from public.rule_states where rule_states.rule_id = any (p_rule_ids);
  delete from public.rule_failures where rule_failures.rule_id = any (p_rule_ids);
end
$$;
comment on function private.retire_rules(uuid[], text, text) is 'Ends what rules had open and forgets their states: rules that are switched off or deleted.';

create function private.write_rule(p_project_id uuid, p_rule jsonb, p_actor_id uuid, p_actor text) returns uuid
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_old public.alert_rules;
  v_new public.alert_rules;
  v_details jsonb;
begin
  -- Writers of one project wait for each other here, and for an evaluation that is being recorded.
  perform from public.projects where projects.id = p_project_id for update;
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  select * into v_old from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.key = p_rule ->> 'key' for update;
  if v_old.id is null and (select count(*) from public.alert_rules where alert_rules.project_id = p_project_id) >= 5000 then
    raise exception 'a project has at most 5,000 rules' using errcode = 'PT422';
  end if;
  insert into public.alert_rules (project_id, key, name, enabled, condition, group_by, group_limit, for_ms, keep_firing_for_ms, no_data,
    severity_warning, severity_critical, notify_channel_ids, throttle_ms, repeat_ms, runbook, labels, pack, pack_row, pack_version, pack_original,
    created_at, updated_at)
  select p_project_id, given.key, given.name, coalesce(given.enabled, true), given.condition, coalesce(given.group_by, '{}'),
    coalesce(given.group_limit, 50), coalesce(given.for_ms, 0), coalesce(given.keep_firing_for_ms, 0), coalesce(given.no_data, 'resolve'),
    coalesce(given.severity_warning, 'medium'), coalesce(given.severity_critical, 'high'), coalesce(given.notify_channel_ids, '{}'),
    coalesce(given.throttle_ms, 0), coalesce(given.repeat_ms, 0), given.runbook, coalesce(given.labels, '{}'), given.pack, given.pack_row,
    given.pack_version, coalesce(given.pack_original, case when given.pack is not null then v_old.pack_original end), v_now, v_now
  from pg_catalog.jsonb_to_record(p_rule) as given(key text, name text, enabled boolean, condition jsonb, group_by text[], group_limit integer,
    for_ms bigint, keep_firing_for_ms bigint, no_data text, severity_warning text, severity_critical text, notify_channel_ids uuid[],
    throttle_ms bigint, repeat_ms bigint, runbook text, labels jsonb, pack text, pack_row text, pack_version integer, pack_original jsonb)
  on conflict (project_id, key) do update set name = excluded.name, enabled = excluded.enabled, condition = excluded.condition,
    group_by = excluded.group_by, group_limit = excluded.group_limit, for_ms = excluded.for_ms, keep_firing_for_ms = excluded.keep_firing_for_ms,
    no_data = excluded.no_data, severity_warning = excluded.severity_warning, severity_critical = excluded.severity_critical,
    notify_channel_ids = excluded.notify_channel_ids, throttle_ms = excluded.throttle_ms, repeat_ms = excluded.repeat_ms, runbook = excluded.runbook,
    labels = excluded.labels, pack = excluded.pack, pack_row = excluded.pack_row, pack_version = excluded.pack_version,
    pack_original = excluded.pack_original, updated_at = excluded.updated_at
  returning * into v_new;
  if exists (
    select from pg_catalog.unnest(v_new.notify_channel_ids) as named(id)
    join public.channels on channels.id = named.id where channels.project_id <> p_project_id) then
    raise exception 'notify: there is no such channel in this project' using errcode = 'PT404', detail = 'notify';
  end if;
  v_details := case when v_old.id is null then pg_catalog.jsonb_build_object('key', v_new.key)
    else private.diff_json(private.rule_json(v_old), private.rule_json(v_new)) end;
  -- Saved as it was: nothing to evaluate anew and nothing to tell of.
  if v_old.id is not null and v_details = '{}' and v_old.pack_original is not distinct from v_new.pack_original then return v_new.id; end if;
  if v_old.enabled and not v_new.enabled then
    perform private.retire_rules(array[v_new.id], p_actor, 'The rule was switched off by ' || p_actor || '.');
  end if;
  perform private.plan_rule_runs(p_project_id);
  perform private.write_audit(p_project_id, p_actor_id, p_actor, case when v_old.id is null then 'rule_created' else 'rule_updated' end,
    'rule', v_new.id::text, v_new.name, v_details);
  return v_new.id;
end
$$;
comment on function private.write_rule(uuid, jsonb, uuid, text) is 'Creates a rule, or changes the one of its key. What is left out gets its default.';

create function private.delete_rules(p_project_id uuid, p_keys text[], p_actor_id uuid, p_actor text) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_ids uuid[];
  v_rule public.alert_rules;
begin
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  select pg_catalog.array_agg(wanted.id) into v_ids from (
    select alert_rules.id from public.alert_rules
    where alert_rules.project_id = p_project_id and alert_rules.key = any (p_keys) order by alert_rules.id for update) as wanted;
  if v_ids is null then return 0; end if;
  perform private.retire_rules(v_ids, p_actor, 'The rule was deleted by ' || p_actor || '.');
  -- What is still to be told outlives the rule.
  update public.notifications set alert_id = null
  where notifications.alert_id in (select alerts.id from public.alerts where alerts.rule_id = any (v_ids));
  for v_rule in delete from public.alert_rules where alert_rules.id = any (v_ids) returning * loop
    perform private.write_audit(p_project_id, p_actor_id, p_actor, 'rule_deleted', 'rule', v_rule.id::text, v_rule.name,
      pg_catalog.jsonb_build_object('key', v_rule.key));
  end loop;
  perform private.plan_rule_runs(p_project_id);
  return pg_catalog.cardinality(v_ids);
end
$$;
comment on function private.delete_rules(uuid, text[], uuid, text) is 'Deletes rules with their alerts; their incidents stay, and end.';

create function private.enable_rules(p_project_id uuid, p_keys text[], p_enabled boolean, p_actor_id uuid, p_actor text) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_ids uuid[];
  v_rule public.alert_rules;
begin
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  select pg_catalog.array_agg(wanted.id) into v_ids from (
    select alert_rules.id from public.alert_rules
    where alert_rules.project_id = p_project_id and alert_rules.key = any (p_keys) and alert_rules.enabled is distinct from p_enabled
    order by alert_rules.id for update) as wanted;
  if v_ids is null then return 0; end if;
  for v_rule in
    update public.alert_rules set enabled = p_enabled, updated_at = private.now() where alert_rules.id = any (v_ids) returning *
  loop
    perform private.write_audit(p_project_id, p_actor_id, p_actor, case when p_enabled then 'rule_enabled' else 'rule_disabled' end,
      'rule', v_rule.id::text, v_rule.name);
  end loop;
  if not p_enabled then perform private.retire_rules(v_ids, p_actor, 'The rule was switched off by ' || p_actor || '.'); end if;
  perform private.plan_rule_runs(p_project_id);
  return pg_catalog.cardinality(v_ids);
end
$$;
comment on function private.enable_rules(uuid, text[], boolean, uuid, text) is 'Switches rules on or off and says how many that changed.';

create function private.command_save_rule(p_project_id uuid, p_rule jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.write_rule(p_project_id, private.unwrap_json(p_rule), v_user, private.member_name(p_project_id, v_user));
end
$$;
comment on function private.command_save_rule(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_delete_rules(p_project_id uuid, p_keys text[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.delete_rules(p_project_id, p_keys, v_user, private.member_name(p_project_id, v_user));
end
$$;
comment on function private.command_delete_rules(uuid, text[]) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_enable_rules(p_project_id uuid, p_keys text[], p_enabled boolean) returns integer
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.enable_rules(p_project_id, p_keys, p_enabled, v_user, private.member_name(p_project_id, v_user));
end
$$;
comment on function private.command_enable_rules(uuid, text[], boolean) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_rule(p_project_id uuid, p_rule jsonb) returns uuid
language sql security invoker set search_path = '' return private.command_save_rule(p_project_id, p_rule);
create function public.delete_rules(p_project_id uuid, p_keys text[]) returns integer
language sql security invoker set search_path = '' return private.command_delete_rules(p_project_id, p_keys);
create function public.enable_rules(p_project_id uuid, p_keys text[], p_enabled boolean) returns integer
language sql security invoker set search_path = '' return private.command_enable_rules(p_project_id, p_keys, p_enabled);
comment on function public.save_rule(uuid, jsonb) is 'Creates a rule or changes the one of its key, and answers its id. Admins.';
comment on function public.delete_rules(uuid, text[]) is 'Deletes rules by key and answers how many there were. Admins.';
comment on function public.enable_rules(uuid, text[], boolean) is 'Switches rules on or off and answers how many that changed. Admins.';

revoke execute on function private.rule_json(public.alert_rules), private.plan_rule_runs(uuid), private.retire_rules(uuid[], text, text),
  private.write_rule(uuid, jsonb, uuid, text), private.delete_rules(uuid, text[], uuid, text),
  private.enable_rules(uuid, text[], boolean, uuid, text), private.command_save_rule(uuid, jsonb), private.command_delete_rules(uuid, text[]),
  private.command_enable_rules(uuid, text[], boolean), public.save_rule(uuid, jsonb), public.delete_rules(uuid, text[]),
  public.enable_rules(uuid, text[], boolean) from public, anon, authenticated;
grant execute on function private.rule_json(public.alert_rules), private.plan_rule_runs(uuid), private.retire_rules(uuid[], text, text),
  private.write_rule(uuid, jsonb, uuid, text), private.delete_rules(uuid, text[], uuid, text),
  private.enable_rules(uuid, text[], boolean, uuid, text) to service_role;
grant execute on function private.command_save_rule(uuid, jsonb), private.command_delete_rules(uuid, text[]),
  private.command_enable_rules(uuid, text[], boolean), public.save_rule(uuid, jsonb), public.delete_rules(uuid, text[]),
  public.enable_rules(uuid, text[], boolean) to authenticated;
