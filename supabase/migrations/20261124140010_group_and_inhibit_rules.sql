-- What an incident of a rule is grouped by, and which rules keep it quiet, as people say it.

alter table public.alert_rules
  add column incident_by text[],
  add column inhibited_by jsonb not null default '[]' constraint alert_rules_inhibited_by_check
    check (pg_catalog.jsonb_typeof(inhibited_by) = 'array' and pg_catalog.jsonb_array_length(inhibited_by) <= 10);
comment on column public.alert_rules.incident_by is 'Names of labels and attributes: alerts that have the same values of them share an incident. Empty: each alert has one of its own. Null: by what they have in common of themselves.';
comment on column public.alert_rules.inhibited_by is 'Rules by key that keep alerts of this one quiet while they fire, each with the labels and attributes that must be equal: [{"rule": "host-down", "equal": ["host"]}].';
-- What packs installed and what people deleted say nothing of either, and must not look changed or incomplete for that.
update public.alert_rules set pack_original = pack_original || '{"incident_by": null, "inhibited_by": []}' where pack_original is not null;
update public.deleted_rules set rule = rule || '{"incident_by": null, "inhibited_by": []}';

create or replace function private.rule_json(p_rule public.alert_rules) returns jsonb
language sql immutable set search_path = ''
return pg_catalog.jsonb_build_object('key', p_rule.key, 'name', p_rule.name, 'enabled', p_rule.enabled, 'condition', p_rule.condition,
  'group_by', p_rule.group_by, 'group_limit', p_rule.group_limit, 'for_ms', p_rule.for_ms, 'keep_firing_for_ms', p_rule.keep_firing_for_ms,
  'no_data', p_rule.no_data, 'severity_warning', p_rule.severity_warning, 'severity_critical', p_rule.severity_critical,
  'notify_channel_ids', p_rule.notify_channel_ids, 'throttle_ms', p_rule.throttle_ms, 'repeat_ms', p_rule.repeat_ms,
  'incident_by', p_rule.incident_by, 'inhibited_by', p_rule.inhibited_by, 'runbook', p_rule.runbook,
  'labels', p_rule.labels, 'pack', p_rule.pack, 'pack_row', p_rule.pack_row, 'pack_version', p_rule.pack_version);

create or replace function private.write_rule(p_project_id uuid, p_rule jsonb, p_actor_id uuid, p_actor text) returns uuid
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_old public.alert_rules;
  v_new public.alert_rules;
  v_details jsonb;
