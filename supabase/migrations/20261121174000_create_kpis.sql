-- Figures of the business: a query in somebody's own database, or values that are pushed as the metric business.<key>.

create table public.kpis (
  id uuid primary key default gen_random_uuid(),
  project_id uuid not null references public.projects (id) on delete cascade,
  key text not null constraint kpis_key_check check (key ~ '^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$' and length(key) <= 63),
  name text not null,
  unit text not null default '',
  kind text not null constraint kpis_kind_check check (kind in ('sql', 'pushed')),
  query text,
  schedule text,
  time_zone text,
  lower_limit double precision,
  upper_limit double precision,
  has_connection boolean not null default false,
  managed_by text constraint kpis_managed_by_check check (managed_by in ('file')),
  last_value double precision,
  last_value_at timestamptz,
  last_run_at timestamptz,
  last_fault text,
  last_error text,
  can_write boolean,
  next_run_at timestamptz,
  lease_token bigint,
  leased_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint kpis_project_id_key_key unique (project_id, key),
  constraint kpis_query_check check ((kind = 'sql') = (query is not null) and (kind = 'sql') = (schedule is not null) and (kind = 'sql') = (time_zone is not null)),
  constraint kpis_limits_check check (lower_limit <= upper_limit)
);
comment on table public.kpis is 'Figures of the business. Their values are samples of the gauge business.<key>; those that are only pushed need no row here.';
comment on column public.kpis.key is 'With business. before it the name of the metric.';
comment on column public.kpis.query is 'One query that answers one number. Runs read-only, for five seconds at most.';
comment on column public.kpis.schedule is 'Cron expression of five fields, in time_zone.';
comment on column public.kpis.lower_limit is 'Below it the figure is worth a look. Nobody is paged.';
comment on column public.kpis.last_value is 'Of the last run that gave a figure; last_error may be newer.';
comment on column public.kpis.last_fault is 'Why the last run gave no figure, as one of the words of the application; null when it did. last_error is the sentence.';
comment on column public.kpis.can_write is 'Whether the role of the connection could change anything there, when somebody last looked.';
comment on column public.kpis.managed_by is 'file: described by a vigie.yaml; the page says that changes there will be overwritten.';
-- Serves claim_due_kpis.
create index kpis_next_run_at_idx on public.kpis (next_run_at) where next_run_at is not null;

create table public.kpi_secrets (
  kpi_id uuid primary key references public.kpis (id) on delete cascade,
  project_id uuid not null references public.projects (id) on delete cascade,
  ciphertext text not null,
  updated_at timestamptz not null default now()
);
comment on table public.kpi_secrets is 'Connection strings, encrypted by the application (AES-256-GCM). Write-only: nobody but whoever runs the query reads them.';
create index kpi_secrets_project_id_idx on public.kpi_secrets (project_id);

grant select on public.kpis to authenticated;
grant select, insert, update, delete on public.kpis, public.kpi_secrets to service_role;
revoke all on public.kpis, public.kpi_secrets from anon;
revoke all on public.kpi_secrets from authenticated;
alter table public.kpis enable row level security;
alter table public.kpi_secrets enable row level security;
create policy "Members read the KPIs of their projects" on public.kpis for select to authenticated
  using (project_id in (select private.current_project_ids()));
-- kpi_secrets has no policy on purpose: no signed-in role reads or writes it.

create function private.kpi_json(p_kpi public.kpis) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('key', p_kpi.key, 'name', p_kpi.name, 'unit', p_kpi.unit, 'kind', p_kpi.kind, 'query', p_kpi.query,
  'schedule', p_kpi.schedule, 'time_zone', p_kpi.time_zone, 'lower_limit', p_kpi.lower_limit, 'upper_limit', p_kpi.upper_limit);
comment on function private.kpi_json(public.kpis) is 'What people set of a KPI, as the application writes it and the audit log compares it.';

create function private.write_kpi(p_project_id uuid, p_kpi jsonb, p_actor_id uuid, p_actor text, p_managed_by text) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_id uuid := (p_kpi ->> 'id')::uuid;
  v_kind text := p_kpi ->> 'kind';
  v_secret jsonb := p_kpi -> 'secret';
  v_changes_secret boolean := coalesce(v_secret ->> 'op', 'keep') <> 'keep';
  v_old public.kpis;
  v_new public.kpis;
  v_result text := case when v_id is null then 'created' else 'updated' end;
