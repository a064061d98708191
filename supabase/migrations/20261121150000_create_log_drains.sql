-- Log drains of Vercel: what a project checks deliveries with, and when the last one came.

create table public.log_drains (
  project_id uuid primary key references public.projects (id) on delete cascade,
  -- What Vercel wants to read in the header x-vercel-verify before it sends anything; it says who owns the address and is no secret.
  verify_token text not null default '' constraint log_drains_verify_token_check check (verify_token ~ '^[A-Za-z0-9_.-]{0,200}$'),
  has_secret boolean not null default false,
  last_received_at timestamptz,
  last_error text constraint log_drains_last_error_check check (last_error in ('unsigned', 'wrong_signature')),
  last_error_at timestamptz
);
comment on table public.log_drains is 'The log drain of a project. Without a row deliveries are taken by their API key alone.';
comment on column public.log_drains.last_received_at is 'To the minute: a busy drain delivers every second.';
comment on column public.log_drains.last_error is 'Why the last delivery was turned away; null once one is taken again.';

create table public.log_drain_secrets (
  project_id uuid primary key references public.log_drains (project_id) on delete cascade,
  ciphertext text not null,
  updated_at timestamptz not null default now()
);
comment on table public.log_drain_secrets is 'Secrets that deliveries are signed with, encrypted by the application (AES-256-GCM). Write-only: nobody but the ingest reads it.';

create function private.command_save_log_drain(p_project_id uuid, p_drain jsonb) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_drain jsonb := private.unwrap_json(p_drain);
  v_secret jsonb := coalesce(private.unwrap_json(p_drain) -> 'secret', '{"op": "keep"}');
  v_old public.log_drains;
  v_changes jsonb := '{}';
begin
  select * into v_old from public.log_drains where log_drains.project_id = p_project_id for update;
  insert into public.log_drains (project_id, verify_token) values (p_project_id, coalesce(v_drain ->> 'verify_token', ''))
  on conflict (project_id) do update set verify_token = excluded.verify_token;
  if coalesce(v_old.verify_token, '') <> coalesce(v_drain ->> 'verify_token', '') then
    v_changes := pg_catalog.jsonb_build_object('verify_token',
      pg_catalog.jsonb_build_object('from', coalesce(v_old.verify_token, ''), 'to', coalesce(v_drain ->> 'verify_token', '')));
  end if;
  if v_secret ->> 'op' = 'set' then
    insert into public.log_drain_secrets (project_id, ciphertext, updated_at) values (p_project_id, v_secret ->> 'ciphertext', private.now())
    on conflict (project_id) do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;
    v_changes := v_changes || '{"secret": "changed"}';
  elsif v_secret ->> 'op' = 'clear' and coalesce(v_old.has_secret, false) then
    delete from public.log_drain_secrets where log_drain_secrets.project_id = p_project_id;
    v_changes := v_changes || '{"secret": "removed"}';
  end if;
  -- With other secrets, what was wrong before says nothing any more.
  update public.log_drains set has_secret = exists (select from public.log_drain_secrets as secrets where secrets.project_id = p_project_id),
    last_error = case when v_changes ? 'secret' then null else last_error end,
    last_error_at = case when v_changes ? 'secret' then null else last_error_at end
  where log_drains.project_id = p_project_id;
  if v_changes = '{}' then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'log_drain_saved', 'log_drain',
    p_project_id::text, '', v_changes);
  return true;
end
$$;
comment on function private.command_save_log_drain(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_delete_log_drain(p_project_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
begin
  delete from public.log_drains where log_drains.project_id = p_project_id;
  if not found then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'log_drain_deleted', 'log_drain',
    p_project_id::text, '');
  return true;
end
$$;
comment on function private.command_delete_log_drain(uuid) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_log_drain(p_project_id uuid, p_drain jsonb) returns boolean
language sql security invoker set search_path = '' return private.command_save_log_drain(p_project_id, p_drain);
comment on function public.save_log_drain(uuid, jsonb) is 'Sets the verification code and the secret of the log drain; answers whether anything changed. Admins.';
create function public.delete_log_drain(p_project_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_delete_log_drain(p_project_id);
comment on function public.delete_log_drain(uuid) is 'Forgets the log drain with its secret. Admins.';

create function public.note_log_drain(p_project_id uuid, p_error text default null) returns void
language sql security invoker set search_path = ''
begin atomic
  insert into public.log_drains as drains (project_id, last_received_at, last_error, last_error_at)
  select projects.id, case when p_error is null then private.now() end, p_error, case when p_error is not null then private.now() end
  from public.projects where projects.id = p_project_id
  on conflict (project_id) do update set last_received_at = coalesce(excluded.last_received_at, drains.last_received_at),
    last_error = excluded.last_error, last_error_at = coalesce(excluded.last_error_at, drains.last_error_at);
end;
comment on function public.note_log_drain(uuid, text) is 'Notes that a delivery came, or why it was turned away.';

alter table public.log_drains enable row level security;
alter table public.log_drain_secrets enable row level security;
revoke all on public.log_drains, public.log_drain_secrets from anon, authenticated;
grant select on public.log_drains to authenticated;
grant select, insert, update, delete on public.log_drains, public.log_drain_secrets to service_role;
create policy "Members read the log drains of their projects" on public.log_drains for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- log_drain_secrets has no policy on purpose: no signed-in role reads or writes it.

revoke execute on function private.command_save_log_drain(uuid, jsonb), private.command_delete_log_drain(uuid),
  public.save_log_drain(uuid, jsonb), public.delete_log_drain(uuid), public.note_log_drain(uuid, text)
  from public, anon, authenticated, service_role;
grant execute on function private.command_save_log_drain(uuid, jsonb), private.command_delete_log_drain(uuid),
  public.save_log_drain(uuid, jsonb), public.delete_log_drain(uuid) to authenticated;
grant execute on function private.command_save_log_drain(uuid, jsonb), private.command_delete_log_drain(uuid),
  public.note_log_drain(uuid, text) to service_role;
