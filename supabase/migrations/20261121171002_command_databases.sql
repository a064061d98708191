-- What people do with the databases that are looked into.

create function private.database_source_json(source public.database_sources) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object('key', source.key, 'name', source.name, 'address', source.address, 'project_ref', source.project_ref,
  'storage_limit_bytes', source.storage_limit_bytes, 'enabled', source.enabled);
comment on function private.database_source_json(public.database_sources) is 'What the audit log compares of a database; nothing of its secrets.';

create function private.command_save_database_source(p_project_id uuid, p_source jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_source jsonb := private.unwrap_json(p_source);
  v_now timestamptz := private.now();
  v_id uuid := (v_source ->> 'id')::uuid;
  v_connection jsonb := v_source -> 'connection';
  v_metrics_key jsonb := v_source -> 'metrics_key';
  v_old public.database_sources;
  v_new public.database_sources;
  v_secrets jsonb;
begin
  if exists (select from public.database_sources as others where others.project_id = p_project_id and others.key = v_source ->> 'key'
             and others.id is distinct from v_id) then
    raise exception 'key: "%" is taken by another database of this project', v_source ->> 'key' using errcode = 'PT409', detail = 'key';
  end if;
  if v_id is null then
    if v_source ->> 'kind' = 'own' then
      raise exception 'kind: the database of the installation is not added by hand' using errcode = 'PT422', detail = 'kind';
    end if;
    if v_connection ->> 'op' is distinct from 'set' then
      raise exception 'connection: a connection string is needed' using errcode = 'PT422', detail = 'connection';
    end if;
    if (select count(*) from public.database_sources as others where others.project_id = p_project_id) >= 10 then
      raise exception 'a project has at most 10 databases' using errcode = 'PT422';
    end if;
    insert into public.database_sources (project_id, key, name, kind, address, project_ref, storage_limit_bytes, enabled, next_due_at, created_at, updated_at)
    values (p_project_id, v_source ->> 'key', v_source ->> 'name', v_source ->> 'kind', v_connection ->> 'address', v_source ->> 'project_ref',
      (v_source ->> 'storage_limit_bytes')::bigint, (v_source ->> 'enabled')::boolean, v_now, v_now, v_now)
    returning * into v_new;
  else
    select * into v_old from public.database_sources where database_sources.id = v_id and database_sources.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such database in this project' using errcode = 'PT404'; end if;
    if v_old.kind = 'own' and v_connection ->> 'op' = 'set' then
      raise exception 'connection: the database of the installation needs none' using errcode = 'PT422', detail = 'connection';
    end if;
    if v_old.has_metrics_key and v_metrics_key ->> 'op' = 'keep' and v_old.project_ref is distinct from v_source ->> 'project_ref' then
      -- Whoever may send a stored secret somewhere else may read it there.
      raise exception 'metrics_key: it must be given anew with another project_ref' using errcode = 'PT422', detail = 'metricsKey';
    end if;
    update public.database_sources
    set key = v_source ->> 'key', name = v_source ->> 'name', project_ref = v_source ->> 'project_ref',
        address = case when v_connection ->> 'op' = 'set' then v_connection ->> 'address' else database_sources.address end,
        storage_limit_bytes = (v_source ->> 'storage_limit_bytes')::bigint, enabled = (v_source ->> 'enabled')::boolean,
        -- A corrected address is tried at once, and what an old one failed with is no news any more.
        next_due_at = v_now, last_failure = null, last_error = null, updated_at = v_now
    where database_sources.id = v_id returning * into v_new;
  end if;
  if v_connection ->> 'op' = 'set' or v_metrics_key ->> 'op' in ('set', 'clear') then
    insert into public.database_source_secrets (source_id, project_id, updated_at) values (v_new.id, p_project_id, v_now)
    on conflict (source_id) do nothing;
    update public.database_source_secrets
    set connection_ciphertext = case when v_connection ->> 'op' = 'set' then v_connection ->> 'ciphertext' else connection_ciphertext end,
        metrics_key_ciphertext = case v_metrics_key ->> 'op' when 'set' then v_metrics_key ->> 'ciphertext' when 'clear' then null
          else metrics_key_ciphertext end,
        updated_at = v_now
    where database_source_secrets.source_id = v_new.id;
    update public.database_sources set has_metrics_key = exists (
      select from public.database_source_secrets as secrets where secrets.source_id = v_new.id and secrets.metrics_key_ciphertext is not null)
    where database_sources.id = v_new.id;
    v_secrets := '{"secret": "changed"}';
  end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user),
    case when v_id is null then 'database_source_created' else 'database_source_updated' end, 'database_source', v_new.id::text, v_new.name,
    case when v_id is null then pg_catalog.jsonb_build_object('kind', v_new.kind)
    else private.diff_json(private.database_source_json(v_old), private.database_source_json(v_new)) || coalesce(v_secrets, '{}') end);
  return pg_catalog.jsonb_build_object('id', v_new.id, 'result', case when v_id is null then 'created' else 'updated' end);
end
$$;
comment on function private.command_save_database_source(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_delete_database_source(p_project_id uuid, p_source_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  delete from public.database_sources
  where database_sources.id = p_source_id and database_sources.project_id = p_project_id and database_sources.kind <> 'own'
  returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'database_source_deleted', 'database_source',
    p_source_id::text, v_name);
  return true;
end
$$;
comment on function private.command_delete_database_source(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_check_database_source(p_project_id uuid, p_source_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
  perform private.require_role(p_project_id, 'admin');
  return exists (select from public.database_sources where database_sources.id = p_source_id and database_sources.project_id = p_project_id);
end
$$;
comment on function private.command_check_database_source(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_database_source(p_project_id uuid, p_source jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_save_database_source(p_project_id, p_source);
create function public.delete_database_source(p_project_id uuid, p_source_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_delete_database_source(p_project_id, p_source_id);
create function public.check_database_source(p_project_id uuid, p_source_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_check_database_source(p_project_id, p_source_id);
comment on function public.save_database_source(uuid, jsonb) is 'Adds a database to look into, or changes one. Admins.';
comment on function public.delete_database_source(uuid, uuid) is 'Deletes a database with what was found in it; the installation''s own one can only be switched off. Admins.';
comment on function public.check_database_source(uuid, uuid) is 'Whether the caller may have this database looked into at once, in the machine''s name. Admins.';

revoke execute on function private.database_source_json(public.database_sources), private.command_save_database_source(uuid, jsonb),
  private.command_delete_database_source(uuid, uuid), private.command_check_database_source(uuid, uuid),
  public.save_database_source(uuid, jsonb), public.delete_database_source(uuid, uuid), public.check_database_source(uuid, uuid)
  from public, anon, authenticated, service_role;
grant execute on function private.command_save_database_source(uuid, jsonb), private.command_delete_database_source(uuid, uuid),
  private.command_check_database_source(uuid, uuid), public.save_database_source(uuid, jsonb), public.delete_database_source(uuid, uuid),
  public.check_database_source(uuid, uuid) to authenticated;
grant execute on function private.database_source_json(public.database_sources) to service_role;
