-- A file that names a pack no more leaves behind what people changed of it.

create or replace function private.apply_configuration_with_rules(p_changes jsonb, p_actor text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_changes jsonb := private.unwrap_json(p_changes);
  v_rules jsonb := coalesce(v_changes -> 'rules', '[]');
  -- Takes the project's row first: two applies at once take turns. Channels are there when rules name them.
  v_answer jsonb := private.apply_configuration_with_kpis(v_changes, p_actor);
  v_project_id uuid := (v_answer ->> 'project_id')::uuid;
  v_gone text[];
  v_kept public.alert_rules;
  v_item jsonb;
  v_result text;
begin
  select pg_catalog.array_agg(alert_rules.key) into v_gone from public.alert_rules
  where alert_rules.project_id = v_project_id and alert_rules.managed_by = 'file'
    and not exists (select from pg_catalog.jsonb_array_elements(v_rules) as item where item ->> 'key' = alert_rules.key);
  -- What people changed of a pack is theirs: it stays when the file names the pack no more, and nobody's file overwrites it from now on.
  for v_kept in update public.alert_rules set managed_by = null
      where alert_rules.project_id = v_project_id and alert_rules.key = any (v_gone) and v_changes -> 'kept_rules' ? alert_rules.key returning * loop
    perform private.write_audit(v_project_id, null, p_actor, 'rule_updated', 'rule', v_kept.id::text, v_kept.name,
      '{"managed_by": {"from": "file", "to": null}}');
    v_gone := pg_catalog.array_remove(v_gone, v_kept.key);
    v_answer := pg_catalog.jsonb_set(v_answer, '{updated}', pg_catalog.to_jsonb((v_answer ->> 'updated')::integer + 1));
  end loop;
  if pg_catalog.cardinality(v_gone) > 0 then
    v_answer := pg_catalog.jsonb_set(v_answer, '{deleted}', pg_catalog.to_jsonb(
      (v_answer ->> 'deleted')::integer + private.delete_rules(v_project_id, v_gone, null, p_actor)));
  end if;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_rules) loop
    v_result := private.configure_rule(v_project_id, v_item, p_actor);
    v_answer := pg_catalog.jsonb_set(v_answer, array[v_result], pg_catalog.to_jsonb((v_answer ->> v_result)::integer + 1));
  end loop;
  return v_answer;
end
$$;
comment on function private.apply_configuration_with_rules(jsonb, text) is 'Behind apply_configuration: everything but SLOs. `kept_rules` are keys that the file no longer names and that stay all the same.';

revoke execute on function private.apply_configuration_with_rules(jsonb, text) from public, anon, authenticated, service_role;
grant execute on function private.apply_configuration_with_rules(jsonb, text) to service_role;
