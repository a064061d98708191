-- A deleted rule can be brought back for a day, as it was set; what it had told and how it stood is gone.

create table public.deleted_rules (
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null,
  rule jsonb not null,
  deleted_at timestamptz not null default now(),
  primary key (project_id, key)
);
comment on table public.deleted_rules is 'Rules that people deleted in the last day, one a key: what undoing that needs.';
comment on column public.deleted_rules.rule is 'The row of alert_rules as it was.';
create index deleted_rules_project_id_deleted_at_idx on public.deleted_rules (project_id, deleted_at);

revoke all on public.deleted_rules from anon, authenticated;
grant select, insert, update, delete on public.deleted_rules to service_role;
alter table public.deleted_rules enable row level security;
-- No policy on purpose: only restore_rule reads it.

create or replace function private.command_delete_rules(p_project_id uuid, p_keys text[]) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_now timestamptz := private.now();
begin
  delete from public.deleted_rules
  where deleted_rules.project_id = p_project_id and deleted_rules.deleted_at < v_now - interval '1 day';
  -- In the order in which evaluations and writers of rules lock.
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  insert into public.deleted_rules (project_id, key, rule, deleted_at)
  select p_project_id, alert_rules.key, pg_catalog.to_jsonb(alert_rules), v_now from public.alert_rules
  where alert_rules.project_id = p_project_id and alert_rules.key = any (p_keys)
  on conflict (project_id, key) do update set rule = excluded.rule, deleted_at = excluded.deleted_at;
  return private.delete_rules(p_project_id, p_keys, v_user, private.member_name(p_project_id, v_user));
end
$$;

create function private.command_restore_rule(p_project_id uuid, p_key text) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_now timestamptz := private.now();
  v_gone jsonb;
  v_rule public.alert_rules;
begin
  -- As for a rule that is written: writers of one project wait for each other here, and for an evaluation that is being recorded.
  perform from public.projects where projects.id = p_project_id for update;
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  if exists (select from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.key = p_key) then
    raise exception 'key: another rule of this project has it by now' using errcode = 'PT409', detail = 'key';
  end if;
  delete from public.deleted_rules
  where deleted_rules.project_id = p_project_id and deleted_rules.key = p_key and deleted_rules.deleted_at >= v_now - interval '1 day'
  returning deleted_rules.rule into v_gone;
  if v_gone is null then raise exception 'no rule of this key was deleted in the last day' using errcode = 'PT404'; end if;
  v_rule := pg_catalog.jsonb_populate_record(null::public.alert_rules, v_gone);
  -- Channels may have gone meanwhile.
  v_rule.notify_channel_ids := array(
    select channels.id from public.channels where channels.project_id = p_project_id and channels.id = any (v_rule.notify_channel_ids));
  v_rule.updated_at := v_now;
  insert into public.alert_rules select v_rule.*;
  perform private.plan_rule_runs(p_project_id);
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'rule_restored', 'rule', v_rule.id::text,
    v_rule.name, pg_catalog.jsonb_build_object('key', v_rule.key));
  return v_rule.id;
end
$$;
comment on function private.command_restore_rule(uuid, text) is 'Checks the role of the caller, then acts. Behind the public function restore_rule.';

create function public.restore_rule(p_project_id uuid, p_key text) returns uuid
language sql security invoker set search_path = '' return private.command_restore_rule(p_project_id, p_key);
comment on function public.restore_rule(uuid, text) is 'Brings back a rule that was deleted in the last day, with its settings, and answers its id. Admins.';

revoke execute on function private.command_delete_rules(uuid, text[]), private.command_restore_rule(uuid, text),
  public.restore_rule(uuid, text) from public, anon, authenticated;
grant execute on function private.command_delete_rules(uuid, text[]), private.command_restore_rule(uuid, text),
  public.restore_rule(uuid, text) to authenticated;
