-- The outbox: decisions to tell somebody something, and every attempt to do so.

create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  sequence bigint generated always as identity,
  project_id uuid not null references public.projects (id) on delete cascade,
  channel_id uuid not null references public.channels (id) on delete cascade,
  incident_id uuid references public.incidents (id) on delete cascade,
  alert_id uuid references public.alerts (id) on delete cascade,
  kind text not null constraint notifications_kind_check check (kind in
    ('incident.triggered', 'incident.acknowledged', 'incident.resolved', 'monitor.degraded', 'monitor.recovered', 'test')),
  episode integer not null default 0,
  -- (incident or alert, episode, channel, kind): deciding twice tells once.
  dedupe_key text not null constraint notifications_dedupe_key_key unique,
  reason text not null,
  payload jsonb not null,
  status text not null default 'pending' constraint notifications_status_check check (status in ('pending', 'delivered', 'dead')),
  attempt integer not null default 0,
  created_at timestamptz not null,
  next_attempt_at timestamptz,
  lease_token bigint,
  leased_until timestamptz,
  delivered_at timestamptz,
  last_error text
);
comment on table public.notifications is 'Decisions to tell one channel one thing, written in the transaction of the change itself: never lost, and told once.';
comment on column public.notifications.payload is 'The facts, frozen when decided: each repetition of a delivery carries the same bytes.';
-- Serves claim_notifications.
create index notifications_next_attempt_at_idx on public.notifications (next_attempt_at) where status = 'pending';
-- Serves the order of messages of one incident on one channel, and "whoever got the alert".
create index notifications_incident_id_channel_id_idx on public.notifications (incident_id, channel_id, sequence);
create index notifications_alert_id_idx on public.notifications (alert_id);
create index notifications_channel_id_idx on public.notifications (channel_id);
-- Serves the deliveries page, newest first, keyset-paged by sequence; and its dead letters.
create index notifications_project_id_sequence_idx on public.notifications (project_id, sequence desc);
create index notifications_project_id_dead_idx on public.notifications (project_id, sequence desc) where status = 'dead';

create table public.deliveries (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  notification_id uuid not null references public.notifications (id) on delete cascade,
  attempt integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  -- unknown: the worker died between sending and noting it; the message may have arrived.
  outcome text not null default 'started'
    constraint deliveries_outcome_check check (outcome in ('started', 'delivered', 'retry', 'rejected', 'gone', 'unknown')),
  status_code smallint,
  provider_id text,
  via_outbox boolean not null default false,
  detail text not null default '',
  constraint deliveries_notification_id_attempt_key unique (notification_id, attempt)
);
comment on table public.deliveries is 'Attempts to deliver a notification, with the answer of the provider.';
create index deliveries_project_id_idx on public.deliveries (project_id);

create table public.outbox_messages (
  id text primary key,
  project_id uuid references public.projects (id) on delete cascade,
  at timestamptz not null default now(),
  channel_kind text not null constraint outbox_messages_channel_kind_check check (channel_kind in ('email', 'slack', 'sms')),
  recipients text[] not null,
  subject text not null,
  html text,
  body text not null,
  blocks jsonb
);
comment on table public.outbox_messages is 'Messages kept here because no provider is configured: exactly as they would have gone out. Messages without a project are sign-in links of the local stack, which nobody reads through the API.';
create index outbox_messages_project_id_at_idx on public.outbox_messages (project_id, at desc);

grant select on public.notifications, public.deliveries, public.outbox_messages to authenticated;
grant select, insert, update, delete on public.notifications, public.deliveries, public.outbox_messages to service_role;
alter table public.notifications enable row level security;
alter table public.deliveries enable row level security;
alter table public.outbox_messages enable row level security;
create policy "Members read the notifications of their projects" on public.notifications for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the deliveries of their projects" on public.deliveries for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- Mails hold acknowledge links, so a viewer does not see them.
create policy "Responders read the outbox of their projects" on public.outbox_messages for select to authenticated
  using (project_id in (select private.current_project_ids('responder')));
