-- vigie.yaml in one transaction, and the first project.

create function public.bootstrap_project(p_user_id uuid, p_email text, p_project jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_project jsonb := private.unwrap_json(p_project);
  v_id uuid;
  v_created boolean := false;
begin
  -- Two that bootstrap at once: the second waits for the first, inserts nothing and finds the first one's project.
  insert into public.projects (slug, name, time_zone, locale, created_at)
  values (v_project ->> 'slug', v_project ->> 'name', coalesce(v_project ->> 'time_zone', 'UTC'), coalesce(v_project ->> 'locale', 'en'), private.now())
  on conflict (slug) do nothing
  returning projects.id into v_id;
  v_created := v_id is not null;
  if v_created then
    perform private.write_audit(v_id, p_user_id, coalesce(p_email, 'vigie'), 'project_created', 'project', v_id::text, v_project ->> 'name');
  else
    select projects.id into v_id from public.projects where projects.slug = v_project ->> 'slug';
  end if;
  if p_user_id is not null then
    insert into public.memberships (project_id, user_id, role, email, created_at)
    values (v_id, p_user_id, 'owner', pg_catalog.lower(p_email), private.now())
    on conflict (project_id, user_id) do nothing;
  end if;
  return pg_catalog.jsonb_build_object('id', v_id, 'created', v_created);
end
$$;
comment on function public.bootstrap_project(uuid, text, jsonb) is 'The first project and its owner; repeating it changes nothing.';

create function public.read_configuration(p_slug text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'project', pg_catalog.jsonb_build_object('id', projects.id, 'slug', projects.slug, 'name', projects.name,
      'time_zone', projects.time_zone, 'locale', projects.locale, 'report_recipients', projects.report_recipients),
    'channels', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', channels.id, 'key', channels.key, 'kind', channels.kind,
        'name', channels.name, 'config', channels.config, 'min_severity', channels.min_severity, 'managed_by', channels.managed_by,
        'secret_ciphertext', secrets.ciphertext) order by channels.key), '[]')
      from public.channels left join public.channel_secrets as secrets on secrets.channel_id = channels.id
      where channels.project_id = projects.id),
    'monitors', (
      select coalesce(pg_catalog.jsonb_agg(private.monitor_json(monitors.*) || pg_catalog.jsonb_build_object(
        'managed_by', monitors.managed_by, 'secret_ciphertext', secrets.ciphertext,
        'notify', (
          select coalesce(pg_catalog.jsonb_agg(channels.key order by channels.key), '[]')
          from public.monitor_channels as links join public.channels on channels.id = links.channel_id
          where links.monitor_id = monitors.id)) order by monitors.key), '[]')
      from public.monitors left join public.monitor_secrets as secrets on secrets.monitor_id = monitors.id
      where monitors.project_id = projects.id))
  from public.projects where projects.slug = p_slug;
end;
comment on function public.read_configuration(text) is 'Everything that vigie.yaml describes, as it stands; null when there is no such project. Service role: it holds ciphertexts, to tell whether a secret changed.';

