-- Maintenance: a plan that may recur, and the times at which it takes place, planned ahead by the application, which knows calendars.

create table public.maintenance_windows (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  name text not null,
  description text not null default '',
  scope_kind text not null constraint maintenance_windows_scope_kind_check check (scope_kind in ('project', 'tags', 'monitors')),
  scope_values text[] not null default '{}',
  time_zone text not null,
  start_date date not null,
  start_time_ms integer not null constraint maintenance_windows_start_time_ms_check check (start_time_ms between 0 and 86399999),
  duration_ms integer not null constraint maintenance_windows_duration_ms_check check (duration_ms between 60000 and 604800000),
  recurrence text,
  announced boolean not null default false,
  author text not null,
  planned_until timestamptz not null,
  cancelled_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint maintenance_windows_scope_values_check check ((scope_kind = 'project') = (cardinality(scope_values) = 0))
);
comment on table public.maintenance_windows is 'What is planned. Checks go on while it takes place, alerts of its scope are not told, and uptime leaves it out.';
comment on column public.maintenance_windows.start_time_ms is 'On the dial of time_zone, from 00:00.';
comment on column public.maintenance_windows.duration_ms is 'On the same dial: from 02:00 to 04:00 is two hours, whatever the clocks do in between.';
comment on column public.maintenance_windows.recurrence is 'RRULE of RFC 5545, without its name; null for once.';
comment on column public.maintenance_windows.announced is 'Whether the status page tells of it.';
comment on column public.maintenance_windows.planned_until is 'Its times before this instant are rows of maintenance_occurrences.';
create index maintenance_windows_project_id_idx on public.maintenance_windows (project_id);
-- Serves list_unplanned_maintenance.
create index maintenance_windows_planned_until_idx on public.maintenance_windows (planned_until) where recurrence is not null and cancelled_at is null;

