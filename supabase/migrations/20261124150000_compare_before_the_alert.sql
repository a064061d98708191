-- A monitor whose alert was kept quiet after a deployment is compared with the time before that deployment, whatever went live since.

create or replace function public.load_decision_context(p_monitor_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(monitors.id, pg_catalog.jsonb_build_object(
    'project', (
      select pg_catalog.jsonb_build_object('id', projects.id, 'slug', projects.slug, 'name', projects.name,
        'time_zone', projects.time_zone, 'locale', projects.locale)
      from public.projects where projects.id = monitors.project_id),
    'notify_channel_ids', (
      select coalesce(pg_catalog.jsonb_agg(links.channel_id), '[]')
      from public.monitor_channels as links where links.monitor_id = monitors.id),
    'channels', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', channels.id, 'project_id', channels.project_id, 'key', channels.key, 'kind', channels.kind, 'name', channels.name,
        'config', channels.config, 'min_severity', channels.min_severity, 'enabled', channels.enabled,
        'disabled_reason', channels.disabled_reason) order by channels.key), '[]')
      from public.channels where channels.project_id = monitors.project_id),
    'firing', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'id', alerts.id, 'kind', alerts.kind, 'incident_id', alerts.incident_id, 'started_at', private.iso(alerts.started_at),
        'muted_reason', case when alerts.unmuted_at is null then alerts.muted_reason end)), '[]')
      from public.alerts where alerts.monitor_id = monitors.id and alerts.status = 'firing'),
    'last_incident', (
      select pg_catalog.jsonb_build_object('id', incidents.id, 'number', incidents.number, 'status', incidents.status,
        'priority', incidents.priority, 'episode', incidents.episode, 'flapping', incidents.flapping, 'title', incidents.title,
        'group_key', incidents.group_key, 'started_at', private.iso(incidents.started_at), 'resolved_by', incidents.resolved_by,
        'resolved_at', private.iso(incidents.resolved_at))
      from public.alerts
      join public.incidents on incidents.id = alerts.incident_id
      where alerts.monitor_id = monitors.id and alerts.kind = 'down'
      order by alerts.started_at desc limit 1),
    -- What went live longer ago has hardly to do with what breaks now.
    'last_deployment', (
      select private.deployment_json(deployments)
      from public.deployments
      where deployments.project_id = monitors.project_id and deployments.environment = 'production'
        and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
      order by deployments.ready_at desc limit 1),
    'down_dependencies', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', below.key, 'name', below.name, 'since_at', private.iso(states.since_at))), '[]')
      from public.monitors as below
      join public.monitor_states as states on states.monitor_id = below.id
      where below.project_id = monitors.project_id and below.key = any (monitors.depends_on) and below.paused_at is null and states.state = 'down'),
    -- Of what went live before the alert began: a way back that came after it would hide what was to blame.
    'comparison', (
      select private.compare_results(monitors.id, deployments.ready_at, pg_catalog.make_interval(mins => projects.soak_minutes))
        || pg_catalog.jsonb_build_object('deployment', private.deployment_json(deployments))
      from public.projects
      cross join lateral (
        select coalesce(min(alerts.started_at), private.now()) as at
        from public.alerts where alerts.monitor_id = monitors.id and alerts.status = 'firing') as began
      join public.deployments on deployments.project_id = projects.id and deployments.environment = 'production'
        and deployments.ready_at > began.at - pg_catalog.make_interval(mins => projects.soak_minutes) and deployments.ready_at <= began.at
      where projects.id = monitors.project_id
      order by deployments.ready_at desc limit 1),
    'mutes', private.mutes_json(monitors.project_id))), '{}')
  from public.monitors where monitors.id = any (p_monitor_ids);
end;
comment on function public.load_decision_context(uuid[]) is 'What the decision about a changed monitor needs beside its state: project, channels, firing alerts, last incident, last deployment, mutes.';
