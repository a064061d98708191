-- Tenants and who may do what in them.

create table public.projects (
  id uuid primary key default gen_random_uuid(),
  slug text not null constraint projects_slug_key unique
    constraint projects_slug_check check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(slug) <= 63),
  name text not null,
  time_zone text not null default 'UTC',
  locale text not null default 'en' constraint projects_locale_check check (locale in ('en', 'fr')),
  report_recipients text[] not null default '{}',
  -- Numbers of incidents count from 1 in each project, so that people can say "incident 12".
  last_incident_number integer not null default 0,
  ping_key text not null default replace(gen_random_uuid()::text, '-', '') constraint projects_ping_key_key unique,
  created_at timestamptz not null default now()
);
comment on table public.projects is 'A tenant: an application, or a customer of an agency. Everything else belongs to one.';
comment on column public.projects.time_zone is 'IANA name. Reports, calendars and times on pages follow it.';
comment on column public.projects.report_recipients is 'Addresses of the weekly report; none means that no report is sent.';
comment on column public.projects.ping_key is 'Stands in heartbeat addresses that name a monitor by its key: /ping/<ping key>/<monitor key>.';

create table public.memberships (
  project_id uuid not null references public.projects (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null constraint memberships_role_check check (role in ('owner', 'admin', 'responder', 'viewer')),
  email text not null,
  created_at timestamptz not null default now(),
  constraint memberships_pkey primary key (project_id, user_id)
);
comment on table public.memberships is 'Who belongs to a project and in which role: viewer reads, responder handles incidents, admin configures, owner also manages people.';
comment on column public.memberships.email is 'Copied from the account, so that members can see each other without access to schema auth.';
-- Serves private.current_project_ids: the memberships of the signed-in person.
create index memberships_user_id_idx on public.memberships (user_id);

create function private.role_rank(role text) returns integer
language sql immutable set search_path = ''
return case role when 'viewer' then 1 when 'responder' then 2 when 'admin' then 3 when 'owner' then 4 else 0 end;
comment on function private.role_rank(text) is 'Roles in order: each may do all that the ones below it may.';

-- Security definer: the policy of memberships itself asks for it, and would otherwise call itself without end.
create function private.current_project_ids(minimum_role text default 'viewer') returns setof uuid
language sql stable security definer set search_path = ''
begin atomic
  select memberships.project_id
  from public.memberships
  where memberships.user_id = (select auth.uid())
    and private.role_rank(memberships.role) >= private.role_rank(minimum_role);
end;
comment on function private.current_project_ids(text) is 'Projects in which the signed-in person has at least this role.';

create function private.require_role(target_project_id uuid, minimum_role text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare
  current_user_id uuid := auth.uid();
  current_role_name text;
begin
  select memberships.role into current_role_name
  from public.memberships
  where memberships.project_id = target_project_id and memberships.user_id = current_user_id;
  if current_role_name is null then
    -- The same answer for a project of somebody else and for one that does not exist.
    raise exception 'no such project, or you are not a member of it' using errcode = 'PT404';
  end if;
  if private.role_rank(current_role_name) < private.role_rank(minimum_role) then
    raise exception 'this needs the role % in the project; you are %', minimum_role, current_role_name
      using errcode = 'PT403', hint = 'Ask an owner of the project to change your role.';
  end if;
  return current_user_id;
end
$$;
comment on function private.require_role(uuid, text) is 'Raises PT403 or PT404 unless the signed-in person has the role; returns their id.';

create table public.audit_entries (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  at timestamptz not null default now(),
  -- Null where the program itself acted, or a person from a signed link.
  actor_user_id uuid,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null default '',
  details jsonb not null default '{}'
);
comment on table public.audit_entries is 'Who changed what and when. Append-only; holds no secret values, only that one was set.';
-- Serves the audit page, newest first, keyset-paged by id.
create index audit_entries_project_id_id_idx on public.audit_entries (project_id, id desc);

create function private.write_audit(
  target_project_id uuid, actor_user_id uuid, actor_name text, action text,
  subject_kind text, subject_id text, subject_name text, details jsonb default '{}'
) returns void
language sql security definer set search_path = ''
begin atomic
  insert into public.audit_entries (project_id, at, actor_user_id, actor_name, action, subject_kind, subject_id, subject_name, details)
  values (target_project_id, private.now(), actor_user_id, actor_name, action, subject_kind, subject_id, subject_name, details);
end;
comment on function private.write_audit(uuid, uuid, text, text, text, text, text, jsonb) is 'Appends one audit entry in the transaction of the change itself.';

create function private.member_name(target_project_id uuid, target_user_id uuid) returns text
language sql stable security definer set search_path = ''
begin atomic
  select coalesce(
    (select memberships.email from public.memberships
     where memberships.project_id = target_project_id and memberships.user_id = target_user_id), 'unknown');
end;
comment on function private.member_name(uuid, uuid) is 'How a member is named in timelines and the audit log.';

grant select on public.projects, public.memberships, public.audit_entries to authenticated;
grant select, insert, update, delete on public.projects, public.memberships, public.audit_entries to service_role;

alter table public.projects enable row level security;
alter table public.memberships enable row level security;
alter table public.audit_entries enable row level security;

create policy "Members read their projects" on public.projects for select to authenticated
  using (id in (select private.current_project_ids()));
create policy "Members read who else is in their projects" on public.memberships for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Admins read the audit log of their projects" on public.audit_entries for select to authenticated
  using (project_id in (select private.current_project_ids('admin')));
