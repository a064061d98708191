-- Groups of a rule may have incidents of their own: decisions about it know all of those that go on, and not only its last one.

-- Serves own_incidents_json. It was the last incident alone that was asked for.
create index incidents_rule_id_resolved_at_idx on public.incidents (rule_id, resolved_at);
drop index public.incidents_rule_id_number_idx;

create function private.own_incidents_json(p_rule_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(private.incident_facts_json(incidents) || pg_catalog.jsonb_build_object('grouping', incidents.grouping)
    order by incidents.number desc), '[]')
  from public.incidents
  where incidents.rule_id = p_rule_id
    -- What ended earlier is never re-opened.
    and (incidents.resolved_at is null or incidents.resolved_at > private.now() - interval '1 hour');
end;
comment on function private.own_incidents_json(uuid) is 'Incidents that a rule opened and that go on or ended within the hour, the newest first.';

create or replace function public.load_rule_contexts(p_rule_ids uuid[], p_monitor_keys text[]) returns jsonb
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
        'incidents', private.own_incidents_json(wanted.id))), '{}')
      from wanted));
end;
comment on function public.load_rule_contexts(uuid[], text[]) is 'What the decision about a changed rule needs: project, channels, last deployment, open incidents and the named monitors, by project; pack, own incidents and when it was last told, by rule.';

revoke execute on function private.own_incidents_json(uuid) from public, anon, authenticated;
grant execute on function private.own_incidents_json(uuid) to service_role;
