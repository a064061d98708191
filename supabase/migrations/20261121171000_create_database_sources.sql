-- Databases that are looked into: which ones, how they are reached, and what was found in them.

create table public.database_sources (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint database_sources_key_check check (key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(key) <= 63),
  name text not null constraint database_sources_name_check check (length(name) between 1 and 120),
  kind text not null constraint database_sources_kind_check check (kind in ('own', 'postgres', 'supabase')),
  -- Host, port, database and user for the page; the connection string itself is a secret.
  address text,
  project_ref text constraint database_sources_project_ref_check check (project_ref ~ '^[a-z0-9]{1,63}$'),
  has_metrics_key boolean not null default false,
  storage_limit_bytes bigint constraint database_sources_storage_limit_check check (storage_limit_bytes > 0),
  enabled boolean not null default true,
  next_due_at timestamptz not null default now(),
  leased_until timestamptz,
  lease_token bigint,
  last_attempt_at timestamptz,
  last_collected_at timestamptz,
  -- Of the last attempt; null when it went well.
  last_failure text,
  last_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint database_sources_project_id_key_key unique (project_id, key),
  constraint database_sources_own_address_check check ((kind = 'own') = (address is null))
);
comment on table public.database_sources is 'Databases that are looked into once a minute.';
comment on column public.database_sources.kind is 'own: the database of this installation, read by a function; postgres and supabase: reached over the network.';
comment on column public.database_sources.project_ref is 'Of the Supabase project, whose metrics endpoint tells about the machine.';
comment on column public.database_sources.last_failure is 'Why the last attempt failed, as a word that pages translate; last_error has the words of whoever refused.';
create index database_sources_next_due_at_idx on public.database_sources (next_due_at) where enabled;
-- What it shows concerns the whole installation, so one project has it, and no other tenant does.
create unique index database_sources_own_key on public.database_sources (kind) where kind = 'own';

create table public.database_source_secrets (
  source_id uuid primary key references public.database_sources (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  connection_ciphertext text,
  metrics_key_ciphertext text,
  updated_at timestamptz not null default now()
);
comment on table public.database_source_secrets is 'Connection strings and keys of metrics endpoints, encrypted by the application (AES-256-GCM). Write-only: nobody but the collector reads it.';
create index database_source_secrets_project_id_idx on public.database_source_secrets (project_id);

create table public.database_snapshots (
  source_id uuid not null references public.database_sources (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  day date not null,
  at timestamptz not null,
  size_bytes bigint not null,
  -- [{"name", "sizeBytes", "rows"}], largest first.
  tables jsonb not null,
  -- Everything else that the page shows, and the totals that the next reading is compared with: of the newest row alone.
  data jsonb,
  counters jsonb,
  constraint database_snapshots_pkey primary key (source_id, day)
);
comment on table public.database_snapshots is 'What a database looked like: one row a source and UTC day, rewritten by each reading of the day. The newest is the present; older ones keep the sizes, for growth, for 13 months.';
create index database_snapshots_project_id_idx on public.database_snapshots (project_id);

revoke all on public.database_sources, public.database_source_secrets, public.database_snapshots from anon, authenticated;
grant select on public.database_sources, public.database_snapshots to authenticated;
grant select, insert, update, delete on public.database_sources, public.database_source_secrets, public.database_snapshots to service_role;
alter table public.database_sources enable row level security;
alter table public.database_source_secrets enable row level security;
alter table public.database_snapshots enable row level security;
create policy "Members read the databases of their projects" on public.database_sources for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read what was found in the databases of their projects" on public.database_snapshots for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- database_source_secrets has no policy on purpose: no signed-in role reads or writes it.

-- The first project of an installation looks into the database that it stands on, without anybody setting that up.
create function private.add_own_database() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  insert into public.database_sources (project_id, key, name, kind) values (new.id, 'own', 'Vigie', 'own') on conflict do nothing;
  return null;
end
$$;
comment on function private.add_own_database() is 'Gives the database of the installation to the first project; later ones find it taken.';
create trigger add_own_database after insert on public.projects for each row execute function private.add_own_database();

insert into public.database_sources (project_id, key, name, kind)
select projects.id, 'own', 'Vigie', 'own' from public.projects order by projects.created_at, projects.id limit 1;

revoke execute on function private.add_own_database() from public, anon, authenticated;
grant execute on function private.add_own_database() to service_role;
