-- What is claimed of ten thousand rules is half as long: each is a list, as its states were already, and says no name of a column.

create function private.rules_to_evaluate(p_project_ids uuid[]) returns table (project_id uuid, rules json)
language sql stable security invoker set search_path = ''
begin atomic
  with known as (
    select states.rule_id, pg_catalog.json_agg(pg_catalog.json_build_array(states.group_values, states.state, states.memory, states.status,
      states.level, states.value, extract(epoch from states.since_at) * 1000, extract(epoch from states.evaluated_at) * 1000)) as states
    from public.rule_states as states where states.project_id = any (p_project_ids) group by states.rule_id
  )
  select rules.project_id, pg_catalog.json_agg(pg_catalog.json_build_array(failures.reason, known.states, rules.id, rules.key, rules.name,
    rules.condition, rules.group_by, rules.group_limit, rules.for_ms, rules.keep_firing_for_ms, rules.no_data, rules.severity_warning,
    rules.severity_critical, rules.notify_channel_ids, rules.throttle_ms, rules.repeat_ms, rules.incident_by, rules.inhibited_by, rules.runbook,
    rules.labels) order by rules.key)
  from public.alert_rules as rules
  left join known on known.rule_id = rules.id
  left join public.rule_failures as failures on failures.rule_id = rules.id
  where rules.project_id = any (p_project_ids) and rules.enabled
  group by rules.project_id;
end;
comment on function private.rules_to_evaluate(uuid[]) is 'The enabled rules of projects by key, each a list: why it failed last, the states of its groups, its columns. For claim_due_rules.';
revoke execute on function private.rules_to_evaluate(uuid[]) from public, anon, authenticated;
grant execute on function private.rules_to_evaluate(uuid[]) to service_role;

-- Text and not jsonb: ten thousand rules would be taken apart and put together again for nothing.
create or replace function public.claim_due_rules(p_limit integer) returns json
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
    with open as (
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
        where asking.project_id = any (v_ids) and asking.enabled
          and (asking.condition ->> 'kind' in ('consecutive_failures', 'expiry', 'burn_rate') or 'monitor' = any (asking.group_by)))),
      'slos', private.read_slos(v_ids),
      'units', (
        select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(metric.project_id, metric.name, metric.unit)), '[]')
        from (
          select distinct on (series.project_id, series.name) series.project_id, series.name, series.unit
          from public.series where series.project_id = any (v_ids)
          order by series.project_id, series.name, series.last_seen_at desc) as metric))
    into v_claims
    from public.rule_runs as runs
    left join private.rules_to_evaluate(v_ids) as rules on rules.project_id = runs.project_id
    left join open on open.project_id = runs.project_id
    where runs.project_id = any (v_ids);
  end if;
  return pg_catalog.json_build_object('due', v_claims, 'next_due_at', (
    select private.iso(min(greatest(runs.next_due_at, coalesce(runs.leased_until, runs.next_due_at))))
    from public.rule_runs as runs where runs.next_due_at is not null));
end
$$;
