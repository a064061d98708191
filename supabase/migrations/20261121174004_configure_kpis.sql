-- KPIs of vigie.yaml, read and applied with the rest of the file in one transaction: around what does so for channels and monitors, which
-- moves out of the API's sight.

alter function public.read_configuration(text) set schema private;
alter function public.apply_configuration(jsonb, text) set schema private;

create function public.read_configuration(p_slug text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select private.read_configuration(p_slug) || pg_catalog.jsonb_build_object('kpis', (
    select coalesce(pg_catalog.jsonb_agg(private.kpi_json(kpis.*) || pg_catalog.jsonb_build_object('managed_by', kpis.managed_by,
      'secret_ciphertext', secrets.ciphertext) order by kpis.key), '[]')
    from public.kpis join public.projects on projects.id = kpis.project_id
    left join public.kpi_secrets as secrets on secrets.kpi_id = kpis.id
    where projects.slug = p_slug));
end;
comment on function public.read_configuration(text) is 'Everything that vigie.yaml describes, as it stands; null when there is no such project. Service role: it holds ciphertexts, to tell whether a secret changed.';

create function public.apply_configuration(p_changes jsonb, p_actor text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_changes jsonb := private.unwrap_json(p_changes);
  v_kpis jsonb := coalesce(v_changes -> 'kpis', '[]');
  -- Takes the project's row first: two applies at once take turns.
  v_answer jsonb := private.apply_configuration(v_changes, p_actor);
  v_project_id uuid := (v_answer ->> 'project_id')::uuid;
  v_item jsonb;
  v_id uuid;
  v_result text;
  v_name text;
begin
  -- Before what is new: a key or a place may become free.
  for v_id in select kpis.id from public.kpis where kpis.project_id = v_project_id and kpis.managed_by = 'file'
      and not exists (select from pg_catalog.jsonb_array_elements(v_kpis) as item where item ->> 'key' = kpis.key) loop
    delete from public.kpis where kpis.id = v_id returning kpis.name into v_name;
    perform private.write_audit(v_project_id, null, p_actor, 'kpi_deleted', 'kpi', v_id::text, v_name);
    v_answer := pg_catalog.jsonb_set(v_answer, '{deleted}', pg_catalog.to_jsonb((v_answer ->> 'deleted')::integer + 1));
  end loop;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_kpis) loop
    select kpis.id into v_id from public.kpis where kpis.project_id = v_project_id and kpis.key = v_item ->> 'key';
    v_result := private.write_kpi(v_project_id, v_item || pg_catalog.jsonb_build_object('id', v_id), null, p_actor, 'file') ->> 'result';
    v_answer := pg_catalog.jsonb_set(v_answer, array[v_result], pg_catalog.to_jsonb((v_answer ->> v_result)::integer + 1));
  end loop;
  return v_answer;
end
$$;
comment on function public.apply_configuration(jsonb, text) is 'Brings a project to what a vigie.yaml describes, whole or not at all; applying the same file again changes nothing.';
comment on function private.read_configuration(text) is 'Behind read_configuration: project, channels and monitors.';
comment on function private.apply_configuration(jsonb, text) is 'Behind apply_configuration: project, channels and monitors.';

revoke execute on function public.read_configuration(text), public.apply_configuration(jsonb, text) from public, anon, authenticated;
grant execute on function public.read_configuration(text), public.apply_configuration(jsonb, text) to service_role;
