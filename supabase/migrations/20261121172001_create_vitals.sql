-- What browsers measured, and how many people there were. Hot rows by day, dropped whole; of people only counts outlive their period.

create table public.vitals (
  project_id uuid not null,
  -- Of the metric's own id, which stays the same when a page reports the metric again: the last value holds.
  id uuid not null,
  -- UTC midnight before the first report. A page that stays open over midnight is found a day later by its id.
  day_at timestamptz not null,
  at timestamptz not null,
  metric text not null constraint vitals_metric_check check (metric in ('lcp', 'inp', 'cls', 'fcp', 'ttfb', 'fid', 'load')),
  value double precision not null,
  page text not null,
  device text not null constraint vitals_device_check check (device in ('mobile', 'tablet', 'desktop')),
  -- ISO 3166 alpha-2 as the edge of the network says; empty when it does not.
  country text not null,
  release text not null,
  constraint vitals_pkey primary key (project_id, id, day_at)
) partition by range (day_at);
comment on table public.vitals is 'Hot rows, one a metric and page view: no address, no browser, no person. Rolled up into the series web.*, dropped after three days.';
-- Serves the rollup of one minute.
create index vitals_project_id_at_idx on public.vitals (project_id, at);

create table public.vital_dirty_minutes (
  project_id uuid not null references public.projects (id) on delete cascade,
  minute_at timestamptz not null,
  constraint vital_dirty_minutes_pkey primary key (project_id, minute_at)
);
comment on table public.vital_dirty_minutes is 'Minutes whose measurements changed since their figures were last made. Recomputed whole.';

create table public.visitor_salts (
  project_id uuid not null references public.projects (id) on delete cascade,
  period text not null constraint visitor_salts_period_check check (period in ('day', 'week')),
  starts_on date not null,
  salt text not null,
  constraint visitor_salts_pkey primary key (project_id, period, starts_on)
);
comment on table public.visitor_salts is 'Random, one a project and period, deleted when the period is over: from then on nobody can tell who a hash was.';

create table public.active_visitors (
  project_id uuid not null references public.projects (id) on delete cascade,
  period text not null constraint active_visitors_period_check check (period in ('day', 'week')),
  starts_on date not null,
  hash bytea not null,
  constraint active_visitors_pkey primary key (project_id, period, starts_on, hash)
);
comment on table public.active_visitors is 'Salted hashes of those who were here in the running day and week, so that nobody is counted twice. Deleted when the period is over.';

create table public.active_users (
  project_id uuid not null references public.projects (id) on delete cascade,
  period text not null constraint active_users_period_check check (period in ('day', 'week')),
  -- The day, or the Monday of the ISO week, on the clocks of the project's zone.
  starts_on date not null,
  user_count bigint not null,
  constraint active_users_pkey primary key (project_id, period, starts_on)
);
comment on table public.active_users is 'How many different browsers were seen in a day or week. Thirteen months.';

create function private.ensure_vital_partitions(p_at timestamptz) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  v_day timestamptz;
begin
  for v_offset in -1..3 loop
    v_day := pg_catalog.date_trunc('day', p_at, 'UTC') + v_offset * interval '24 hours';
    perform private.make_partition('vitals', v_day, v_day + interval '24 hours', pg_catalog.to_char(v_day at time zone 'UTC', 'YYYYMMDD'));
  end loop;
end
$$;
comment on function private.ensure_vital_partitions(timestamptz) is 'Makes the partitions around an instant: the day before and three ahead.';

create function public.prune_vitals() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_partition text;
  v_dropped integer := 0;
begin
  perform private.ensure_vital_partitions(v_now);
  for v_partition in
    select classes.relname
    from pg_catalog.pg_inherits as inherits join pg_catalog.pg_class as classes on classes.oid = inherits.inhrelid
    where inherits.inhparent = 'public.vitals'::pg_catalog.regclass
      and (pg_catalog.to_date(pg_catalog.substring(classes.relname, '\d+$'), 'YYYYMMDD') + interval '1 day') at time zone 'UTC' < v_now - interval '3 days'
  loop
    execute pg_catalog.format('drop table public.%I', v_partition);
    v_dropped := v_dropped + 1;
  end loop;
  delete from public.visitor_salts as salts using public.projects
  where projects.id = salts.project_id and private.period_end(salts.period, salts.starts_on) <= (v_now at time zone projects.time_zone)::date;
  delete from public.active_visitors as visitors using public.projects
  where projects.id = visitors.project_id and private.period_end(visitors.period, visitors.starts_on) <= (v_now at time zone projects.time_zone)::date;
  delete from public.active_users as users using public.projects
  where projects.id = users.project_id and users.starts_on < ((v_now at time zone 'UTC') - interval '13 months')::date;
  return pg_catalog.jsonb_build_object('partitions_dropped', v_dropped);
end
$$;
comment on function public.prune_vitals() is 'Drops measurements past retention and forgets who was here in periods that are over. Definer: only the owner of a table may drop it; executable by the service role alone.';

create function private.period_end(p_period text, p_starts_on date) returns date
language sql immutable set search_path = ''
return p_starts_on + case p_period when 'day' then 1 else 7 end;
comment on function private.period_end(text, date) is 'The first day that no longer belongs to the period.';

alter table public.vitals enable row level security;
alter table public.vital_dirty_minutes enable row level security;
alter table public.visitor_salts enable row level security;
alter table public.active_visitors enable row level security;
alter table public.active_users enable row level security;
revoke all on public.vitals, public.vital_dirty_minutes, public.visitor_salts, public.active_visitors, public.active_users from anon, authenticated;
grant select on public.active_users to authenticated;
grant select, insert, update, delete on public.vitals, public.vital_dirty_minutes, public.visitor_salts, public.active_visitors, public.active_users
  to service_role;
create policy "Members read how many people use their projects" on public.active_users for select to authenticated
  using (project_id in (select private.current_project_ids()));

select private.ensure_vital_partitions(now());

revoke execute on function private.ensure_vital_partitions(timestamptz), private.period_end(text, date), public.prune_vitals()
  from public, anon, authenticated;
grant execute on function private.ensure_vital_partitions(timestamptz), private.period_end(text, date), public.prune_vitals() to service_role;
