-- As before, with why an alert of a monitor is kept quiet: the history of alerts showed that of rules alone.
create or replace function public.read_alerts(p_project_id uuid, p_query jsonb) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with asked as materialized (
    select asked.query ->> 'status' as status, asked.query ->> 'subject' as subject, asked.query ->> 'rule' as rule, asked.query ->> 'level' as level,
      (asked.query ->> 'before_at')::timestamptz as before_at, (asked.query ->> 'before_id')::uuid as before_id,
      (asked.query ->> 'after_at')::timestamptz as after_at, (asked.query ->> 'after_id')::uuid as after_id,
      (asked.query ->> 'limit')::integer as row_limit
    from (select private.unwrap_json(p_query) as query) as asked
  ), found as (
    select alerts.* from public.alerts, asked
    where alerts.project_id = p_project_id
      and (asked.status is null or alerts.status = asked.status)
      and (asked.subject is null or (asked.subject = 'rule') = (alerts.rule_id is not null))
      and (asked.rule is null or alerts.rule_id = (select rules.id from public.alert_rules as rules where rules.project_id = p_project_id and rules.key = asked.rule))
      and (asked.level is null or coalesce(alerts.level, case alerts.kind when 'down' then 'critical' else 'warning' end) = asked.level)
      and (asked.before_at is null or (alerts.started_at, alerts.id) < (asked.before_at, asked.before_id))
      and (asked.after_at is null or (alerts.started_at, alerts.id) > (asked.after_at, asked.after_id))
    -- Read upwards they come oldest first.
    order by case when asked.after_at is not null then alerts.started_at end, case when asked.after_at is not null then alerts.id end,
      alerts.started_at desc, alerts.id desc
    limit (select asked.row_limit from asked)
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'id', found.id, 'kind', found.kind, 'status', found.status, 'level', found.level, 'severity', found.severity, 'reason', found.reason,
    'group_values', found.group_values, 'points', case when asked.rule is not null then found.points end, 'cursor', found.started_at,
    'started_at', private.iso(found.started_at), 'resolved_at', private.iso(found.resolved_at), 'resolved_reason', found.resolved_reason,
    'told_at', private.iso(found.told_at),
    'told_reason', case when found.unmuted_at is null then coalesce(found.muted_reason, found.told_reason) else found.told_reason end,
    'rule_key', rules.key, 'monitor_key', monitors.key, 'subject_name', coalesce(rules.name, monitors.name),
    'incident_number', incidents.number, 'acknowledged_at', private.iso(incidents.acknowledged_at)) order by found.started_at desc, found.id desc), '[]')
  from asked cross join found
  left join public.alert_rules as rules on rules.id = found.rule_id
  left join public.monitors on monitors.id = found.monitor_id
  left join public.incidents on incidents.id = found.incident_id;
end;
