-- What the frame around every page and the page of one monitor read, each in one round trip. Invoker: row level security applies.

create function public.read_frame(p_user_id uuid, p_slug text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'projects', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('slug', projects.slug, 'name', projects.name)
        order by projects.name, projects.slug), '[]')
      from public.memberships join public.projects on projects.id = memberships.project_id
      where memberships.user_id = p_user_id),
    'project', (
      select pg_catalog.jsonb_build_object('id', projects.id, 'slug', projects.slug, 'name', projects.name,
        'time_zone', projects.time_zone, 'locale', projects.locale, 'role', memberships.role,
        'open_incidents', (
          select count(*) from public.incidents where incidents.project_id = projects.id and incidents.status <> 'resolved'),
        'last_result_at', (
          select private.iso(max(states.last_result_at)) from public.monitor_states as states where states.project_id = projects.id))
      from public.projects join public.memberships on memberships.project_id = projects.id
      where projects.slug = p_slug and memberships.user_id = p_user_id),
    'tick', (
      select pg_catalog.jsonb_build_object('last_success_at', private.iso(pulses.last_success_at), 'last_error', pulses.last_error)
      from public.task_pulses as pulses where pulses.task = 'tick'));
end;
comment on function public.read_frame(uuid, text) is 'Projects of a person, the one they are in with their role, and whether the scheduler is at work. Its project is null for strangers.';

create function public.read_monitor(p_project_id uuid, p_key text) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'now', private.iso(private.now()),
    'monitor', pg_catalog.jsonb_build_object('id', monitors.id, 'project_id', monitors.project_id, 'key', monitors.key,
      'name', monitors.name, 'kind', monitors.kind, 'config', monitors.config, 'interval_seconds', monitors.interval_seconds,
      'timeout_ms', monitors.timeout_ms, 'severity', monitors.severity, 'confirm_failures', monitors.confirm_failures,
      'confirm_successes', monitors.confirm_successes, 'tags', monitors.tags, 'group_name', monitors.group_name,
      'runbook_url', monitors.runbook_url, 'paused_at', private.iso(monitors.paused_at)),
    'has_secret', monitors.has_secret, 'managed_by', monitors.managed_by, 'created_at', private.iso(monitors.created_at),
    'ping_key', projects.ping_key,
    'state', pg_catalog.jsonb_build_object('state', states.state, 'since_at', private.iso(states.since_at),
      'last_result_at', private.iso(states.last_result_at), 'last_result', states.last_result,
      'flapping', states.flapping_since is not null, 'next_due_at', private.iso(states.next_due_at),
      'certificate_expires_at', private.iso(states.certificate_expires_at), 'last_ping_at', private.iso(states.last_ping_at)),
    'channels', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', channels.id, 'key', channels.key, 'name', channels.name,
        'kind', channels.kind, 'enabled', channels.enabled) order by channels.name), '[]')
      from public.monitor_channels as links join public.channels on channels.id = links.channel_id
      where links.monitor_id = monitors.id),
    'open_incident', (
      select pg_catalog.jsonb_build_object('number', incidents.number, 'title', incidents.title, 'status', incidents.status,
        'priority', incidents.priority, 'started_at', private.iso(incidents.started_at))
      from public.alerts join public.incidents on incidents.id = alerts.incident_id
      where alerts.monitor_id = monitors.id and alerts.status = 'firing' and incidents.status <> 'resolved'
      order by incidents.started_at desc limit 1))
  from public.monitors
  join public.monitor_states as states on states.monitor_id = monitors.id
  join public.projects on projects.id = monitors.project_id
  where monitors.project_id = p_project_id and monitors.key = p_key;
end;
comment on function public.read_monitor(uuid, text) is 'Everything about one monitor but its history; null when there is none of that key.';

create function public.read_monitor_facets(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object(
    'kinds', (select coalesce(pg_catalog.jsonb_agg(distinct monitors.kind), '[]') from public.monitors where monitors.project_id = p_project_id),
    'tags', (
      select coalesce(pg_catalog.jsonb_agg(distinct tag.name), '[]')
      from public.monitors cross join lateral pg_catalog.unnest(monitors.tags) as tag(name) where monitors.project_id = p_project_id),
    'groups', (
      select coalesce(pg_catalog.jsonb_agg(distinct monitors.group_name), '[]')
      from public.monitors where monitors.project_id = p_project_id and monitors.group_name <> ''));
end;
comment on function public.read_monitor_facets(uuid) is 'Kinds, tags and groups in use: what the list can be filtered by.';
