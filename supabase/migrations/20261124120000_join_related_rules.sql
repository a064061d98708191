-- What a composite fires for, and what another rule says of the same series, has been told with the incident of the first.

create or replace function private.open_incident_json(incident public.incidents) returns jsonb
language sql stable security invoker set search_path = ''
return private.incident_facts_json(incident) || pg_catalog.jsonb_build_object(
  'opened_at', private.iso(incident.detected_at), 'grouping', incident.grouping,
  'monitor_keys', (
    select coalesce(pg_catalog.jsonb_agg(distinct monitors.key), '[]')
    from public.alerts join public.monitors on monitors.id = coalesce(alerts.monitor_id, alerts.about_monitor_id)
    where alerts.incident_id = incident.id),
  'rules', (
    select coalesce(pg_catalog.jsonb_agg(distinct pg_catalog.jsonb_build_object('key', rules.key,
      'looks_at', coalesce(rules.condition #> '{source,of}', rules.condition -> 'term'))), '[]')
    from public.alerts join public.alert_rules as rules on rules.id = alerts.rule_id
    where alerts.incident_id = incident.id and alerts.status = 'firing'),
  'told_channel_ids', (
    select coalesce(pg_catalog.jsonb_agg(distinct sent.channel_id), '[]')
    from public.notifications as sent
    where sent.incident_id = incident.id and sent.episode = incident.episode and sent.kind = 'incident.triggered'),
  'told_at', (
    select private.iso(max(sent.created_at)) from public.notifications as sent
    where sent.incident_id = incident.id and sent.episode = incident.episode and sent.kind = 'incident.triggered'));
comment on function private.open_incident_json(public.incidents) is 'An incident that goes on, with the monitors that it is about, the rules that fire in it and what they look at, and the channels that were told of its present episode.';
