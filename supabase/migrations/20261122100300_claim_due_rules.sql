-- Evaluating rules, first step: whose newest minute is due, leased, with all that a decision needs. One round trip whatever the number of rules.

create function private.read_slos(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
return '[]'::jsonb;
comment on function private.read_slos(uuid[]) is 'The SLOs of projects, for rules on their burn rate.';

-- Failed slots without a good one since. At most the last sixty results are looked at: more nobody asks for.
create function private.failed_in_a_row(p_monitor_id uuid) returns integer
language sql stable security invoker set search_path = ''
begin atomic
  select count(*)::integer from (
    select results.verdict, count(*) filter (where results.verdict <> 'down') over (order by results.slot_at desc, results.region) as good
    from (
      select slot_at, region, verdict from public.probe_results
      where probe_results.monitor_id = p_monitor_id and probe_results.slot_at > private.now() - interval '1 day'
      order by slot_at desc limit 60) as results) as counted
  where counted.good = 0;
end;
comment on function private.failed_in_a_row(uuid) is 'How many of the newest results of a monitor failed, one after the other.';

create function private.read_monitor_facts(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'project_id', monitors.project_id, 'key', monitors.key, 'name', monitors.name, 'tags', monitors.tags,
    'state', private.shown_state(states.state, monitors.paused_at, monitors.kind, monitors.interval_seconds, states.last_result_at, private.now()),
    'failed_in_a_row', case when states.last_result ->> 'verdict' = 'down' then private.failed_in_a_row(monitors.id) else 0 end,
    'last_probed_at', private.iso(states.last_result_at),
    'certificate_expires_at', private.iso(states.certificate_expires_at)) order by monitors.key), '[]')
  from public.monitors join public.monitor_states as states on states.monitor_id = monitors.id
  where monitors.project_id = any (p_project_ids);
end;
comment on function private.read_monitor_facts(uuid[]) is 'What rules may ask of monitors.';

-- Text and not jsonb: ten thousand rules would be taken apart and put together again for nothing.
create function public.claim_due_rules(p_limit integer) returns json
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_ids uuid[];
  v_claims json;
begin
  with due as (
    select rule_runs.project_id
    from public.rule_runs
    where rule_runs.next_due_at <= v_now and (rule_runs.leased_until is null or rule_runs.leased_until <= v_now)
    order by rule_runs.next_due_at
    limit p_limit
    for update skip locked
  ), leased as (
    update public.rule_runs
    set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '1 minute'
    from due where rule_runs.project_id = due.project_id
    returning rule_runs.project_id
  )
  select pg_catalog.array_agg(leased.project_id) into v_ids from leased;
  if v_ids is not null then
    with known as (
      select states.rule_id, pg_catalog.json_agg(pg_catalog.json_build_array(states.group_values, states.state, states.memory, states.status,
        states.level, states.value, extract(epoch from states.since_at) * 1000, extract(epoch from states.evaluated_at) * 1000)) as states
      from public.rule_states as states where states.project_id = any (v_ids) group by states.rule_id
    ), rules as (
      select rules.project_id, pg_catalog.json_agg(pg_catalog.json_build_object('id', rules.id, 'key', rules.key,
        'name', rules.name, 'condition', rules.condition, 'group_by', rules.group_by, 'group_limit', rules.group_limit, 'for_ms', rules.for_ms,
        'keep_firing_for_ms', rules.keep_firing_for_ms, 'no_data', rules.no_data, 'severity_warning', rules.severity_warning,
        'severity_critical', rules.severity_critical, 'notify_channel_ids', rules.notify_channel_ids, 'throttle_ms', rules.throttle_ms,
        'repeat_ms', rules.repeat_ms, 'runbook', rules.runbook, 'labels', rules.labels, 'failure', failures.reason, 'states', known.states) order by rules.key) as rules
      from public.alert_rules as rules
      left join known on known.rule_id = rules.id
      left join public.rule_failures as failures on failures.rule_id = rules.id
      where rules.project_id = any (v_ids) and rules.enabled
      group by rules.project_id
    ), open as (
      select alerts.project_id, pg_catalog.json_agg(pg_catalog.json_build_object('id', alerts.id, 'rule_id', alerts.rule_id,
        'group_key', alerts.group_key, 'level', alerts.level, 'started_at', private.iso(alerts.started_at), 'told_at', private.iso(alerts.told_at),
        'incident_id', alerts.incident_id, 'incident_status', incidents.status,
        'muted_reason', case when alerts.unmuted_at is null then alerts.muted_reason end)) as alerts
      from public.alerts left join public.incidents on incidents.id = alerts.incident_id
      where alerts.project_id = any (v_ids) and alerts.status = 'firing' and alerts.rule_id is not null
      group by alerts.project_id
    )
    select pg_catalog.json_build_object(
      'claims', pg_catalog.json_agg(pg_catalog.json_build_object('project_id', runs.project_id, 'token', runs.lease_token,
        'at', private.iso(pg_catalog.date_trunc('minute', v_now - interval '20 seconds')), 'evaluated_at', private.iso(runs.evaluated_at),
        'rules', coalesce(rules.rules, '[]'), 'alerts', coalesce(open.alerts, '[]')) order by runs.project_id),
      -- A project of a thousand monitors without a rule about them need not be read.
      'monitors', private.read_monitor_facts(array(
        select distinct asking.project_id from public.alert_rules as asking
        where asking.project_id = any (v_ids) and asking.enabled and asking.condition ->> 'kind' in ('consecutive_failures', 'expiry', 'burn_rate'))),
      'slos', private.read_slos(v_ids),
      'units', (
        select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(metric.project_id, metric.name, metric.unit)), '[]')
        from (
          select distinct on (series.project_id, series.name) series.project_id, series.name, series.unit
          from public.series where series.project_id = any (v_ids)
          order by series.project_id, series.name, series.last_seen_at desc) as metric))
    into v_claims
    from public.rule_runs as runs
    left join rules on rules.project_id = runs.project_id
    left join open on open.project_id = runs.project_id
    where runs.project_id = any (v_ids);
  end if;
  return pg_catalog.json_build_object('due', v_claims, 'next_due_at', (
    select private.iso(min(greatest(runs.next_due_at, coalesce(runs.leased_until, runs.next_due_at))))
    from public.rule_runs as runs where runs.next_due_at is not null));
