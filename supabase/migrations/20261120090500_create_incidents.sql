-- What is wrong: alerts (a monitor's episode), incidents (what people work on) and their timeline.

create table public.incidents (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  number integer not null,
  title text not null,
  priority text not null constraint incidents_priority_check check (priority in ('P0', 'P1', 'P2', 'P3')),
  status text not null default 'triggered' constraint incidents_status_check check (status in ('triggered', 'acknowledged', 'resolved')),
  reason text not null,
  -- Set when most unrelated targets failed in one run: one incident for all of them.
  group_key text,
  started_at timestamptz not null,
  detected_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at timestamptz,
  resolved_by text,
  -- Counts re-openings: part of each notification's dedupe key.
  episode integer not null default 0,
  flapping boolean not null default false,
  constraint incidents_project_id_number_key unique (project_id, number)
);
comment on table public.incidents is 'What people work on. Opens with a confirmed failure, resolves by itself with the confirmed recovery or by hand.';
-- Serves the list of open incidents and its count in the frame.
create index incidents_project_id_open_idx on public.incidents (project_id, started_at desc) where status <> 'resolved';
-- Serves the list of all incidents, newest first, keyset-paged by number.
create index incidents_project_id_started_at_idx on public.incidents (project_id, started_at desc);

create table public.alerts (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  monitor_id uuid not null references public.monitors (id) on delete cascade,
  kind text not null constraint alerts_kind_check check (kind in ('down', 'degraded')),
  status text not null default 'firing' constraint alerts_status_check check (status in ('firing', 'resolved')),
  severity text not null constraint alerts_severity_check check (severity in ('low', 'medium', 'high', 'critical')),
  incident_id uuid references public.incidents (id) on delete cascade,
  reason text not null,
  evidence jsonb not null default '[]',
  started_at timestamptz not null,
  resolved_at timestamptz,
  resolved_reason text
);
comment on table public.alerts is 'A condition that holds or held for a monitor, with the results that decided it.';
-- Exactly one open alert a monitor and condition.
create unique index alerts_monitor_id_kind_firing_key on public.alerts (monitor_id, kind) where status = 'firing';
-- Serves "outages of this monitor" and the search for an incident to re-open.
create index alerts_monitor_id_started_at_idx on public.alerts (monitor_id, started_at desc);
create index alerts_incident_id_idx on public.alerts (incident_id);
create index alerts_project_id_started_at_idx on public.alerts (project_id, started_at desc);

create table public.incident_events (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  incident_id uuid not null references public.incidents (id) on delete cascade,
  at timestamptz not null default now(),
  kind text not null,
  actor text not null default 'vigie',
  message text not null,
  details jsonb not null default '{}'
);
comment on table public.incident_events is 'Timeline of an incident: the program''s entries and people''s, append-only. Reasons for what was and was not sent stand here.';
create index incident_events_incident_id_id_idx on public.incident_events (incident_id, id);
create index incident_events_project_id_idx on public.incident_events (project_id);

grant select on public.incidents, public.alerts, public.incident_events to authenticated;
grant select, insert, update, delete on public.incidents, public.alerts, public.incident_events to service_role;
alter table public.incidents enable row level security;
alter table public.alerts enable row level security;
alter table public.incident_events enable row level security;
create policy "Members read the incidents of their projects" on public.incidents for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the alerts of their projects" on public.alerts for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the timelines of their incidents" on public.incident_events for select to authenticated
  using (project_id in (select private.current_project_ids()));