begin
  -- Writers of one project wait for each other here: two must not both be the last that there is room for.
  perform from public.projects where projects.id = p_project_id for update;
  if exists (select from public.kpis where kpis.project_id = p_project_id and kpis.key = p_kpi ->> 'key' and kpis.id is distinct from v_id) then
    raise exception 'key: "%" is taken by another KPI of this project', p_kpi ->> 'key' using errcode = 'PT409', detail = 'key';
  end if;
  if v_id is null then
    if (select count(*) from public.kpis where kpis.project_id = p_project_id) >= 50 then
      raise exception 'a project has at most 50 KPIs' using errcode = 'PT422';
    end if;
    insert into public.kpis (project_id, key, name, kind, query, schedule, time_zone, created_at)
    values (p_project_id, p_kpi ->> 'key', p_kpi ->> 'name', v_kind, p_kpi ->> 'query', p_kpi ->> 'schedule', p_kpi ->> 'time_zone', v_now)
    returning * into v_new;
    v_id := v_new.id;
  else
    select * into v_old from public.kpis where kpis.id = v_id and kpis.project_id = p_project_id for update;
    if v_old.id is null then raise exception 'there is no such KPI in this project' using errcode = 'PT404'; end if;
    if private.kpi_json(v_old) = p_kpi - 'id' - 'secret' and not v_changes_secret and v_old.managed_by is not distinct from coalesce(p_managed_by, v_old.managed_by) then
      return pg_catalog.jsonb_build_object('id', v_id, 'result', 'unchanged');
    end if;
  end if;

  if v_kind = 'pushed' or v_secret ->> 'op' = 'clear' then
    delete from public.kpi_secrets where kpi_secrets.kpi_id = v_id;
  elsif v_secret ->> 'op' = 'set' then
    insert into public.kpi_secrets (kpi_id, project_id, ciphertext, updated_at) values (v_id, p_project_id, v_secret ->> 'ciphertext', v_now)
    on conflict (kpi_id) do update set ciphertext = excluded.ciphertext, updated_at = excluded.updated_at;
  end if;
  if v_kind = 'sql' and not exists (select from public.kpi_secrets where kpi_secrets.kpi_id = v_id) then
    raise exception 'database: a query needs a connection string' using errcode = 'PT422', detail = 'database';
  end if;
  update public.kpis
  set key = p_kpi ->> 'key', name = p_kpi ->> 'name', unit = p_kpi ->> 'unit', kind = v_kind, query = p_kpi ->> 'query',
      schedule = p_kpi ->> 'schedule', time_zone = p_kpi ->> 'time_zone', lower_limit = (p_kpi ->> 'lower_limit')::double precision,
      upper_limit = (p_kpi ->> 'upper_limit')::double precision, has_connection = v_kind = 'sql',
      managed_by = coalesce(p_managed_by, managed_by), updated_at = v_now,
      -- What was changed is run at once, so that whoever changed it sees what became of it. A late run of the old query is fenced off.
      next_run_at = case when v_kind = 'sql' then v_now end, lease_token = null, leased_until = null,
      last_fault = null, last_error = null, can_write = case when v_kind = 'sql' and not v_changes_secret then can_write end,
      last_value = case when query is not distinct from p_kpi ->> 'query' and key = p_kpi ->> 'key' then last_value end,
      last_value_at = case when query is not distinct from p_kpi ->> 'query' and key = p_kpi ->> 'key' then last_value_at end
  where kpis.id = v_id returning * into v_new;
  perform private.write_audit(p_project_id, p_actor_id, p_actor, 'kpi_' || v_result, 'kpi', v_id::text, v_new.name,
    case when v_result = 'created' then pg_catalog.jsonb_build_object('key', v_new.key)
    else private.diff_json(private.kpi_json(v_old), private.kpi_json(v_new))
      || case when v_changes_secret then '{"database": "changed"}'::jsonb else '{}'::jsonb end end);
  return pg_catalog.jsonb_build_object('id', v_id, 'result', v_result);
end
$$;
comment on function private.write_kpi(uuid, jsonb, uuid, text, text) is 'Creates or changes a KPI with its connection string; says created, updated or unchanged. What was changed is due at once.';

create function private.command_save_kpi(p_project_id uuid, p_kpi jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare v_user uuid := private.require_role(p_project_id, 'admin');
begin
  return private.write_kpi(p_project_id, private.unwrap_json(p_kpi), v_user, private.member_name(p_project_id, v_user), null);
end
$$;
comment on function private.command_save_kpi(uuid, jsonb) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function private.command_delete_kpi(p_project_id uuid, p_kpi_id uuid) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
  v_user uuid := private.require_role(p_project_id, 'admin');
  v_name text;
begin
  delete from public.kpis where kpis.id = p_kpi_id and kpis.project_id = p_project_id returning name into v_name;
  if v_name is null then return false; end if;
  perform private.write_audit(p_project_id, v_user, private.member_name(p_project_id, v_user), 'kpi_deleted', 'kpi', p_kpi_id::text, v_name);
  return true;
end
$$;
comment on function private.command_delete_kpi(uuid, uuid) is 'Checks the role of the caller, then acts. Behind the public function of the same name.';

create function public.save_kpi(p_project_id uuid, p_kpi jsonb) returns jsonb
language sql security invoker set search_path = '' return private.command_save_kpi(p_project_id, p_kpi);
create function public.delete_kpi(p_project_id uuid, p_kpi_id uuid) returns boolean
language sql security invoker set search_path = '' return private.command_delete_kpi(p_project_id, p_kpi_id);
comment on function public.save_kpi(uuid, jsonb) is 'Creates or changes a KPI. Admins.';
comment on function public.delete_kpi(uuid, uuid) is 'Deletes a KPI; the samples that it left stay as long as those of any metric. Admins.';

revoke execute on function private.kpi_json(public.kpis), private.write_kpi(uuid, jsonb, uuid, text, text), private.command_save_kpi(uuid, jsonb),
  private.command_delete_kpi(uuid, uuid), public.save_kpi(uuid, jsonb), public.delete_kpi(uuid, uuid) from public, anon, authenticated;
grant execute on function private.kpi_json(public.kpis), private.write_kpi(uuid, jsonb, uuid, text, text) to service_role;
grant execute on function private.command_save_kpi(uuid, jsonb), private.command_delete_kpi(uuid, uuid), public.save_kpi(uuid, jsonb),
  public.delete_kpi(uuid, uuid) to authenticated;
