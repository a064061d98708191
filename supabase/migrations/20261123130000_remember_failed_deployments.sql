-- When deployments failed and crashed: their status tells it only until the next message.

alter table public.deployments add column failed_at timestamptz, add column crashed_at timestamptz;
comment on column public.deployments.failed_at is 'When it first failed, whatever became of it.';
comment on column public.deployments.crashed_at is 'When what it had put live crashed last, also when it runs again.';
update public.deployments
set failed_at = case when deployments.status = 'failed' then deployments.status_at end,
    crashed_at = case when deployments.status = 'crashed' then deployments.status_at end
where deployments.status in ('failed', 'crashed');

create or replace function public.store_deployment(p_project_id uuid, p_message jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_message jsonb := private.unwrap_json(p_message);
  v_status text := v_message ->> 'status';
  v_at timestamptz := pg_catalog.to_timestamp((v_message ->> 'at')::double precision / 1000);
  v_began_at timestamptz := least(v_at, pg_catalog.to_timestamp((v_message ->> 'created_at')::double precision / 1000));
  v_ready_at timestamptz := case when v_status = 'succeeded' then v_at end;
  v_finished_at timestamptz := case when private.deployment_phase(v_status) = 2 then v_at end;
  v_failed_at timestamptz := case when v_status = 'failed' then v_at end;
  v_crashed_at timestamptz := case when v_status = 'crashed' then v_at end;
  v_row public.deployments;
begin
  insert into public.deployments as known (project_id, source, external_id, service, environment, branch, commit, commit_message, url,
    status, status_at, created_at, ready_at, finished_at, failed_at, crashed_at)
  values (p_project_id, v_message ->> 'source', v_message ->> 'external_id', v_message ->> 'service', v_message ->> 'environment',
    v_message ->> 'branch', v_message ->> 'commit', v_message ->> 'commit_message', v_message ->> 'url', v_status, v_at, v_began_at,
    v_ready_at, v_finished_at, v_failed_at, v_crashed_at)
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
      finished_at = least(known.finished_at, excluded.finished_at),
      failed_at = least(known.failed_at, excluded.failed_at),
      crashed_at = greatest(known.crashed_at, excluded.crashed_at)
  returning * into v_row;
  return private.deployment_json(v_row);
end
$$;
comment on function public.store_deployment(uuid, jsonb) is 'Folds one message into its deployment and answers how it stands; order and repetition make no difference. Service role.';

-- These serve the windows of rules; the one for production alone serves marks on charts.
create index deployments_project_id_any_ready_at_idx on public.deployments (project_id, ready_at) where ready_at is not null;
create index deployments_project_id_failed_at_idx on public.deployments (project_id, failed_at) where failed_at is not null;
create index deployments_project_id_crashed_at_idx on public.deployments (project_id, crashed_at) where crashed_at is not null;

revoke execute on function public.store_deployment(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function public.store_deployment(uuid, jsonb) to service_role;
