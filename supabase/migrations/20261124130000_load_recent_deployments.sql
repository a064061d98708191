-- What went live while an alert was kept quiet, a way back as a rule, must not hide what went live before it began.

create or replace function public.load_mutes(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(wanted.id, private.mutes_json(wanted.id) || pg_catalog.jsonb_build_object('last_deployment', (
    select private.deployment_json(deployments)
    from public.deployments
    where deployments.project_id = wanted.id and deployments.environment = 'production'
      and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
    order by deployments.ready_at desc limit 1), 'recent_deployments', (
    select coalesce(pg_catalog.jsonb_agg(private.deployment_json(recent.deployment) order by (recent.deployment).ready_at desc), '[]')
    from (
      select deployments as deployment
      from public.deployments
      where deployments.project_id = wanted.id and deployments.environment = 'production'
        and deployments.ready_at > private.now() - interval '2 days' and deployments.ready_at <= private.now()
      order by deployments.ready_at desc limit 10) as recent), 'monitors', private.monitor_mutes_json(wanted.id))), '{}')
  from pg_catalog.unnest(p_project_ids) as wanted(id);
end;
comment on function public.load_mutes(uuid[]) is 'What keeps alerts of these projects quiet now, what went live last and in the last two days (ten at most), and what their monitors depend on, by project. Service role.';
