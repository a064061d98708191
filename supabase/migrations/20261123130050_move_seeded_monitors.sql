-- The first monitors of a local installation are at addresses of that start. With another port they are somewhere else the next time.

create or replace function public.seed_project(p_project_id uuid, p_seed jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_seed jsonb := private.unwrap_json(p_seed);
  v_item jsonb;
  v_moved uuid;
begin
  if exists (select from public.audit_entries where audit_entries.project_id = p_project_id and audit_entries.subject_kind in ('monitor', 'channel')) then
    for v_item in select * from pg_catalog.jsonb_array_elements(v_seed -> 'monitors') loop
      -- Only what nobody but this function has ever written, and that differs in nothing but its address.
      select monitors.id into v_moved from public.monitors
      where monitors.project_id = p_project_id and monitors.key = v_item ->> 'key' and monitors.managed_by is null
        and monitors.config <> (v_item -> 'config') and monitors.config - 'url' = (v_item -> 'config') - 'url'
        and not exists (
          select from public.audit_entries
          where audit_entries.project_id = p_project_id and audit_entries.subject_kind = 'monitor'
            and audit_entries.subject_id = monitors.id::text and audit_entries.actor_name <> 'vigie')
        and exists (
          select from public.audit_entries
          where audit_entries.project_id = p_project_id and audit_entries.subject_kind = 'monitor'
            and audit_entries.subject_id = monitors.id::text and audit_entries.action = 'monitor_created');
      if v_moved is not null then
        perform private.write_monitor(p_project_id, v_item || pg_catalog.jsonb_build_object('id', v_moved), null, 'vigie', null);
      end if;
    end loop;
    return false;
  end if;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_seed -> 'channels') loop
    perform private.write_channel(p_project_id, v_item, null, 'vigie', null);
  end loop;
  for v_item in select * from pg_catalog.jsonb_array_elements(v_seed -> 'monitors') loop
    perform private.write_monitor(p_project_id, v_item, null, 'vigie', null);
  end loop;
  return true;
end
$$;
comment on function public.seed_project(uuid, jsonb) is 'First monitors and channels of a project in which nobody has made or deleted any yet; theirs to change afterwards. Monitors that nobody ever changed follow their addresses.';

revoke execute on function public.seed_project(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.seed_project(uuid, jsonb) to service_role;
