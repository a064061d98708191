-- Reports sent, keys of the API, and the pulse of the scheduler.

create table public.reports (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  kind text not null default 'weekly' constraint reports_kind_check check (kind in ('weekly')),
  -- First local day of the reported week; with the project it makes a report unique, however often the cron fires.
  period_start date not null,
  period_end date not null,
  status text not null default 'pending' constraint reports_status_check check (status in ('pending', 'sent', 'failed')),
  attempt integer not null default 0,
  next_attempt_at timestamptz,
  lease_token bigint,
  leased_until timestamptz,
  created_at timestamptz not null,
  sent_at timestamptz,
  recipients text[] not null default '{}',
  data jsonb,
  last_error text,
  constraint reports_project_id_kind_period_start_key unique (project_id, kind, period_start)
);
comment on table public.reports is 'Weekly reports. One row a project and week is the promise of exactly once; data holds the figures as they were sent.';
create index reports_next_attempt_at_idx on public.reports (next_attempt_at) where status = 'pending';

create table public.api_keys (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  name text not null,
  -- The first characters, so that people can tell keys apart.
  prefix text not null,
  -- SHA-256 of the key, hex. Keys are 32 random bytes, so a slow hash would add nothing but time.
  hash text not null constraint api_keys_hash_key unique,
  scopes text[] not null default '{read}'
    constraint api_keys_scopes_check check (scopes <@ array['read', 'write', 'ingest'] and cardinality(scopes) > 0),
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
comment on table public.api_keys is 'Bearer keys of the REST API, hashed. The key itself is shown once, when it is made.';
create index api_keys_project_id_idx on public.api_keys (project_id);

create table public.task_pulses (
  task text primary key,
  run_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  last_success_at timestamptz,
  summary jsonb not null default '{}',
  last_error text
);
comment on table public.task_pulses is 'Last run of each scheduled task: how the dashboard knows that the watcher itself is awake.';

grant select on public.reports, public.api_keys, public.task_pulses to authenticated;
grant select, insert, update, delete on public.reports, public.api_keys, public.task_pulses to service_role;
alter table public.reports enable row level security;
alter table public.api_keys enable row level security;
alter table public.task_pulses enable row level security;
create policy "Members read the reports of their projects" on public.reports for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Admins read the API keys of their projects" on public.api_keys for select to authenticated
  using (project_id in (select private.current_project_ids('admin')));
-- Not a tenant's data: when the scheduler last ran is the same fact for all who are signed in.
create policy "Signed-in people read the pulse of the scheduler" on public.task_pulses for select to authenticated using (true);