end
$$;
comment on function public.claim_due_rules(integer) is 'Leases projects whose newest minute is to be evaluated, with their rules, what is remembered of them, monitors, SLOs and units, and tells when the next one is due.';

-- Second step, for rules whose alerts changed alone: most evaluations change nothing.
create function public.load_rule_contexts(p_rule_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  with wanted as (
    select rules.id, rules.project_id from public.alert_rules as rules where rules.id = any (p_rule_ids)
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
          order by deployments.ready_at desc limit 1))), '{}')
      from public.projects where projects.id in (select wanted.project_id from wanted)),
    'rules', (
      select coalesce(pg_catalog.jsonb_object_agg(wanted.id, pg_catalog.jsonb_build_object(
        'project_id', wanted.project_id,
        'told_at', (select private.iso(max(alerts.told_at)) from public.alerts where alerts.rule_id = wanted.id),
        'last_incident', (
          select pg_catalog.jsonb_build_object('id', incidents.id, 'number', incidents.number, 'status', incidents.status,
            'priority', incidents.priority, 'episode', incidents.episode, 'flapping', incidents.flapping, 'title', incidents.title,
            'started_at', private.iso(incidents.started_at), 'resolved_by', incidents.resolved_by,
            'resolved_at', private.iso(incidents.resolved_at))
          from public.alerts
          join public.incidents on incidents.id = alerts.incident_id
          where alerts.rule_id = wanted.id
          order by incidents.number desc limit 1))), '{}')
      from wanted));
end;
comment on function public.load_rule_contexts(uuid[]) is 'What the decision about a changed rule needs: project, channels and last deployment, by project; last incident and when it was last told, by rule.';

revoke execute on function private.read_slos(uuid[]), private.failed_in_a_row(uuid), private.read_monitor_facts(uuid[]), public.claim_due_rules(integer),
  public.load_rule_contexts(uuid[]) from public, anon, authenticated;
grant execute on function private.read_slos(uuid[]), private.failed_in_a_row(uuid), private.read_monitor_facts(uuid[]), public.claim_due_rules(integer),
  public.load_rule_contexts(uuid[]) to service_role;
