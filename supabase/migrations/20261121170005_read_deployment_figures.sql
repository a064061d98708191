-- Deployments in the weekly report.

create function public.read_deployment_figures(p_project_id uuid, p_from timestamptz, p_until timestamptz) returns jsonb
language sql stable security invoker set search_path = ''
return (
  select pg_catalog.jsonb_build_object(
    'is_connected', exists (select from public.deployments where deployments.project_id = p_project_id),
    'succeeded', count(*) filter (where span.ready_at is not null and span.status not in ('failed', 'crashed')),
    'failed', count(*) filter (where span.status in ('failed', 'crashed')))
  from public.deployments as span
  where span.project_id = p_project_id and span.environment = 'production'
    and span.created_at >= p_from and span.created_at < p_until);
comment on function public.read_deployment_figures(uuid, timestamptz, timestamptz) is 'How many deployments to production of a span went live and how many failed, and whether any was ever told. Row level security of the caller applies.';

revoke execute on function public.read_deployment_figures(uuid, timestamptz, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.read_deployment_figures(uuid, timestamptz, timestamptz) to authenticated, service_role;
