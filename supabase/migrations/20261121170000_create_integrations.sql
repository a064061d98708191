-- Platforms that call us: each connection has an address of its own and a secret that proves who calls.

create table public.integrations (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  kind text not null constraint integrations_kind_check check (kind in ('vercel', 'railway', 'github', 'sentry')),
  name text not null constraint integrations_name_check check (length(name) between 1 and 120),
  -- Stands in the address, so that whoever does not know it finds nothing to try secrets on.
  key text not null default replace(gen_random_uuid()::text, '-', '') constraint integrations_key_key unique,
  config jsonb not null default '{}',
  has_secret boolean not null default false,
  has_token boolean not null default false,
  enabled boolean not null default true,
  last_received_at timestamptz,
  refused_count integer not null default 0,
  last_error text
    constraint integrations_last_error_check
    check (last_error in ('no_secret', 'signature_missing', 'signature_wrong', 'media_type', 'too_large', 'unreadable', 'provider')),
  last_error_detail text,
  last_error_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.integrations is 'Connections to platforms that tell of deployments and errors by webhook.';
comment on column public.integrations.config is 'What is no secret: for sentry, organization and project of the API.';
comment on column public.integrations.refused_count is 'Calls that were refused since the last one that was taken.';
comment on column public.integrations.last_error is 'Why the last call was refused, or that the provider did not answer ours; null since the last one that went well.';
comment on column public.integrations.last_error_detail is 'The sentence that the caller was told, or what the provider answered. Never holds a secret.';

create table public.integration_secrets (
  integration_id uuid not null references public.integrations (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  purpose text not null constraint integration_secrets_purpose_check check (purpose in ('webhook', 'api')),
  ciphertext text not null,
  updated_at timestamptz not null default now(),
  constraint integration_secrets_pkey primary key (integration_id, purpose)
);
comment on table public.integration_secrets is 'Signing secrets and API tokens, encrypted by the application (AES-256-GCM). Write-only: only the receiver and the collector read them.';
create index integration_secrets_project_id_idx on public.integration_secrets (project_id);

create function private.write_integration_secret(p_integration public.integrations, p_purpose text, p_change jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
begin
  if p_change ->> 'op' = 'set' then
    insert into public.integration_secrets (integration_id, project_id, purpose, ciphertext, updated_at)
    values (p_integration.id, p_integration.project_id, p_purpose, p_change ->> 'ciphertext', private.now())
    on conflict (integration_id, purpose) do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;
  elsif p_change ->> 'op' = 'clear' then
    delete from public.integration_secrets where integration_id = p_integration.id and purpose = p_purpose;
  end if;
end
$$;
comment on function private.write_integration_secret(public.integrations, text, jsonb) is 'Sets, clears or keeps one secret of a connection.';

create function private.command_save_integration(p_project_id uuid, p_integration jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_now timestamptz := private.now();
  v_given jsonb := private.unwrap_json(p_integration);
  v_old public.integrations;
  v_new public.integrations;
  v_secret jsonb := coalesce(v_given -> 'secret', '{"op": "keep"}');
  v_token jsonb := coalesce(v_given -> 'token', '{"op": "keep"}');
  v_is_new boolean := v_given ->> 'id' is null;
begin
  if v_is_new then
    insert into public.integrations (project_id, kind, name, config, created_at, updated_at)
    values (p_project_id, v_given ->> 'kind', v_given ->> 'name', coalesce(v_given -> 'config', '{}'), v_now, v_now)
    returning * into v_new;
  else
    select * into v_old from public.integrations
    where integrations.id = (v_given ->> 'id')::uuid and integrations.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such connection in this project' using errcode = 'PT404'; end if;
    update public.integrations
    set name = v_given ->> 'name', config = coalesce(v_given -> 'config', config), enabled = coalesce((v_given ->> 'enabled')::boolean, enabled),
        updated_at = v_now
    where integrations.id = v_old.id returning * into v_new;
  end if;
  perform private.write_integration_secret(v_new, 'webhook', v_secret);
  perform private.write_integration_secret(v_new, 'api', v_token);
  update public.integrations
  set has_secret = exists (select from public.integration_secrets as secrets where secrets.integration_id = v_new.id and secrets.purpose = 'webhook'),
      has_token = exists (select from public.integration_secrets as secrets where secrets.integration_id = v_new.id and secrets.purpose = 'api')
  where integrations.id = v_new.id returning * into v_new;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user),
    case when v_is_new then 'integration_created' else 'integration_updated' end, 'integration', v_new.id::text, v_new.name,
    case when v_is_new then pg_catalog.jsonb_build_object('kind', v_new.kind)
    else private.diff_json(
        pg_catalog.jsonb_build_object('name', v_old.name, 'config', v_old.config, 'enabled', v_old.enabled),
        pg_catalog.jsonb_build_object('name', v_new.name, 'config', v_new.config, 'enabled', v_new.enabled))
      || case when v_secret ->> 'op' <> 'keep' then '{"secret": "changed"}'::jsonb else '{}'::jsonb end
      || case when v_token ->> 'op' <> 'keep' then '{"token": "changed"}'::jsonb else '{}'::jsonb end end);
  return pg_catalog.jsonb_build_object('id', v_new.id, 'key', v_new.key);
end
$$;

create function private.command_delete_integration(p_project_id uuid, p_integration_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  delete from public.integrations where integrations.id = p_integration_id and integrations.project_id = p_project_id
  returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'integration_deleted', 'integration',
    p_integration_id::text, v_name);
  return true;
end
$$;
comment on function private.command_save_integration(uuid, jsonb) is 'Checks the role, then writes the connection, its secrets and the audit log.';
comment on function private.command_delete_integration(uuid, uuid) is 'Checks the role, then deletes the connection and says so in the audit log.';

create function public.save_integration(p_project_id uuid, p_integration jsonb) returns jsonb
language sql security invoker set search_path = ''
return private.command_save_integration(p_project_id, p_integration);
comment on function public.save_integration(uuid, jsonb) is 'Makes (id null) or changes a connection with its secrets; answers its id and the key of its address. Admins.';
create function public.delete_integration(p_project_id uuid, p_integration_id uuid) returns boolean
language sql security invoker set search_path = ''
return private.command_delete_integration(p_project_id, p_integration_id);
comment on function public.delete_integration(uuid, uuid) is 'Deletes a connection; its address answers 404 from then on. What it told stays. Admins.';

create function public.find_integration(p_kind text, p_key text) returns jsonb
language sql stable security invoker set search_path = ''
return (
  select pg_catalog.jsonb_build_object('id', integrations.id, 'project_id', integrations.project_id, 'ciphertext', secrets.ciphertext)
  from public.integrations
  left join public.integration_secrets as secrets on secrets.integration_id = integrations.id and secrets.purpose = 'webhook'
  where integrations.key = p_key and integrations.kind = p_kind and integrations.enabled);
comment on function public.find_integration(text, text) is 'The connection behind an address, with its sealed secret; null for an unknown one and for one that is switched off. Service role.';

create function public.refuse_webhook(p_integration_id uuid, p_code text, p_detail text) returns void
language sql security invoker set search_path = ''
begin atomic
  update public.integrations
  set refused_count = refused_count + 1, last_error = p_code, last_error_detail = pg_catalog.left(p_detail, 500), last_error_at = private.now()
  where integrations.id = p_integration_id;
end;
comment on function public.refuse_webhook(uuid, text, text) is 'Notes a call that was refused, with the sentence that the caller was told. Service role.';

revoke all on public.integrations, public.integration_secrets from anon, authenticated;
grant select on public.integrations to authenticated;
grant select, insert, update, delete on public.integrations, public.integration_secrets to service_role;
alter table public.integrations enable row level security;
alter table public.integration_secrets enable row level security;
-- The key in the address is half of what it takes to call it: for admins, as the keys of the API are.
create policy "Admins read the integrations of their projects" on public.integrations for select to authenticated
  using (project_id in (select private.current_project_ids('admin')));
-- integration_secrets has no policy on purpose: no signed-in role reads or writes it.
create index integrations_project_id_idx on public.integrations (project_id, created_at);

revoke execute on function private.write_integration_secret(public.integrations, text, jsonb), private.command_save_integration(uuid, jsonb),
  private.command_delete_integration(uuid, uuid), public.save_integration(uuid, jsonb), public.delete_integration(uuid, uuid),
  public.find_integration(text, text), public.refuse_webhook(uuid, text, text) from public, anon, authenticated, service_role;
grant execute on function private.command_save_integration(uuid, jsonb), private.command_delete_integration(uuid, uuid),
  public.save_integration(uuid, jsonb), public.delete_integration(uuid, uuid) to authenticated;
grant execute on function public.find_integration(text, text), public.refuse_webhook(uuid, text, text) to service_role;
