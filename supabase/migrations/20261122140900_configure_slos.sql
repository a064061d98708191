-- SLOs of vigie.yaml, read and applied with the rest of the file in one transaction: around what does so for everything else.

alter table public.slos add column managed_by text constraint slos_managed_by_check check (managed_by = 'file');
comment on column public.slos.managed_by is 'file: described by a vigie.yaml, whose next apply overwrites changes; null: made by people.';

alter function public.read_configuration(text) rename to read_configuration_with_rules;
alter function public.read_configuration_with_rules(text) set schema private;
alter function public.apply_configuration(jsonb, text) rename to apply_configuration_with_rules;
alter function public.apply_configuration_with_rules(jsonb, text) set schema private;

create function public.read_configuration(p_slug text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select private.read_configuration_with_rules(p_slug) || pg_catalog.jsonb_build_object('slos', (
    select coalesce(pg_catalog.jsonb_agg(private.slo_json(slos.*) || pg_catalog.jsonb_build_object('managed_by', slos.managed_by) order by slos.key), '[]')
    from public.slos join public.projects on projects.id = slos.project_id where projects.slug = p_slug));
end;
comment on function public.read_configuration(text) is 'Everything that vigie.yaml describes, as it stands; null when there is no such project. Service role: it holds ciphertexts, to tell whether a secret changed.';

create function private.configure_slo(p_project_id uuid, p_slo jsonb, p_actor text) returns text
language plpgsql security invoker set search_path = ''
as $$
declare
  v_old public.slos;
  v_new public.slos;
  v_result text;
begin
  select * into v_old from public.slos where slos.project_id = p_project_id and slos.key = p_slo ->> 'key';
  if v_old.managed_by = 'file' and private.slo_json(v_old) = p_slo then return 'unchanged'; end if;
  if v_old.id is null and (select count(*) from public.slos where slos.project_id = p_project_id) >= 100 then
    raise exception 'a project has at most 100 SLOs' using errcode = 'PT422';
  end if;
  insert into public.slos (project_id, key, name, description, indicator, method, "window", target, slice, managed_by, created_at, updated_at)
  values (p_project_id, p_slo ->> 'key', p_slo ->> 'name', p_slo ->> 'description', p_slo -> 'indicator', p_slo ->> 'method', p_slo -> 'window',
    (p_slo ->> 'target')::double precision, nullif(p_slo -> 'slice', 'null'), 'file', private.now(), private.now())
  on conflict (project_id, key) do update set name = excluded.name, description = excluded.description, indicator = excluded.indicator,
    method = excluded.method, "window" = excluded."window", target = excluded.target, slice = excluded.slice, managed_by = 'file',
    updated_at = excluded.updated_at
  returning * into v_new;
  v_result := case when v_old.id is null then 'created' else 'updated' end;
  perform private.write_audit(p_project_id, null, p_actor, 'slo_' || v_result, 'slo', v_new.id::text, v_new.name,
    case when v_old.id is null then pg_catalog.jsonb_build_object('key', v_new.key, 'target', v_new.target)
    else private.diff_json(private.slo_json(v_old), private.slo_json(v_new)) end);
  return v_result;
end
$$;
comment on function private.configure_slo(uuid, jsonb, text) is 'Writes one SLO of a file and says created, updated or unchanged.';

create function public.apply_configuration(p_changes jsonb, p_actor text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_changes jsonb := private.unwrap_json(p_changes);
  v_slos jsonb := coalesce(v_changes -> 'slos', '[]');
  -- Takes the project's row first: two applies at once take turns.
  v_answer jsonb := private.apply_configuration_with_rules(v_changes, p_actor);
  v_project_id uuid := (v_answer ->> 'project_id')::uuid;
  v_gone public.slos;
  v_item jsonb;
  v_result text;
begin
  -- Before what is new: a place may become free.
  for v_gone in delete from public.slos where slos.project_id = v_project_id and slos.managed_by = 'file'
      and not exists (select from pg_catalog.jsonb_array_elements(v_slos) as item where item ->> 'key' = slos.key) returning * loop
    perform private.write_audit(v_project_id, null, p_actor, 'slo_deleted', 'slo', v_gone.id::text, v_gone.name);
    v_answer := pg_catalog.jsonb_set(v_answer, '{deleted}', pg_catalog.to_jsonb((v_answer ->> 'deleted')::integer + 1));
  end loop;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_slos) loop
    v_result := private.configure_slo(v_project_id, v_item, p_actor);
    v_answer := pg_catalog.jsonb_set(v_answer, array[v_result], pg_catalog.to_jsonb((v_answer ->> v_result)::integer + 1));
  end loop;
  return v_answer;
end
$$;
comment on function public.apply_configuration(jsonb, text) is 'Brings a project to what a vigie.yaml describes, whole or not at all; applying the same file again changes nothing.';
comment on function private.read_configuration_with_rules(text) is 'Behind read_configuration: everything but SLOs.';
comment on function private.apply_configuration_with_rules(jsonb, text) is 'Behind apply_configuration: everything but SLOs.';

revoke execute on function private.configure_slo(uuid, jsonb, text), public.read_configuration(text), public.apply_configuration(jsonb, text)
  from public, anon, authenticated;
grant execute on function private.configure_slo(uuid, jsonb, text), public.read_configuration(text), public.apply_configuration(jsonb, text) to service_role;
