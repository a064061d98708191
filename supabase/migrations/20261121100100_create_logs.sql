-- Log lines, by retention and day.

create table public.logs (
  project_id uuid not null,
  retention text not null constraint logs_retention_check check (retention in ('production', 'other')),
  at timestamptz not null,
  -- The sender's own id of the line, hashed, or a hash of the line: the same line sent twice is one.
  id uuid not null,
  environment text not null,
  -- OpenTelemetry's severityNumber.
  severity smallint not null constraint logs_severity_check check (severity between 1 and 24),
  service text not null,
  message text not null,
  attributes jsonb not null,
  request_id text,
  user_id text,
  trace_id text,
  source text not null,
  -- What the line says about one request or one run of a function; the ops figures are made of it.
  measured text constraint logs_measured_check check (measured in ('request', 'function')),
  method text,
  route text,
  status_code smallint,
  failed boolean,
  duration_ms double precision,
  constraint logs_pkey primary key (project_id, at, id, retention)
) partition by list (retention);
comment on table public.logs is 'Log lines, 30 days for production and 7 for everything else. Searched newest first along the primary key; text is looked for in the lines of the span, as an index over every word would cost more than all the rest.';
create table public.logs_production partition of public.logs for values in ('production') partition by range (at);
create table public.logs_other partition of public.logs for values in ('other') partition by range (at);
comment on table public.logs_production is 'Lines of production: 30 days.';
comment on table public.logs_other is 'Lines of staging and everything else: 7 days.';
-- Serves the search for one request.
create index logs_project_id_request_id_idx on public.logs (project_id, request_id, at desc) where request_id is not null;
-- Serves "errors only": they are few among many.
create index logs_project_id_errors_idx on public.logs (project_id, at desc) where severity >= 17;

create table public.log_dirty_minutes (
  project_id uuid not null references public.projects (id) on delete cascade,
  minute_at timestamptz not null,
  constraint log_dirty_minutes_pkey primary key (project_id, minute_at)
);
comment on table public.log_dirty_minutes is 'Minutes that got lines about requests or functions since their figures were last made.';

create table public.ingest_batches (
  project_id uuid not null references public.projects (id) on delete cascade,
  digest text not null,
  received_at timestamptz not null,
  accepted integer not null default 0,
  rejections jsonb not null default '[]',
  constraint ingest_batches_pkey primary key (project_id, digest)
);
comment on table public.ingest_batches is 'Bodies of the last day by their hash: one that comes again is answered as the first time, and counted once.';
create index ingest_batches_received_at_idx on public.ingest_batches (received_at);

create table public.ingest_days (
  project_id uuid not null references public.projects (id) on delete cascade,
  source text not null,
  day date not null,
  -- Empty for what was accepted.
  code text not null,
  count bigint not null,
  message text not null default '',
  last_at timestamptz not null,
  constraint ingest_days_pkey primary key (project_id, day, source, code)
);
comment on table public.ingest_days is 'How much came in, and what was not taken and why, by day. The last message of each reason is what the notice shows.';

create or replace function private.telemetry_tables() returns table (parent text, span text, keep interval)
language sql immutable set search_path = ''
begin atomic
  values ('samples', 'day', interval '3 days'), ('histogram_samples', 'day', interval '3 days'),
    ('series_minutes_production', 'day', interval '30 days'), ('series_minutes_other', 'day', interval '7 days'),
    ('logs_production', 'day', interval '30 days'), ('logs_other', 'day', interval '7 days'),
    ('series_hours', 'month', interval '1 year'), ('series_days', 'month', interval '13 months');
end;

alter table public.logs enable row level security;
alter table public.logs_production enable row level security;
alter table public.logs_other enable row level security;
alter table public.log_dirty_minutes enable row level security;
alter table public.ingest_batches enable row level security;
alter table public.ingest_days enable row level security;
revoke all on public.logs, public.logs_production, public.logs_other, public.log_dirty_minutes, public.ingest_batches, public.ingest_days
  from anon, authenticated;
grant select on public.logs, public.ingest_days to authenticated;
grant select, insert, update, delete on public.logs, public.log_dirty_minutes, public.ingest_batches, public.ingest_days to service_role;
create policy "Members read the log lines of their projects" on public.logs for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read what came in for their projects" on public.ingest_days for select to authenticated
  using (project_id in (select private.current_project_ids()));

select private.ensure_telemetry_partitions(now());
