-- What is watched, and what is known about it now.

create table public.monitors (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint monitors_key_check check (key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(key) <= 63),
  name text not null,
  kind text not null constraint monitors_kind_check check (kind in ('http', 'tcp', 'dns', 'tls', 'postgres', 'heartbeat')),
  config jsonb not null,
  interval_seconds integer not null constraint monitors_interval_seconds_check check (interval_seconds between 10 and 86400),
  timeout_ms integer not null constraint monitors_timeout_ms_check check (timeout_ms between 100 and 60000),
  severity text not null constraint monitors_severity_check check (severity in ('low', 'medium', 'high', 'critical')),
  confirm_failures smallint not null default 2 constraint monitors_confirm_failures_check check (confirm_failures between 1 and 5),
  confirm_successes smallint not null default 2 constraint monitors_confirm_successes_check check (confirm_successes between 1 and 5),
  tags text[] not null default '{}',
  group_name text not null default '',
  runbook_url text not null default '',
  has_secret boolean not null default false,
  managed_by text constraint monitors_managed_by_check check (managed_by in ('file')),
  paused_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint monitors_project_id_key_key unique (project_id, key)
);
comment on table public.monitors is 'What is watched and how often. The shape of config follows kind and is checked by the application.';
-- Serves the list filtered by tag.
create index monitors_tags_idx on public.monitors using gin (tags);

create table public.monitor_secrets (
  monitor_id uuid primary key references public.monitors (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  ciphertext text not null,
  updated_at timestamptz not null default now()
);
comment on table public.monitor_secrets is 'Passwords, tokens and secret headers of probes, encrypted by the application (AES-256-GCM). Write-only.';
create index monitor_secrets_project_id_idx on public.monitor_secrets (project_id);

create table public.monitor_channels (
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  channel_id uuid not null references public.channels (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  constraint monitor_channels_pkey primary key (monitor_id, channel_id)
);
comment on table public.monitor_channels is 'Channels that a monitor names itself. None: the routing of the project by severity applies.';
create index monitor_channels_channel_id_idx on public.monitor_channels (channel_id);
create index monitor_channels_project_id_idx on public.monitor_channels (project_id);

create table public.monitor_states (
  monitor_id uuid primary key references public.monitors (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  state text not null default 'pending' constraint monitor_states_state_check check (state in ('pending', 'up', 'degraded', 'down')),
  since_at timestamptz not null default now(),
  -- The deadline is a column: what needs work now is one indexed query. Null while paused.
  next_due_at timestamptz,
  lease_token bigint,
  leased_until timestamptz,
  last_slot_at timestamptz,
  last_result_at timestamptz,
  last_latency_ms real,
  last_result jsonb,
  certificate_expires_at timestamptz,
  -- When it went down lately, newest last, at most ten: what flapping is judged by.
  down_starts_at timestamptz[] not null default '{}',
  flapping_since timestamptz,
  -- Heartbeats: the last success and an unfinished start.
  last_ping_at timestamptz,
  last_start_at timestamptz,
  -- Heartbeats: the ping itself said "fail"; an absence is judged by the deadline alone.
  last_ping_kind text
);
comment on table public.monitor_states is 'Current verdict, due time and lease of each monitor. A missed due time shows as unknown, never as up.';
-- Serves claim_due_monitors.
create index monitor_states_next_due_at_idx on public.monitor_states (next_due_at) where next_due_at is not null;
-- Serves the overview: how many are in which state.
create index monitor_states_project_id_state_idx on public.monitor_states (project_id, state);

create table public.heartbeat_pings (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  received_at timestamptz not null default now(),
  kind text not null constraint heartbeat_pings_kind_check check (kind in ('success', 'start', 'fail', 'log')),
  exit_code smallint,
  run_id text,
  duration_ms integer,
  body_excerpt text
);
comment on table public.heartbeat_pings is 'Signals that jobs sent, as Healthchecks defines them. The newest hundred of each monitor are kept.';
create index heartbeat_pings_monitor_id_id_idx on public.heartbeat_pings (monitor_id, id desc);
create index heartbeat_pings_project_id_idx on public.heartbeat_pings (project_id);

grant select on public.monitors, public.monitor_channels, public.monitor_states, public.heartbeat_pings to authenticated;
grant select, insert, update, delete
  on public.monitors, public.monitor_secrets, public.monitor_channels, public.monitor_states, public.heartbeat_pings to service_role;

alter table public.monitors enable row level security;
alter table public.monitor_secrets enable row level security;
alter table public.monitor_channels enable row level security;
alter table public.monitor_states enable row level security;
alter table public.heartbeat_pings enable row level security;

create policy "Members read the monitors of their projects" on public.monitors for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read which channels a monitor names" on public.monitor_channels for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the states of their monitors" on public.monitor_states for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the pings of their heartbeats" on public.heartbeat_pings for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- monitor_secrets has no policy on purpose: no signed-in role reads or writes it.
