-- Promises: what counts as good, out of what, over which time, and how much of it.

create table public.slos (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint slos_key_check check (key ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(key) <= 63 and key not in ('new', 'import', 'openslo')),
  name text not null,
  description text not null default '',
  indicator jsonb not null,
  method text not null constraint slos_method_check check (method in ('occurrences', 'timeslices', 'ratio_timeslices')),
  "window" jsonb not null,
  target double precision not null constraint slos_target_check check (target > 0 and target < 1),
  slice jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint slos_project_id_key_key unique (project_id, key),
  constraint slos_slice_check check ((method = 'occurrences') = (slice is null))
);
comment on table public.slos is 'Service level objectives. What they come to is computed from rollups when it is asked for: nothing is stored twice.';
comment on column public.slos.indicator is 'What is counted, in the words of lib/domain/slo/slo.ts: availability of monitors, values of a histogram within a threshold, one metric by another, good page views.';
comment on column public.slos.method is 'OpenSLO''s budgeting methods: events count, slices count, or slices count by their share.';
comment on column public.slos."window" is '{"kind": "rolling", "days"} or {"kind": "calendar", "unit", "timeZone"}.';
comment on column public.slos.target is 'Share that must be good, above 0 and below 1.';
comment on column public.slos.slice is '{"lengthMs", "target"}: length of a slice, and the share of good from which it is good. Null for occurrences.';

grant select on public.slos to authenticated;
grant select, insert, update, delete on public.slos to service_role;
revoke all on public.slos from anon;
alter table public.slos enable row level security;
create policy "Members read the SLOs of their projects" on public.slos for select to authenticated
  using (project_id in (select private.current_project_ids()));

create function private.slo_json(p_slo public.slos) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('key', p_slo.key, 'name', p_slo.name, 'description', p_slo.description, 'indicator', p_slo.indicator,
  'method', p_slo.method, 'window', p_slo."window", 'target', p_slo.target, 'slice', p_slo.slice);
comment on function private.slo_json(public.slos) is 'What people set of an SLO, as the application writes it and the audit log compares it.';

create function private.command_save_slo(p_project_id uuid, p_slo jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_now timestamptz := private.now();
  v_slo jsonb := private.unwrap_json(p_slo);
  v_id uuid := (v_slo ->> 'id')::uuid;
  v_slice jsonb := nullif(v_slo -> 'slice', 'null');
  v_old public.slos;
  v_new public.slos;
  v_result text := case when v_id is null then 'created' else 'updated' end;
begin
  -- Writers of one project wait for each other here: two must not both be the last that there is room for.
  perform from public.projects where projects.id = p_project_id for update;
  if exists (select from public.slos where slos.project_id = p_project_id and slos.key = v_slo ->> 'key' and slos.id is distinct from v_id) then
    raise exception 'key: "%" is taken by another SLO of this project', v_slo ->> 'key' using errcode = 'PT409', detail = 'key';
  end if;
  if v_id is null then
    if (select count(*) from public.slos where slos.project_id = p_project_id) >= 100 then
      raise exception 'a project has at most 100 SLOs' using errcode = 'PT422';
    end if;
    insert into public.slos (project_id, key, name, description, indicator, method, "window", target, slice, created_at, updated_at)
    values (p_project_id, v_slo ->> 'key', v_slo ->> 'name', v_slo ->> 'description', v_slo -> 'indicator', v_slo ->> 'method',
      v_slo -> 'window', (v_slo ->> 'target')::double precision, v_slice, v_now, v_now)
    returning * into v_new;
  else
    select * into v_old from public.slos where slos.id = v_id and slos.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such SLO in this project' using errcode = 'PT404'; end if;
    update public.slos set key = v_slo ->> 'key', name = v_slo ->> 'name', description = v_slo ->> 'description', indicator = v_slo -> 'indicator',
      method = v_slo ->> 'method', "window" = v_slo -> 'window', target = (v_slo ->> 'target')::double precision, slice = v_slice, updated_at = v_now
    where slos.id = v_id and private.slo_json(slos) is distinct from (v_slo - 'id')
    returning * into v_new;
    if v_new.id is null then return pg_catalog.jsonb_build_object('id', v_id, 'result', 'unchanged'); end if;
  end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'slo_' || v_result, 'slo', v_new.id::text, v_new.name,
    case when v_result = 'created' then pg_catalog.jsonb_build_object('key', v_new.key, 'target', v_new.target)
    else private.diff_json(private.slo_json(v_old), private.slo_json(v_new)) end);
  return pg_catalog.jsonb_build_object('id', v_new.id, 'result', v_result);
end
$$;
comment on function private.command_save_slo(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_delete_slo(p_project_id uuid, p_slo_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  delete from public.slos where slos.id = p_slo_id and slos.project_id = p_project_id returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'slo_deleted', 'slo', p_slo_id::text, v_name);
  return true;
end
$$;
comment on function private.command_delete_slo(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_slo(p_project_id uuid, p_slo jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_save_slo(p_project_id, p_slo);
create function public.delete_slo(p_project_id uuid, p_slo_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_delete_slo(p_project_id, p_slo_id);
comment on function public.save_slo(uuid, jsonb) is 'Creates or changes an SLO; says created, updated or unchanged. Admins.';
comment on function public.delete_slo(uuid, uuid) is 'Deletes an SLO; what was measured stays. Admins.';

revoke execute on function private.slo_json(public.slos), private.command_save_slo(uuid, jsonb), private.command_delete_slo(uuid, uuid),
  public.save_slo(uuid, jsonb), public.delete_slo(uuid, uuid) from public, anon, authenticated;
grant execute on function private.slo_json(public.slos) to service_role;
grant execute on function private.command_save_slo(uuid, jsonb), private.command_delete_slo(uuid, uuid), public.save_slo(uuid, jsonb),
  public.delete_slo(uuid, uuid) to authenticated;