create table public.maintenance_occurrences (
  window_id uuid not null references public.maintenance_windows (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  name text not null,
  scope_kind text not null,
  scope_values text[] not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  constraint maintenance_occurrences_pkey primary key (window_id, starts_at),
  constraint maintenance_occurrences_span_check check (ends_at >= starts_at)
);
comment on table public.maintenance_occurrences is 'The times at which a maintenance takes place, some months ahead. Those that have begun keep the name and scope that they began with.';
create index maintenance_occurrences_project_id_ends_at_idx on public.maintenance_occurrences (project_id, ends_at);
-- Serves private.maintenance_ranges: whatever touches a span, of all projects.
create index maintenance_occurrences_span_idx on public.maintenance_occurrences using gist (tstzrange(starts_at, ends_at));

grant select on public.maintenance_windows, public.maintenance_occurrences to authenticated;
grant select, insert, update, delete on public.maintenance_windows, public.maintenance_occurrences to service_role;
revoke all on public.maintenance_windows, public.maintenance_occurrences from anon;
alter table public.maintenance_windows enable row level security;
alter table public.maintenance_occurrences enable row level security;
create policy "Members read the maintenance of their projects" on public.maintenance_windows for select to authenticated
  using (project_id in (select private.current_project_ids()));
create policy "Members read when maintenance of their projects takes place" on public.maintenance_occurrences for select to authenticated
  using (project_id in (select private.current_project_ids()));

-- What has begun is a fact: alerts were kept quiet by it and uptime left it out. It may still end at another time.
create function private.plan_occurrences(p_window public.maintenance_windows, p_occurrences jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare v_now timestamptz := private.now();
begin
  delete from public.maintenance_occurrences as planned where planned.window_id = p_window.id and planned.starts_at > v_now;
  update public.maintenance_occurrences as running set ends_at = coalesce((
      select greatest(item.ends_at, v_now) from pg_catalog.jsonb_to_recordset(p_occurrences) as item(starts_at timestamptz, ends_at timestamptz)
      -- One that was made while it should have begun already began later than its plan says.
      where item.starts_at <= v_now and item.ends_at > running.starts_at order by item.ends_at desc limit 1), v_now)
  where running.window_id = p_window.id and running.ends_at > v_now;
  insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
  select p_window.id, p_window.project_id, p_window.name, p_window.scope_kind, p_window.scope_values, greatest(item.starts_at, v_now), item.ends_at
  from pg_catalog.jsonb_to_recordset(p_occurrences) as item(starts_at timestamptz, ends_at timestamptz)
  where item.ends_at > v_now and (item.starts_at > v_now or not exists (
    select from public.maintenance_occurrences as running where running.window_id = p_window.id and running.ends_at > v_now and running.starts_at <= v_now))
  on conflict (window_id, starts_at) do nothing;
end
$$;
comment on function private.plan_occurrences(public.maintenance_windows, jsonb) is 'Replaces the times of a maintenance that have not begun, and moves the end of the one that runs.';

create function private.maintenance_json(p_window public.maintenance_windows) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('name', p_window.name, 'description', p_window.description, 'scope_kind', p_window.scope_kind,
  'scope_values', p_window.scope_values, 'time_zone', p_window.time_zone, 'start_date', p_window.start_date, 'start_time_ms', p_window.start_time_ms,
  'duration_ms', p_window.duration_ms, 'recurrence', p_window.recurrence, 'announced', p_window.announced);
comment on function private.maintenance_json(public.maintenance_windows) is 'What people set of a maintenance, as the application writes it and the audit log compares it.';

create function private.command_save_maintenance(p_project_id uuid, p_window jsonb) returns uuid
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_window jsonb := private.unwrap_json(p_window);
  v_now timestamptz := private.now();
  v_author text := private.member_name(p_project_id, v_user);
  v_id uuid := (v_window ->> 'id')::uuid;
  v_old public.maintenance_windows;
  v_new public.maintenance_windows;
begin
  perform from public.projects where projects.id = p_project_id for update;
  if v_id is null then
    if (select count(*) from public.maintenance_windows as planned where planned.project_id = p_project_id and planned.cancelled_at is null
        and (planned.recurrence is not null or planned.created_at > v_now - interval '1 day')) >= 100 then
      raise exception 'a project has at most 100 recurring maintenances, and 100 new ones a day' using errcode = 'PT422';
    end if;
  else
    select * into v_old from public.maintenance_windows as planned
    where planned.id = v_id and planned.project_id = p_project_id and planned.cancelled_at is null for update;
    if v_old.id is null then raise exception 'there is no such maintenance in this project' using errcode = 'PT404'; end if;
  end if;
  if pg_catalog.jsonb_array_length(v_window -> 'occurrences') not between 1 and 400 then
    raise exception 'startDate: never takes place from now on' using errcode = 'PT422', detail = 'startDate';
  end if;
  insert into public.maintenance_windows as planned (id, project_id, name, description, scope_kind, scope_values, time_zone, start_date, start_time_ms,
    duration_ms, recurrence, announced, author, planned_until, created_at, updated_at)
  select coalesce(v_id, pg_catalog.gen_random_uuid()), p_project_id, item.name, item.description, item.scope_kind, item.scope_values, item.time_zone,
    item.start_date, item.start_time_ms, item.duration_ms, item.recurrence, item.announced, v_author, item.planned_until, v_now, v_now
  from pg_catalog.jsonb_to_record(v_window) as item(name text, description text, scope_kind text, scope_values text[], time_zone text, start_date date,
    start_time_ms integer, duration_ms integer, recurrence text, announced boolean, planned_until timestamptz)
  on conflict (id) do update set name = excluded.name, description = excluded.description, scope_kind = excluded.scope_kind,
    scope_values = excluded.scope_values, time_zone = excluded.time_zone, start_date = excluded.start_date, start_time_ms = excluded.start_time_ms,
    duration_ms = excluded.duration_ms, recurrence = excluded.recurrence, announced = excluded.announced, planned_until = excluded.planned_until,
    updated_at = excluded.updated_at
  returning * into v_new;
  perform private.plan_occurrences(v_new, v_window -> 'occurrences');
  perform private.write_audit(p_project_id, v_user, v_author, case when v_id is null then 'maintenance_created' else 'maintenance_updated' end,
    'maintenance', v_new.id::text, v_new.name, case when v_id is null then private.maintenance_json(v_new)
    else private.diff_json(private.maintenance_json(v_old), private.maintenance_json(v_new)) end);
  return v_new.id;
end
$$;
comment on function private.command_save_maintenance(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function save_maintenance.';

create function private.command_cancel_maintenance(p_project_id uuid, p_window_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_window public.maintenance_windows;
begin
  update public.maintenance_windows as planned set cancelled_at = private.now()
  where planned.id = p_window_id and planned.project_id = p_project_id and planned.cancelled_at is null
  returning * into v_window;
  if v_window.id is null then return false; end if;
  perform private.plan_occurrences(v_window, '[]');
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'maintenance_cancelled', 'maintenance',
    p_window_id::text, v_window.name);
  return true;
end
$$;
comment on function private.command_cancel_maintenance(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function cancel_maintenance.';

create function private.command_end_maintenance(p_project_id uuid, p_window_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'responder');
  v_now timestamptz := private.now();
  v_name text;
begin
  update public.maintenance_occurrences as running set ends_at = v_now
  where running.window_id = p_window_id and running.project_id = p_project_id and running.starts_at <= v_now and running.ends_at > v_now
  returning running.name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'maintenance_ended', 'maintenance',
    p_window_id::text, v_name);
  return true;
end
$$;
comment on function private.command_end_maintenance(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function end_maintenance.';

create function public.save_maintenance(p_project_id uuid, p_window jsonb) returns uuid
language sql security invoker set search_path = '' return private.command_save_maintenance(p_project_id, p_window);
create function public.cancel_maintenance(p_project_id uuid, p_window_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_cancel_maintenance(p_project_id, p_window_id);
create function public.end_maintenance(p_project_id uuid, p_window_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_end_maintenance(p_project_id, p_window_id);
comment on function public.save_maintenance(uuid, jsonb) is 'Plans a maintenance or changes one, with the times at which it takes place. Admins.';
comment on function public.cancel_maintenance(uuid, uuid) is 'Takes a maintenance out of the calendar from now on; what took place stays. Admins.';
comment on function public.end_maintenance(uuid, uuid) is 'Ends a maintenance that runs before its time; false when none does. Responders.';

create function public.list_unplanned_maintenance(p_before timestamptz) returns setof public.maintenance_windows
language sql stable security invoker set search_path = ''
begin atomic
  select * from public.maintenance_windows as planned
  where planned.recurrence is not null and planned.cancelled_at is null and planned.planned_until < p_before
  order by planned.planned_until limit 500;
end;
comment on function public.list_unplanned_maintenance(timestamptz) is 'Recurring maintenance whose times are not all known up to an instant. Service role.';

create function public.plan_maintenance(p_window_id uuid, p_updated_at timestamptz, p_occurrences jsonb, p_planned_until timestamptz) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare v_window public.maintenance_windows;
begin
  -- Changed since it was read: whoever changed it has planned it anew.
  update public.maintenance_windows as planned set planned_until = p_planned_until
  where planned.id = p_window_id and planned.updated_at = p_updated_at and planned.cancelled_at is null and planned.planned_until < p_planned_until
  returning * into v_window;
  if v_window.id is null then return false; end if;
  insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
  select v_window.id, v_window.project_id, v_window.name, v_window.scope_kind, v_window.scope_values, item.starts_at, item.ends_at
  from pg_catalog.jsonb_to_recordset(private.unwrap_json(p_occurrences) -> 'occurrences') as item(starts_at timestamptz, ends_at timestamptz)
  on conflict (window_id, starts_at) do nothing;
  return true;
end
$$;
comment on function public.plan_maintenance(uuid, timestamptz, jsonb, timestamptz) is 'Adds the next times of a recurring maintenance. Service role.';

revoke execute on function private.plan_occurrences(public.maintenance_windows, jsonb), private.maintenance_json(public.maintenance_windows),
  private.command_save_maintenance(uuid, jsonb), private.command_cancel_maintenance(uuid, uuid), private.command_end_maintenance(uuid, uuid),
  public.save_maintenance(uuid, jsonb), public.cancel_maintenance(uuid, uuid), public.end_maintenance(uuid, uuid),
  public.list_unplanned_maintenance(timestamptz), public.plan_maintenance(uuid, timestamptz, jsonb, timestamptz) from public, anon, authenticated;
grant execute on function private.command_save_maintenance(uuid, jsonb), private.command_cancel_maintenance(uuid, uuid),
  private.command_end_maintenance(uuid, uuid), public.save_maintenance(uuid, jsonb), public.cancel_maintenance(uuid, uuid),
  public.end_maintenance(uuid, uuid) to authenticated;
grant execute on function public.list_unplanned_maintenance(timestamptz), public.plan_maintenance(uuid, timestamptz, jsonb, timestamptz) to service_role;
