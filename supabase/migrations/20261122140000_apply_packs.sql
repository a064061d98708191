-- Rules of a pack, written and deleted together: half of a pack is no pack.

create function private.command_apply_pack(p_project_id uuid, p_rules jsonb, p_removed_keys text[]) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text := private.member_name(p_project_id, v_user);
  v_rules jsonb := private.unwrap_json(p_rules);
  v_rule jsonb;
  v_taken text;
  v_saved integer := 0;
begin
  -- Decided by what was there a moment ago: nobody's own rule of that key is overwritten meanwhile.
  perform from public.projects where projects.id = p_project_id for update;
  select alert_rules.key into v_taken from public.alert_rules
  join pg_catalog.jsonb_array_elements(v_rules) as given on given ->> 'key' = alert_rules.key
  where alert_rules.project_id = p_project_id and alert_rules.pack is distinct from given ->> 'pack' limit 1;
  if v_taken is not null then
    raise exception 'the key % is taken by another rule of this project', v_taken using errcode = 'PT409';
  end if;
  for v_rule in select * from pg_catalog.jsonb_array_elements(v_rules) loop
    perform private.write_rule(p_project_id, v_rule, v_user, v_name);
    v_saved := v_saved + 1;
  end loop;
  return pg_catalog.jsonb_build_object('saved', v_saved,
    'removed', private.delete_rules(p_project_id, p_removed_keys, v_user, v_name));
end
$$;
comment on function private.command_apply_pack(uuid, jsonb, text[]) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.apply_pack(p_project_id uuid, p_rules jsonb, p_removed_keys text[]) returns jsonb
language sql security invoker set search_path = '' return private.command_apply_pack(p_project_id, p_rules, p_removed_keys);
comment on function public.apply_pack(uuid, jsonb, text[]) is 'Writes rules of packs and deletes others, whole or not at all; says how many of each. Admins.';

revoke execute on function private.command_apply_pack(uuid, jsonb, text[]), public.apply_pack(uuid, jsonb, text[]) from public, anon, authenticated;
grant execute on function private.command_apply_pack(uuid, jsonb, text[]), public.apply_pack(uuid, jsonb, text[]) to authenticated;
