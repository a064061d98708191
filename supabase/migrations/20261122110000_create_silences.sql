-- What somebody does not want to hear of for a while, by the labels of alerts.

create table public.silences (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  matchers text[] not null constraint silences_matchers_check check (cardinality(matchers) between 1 and 10),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  author text not null,
  comment text not null default '',
  created_at timestamptz not null default now(),
  constraint silences_span_check check (ends_at >= starts_at)
);
comment on table public.silences is 'Alerts whose labels fit are written down but not told. Never changed but for their end: another one says what else is meant.';
comment on column public.silences.matchers is 'Each as label="value" with =, !=, =~ or !~, as the application writes it. All of them must hold.';
comment on column public.silences.ends_at is 'The first instant that it no longer covers. Ending one early moves it.';
-- Serves the decision about an alert and the page, which asks for those that are not over first.
create index silences_project_id_ends_at_idx on public.silences (project_id, ends_at desc);

grant select on public.silences to authenticated;
grant select, insert, update, delete on public.silences to service_role;
revoke all on public.silences from anon;
alter table public.silences enable row level security;
create policy "Members read the silences of their projects" on public.silences for select to authenticated
  using (project_id in (select private.current_project_ids()));

create function private.command_create_silence(p_project_id uuid, p_silence jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'responder');
  v_silence jsonb := private.unwrap_json(p_silence);
  v_now timestamptz := private.now();
  v_new public.silences;
begin
  -- Writers of one project wait for each other here: two must not both be the last that there is room for.
  perform from public.projects where projects.id = p_project_id for update;
  if (select count(*) from public.silences where silences.project_id = p_project_id and silences.ends_at > v_now) >= 200 then
    raise exception 'a project has at most 200 silences that are not over' using errcode = 'PT422';
  end if;
  if (v_silence ->> 'ends_at')::timestamptz <= v_now then
    raise exception 'endsAt: must lie in the future' using errcode = 'PT422', detail = 'endsAt';
  end if;
  insert into public.silences (project_id, matchers, starts_at, ends_at, author, comment, created_at)
  values (p_project_id, array(select pg_catalog.jsonb_array_elements_text(v_silence -> 'matchers')),
    -- What was told already stays told.
    greatest((v_silence ->> 'starts_at')::timestamptz, v_now), (v_silence ->> 'ends_at')::timestamptz,
    private.member_name(p_project_id, v_user), v_silence ->> 'comment', v_now)
  returning * into v_new;
  perform private.write_audit(p_project_id, v_user, v_new.author, 'silence_created', 'silence', v_new.id::text,
    pg_catalog.array_to_string(v_new.matchers, ', '), pg_catalog.jsonb_build_object('starts_at', private.iso(v_new.starts_at),
      'ends_at', private.iso(v_new.ends_at), 'comment', v_new.comment));
  return v_new.id;
end
$$;
comment on function private.command_create_silence(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function create_silence.';

create function private.command_expire_silence(p_project_id uuid, p_silence_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'responder');
  v_now timestamptz := private.now();
  v_old public.silences;
begin
  update public.silences set starts_at = least(starts_at, v_now), ends_at = v_now
  where silences.id = p_silence_id and silences.project_id = p_project_id and silences.ends_at > v_now
  returning * into v_old;
  if v_old.id is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'silence_expired', 'silence',
    p_silence_id::text, pg_catalog.array_to_string(v_old.matchers, ', '));
  return true;
end
$$;
comment on function private.command_expire_silence(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function expire_silence.';

create function public.create_silence(p_project_id uuid, p_silence jsonb) returns uuid
language sql security invoker set search_path = '' return private.command_create_silence(p_project_id, p_silence);
create function public.expire_silence(p_project_id uuid, p_silence_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_expire_silence(p_project_id, p_silence_id);
comment on function public.create_silence(uuid, jsonb) is 'Silences alerts by their labels for a while, in the name of the caller. Responders.';
comment on function public.expire_silence(uuid, uuid) is 'Ends a silence now; false when it is over already. Responders.';

revoke execute on function private.command_create_silence(uuid, jsonb), private.command_expire_silence(uuid, uuid),
  public.create_silence(uuid, jsonb), public.expire_silence(uuid, uuid) from public, anon, authenticated;
grant execute on function private.command_create_silence(uuid, jsonb), private.command_expire_silence(uuid, uuid),
  public.create_silence(uuid, jsonb), public.expire_silence(uuid, uuid) to authenticated;
