-- What was deployed when: the first question when something breaks.

create table public.deployments (
  id bigint generated always as identity primary key,
  project_id uuid not null references public.projects (id) on delete cascade,
  source text not null constraint deployments_source_check check (source in ('vercel', 'railway', 'github', 'api')),
  external_id text not null,
  service text not null,
  environment text not null,
  branch text not null,
  commit text not null,
  commit_message text not null,
  url text not null,
  status text not null
    constraint deployments_status_check
    check (status in ('queued', 'building', 'canceled', 'failed', 'succeeded', 'restarted', 'crashed', 'removed')),
  status_at timestamptz not null,
  created_at timestamptz not null,
  ready_at timestamptz,
  finished_at timestamptz,
  constraint deployments_project_id_source_external_id_key unique (project_id, source, external_id)
);
comment on table public.deployments is 'One row a deployment, folded from the messages about it; late and repeated ones never take it back.';
comment on column public.deployments.ready_at is 'When it first went live; null while it has not.';
comment on column public.deployments.finished_at is 'When its build came to an end, good or bad.';
-- Serves the list, newest first.
create index deployments_project_id_id_idx on public.deployments (project_id, id desc);
-- Serves marks on charts and "the last deployment before".
create index deployments_project_id_ready_at_idx on public.deployments (project_id, ready_at desc) where environment = 'production';
-- Serves the figures of the weekly report.
create index deployments_project_id_created_at_idx on public.deployments (project_id, created_at);
-- Serves the choices of the filters.
create index deployments_project_id_service_idx on public.deployments (project_id, service, environment);

create function private.deployment_phase(p_status text) returns integer
language sql immutable set search_path = ''
return case p_status when 'queued' then 0 when 'building' then 1 when 'restarted' then 3 when 'crashed' then 3 when 'removed' then 4 else 2 end;
comment on function private.deployment_phase(text) is 'How far along a deployment is; what is built is not built again. The same as in foldDeployment.';

create function private.deployment_rank(p_status text) returns integer
language sql immutable set search_path = ''
return pg_catalog.array_position(
  array['queued', 'building', 'canceled', 'failed', 'succeeded', 'restarted', 'crashed', 'removed'], p_status);
comment on function private.deployment_rank(text) is 'Decides between two messages of one phase and moment.';

create function private.deployment_json(deployment public.deployments) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('id', deployment.id, 'source', deployment.source, 'external_id', deployment.external_id,
  'service', deployment.service, 'environment', deployment.environment, 'branch', deployment.branch, 'commit', deployment.commit,
  'commit_message', deployment.commit_message, 'url', deployment.url, 'status', deployment.status,
  'status_at', private.iso(deployment.status_at), 'created_at', private.iso(deployment.created_at),
  'ready_at', private.iso(deployment.ready_at), 'finished_at', private.iso(deployment.finished_at));
comment on function private.deployment_json(public.deployments) is 'A deployment as the application reads it.';

create function public.store_deployment(p_project_id uuid, p_message jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_message jsonb := private.unwrap_json(p_message);
  v_status text := v_message ->> 'status';
  v_at timestamptz := pg_catalog.to_timestamp((v_message ->> 'at')::double precision / 1000);
  v_began_at timestamptz := least(v_at, pg_catalog.to_timestamp((v_message ->> 'created_at')::double precision / 1000));
  v_ready_at timestamptz := case when v_status = 'succeeded' then v_at end;
  v_finished_at timestamptz := case when private.deployment_phase(v_status) = 2 then v_at end;
  v_row public.deployments;
begin
  insert into public.deployments as known (project_id, source, external_id, service, environment, branch, commit, commit_message, url,
    status, status_at, created_at, ready_at, finished_at)
  values (p_project_id, v_message ->> 'source', v_message ->> 'external_id', v_message ->> 'service', v_message ->> 'environment',
    v_message ->> 'branch', v_message ->> 'commit', v_message ->> 'commit_message', v_message ->> 'url', v_status, v_at, v_began_at,
    v_ready_at, v_finished_at)
  on conflict (project_id, source, external_id) do update
  -- What a message does not say, it does not take away.
  set service = coalesce(nullif(excluded.service, ''), known.service),
      environment = coalesce(nullif(excluded.environment, ''), known.environment),
      branch = coalesce(nullif(excluded.branch, ''), known.branch),
      commit = coalesce(nullif(excluded.commit, ''), known.commit),
      commit_message = coalesce(nullif(excluded.commit_message, ''), known.commit_message),
      url = coalesce(nullif(excluded.url, ''), known.url),
      status = case when (private.deployment_phase(excluded.status), excluded.status_at, private.deployment_rank(excluded.status))
        > (private.deployment_phase(known.status), known.status_at, private.deployment_rank(known.status))
        then excluded.status else known.status end,
      status_at = case when (private.deployment_phase(excluded.status), excluded.status_at, private.deployment_rank(excluded.status))
        > (private.deployment_phase(known.status), known.status_at, private.deployment_rank(known.status))
        then excluded.status_at else known.status_at end,
      created_at = least(known.created_at, excluded.created_at),
      ready_at = least(known.ready_at, excluded.ready_at),
      finished_at = least(known.finished_at, excluded.finished_at)
  returning * into v_row;
  return private.deployment_json(v_row);
end
$$;
comment on function public.store_deployment(uuid, jsonb) is 'Folds one message into its deployment and answers how it stands; order and repetition make no difference. Service role.';

create function public.list_deployment_facets(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
return (
  select pg_catalog.jsonb_build_object(
    'services', coalesce(pg_catalog.jsonb_agg(distinct found.service) filter (where found.service <> ''), '[]'),
    'environments', coalesce(pg_catalog.jsonb_agg(distinct found.environment) filter (where found.environment <> ''), '[]'))
  from (
    select deployments.service, deployments.environment from public.deployments where deployments.project_id = p_project_id
    group by deployments.service, deployments.environment order by 1, 2 limit 200) as found);
comment on function public.list_deployment_facets(uuid) is 'Services and environments that there are, for the filters. Row level security of the caller applies.';

revoke all on public.deployments from anon, authenticated;
grant select on public.deployments to authenticated;
grant select, insert, update, delete on public.deployments to service_role;
alter table public.deployments enable row level security;
create policy "Members read the deployments of their projects" on public.deployments for select to authenticated
  using (project_id in (select private.current_project_ids()));

revoke execute on function private.deployment_phase(text), private.deployment_rank(text), private.deployment_json(public.deployments),
  public.store_deployment(uuid, jsonb), public.list_deployment_facets(uuid) from public, anon, authenticated, service_role;
grant execute on function private.deployment_phase(text), private.deployment_rank(text), private.deployment_json(public.deployments),
  public.store_deployment(uuid, jsonb) to service_role;
grant execute on function public.list_deployment_facets(uuid) to authenticated, service_role;