create function public.apply_configuration(p_changes jsonb, p_actor text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_changes jsonb := private.unwrap_json(p_changes);
  v_project jsonb := v_changes -> 'project';
  v_project_id uuid;
  v_recipients text[];
  v_name text;
  v_item jsonb;
  v_counts jsonb := '{"created": 0, "updated": 0, "unchanged": 0, "deleted": 0}';
  v_result text;
  v_id uuid;
begin
  v_project_id := (public.bootstrap_project(null, p_actor, v_project) ->> 'id')::uuid;
  -- Before the project, as a commit of results takes them: the other way round the two would wait for each other.
  perform from public.monitor_states where monitor_states.project_id = v_project_id order by monitor_states.monitor_id for update;
  -- Two applies at once take turns: the second sees what the first wrote.
  select projects.report_recipients into v_recipients from public.projects where projects.id = v_project_id for update;
  -- A file that says nothing about the report leaves its recipients to the dashboard.
  if v_project ? 'report_recipients' then
    v_recipients := array(select pg_catalog.jsonb_array_elements_text(v_project -> 'report_recipients'));
  end if;
  update public.projects
  set name = v_project ->> 'name', time_zone = v_project ->> 'time_zone', locale = v_project ->> 'locale',
      report_recipients = v_recipients
  where projects.id = v_project_id
    and (projects.name, projects.time_zone, projects.locale, projects.report_recipients)
      is distinct from (v_project ->> 'name', v_project ->> 'time_zone', v_project ->> 'locale', v_recipients);
  if found then
    perform private.write_audit(v_project_id, null, p_actor, 'project_updated', 'project', v_project_id::text, v_project ->> 'name', v_project);
  end if;

  for v_item in select * from pg_catalog.jsonb_array_elements(v_changes -> 'channels') loop
    select channels.id into v_id from public.channels where channels.project_id = v_project_id and channels.key = v_item ->> 'key';
    v_result := private.write_channel(v_project_id, v_item || pg_catalog.jsonb_build_object('id', v_id), null, p_actor, 'file') ->> 'result';
    v_counts := pg_catalog.jsonb_set(v_counts, array[v_result], pg_catalog.to_jsonb((v_counts ->> v_result)::integer + 1));
  end loop;

  for v_item in select * from pg_catalog.jsonb_array_elements(v_changes -> 'monitors') loop
    select monitors.id into v_id from public.monitors where monitors.project_id = v_project_id and monitors.key = v_item ->> 'key';
    v_result := private.write_monitor(v_project_id, v_item || pg_catalog.jsonb_build_object('id', v_id, 'notify_channel_ids', (
      select coalesce(pg_catalog.jsonb_agg(channels.id), '[]') from public.channels
      where channels.project_id = v_project_id and channels.key in (select pg_catalog.jsonb_array_elements_text(v_item -> 'notify')))),
      null, p_actor, 'file') ->> 'result';
    v_counts := pg_catalog.jsonb_set(v_counts, array[v_result], pg_catalog.to_jsonb((v_counts ->> v_result)::integer + 1));
    if v_item ? 'paused' then
      select monitors.id into v_id from public.monitors where monitors.project_id = v_project_id and monitors.key = v_item ->> 'key';
      perform private.set_monitor_paused(v_id, (v_item ->> 'paused')::boolean, null, p_actor);
    end if;
  end loop;

  -- What the file once described and no longer does goes; what people made in the dashboard stays.
  for v_id in select monitors.id from public.monitors where monitors.project_id = v_project_id and monitors.managed_by = 'file'
      and not exists (select from pg_catalog.jsonb_array_elements(v_changes -> 'monitors') as item where item ->> 'key' = monitors.key) loop
    perform private.delete_monitor(v_project_id, v_id, null, p_actor);
    v_counts := pg_catalog.jsonb_set(v_counts, '{deleted}', pg_catalog.to_jsonb((v_counts ->> 'deleted')::integer + 1));
  end loop;
  for v_id in select channels.id from public.channels where channels.project_id = v_project_id and channels.managed_by = 'file'
      and not exists (select from pg_catalog.jsonb_array_elements(v_changes -> 'channels') as item where item ->> 'key' = channels.key) loop
    delete from public.channels where channels.id = v_id returning channels.name into v_name;
    perform private.write_audit(v_project_id, null, p_actor, 'channel_deleted', 'channel', v_id::text, v_name);
    v_counts := pg_catalog.jsonb_set(v_counts, '{deleted}', pg_catalog.to_jsonb((v_counts ->> 'deleted')::integer + 1));
  end loop;
  return v_counts || pg_catalog.jsonb_build_object('project_id', v_project_id);
end
$$;
comment on function public.apply_configuration(jsonb, text) is 'Brings a project to what a vigie.yaml describes, whole or not at all; applying the same file again changes nothing.';

create function public.set_api_key(p_project_id uuid, p_name text, p_prefix text, p_hash text, p_scopes text[]) returns void
language sql security invoker set search_path = ''
begin atomic
  update public.api_keys set revoked_at = private.now()
  where api_keys.project_id = p_project_id and api_keys.name = p_name and api_keys.hash <> p_hash and api_keys.revoked_at is null;
  insert into public.api_keys (project_id, name, prefix, hash, scopes, created_by, created_at)
  values (p_project_id, p_name, p_prefix, p_hash, p_scopes, 'environment', private.now())
  -- The environment decides which project its key opens, also after a vigie.yaml of another project took over.
  on conflict (hash) do update set revoked_at = null, scopes = excluded.scopes, project_id = excluded.project_id, name = excluded.name;
end;
comment on function public.set_api_key(uuid, text, text, text, text[]) is 'Makes a key from the environment valid, and revokes the one of the same name that it replaces.';

create function public.find_api_key(p_hash text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_key public.api_keys;
begin
  select * into v_key from public.api_keys where api_keys.hash = p_hash and api_keys.revoked_at is null;
  if v_key.id is null then return null; end if;
  -- Once a minute is enough to tell a used key from a forgotten one, and spares a write a request.
  update public.api_keys set last_used_at = private.now()
  where api_keys.id = v_key.id and (last_used_at is null or last_used_at < private.now() - interval '1 minute');
  return pg_catalog.jsonb_build_object('id', v_key.id, 'project_id', v_key.project_id, 'scopes', v_key.scopes, 'name', v_key.name,
    'project_slug', (select projects.slug from public.projects where projects.id = v_key.project_id));
end
$$;
comment on function public.find_api_key(text) is 'The project and scopes of a key by its hash; null when unknown or revoked.';

create function public.seed_project(p_project_id uuid, p_seed jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_seed jsonb := private.unwrap_json(p_seed);
  v_item jsonb;
begin
  if exists (select from public.audit_entries where audit_entries.project_id = p_project_id and audit_entries.subject_kind in ('monitor', 'channel')) then
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
comment on function public.seed_project(uuid, jsonb) is 'First monitors and channels of a project in which nobody has made or deleted any yet; theirs to change afterwards.';
