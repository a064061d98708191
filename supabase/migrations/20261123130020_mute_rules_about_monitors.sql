-- What keeps a rule quiet that is about a monitor: maintenance of its tags, and monitors that it depends on.

create function private.monitor_mutes_json(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', monitors.key, 'tags', monitors.tags, 'down_dependencies', (
    select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', below.key, 'name', below.name, 'since_at', private.iso(states.since_at))), '[]')
    from public.monitors as below
    join public.monitor_states as states on states.monitor_id = below.id
    where below.project_id = p_project_id and below.key = any (monitors.depends_on) and below.paused_at is null and states.state = 'down'))), '[]')
  from public.monitors
  where monitors.project_id = p_project_id and (monitors.tags <> '{}' or monitors.depends_on <> '{}');
end;
comment on function private.monitor_mutes_json(uuid) is 'Monitors of a project with tags or dependencies, and which of those are down.';

create or replace function private.mutes_json(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'silences', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', silences.id, 'matchers', silences.matchers,
        'starts_at', private.iso(silences.starts_at), 'ends_at', private.iso(silences.ends_at), 'author', silences.author, 'comment', silences.comment)), '[]')
      from public.silences
      where silences.project_id = p_project_id and silences.ends_at > private.now() and silences.starts_at <= private.now()),
    'windows', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('name', running.name, 'scope_kind', running.scope_kind,
        'scope_values', running.scope_values, 'starts_at', private.iso(running.starts_at), 'ends_at', private.iso(running.ends_at))), '[]')
      from public.maintenance_occurrences as running
      -- Also those of the last minutes: what a rule looks at is older than now.
      where running.project_id = p_project_id and running.ends_at > private.now() - interval '15 minutes' and running.starts_at <= private.now()),
    'mute_after_deploy_seconds', projects.mute_after_deploy_seconds, 'soak_minutes', projects.soak_minutes, 'time_zone', projects.time_zone)
  from public.projects where projects.id = p_project_id;
end;
comment on function private.mutes_json(uuid) is 'What keeps alerts of a project quiet now, and maintenance that did so in the last minutes.';

create or replace function public.load_mutes(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(wanted.id, private.mutes_json(wanted.id) || pg_catalog.jsonb_build_object('last_deployment', (
    select private.deployment_json(deployments)
    from public.deployments
    where deployments.project_id = wanted.id and deployments.environment = 'production'
      and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
    order by deployments.ready_at desc limit 1), 'monitors', private.monitor_mutes_json(wanted.id))), '{}')
  from pg_catalog.unnest(p_project_ids) as wanted(id);
end;
comment on function public.load_mutes(uuid[]) is 'What keeps alerts of these projects quiet now, what went live last and what their monitors depend on, by project. Service role.';

revoke execute on function private.monitor_mutes_json(uuid), private.mutes_json(uuid), public.load_mutes(uuid[]) from public, anon, authenticated, service_role;
grant execute on function private.monitor_mutes_json(uuid), private.mutes_json(uuid), public.load_mutes(uuid[]) to service_role;
