-- What pages show of rules and of the history of alerts. Row level security decides whose.

create function public.read_rules(p_project_id uuid, p_query jsonb) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with asked as materialized (
    select asked.query ->> 'key' as key, asked.query ->> 'status' as status, asked.query ->> 'pack' as pack,
      pg_catalog.lower(asked.query ->> 'text') as text, (asked.query ->> 'after_rank')::integer as after_rank,
      asked.query ->> 'after_key' as after_key, (asked.query ->> 'limit')::integer as row_limit
    from (select private.unwrap_json(p_query) as query) as asked
  ), judged as materialized (
    select rules.id, rules.key, rules.name, rules.pack, worst.*, failures.reason as failure, failures.since_at as failing_since,
      case when not rules.enabled then 'off' when failures.rule_id is not null then 'failed' when worst.status is null then 'waiting'
        when worst.status = 'inactive' then 'ok' else worst.status end as shown
    from public.alert_rules as rules
    left join public.rule_failures as failures on failures.rule_id = rules.id
    left join lateral (
      select states.status, states.level, states.value, states.reason, states.since_at, states.evaluated_at, states.group_values,
        count(*) over () as groups_total, count(*) filter (where states.status = 'firing') over () as groups_firing
      from public.rule_states as states where states.rule_id = rules.id
      order by case states.status when 'firing' then case states.level when 'critical' then 0 else 1 end when 'pending' then 2 when 'no_data' then 3 else 4 end,
        states.since_at
      limit 1) as worst on true
    where rules.project_id = p_project_id
  ), ranked as (
    select judged.*, case judged.shown when 'firing' then case judged.level when 'critical' then 0 else 1 end when 'failed' then 2 when 'pending' then 3
      when 'no_data' then 4 when 'waiting' then 5 when 'ok' then 6 else 7 end as rank
    from judged
  ), page as (
    select ranked.* from ranked, asked
    where (asked.key is null or ranked.key = asked.key) and (asked.status is null or ranked.shown = asked.status)
      and (asked.pack is null or coalesce(ranked.pack, '') = asked.pack)
      and (asked.text is null or pg_catalog.strpos(pg_catalog.lower(ranked.name || ' ' || ranked.key), asked.text) > 0)
      and (asked.after_rank is null or (ranked.rank, ranked.key) > (asked.after_rank, asked.after_key))
    order by ranked.rank, ranked.key limit (select asked.row_limit from asked)
  )
  select pg_catalog.jsonb_build_object(
    'counts', (select coalesce(pg_catalog.jsonb_object_agg(counts.shown, counts.n), '{}') from (select judged.shown, count(*) as n from judged group by judged.shown) as counts),
    'packs', (select coalesce(pg_catalog.jsonb_agg(distinct judged.pack) filter (where judged.pack is not null), '[]') from judged),
    'evaluated_at', (select private.iso(runs.evaluated_at) from public.rule_runs as runs where runs.project_id = p_project_id),
    'rules', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
        'rule', pg_catalog.to_jsonb(rules.*), 'rank', page.rank, 'status', page.shown, 'level', case when page.shown in ('firing', 'pending') then page.level end,
        'value', page.value, 'reason', coalesce(page.failure, page.reason, ''),
        'since_at', private.iso(coalesce(page.failing_since, page.since_at)), 'groups_total', coalesce(page.groups_total, 0),
        'groups_firing', coalesce(page.groups_firing, 0),
        'last_fired_at', (select private.iso(max(alerts.started_at)) from public.alerts where alerts.rule_id = page.id),
        'week', (
          select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(private.iso(recent.started_at), private.iso(recent.resolved_at),
            private.iso(recent.acknowledged_at), case when recent.told_at is null then 0 else 1 end)), '[]')
          from (
            select alerts.started_at, alerts.resolved_at, alerts.told_at, incidents.acknowledged_at
            from public.alerts left join public.incidents on incidents.id = alerts.incident_id
            where alerts.rule_id = page.id and alerts.started_at > private.now() - interval '7 days'
            order by alerts.started_at desc limit 200) as recent)) order by page.rank, page.key), '[]')
      from page join public.alert_rules as rules on rules.id = page.id));
end;
comment on function public.read_rules(uuid, jsonb) is 'Rules as their pages list them: what is wrong first, then by key, keyset-paged by rank and key; with their alerts of seven days, of which noise is judged. Members.';

create function public.read_alerts(p_project_id uuid, p_query jsonb) returns jsonb
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
    'told_at', private.iso(found.told_at), 'told_reason', found.told_reason,
    'rule_key', rules.key, 'monitor_key', monitors.key, 'subject_name', coalesce(rules.name, monitors.name),
    'incident_number', incidents.number, 'acknowledged_at', private.iso(incidents.acknowledged_at)) order by found.started_at desc, found.id desc), '[]')
  from asked cross join found
  left join public.alert_rules as rules on rules.id = found.rule_id
  left join public.monitors on monitors.id = found.monitor_id
  left join public.incidents on incidents.id = found.incident_id;
end;
comment on function public.read_alerts(uuid, jsonb) is 'The history of alerts of monitors and rules, newest first, keyset-paged by start and id. Evidence comes along for one rule alone. Members.';

create function public.list_metric_ages(p_project_id uuid) returns jsonb
language sql stable security invoker set search_path = ''
return (
  select coalesce(pg_catalog.jsonb_object_agg(metric.name, private.iso(metric.first_seen_at)), '{}')
  from (
    select series.name, min(series.first_seen_at) as first_seen_at from public.series
    where series.project_id = p_project_id group by series.name) as metric);
comment on function public.list_metric_ages(uuid) is 'When each metric of a project was first heard of: a rule cannot compare with weeks that nobody measured. Members.';

revoke execute on function public.read_rules(uuid, jsonb), public.read_alerts(uuid, jsonb), public.list_metric_ages(uuid) from public, anon, authenticated;
grant execute on function public.read_rules(uuid, jsonb), public.read_alerts(uuid, jsonb), public.list_metric_ages(uuid) to authenticated;