begin
  -- Writers of one project wait for each other here, and for an evaluation that is being recorded.
  perform from public.projects where projects.id = p_project_id for update;
  perform from public.rule_runs where rule_runs.project_id = p_project_id for update;
  select * into v_old from public.alert_rules where alert_rules.project_id = p_project_id and alert_rules.key = p_rule ->> 'key' for update;
  if v_old.id is null and (select count(*) from public.alert_rules where alert_rules.project_id = p_project_id) >= 5000 then
    raise exception 'a project has at most 5,000 rules' using errcode = 'PT422';
  end if;
  insert into public.alert_rules (project_id, key, name, enabled, condition, group_by, group_limit, for_ms, keep_firing_for_ms, no_data,
    severity_warning, severity_critical, notify_channel_ids, throttle_ms, repeat_ms, incident_by, inhibited_by, runbook, labels, pack,
    pack_row, pack_version, pack_original, created_at, updated_at)
  select p_project_id, given.key, given.name, coalesce(given.enabled, true), given.condition, coalesce(given.group_by, '{}'),
    coalesce(given.group_limit, 50), coalesce(given.for_ms, 0), coalesce(given.keep_firing_for_ms, 0), coalesce(given.no_data, 'resolve'),
    coalesce(given.severity_warning, 'medium'), coalesce(given.severity_critical, 'high'), coalesce(given.notify_channel_ids, '{}'),
    coalesce(given.throttle_ms, 0), coalesce(given.repeat_ms, 0), given.incident_by, coalesce(given.inhibited_by, '[]'), given.runbook,
    coalesce(given.labels, '{}'), given.pack, given.pack_row, given.pack_version,
    coalesce(given.pack_original, case when given.pack is not null then v_old.pack_original end), v_now, v_now
  from pg_catalog.jsonb_to_record(p_rule) as given(key text, name text, enabled boolean, condition jsonb, group_by text[], group_limit integer,
    for_ms bigint, keep_firing_for_ms bigint, no_data text, severity_warning text, severity_critical text, notify_channel_ids uuid[],
    throttle_ms bigint, repeat_ms bigint, incident_by text[], inhibited_by jsonb, runbook text, labels jsonb,
    pack text, pack_row text, pack_version integer, pack_original jsonb)
  on conflict (project_id, key) do update set name = excluded.name, enabled = excluded.enabled, condition = excluded.condition,
    group_by = excluded.group_by, group_limit = excluded.group_limit, for_ms = excluded.for_ms, keep_firing_for_ms = excluded.keep_firing_for_ms,
    no_data = excluded.no_data, severity_warning = excluded.severity_warning, severity_critical = excluded.severity_critical,
    notify_channel_ids = excluded.notify_channel_ids, throttle_ms = excluded.throttle_ms, repeat_ms = excluded.repeat_ms,
    incident_by = excluded.incident_by, inhibited_by = excluded.inhibited_by, runbook = excluded.runbook,
    labels = excluded.labels, pack = excluded.pack, pack_row = excluded.pack_row, pack_version = excluded.pack_version,
    pack_original = excluded.pack_original, updated_at = excluded.updated_at
  returning * into v_new;
  if exists (
    select from pg_catalog.unnest(v_new.notify_channel_ids) as named(id)
    join public.channels on channels.id = named.id where channels.project_id <> p_project_id) then
    raise exception 'notify: there is no such channel in this project' using errcode = 'PT404', detail = 'notify';
  end if;
  v_details := case when v_old.id is null then pg_catalog.jsonb_build_object('key', v_new.key)
    else private.diff_json(private.rule_json(v_old), private.rule_json(v_new)) end;
  -- Saved as it was: nothing to evaluate anew and nothing to tell of.
  if v_old.id is not null and v_details = '{}' and v_old.pack_original is not distinct from v_new.pack_original then return v_new.id; end if;
  if v_old.enabled and not v_new.enabled then
    perform private.retire_rules(array[v_new.id], p_actor, 'The rule was switched off by ' || p_actor || '.');
  end if;
  perform private.plan_rule_runs(p_project_id);
  perform private.write_audit(p_project_id, p_actor_id, p_actor, case when v_old.id is null then 'rule_created' else 'rule_updated' end,
    'rule', v_new.id::text, v_new.name, v_details);
  return v_new.id;
end
$$;

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
    with known as (
      select states.rule_id, pg_catalog.json_agg(pg_catalog.json_build_array(states.group_values, states.state, states.memory, states.status,
        states.level, states.value, extract(epoch from states.since_at) * 1000, extract(epoch from states.evaluated_at) * 1000)) as states
      from public.rule_states as states where states.project_id = any (v_ids) group by states.rule_id
    ), rules as (
      select rules.project_id, pg_catalog.json_agg(pg_catalog.json_build_object('id', rules.id, 'key', rules.key,
        'name', rules.name, 'condition', rules.condition, 'group_by', rules.group_by, 'group_limit', rules.group_limit, 'for_ms', rules.for_ms,
        'keep_firing_for_ms', rules.keep_firing_for_ms, 'no_data', rules.no_data, 'severity_warning', rules.severity_warning,
        'severity_critical', rules.severity_critical, 'notify_channel_ids', rules.notify_channel_ids, 'throttle_ms', rules.throttle_ms,
        'repeat_ms', rules.repeat_ms, 'incident_by', rules.incident_by, 'inhibited_by', rules.inhibited_by, 'runbook', rules.runbook,
        'labels', rules.labels, 'failure', failures.reason, 'states', known.states) order by rules.key) as rules
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
