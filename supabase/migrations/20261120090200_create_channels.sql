-- Where messages go.

create table public.channels (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint channels_key_check check (key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(key) <= 63),
  kind text not null constraint channels_kind_check check (kind in ('email', 'slack', 'sms', 'webhook')),
  name text not null,
  config jsonb not null default '{}',
  -- Null: the routing of the guides by kind applies (SMS for critical alone).
  min_severity text
    constraint channels_min_severity_check check (min_severity in ('low', 'medium', 'high', 'critical')),
  enabled boolean not null default true,
  -- Why it is off, when the program switched it off (410 Gone), in words for the page.
  disabled_reason text,
  has_secret boolean not null default false,
  managed_by text constraint channels_managed_by_check check (managed_by in ('file')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint channels_project_id_key_key unique (project_id, key)
);
comment on table public.channels is 'Configured destinations of notifications.';
comment on column public.channels.managed_by is 'file: described by a vigie.yaml; the page says that changes there will be overwritten.';

create table public.channel_secrets (
  channel_id uuid primary key references public.channels (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  ciphertext text not null,
  updated_at timestamptz not null default now()
);
comment on table public.channel_secrets is 'Signing keys and secret addresses, encrypted by the application (AES-256-GCM). Write-only: nobody but the deliverer reads it.';
create index channel_secrets_project_id_idx on public.channel_secrets (project_id);

grant select on public.channels to authenticated;
grant select, insert, update, delete on public.channels, public.channel_secrets to service_role;
alter table public.channels enable row level security;
alter table public.channel_secrets enable row level security;
create policy "Members read the channels of their projects" on public.channels for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- channel_secrets has no policy on purpose: no signed-in role reads or writes it.
