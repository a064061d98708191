-- One outage is told once: alerts of rules join the open incident of the monitor that they are about, or of what began just before and belongs
-- together with them.

alter table public.incidents
  add column rule_id uuid references public.alert_rules (id) on delete set null,
  add column grouping text;
comment on column public.incidents.rule_id is 'The rule that opened it; null for what monitors opened.';
comment on column public.incidents.grouping is 'What its first alert has in common with others: the service, or the pack of its rule. Alerts of the same that fire soon after join it.';
-- Serves the search for the last incident that a rule opened.
create index incidents_rule_id_number_idx on public.incidents (rule_id, number desc);
update public.incidents
set rule_id = (select alerts.rule_id from public.alerts where alerts.incident_id = incidents.id and alerts.rule_id is not null order by alerts.started_at limit 1)
where not exists (select from public.alerts where alerts.incident_id = incidents.id and alerts.monitor_id is not null);

alter table public.alerts add column about_monitor_id uuid references public.monitors (id) on delete set null,
  drop constraint alerts_muted_code_check,
  add constraint alerts_muted_code_check
    check (muted_code in ('silenced', 'maintenance', 'depends_on', 'deploying', 'inhibited', 'recovered'));
comment on column public.alerts.about_monitor_id is 'Of a rule: the monitor that its group is about; null where it is about none, or about several.';
-- Serves the search for the incident of a monitor that goes down, and the deletion of a monitor.
create index alerts_about_monitor_id_idx on public.alerts (about_monitor_id);

create function private.incident_facts_json(incident public.incidents) returns jsonb
language sql stable set search_path = ''
return pg_catalog.jsonb_build_object('id', incident.id, 'number', incident.number, 'status', incident.status, 'priority', incident.priority,
  'episode', incident.episode, 'flapping', incident.flapping, 'title', incident.title, 'started_at', private.iso(incident.started_at),
  'resolved_by', incident.resolved_by, 'resolved_at', private.iso(incident.resolved_at));
comment on function private.incident_facts_json(public.incidents) is 'What decisions about an incident rest on.';

create function private.open_incident_json(incident public.incidents) returns jsonb
language sql stable security invoker set search_path = ''
return private.incident_facts_json(incident) || pg_catalog.jsonb_build_object(
  'opened_at', private.iso(incident.detected_at), 'grouping', incident.grouping,
  'monitor_keys', (
    select coalesce(pg_catalog.jsonb_agg(distinct monitors.key), '[]')
    from public.alerts join public.monitors on monitors.id = coalesce(alerts.monitor_id, alerts.about_monitor_id)
    where alerts.incident_id = incident.id),
  'told_channel_ids', (
    select coalesce(pg_catalog.jsonb_agg(distinct sent.channel_id), '[]')
    from public.notifications as sent
    where sent.incident_id = incident.id and sent.episode = incident.episode and sent.kind = 'incident.triggered'),
  'told_at', (
    select private.iso(max(sent.created_at)) from public.notifications as sent
    where sent.incident_id = incident.id and sent.episode = incident.episode and sent.kind = 'incident.triggered'));
comment on function private.open_incident_json(public.incidents) is 'An incident that goes on, with the monitors that it is about and the channels that were told of its present episode.';

create function private.watched_monitors_json(p_project_id uuid, p_keys text[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', monitors.key, 'name', monitors.name,
    'is_down', last.status is not distinct from 'firing',
    'recovered_at', case when last.status = 'resolved' then private.iso(last.resolved_at) end)), '[]')
  from public.monitors
  left join lateral (
    select alerts.status, alerts.resolved_at from public.alerts
    where alerts.monitor_id = monitors.id and alerts.kind = 'down' and alerts.incident_id is not null
    order by alerts.started_at desc limit 1) as last on true
  where monitors.project_id = p_project_id and monitors.key = any (p_keys);
end;
comment on function private.watched_monitors_json(uuid, text[]) is 'Which of these monitors an incident says to be down, and when the others came out of one.';

create function public.load_incidents_about(p_monitor_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_object_agg(found.monitor_id, found.incident), '{}')
  from (
    select distinct on (alerts.about_monitor_id) alerts.about_monitor_id as monitor_id, private.open_incident_json(incidents) as incident
    from public.alerts join public.incidents on incidents.id = alerts.incident_id
    where alerts.about_monitor_id = any (p_monitor_ids) and incidents.status <> 'resolved'
    order by alerts.about_monitor_id, incidents.number desc) as found;
end;
comment on function public.load_incidents_about(uuid[]) is 'The open incident of each of these monitors that a rule about it opened or joined. Service role.';

drop function public.load_rule_contexts(uuid[]);
create function public.load_rule_contexts(p_rule_ids uuid[], p_monitor_keys text[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with wanted as (
    select rules.id, rules.project_id, rules.pack from public.alert_rules as rules where rules.id = any (p_rule_ids)
  )
  select pg_catalog.jsonb_build_object(
    'projects', (
      select coalesce(pg_catalog.jsonb_object_agg(projects.id, pg_catalog.jsonb_build_object(
        'project', pg_catalog.jsonb_build_object('id', projects.id, 'slug', projects.slug, 'name', projects.name,
          'time_zone', projects.time_zone, 'locale', projects.locale),
        'channels', (
          select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'id', channels.id, 'project_id', channels.project_id, 'key', channels.key, 'kind', channels.kind, 'name', channels.name,
            'config', channels.config, 'min_severity', channels.min_severity, 'enabled', channels.enabled,
            'disabled_reason', channels.disabled_reason) order by channels.key), '[]')
          from public.channels where channels.project_id = projects.id),
        'last_deployment', (
          select private.deployment_json(deployments)
          from public.deployments
          where deployments.project_id = projects.id and deployments.environment = 'production'
            and deployments.ready_at > private.now() - interval '30 days' and deployments.ready_at <= private.now()
          order by deployments.ready_at desc limit 1),
        'open_incidents', (
          select coalesce(pg_catalog.jsonb_agg(private.open_incident_json(incidents) order by incidents.number desc), '[]')
          from public.incidents where incidents.project_id = projects.id and incidents.status <> 'resolved'),
        'monitors', private.watched_monitors_json(projects.id, p_monitor_keys))), '{}')
      from public.projects where projects.id in (select wanted.project_id from wanted)),
    'rules', (
      select coalesce(pg_catalog.jsonb_object_agg(wanted.id, pg_catalog.jsonb_build_object(
        'project_id', wanted.project_id, 'pack', wanted.pack,
        'told_at', (select private.iso(max(alerts.told_at)) from public.alerts where alerts.rule_id = wanted.id),
        'last_incident', (
          select private.incident_facts_json(incidents) from public.incidents
          where incidents.rule_id = wanted.id order by incidents.number desc limit 1))), '{}')
      from wanted));
end;
comment on function public.load_rule_contexts(uuid[], text[]) is 'What the decision about a changed rule needs: project, channels, last deployment, open incidents and the named monitors, by project; pack, last incident and when it was last told, by rule.';

revoke execute on function private.incident_facts_json(public.incidents), private.open_incident_json(public.incidents),
  private.watched_monitors_json(uuid, text[]), public.load_incidents_about(uuid[]), public.load_rule_contexts(uuid[], text[])
  from public, anon, authenticated;
grant execute on function private.incident_facts_json(public.incidents), private.open_incident_json(public.incidents),
  private.watched_monitors_json(uuid, text[]), public.load_incidents_about(uuid[]), public.load_rule_contexts(uuid[], text[])
  to service_role;
