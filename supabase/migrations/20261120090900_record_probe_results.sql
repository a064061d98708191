-- The pipeline's one commit: results, states, alerts, incidents, timeline and outbox in one transaction.

create function private.add_incident_event(
  p_incident_id uuid, p_at timestamptz, p_kind text, p_actor text, p_message text, p_details jsonb default '{}'
) returns void
language sql security invoker set search_path = ''
begin atomic
  insert into public.incident_events (project_id, incident_id, at, kind, actor, message, details)
  select incidents.project_id, incidents.id, p_at, p_kind, p_actor, p_message, p_details
  from public.incidents where incidents.id = p_incident_id;
end;
comment on function private.add_incident_event(uuid, timestamptz, text, text, text, jsonb) is 'Appends to an incident''s timeline.';

-- Acknowledgement and resolution go to whoever got the alert: the recipients are read from the outbox, not decided again,
-- so that an edited channel list cannot leave somebody without the end of the story.
create function private.tell_recipients(
  p_incident_id uuid, p_alert_id uuid, p_kind text, p_after_kind text, p_reason text, p_evidence jsonb, p_state text, p_only_kinds text[]
) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
begin
  insert into public.notifications
    (project_id, channel_id, incident_id, alert_id, kind, episode, dedupe_key, reason, payload, created_at, next_attempt_at)
  select told.project_id, told.channel_id, told.incident_id, told.alert_id, p_kind, told.episode,
    pg_catalog.concat_ws(':', coalesce(told.incident_id, told.alert_id), told.episode, told.channel_id, p_kind),
    'sent to whoever got the alert',
    told.payload || pg_catalog.jsonb_build_object(
      'evidence', coalesce(p_evidence, told.payload -> 'evidence'),
      'monitor', case when p_state is null then told.payload -> 'monitor'
        else (told.payload -> 'monitor') || pg_catalog.jsonb_build_object('state', p_state) end,
      'incident', case when incidents.id is null then 'null'::jsonb
        else (told.payload -> 'incident') || pg_catalog.jsonb_build_object(
          'status', incidents.status, 'reason', p_reason, 'title', incidents.title, 'flapping', incidents.flapping,
          'acknowledgedAt', private.iso(incidents.acknowledged_at), 'resolvedAt', private.iso(incidents.resolved_at)) end),
    v_now, v_now
  from (
    select distinct on (sent.channel_id) sent.*
    from public.notifications as sent
    join public.channels on channels.id = sent.channel_id
    where (sent.incident_id = p_incident_id or (p_incident_id is null and sent.alert_id = p_alert_id))
      and sent.kind = p_after_kind
      -- A dead letter reached nobody: who never heard of the beginning does not hear of the end. One still on its way goes first.
      and sent.status <> 'dead'
      and channels.enabled
      and (p_only_kinds is null or channels.kind = any (p_only_kinds))
    order by sent.channel_id, sent.sequence desc
  ) as told
  left join public.incidents on incidents.id = told.incident_id
  on conflict (dedupe_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.tell_recipients(uuid, uuid, text, text, text, jsonb, text, text[]) is 'Writes follow-up notifications to the channels that were told of the beginning.';

create function private.insert_notifications(p_notifications jsonb, p_project_id uuid, p_incident_id uuid, p_alert_id uuid) returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_count integer;
begin
  insert into public.notifications
    (id, project_id, channel_id, incident_id, alert_id, kind, episode, dedupe_key, reason, payload, created_at, next_attempt_at)
  select item.id, p_project_id, item.channel_id, p_incident_id, p_alert_id, item.kind, item.episode, item.dedupe_key, item.reason,
    case when incidents.id is null then item.payload
      else pg_catalog.jsonb_set(item.payload, '{incident,number}', pg_catalog.to_jsonb(incidents.number)) end,
    v_now, v_now
  from pg_catalog.jsonb_to_recordset(p_notifications)
    as item(id uuid, channel_id uuid, kind text, episode integer, dedupe_key text, reason text, payload jsonb)
  -- A channel deleted since the decision is passed over; the foreign key would undo the whole commit.
  join public.channels on channels.id = item.channel_id
  left join public.incidents on incidents.id = p_incident_id
  on conflict (dedupe_key) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
comment on function private.insert_notifications(jsonb, uuid, uuid, uuid) is 'Writes decided notifications to the outbox; the dedupe key makes a repetition a no-op.';

-- Applies the changes of one settlement that has any. Most have none and never come here.
create function private.apply_transition(p_settlement jsonb) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_project_id uuid := (p_settlement ->> 'project_id')::uuid;
  v_monitor_id uuid := (p_settlement ->> 'monitor_id')::uuid;
  v_change jsonb := p_settlement -> 'incident';
  v_incident_id uuid := (v_change ->> 'id')::uuid;
  v_alert jsonb;
  v_alert_id uuid;
  v_created boolean := false;
  v_updated integer;
  v_number integer;
  v_event jsonb;
begin
  if v_change ->> 'op' = 'open' then
    -- Settlements of one mass failure carry the same id: the first opens, the others join.
    if not exists (select from public.incidents where incidents.id = v_incident_id) then
      update public.projects set last_incident_number = last_incident_number + 1
      where projects.id = v_project_id returning last_incident_number into v_number;
      insert into public.incidents (id, project_id, number, title, priority, status, reason, group_key, started_at, detected_at)
      values (v_incident_id, v_project_id, v_number, v_change ->> 'title', v_change ->> 'priority', 'triggered', v_change ->> 'reason',
        v_change ->> 'group_key', (v_change ->> 'started_at')::timestamptz, v_now);
      v_created := true;
    end if;
  elsif v_change ->> 'op' = 'reopen' then
    update public.incidents
    set status = 'triggered', resolved_at = null, resolved_by = null, acknowledged_at = null, acknowledged_by = null,
        episode = (v_change ->> 'episode')::integer, flapping = (v_change ->> 'flapping')::boolean,
        reason = v_change ->> 'reason'
    where incidents.id = v_incident_id and incidents.status = 'resolved';
  elsif v_change ->> 'op' = 'flap' then
    update public.incidents set flapping = true where incidents.id = v_incident_id;
  end if;

  for v_alert in select * from pg_catalog.jsonb_array_elements(coalesce(p_settlement -> 'alerts', '[]')) loop
    if v_alert ->> 'op' = 'fire' then
      insert into public.alerts (id, project_id, monitor_id, kind, severity, incident_id, reason, evidence, started_at)
      values ((v_alert ->> 'id')::uuid, v_project_id, v_monitor_id, v_alert ->> 'kind', v_alert ->> 'severity',
        case when v_alert ->> 'kind' = 'down' then v_incident_id end,
        v_alert ->> 'reason', coalesce(v_alert -> 'evidence', '[]'), (v_alert ->> 'started_at')::timestamptz)
      on conflict (monitor_id, kind) where status = 'firing' do nothing;
      v_alert_id := (v_alert ->> 'id')::uuid;
      if v_incident_id is null then
        perform private.insert_notifications(coalesce(v_alert -> 'notifications', '[]'), v_project_id, null, v_alert_id);
      end if;
    else
      update public.alerts
      set status = 'resolved', resolved_at = (v_alert ->> 'at')::timestamptz, resolved_reason = v_alert ->> 'reason'
      where alerts.monitor_id = v_monitor_id and alerts.kind = v_alert ->> 'kind' and alerts.status = 'firing'
      returning alerts.id into v_alert_id;
      if v_alert ->> 'kind' = 'degraded' and v_alert_id is not null and coalesce((v_alert ->> 'tell')::boolean, true) then
        perform private.tell_recipients(null, v_alert_id, 'monitor.recovered', 'monitor.degraded',
          v_alert ->> 'reason', v_alert -> 'evidence', v_alert ->> 'state', null);
      end if;
    end if;
  end loop;

  if v_incident_id is null then return; end if;

  for v_event in select * from pg_catalog.jsonb_array_elements(coalesce(v_change -> 'events', '[]')) loop
    -- Monitors that join an incident of a mass failure add their own line, not a second "opened".
    if v_change ->> 'op' = 'open' and not v_created and (v_event ->> 'kind') <> 'monitor_down' then continue; end if;
    perform private.add_incident_event(v_incident_id, coalesce((v_event ->> 'at')::timestamptz, v_now), v_event ->> 'kind', 'vigie',
      v_event ->> 'message', coalesce(v_event -> 'details', '{}'));
  end loop;

  if v_change ->> 'op' = 'resolve' then
    update public.incidents
    set status = 'resolved', resolved_at = (v_change ->> 'at')::timestamptz, resolved_by = 'vigie', flapping = false
    where incidents.id = v_incident_id and incidents.status <> 'resolved'
      and not exists (select from public.alerts where alerts.incident_id = v_incident_id and alerts.status = 'firing');
    get diagnostics v_updated = row_count;
    if v_updated = 1 then
      perform private.add_incident_event(v_incident_id, v_now, 'resolved', 'vigie', v_change ->> 'reason');
      perform private.tell_recipients(v_incident_id, null, 'incident.resolved', 'incident.triggered',
        v_change ->> 'reason', v_change -> 'evidence', v_change ->> 'state', null);
    end if;
  else
    perform private.insert_notifications(coalesce(v_change -> 'notifications', '[]'), v_project_id, v_incident_id, null);
  end if;
end
$$;
comment on function private.apply_transition(jsonb) is 'Alerts, incident, timeline and outbox of one monitor whose state changed.';

-- Hours and days that ended while nobody watched are closed for the scheduled rollups, so their missed slots are added here, in the
-- transaction that notes the gap. The hour that still runs is computed whole, as ever.
create function private.count_gaps(p_gaps public.probe_gaps[]) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_resolution text;
begin
  foreach v_resolution in array array['hour', 'day'] loop
    insert into public.probe_rollups (monitor_id, project_id, region, resolution, bucket_at, up, degraded, down, unknown,
      latency_count, latency_sum_ms)
    select gap.monitor_id, gap.project_id, gap.region, v_resolution, bucket.bucket_at, 0, 0, 0,
      sum(private.count_slots(gap.from_at, gap.until_at, gap.interval_seconds, bucket.bucket_at, bucket.bucket_at + width.span)), 0, 0
    from pg_catalog.unnest(p_gaps) as gap
    cross join (select ('1 ' || v_resolution)::interval as span) as width
    cross join lateral pg_catalog.generate_series(
      -- The longest range of a chart. After a longer absence the rows before it would cost minutes and show nothing.
      pg_catalog.date_trunc(v_resolution, greatest(gap.from_at, v_now - interval '92 days'), 'UTC'),
      gap.until_at - interval '1 microsecond', width.span, 'UTC') as bucket(bucket_at)
    where bucket.bucket_at < pg_catalog.date_trunc(v_resolution, v_now, 'UTC')
    group by gap.monitor_id, gap.project_id, gap.region, bucket.bucket_at
    on conflict (monitor_id, resolution, bucket_at, region) do update set unknown = probe_rollups.unknown + excluded.unknown;
  end loop;
end
$$;
comment on function private.count_gaps(public.probe_gaps[]) is 'Adds newly noted gaps to the rollups of hours and days that have ended.';

create function public.record_probe_results(p_settlements jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_settlements jsonb := private.unwrap_json(p_settlements);
  v_held uuid[];
  v_settlement jsonb;
  v_total integer;
  v_gaps public.probe_gaps[];
  v_hour timestamptz;
begin
  v_settlements := v_settlements -> 'settlements';
  v_total := pg_catalog.jsonb_array_length(v_settlements);

  -- Everybody who changes several monitors locks their states first and in this order, so that nobody waits in a circle.
  perform from public.monitor_states as states
  where states.monitor_id in (
    select (item.value ->> 'monitor_id')::uuid from pg_catalog.jsonb_array_elements(v_settlements) as item(value))
  order by states.monitor_id for update;
  -- Two monitors of one incident that recover in two batches at once: each would see the other's alert still firing, and the
  -- incident would stay open for ever. With its lock the second sees what the first did.
  perform from public.incidents
  where incidents.id in (
    select (item.value #>> '{incident,id}')::uuid from pg_catalog.jsonb_array_elements(v_settlements) as item(value))
  order by incidents.id for update;

  -- Decided while the incident was open, but a person has resolved it since: nobody would hear of this failure. The slot is given back
  -- and decided again on what is true now.
  update public.monitor_states as states
  set lease_token = null, leased_until = null, next_due_at = v_now
  from pg_catalog.jsonb_array_elements(v_settlements) as item(value)
  join public.incidents on incidents.id = (item.value #>> '{incident,id}')::uuid
  where states.monitor_id = (item.value ->> 'monitor_id')::uuid
    and states.lease_token = (item.value ->> 'token')::bigint
    and item.value #>> '{incident,op}' in ('continue', 'flap')
    and incidents.status = 'resolved';

  -- Gaps are read from the state before it moves on.
  with missed as (
    insert into public.probe_gaps (monitor_id, project_id, region, from_at, until_at, interval_seconds)
    select states.monitor_id, states.project_id, item.region,
      states.last_slot_at + pg_catalog.make_interval(secs => item.interval_seconds), item.slot_at, item.interval_seconds
    from pg_catalog.jsonb_to_recordset(v_settlements)
      as item(monitor_id uuid, token bigint, region text, slot_at timestamptz, interval_seconds integer, is_slotted boolean)
    join public.monitor_states as states on states.monitor_id = item.monitor_id and states.lease_token = item.token
    where item.is_slotted
      and item.slot_at > states.last_slot_at + pg_catalog.make_interval(secs => item.interval_seconds)
    on conflict do nothing
    returning *
  )
  select pg_catalog.array_agg(missed.*) into v_gaps from missed;
  if v_gaps is not null then perform private.count_gaps(v_gaps); end if;

  -- A late worker's token matches nothing: its results, decisions and messages are dropped together.
  with moved as (
    update public.monitor_states as states
    set state = item.state, since_at = item.since_at, last_slot_at = item.slot_at, last_result_at = item.probed_at,
        last_latency_ms = item.latency_ms, last_result = item.outcome,
        certificate_expires_at = coalesce(item.certificate_expires_at, states.certificate_expires_at),
        down_starts_at = item.down_starts_at, flapping_since = item.flapping_since,
        next_due_at = item.next_due_at, lease_token = null, leased_until = null
    from pg_catalog.jsonb_to_recordset(v_settlements) as item(
      monitor_id uuid, token bigint, slot_at timestamptz, probed_at timestamptz, latency_ms real, outcome jsonb,
      state text, since_at timestamptz, certificate_expires_at timestamptz, down_starts_at timestamptz[],
      flapping_since timestamptz, next_due_at timestamptz)
    where states.monitor_id = item.monitor_id and states.lease_token = item.token
    returning states.monitor_id
  )
  select coalesce(pg_catalog.array_agg(moved.monitor_id), '{}') into v_held from moved;

  insert into public.probe_results
    (monitor_id, project_id, region, slot_at, probed_at, verdict, cause, status_code, latency_ms, phases, message, evidence)
  select item.monitor_id, item.project_id, item.region, item.slot_at, item.probed_at, item.verdict, item.cause, item.status_code,
    item.latency_ms, item.phases, item.message, item.evidence
  from pg_catalog.jsonb_to_recordset(v_settlements) as item(
    monitor_id uuid, project_id uuid, region text, slot_at timestamptz, probed_at timestamptz, verdict text, cause text,
    status_code smallint, latency_ms real, phases real[], message text, evidence jsonb)
  where item.monitor_id = any (v_held) and item.verdict is not null
  on conflict (monitor_id, region, slot_at) do nothing;

  -- The scheduled rollups look back two hours. A slot of a longer interval may lie before that, and is counted here.
  for v_hour in
    select distinct pg_catalog.date_trunc('hour', item.slot_at, 'UTC')
    from pg_catalog.jsonb_to_recordset(v_settlements) as item(monitor_id uuid, slot_at timestamptz, verdict text)
    where item.monitor_id = any (v_held) and item.verdict is not null
      and item.slot_at < pg_catalog.date_trunc('hour', v_now, 'UTC') - interval '1 hour'
  loop
    perform public.rollup_probe_results(v_hour, v_hour);
  end loop;

  for v_settlement in
    select item.value from pg_catalog.jsonb_array_elements(v_settlements) as item(value)
    where (item.value ->> 'monitor_id')::uuid = any (v_held)
      and (pg_catalog.jsonb_typeof(item.value -> 'incident') = 'object' or pg_catalog.jsonb_typeof(item.value -> 'alerts') = 'array')
    -- Always in the same order: two batches that touch one project never wait for each other in a circle.
    order by item.value ->> 'project_id', item.value ->> 'monitor_id'
  loop
    perform private.apply_transition(v_settlement);
  end loop;

  return pg_catalog.jsonb_build_object(
    'recorded', pg_catalog.cardinality(v_held), 'stale', v_total - pg_catalog.cardinality(v_held));
end
$$;
comment on function public.record_probe_results(jsonb) is 'Commits settled probes: result, state, alert, incident, timeline and outbox together, or nothing where the lease was lost.';
