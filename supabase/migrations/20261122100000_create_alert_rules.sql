-- Alert rules: what people wrote, what is remembered of each rule and group, and when a project was last evaluated.

create table public.alert_rules (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint alert_rules_key_check check (key ~ '^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$' and length(key) <= 63),
  name text not null,
  enabled boolean not null default true,
  condition jsonb not null constraint alert_rules_condition_check check (pg_catalog.jsonb_typeof(condition) = 'object' and condition ? 'kind'),
  group_by text[] not null default '{}',
  group_limit integer not null constraint alert_rules_group_limit_check check (group_limit between 1 and 1000),
  for_ms bigint not null constraint alert_rules_for_ms_check check (for_ms >= 0),
  keep_firing_for_ms bigint not null default 0 constraint alert_rules_keep_firing_for_ms_check check (keep_firing_for_ms >= 0),
  no_data text not null constraint alert_rules_no_data_check check (no_data in ('resolve', 'keep', 'alert')),
  severity_warning text not null constraint alert_rules_severity_warning_check check (severity_warning in ('low', 'medium', 'high', 'critical')),
  severity_critical text not null constraint alert_rules_severity_critical_check check (severity_critical in ('low', 'medium', 'high', 'critical')),
  notify_channel_ids uuid[] not null default '{}',
  throttle_ms bigint not null default 0 constraint alert_rules_throttle_ms_check check (throttle_ms >= 0),
  repeat_ms bigint not null default 0 constraint alert_rules_repeat_ms_check check (repeat_ms >= 0),
  runbook text,
  labels jsonb not null default '{}',
  pack text,
  pack_row text,
  pack_version integer,
  pack_original jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint alert_rules_project_id_key_key unique (project_id, key),
  constraint alert_rules_pack_check check ((pack is null) = (pack_row is null) and (pack is null) = (pack_version is null))
);
comment on table public.alert_rules is 'When something is bad enough, for long enough, to be told. One alert a rule and group.';
comment on column public.alert_rules.condition is 'What is asked, in the words of the application''s rule conditions; checked there.';
comment on column public.alert_rules.group_by is 'Attributes that split the rule into one alert a combination of their values.';
comment on column public.alert_rules.group_limit is 'More groups than this are an error of the rule: its alerts keep their state.';
comment on column public.alert_rules.notify_channel_ids is 'Channels that the rule names itself; empty: the routing of the project by severity. One that is gone is told of and passed over.';
comment on column public.alert_rules.throttle_ms is 'At most one beginning is told in so long; 0 for no throttle.';
comment on column public.alert_rules.repeat_ms is 'Told again so long after it was last told, while nobody acknowledges; 0 for never.';
comment on column public.alert_rules.pack_original is 'The row of the pack as it was installed, to tell what people changed since.';

create table public.rule_states (
  rule_id uuid not null references public.alert_rules (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  group_key text not null,
  group_values text[] not null,
  state jsonb,
  status text not null constraint rule_states_status_check check (status in ('inactive', 'pending', 'firing', 'no_data')),
  level text constraint rule_states_level_check check (level in ('warning', 'critical')),
  value double precision,
  reason text not null,
  memory jsonb,
  since_at timestamptz not null,
  evaluated_at timestamptz not null,
  constraint rule_states_pkey primary key (rule_id, group_key)
);
comment on table public.rule_states is 'What is remembered of a rule and group: its life cycle, and that the group was ever seen. Written when something changed, and now and then to refresh the value.';
comment on column public.rule_states.state is 'The life cycle as the application folds it; null when all is well and there is nothing to remember.';
comment on column public.rule_states.memory is 'What a detector of anomalies carries on to its next evaluation.';
comment on column public.rule_states.evaluated_at is 'The minute that value and reason are of. That of the last evaluation stands in rule_runs.';
-- Serves the claim, and the pages that list what fires or has no data.
create index rule_states_project_id_idx on public.rule_states (project_id, status);

create table public.rule_failures (
  rule_id uuid primary key references public.alert_rules (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  reason text not null,
  since_at timestamptz not null
);
comment on table public.rule_failures is 'Rules that could not be evaluated the last time, and why: their alerts keep their state, and nobody must take them for well.';
create index rule_failures_project_id_idx on public.rule_failures (project_id);

create table public.rule_runs (
  project_id uuid primary key references public.projects (id) on delete cascade,
  evaluated_at timestamptz,
  next_due_at timestamptz,
  lease_token bigint,
  leased_until timestamptz
);
comment on table public.rule_runs is 'One row a project that has rules: the minute that was evaluated last, and who is at the next one.';
comment on column public.rule_runs.next_due_at is 'Twenty seconds after the minute began, because data come late. Null while no rule is switched on.';
-- Serves claim_due_rules.
create index rule_runs_next_due_at_idx on public.rule_runs (next_due_at) where next_due_at is not null;

grant select on public.alert_rules, public.rule_states, public.rule_failures, public.rule_runs to authenticated;
grant select, insert, update, delete on public.alert_rules, public.rule_states, public.rule_failures, public.rule_runs to service_role;
revoke all on public.alert_rules, public.rule_states, public.rule_failures, public.rule_runs from anon;
alter table public.alert_rules enable row level security;
alter table public.rule_states enable row level security;
alter table public.rule_failures enable row level security;
alter table public.rule_runs enable row level security;
create policy "Members read the rules of their projects" on public.alert_rules for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read the states of their rules" on public.rule_states for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read what is wrong with their rules" on public.rule_failures for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read when their rules were evaluated" on public.rule_runs for select to authenticated
  using (project_id in (select private.current_project_ids()));
