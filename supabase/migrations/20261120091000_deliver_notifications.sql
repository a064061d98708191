-- Leasing and finishing deliveries.

-- Messages of one incident, or of one degradation, reach one channel in the order in which they were decided: never "resolved"
-- before "down". Two questions, not one with "or": each is answered from an index.
create function private.waits_for_earlier(p_notification public.notifications) returns boolean
language sql stable security invoker set search_path = ''
begin atomic
  select exists (
      select from public.notifications as earlier
      where earlier.incident_id = p_notification.incident_id and earlier.channel_id = p_notification.channel_id
        and earlier.sequence < p_notification.sequence and earlier.status = 'pending')
    or exists (
      select from public.notifications as earlier
      where earlier.alert_id = p_notification.alert_id and earlier.channel_id = p_notification.channel_id
        and earlier.sequence < p_notification.sequence and earlier.status = 'pending');
end;
comment on function private.waits_for_earlier(public.notifications) is 'Whether an earlier message of the same story to the same channel is still to be delivered.';

create function public.claim_notifications(p_limit integer) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_claims jsonb;
begin
  with due as (
    select notifications.id
    from public.notifications
    where notifications.status = 'pending'
      and notifications.next_attempt_at <= v_now
      and (notifications.leased_until is null or notifications.leased_until <= v_now)
      and not private.waits_for_earlier(notifications.*)
    order by notifications.next_attempt_at
    limit p_limit
    for update skip locked
  ), leased as (
    update public.notifications
    set lease_token = pg_catalog.nextval('private.fencing_tokens'),
        -- Longer than the longest provider time-out (15 s) with a margin; a killed worker's message goes again after it.
        leased_until = v_now + interval '30 seconds', attempt = notifications.attempt + 1
    from due where notifications.id = due.id
    returning notifications.*
  ), forgotten as (
    update public.deliveries
    set outcome = 'unknown', finished_at = v_now,
        detail = 'The worker ended before it noted the answer; the message may have arrived, and is sent again with the same id.'
    from leased where deliveries.notification_id = leased.id and deliveries.outcome = 'started'
    returning deliveries.id
  ), started as (
    insert into public.deliveries (project_id, notification_id, attempt, started_at)
    select leased.project_id, leased.id, leased.attempt, v_now from leased
    returning deliveries.id
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'id', leased.id, 'token', leased.lease_token, 'attempt', leased.attempt, 'kind', leased.kind,
    'created_at', private.iso(leased.created_at), 'payload', leased.payload, 'incident_id', leased.incident_id,
    'channel', pg_catalog.jsonb_build_object('id', channels.id, 'project_id', channels.project_id, 'key', channels.key,
      'name', channels.name, 'kind', channels.kind, 'config', channels.config, 'enabled', channels.enabled,
      'min_severity', channels.min_severity, 'disabled_reason', channels.disabled_reason),
    'secret_ciphertext', secrets.ciphertext,
    'spare_channels', case when leased.kind = 'incident.triggered' then (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', spare.id, 'kind', spare.kind, 'name', spare.name)), '[]')
      from public.channels as spare
      where spare.project_id = leased.project_id and spare.enabled
        and not exists (select from public.notifications as told where told.incident_id = leased.incident_id and told.channel_id = spare.id))
      else '[]' end) order by leased.sequence)
  into v_claims
  from leased
  join public.channels on channels.id = leased.channel_id
  left join public.channel_secrets as secrets on secrets.channel_id = leased.channel_id;

  return pg_catalog.jsonb_build_object(
    'claims', coalesce(v_claims, '[]'),
    'next_attempt_at', (
      select private.iso(min(greatest(pending.next_attempt_at, coalesce(pending.leased_until, pending.next_attempt_at))))
      from public.notifications as pending
      -- One that waits for another becomes due with it; counted by itself it would keep a worker awake for nothing.
      where pending.status = 'pending' and not private.waits_for_earlier(pending.*)));
end
$$;
comment on function public.claim_notifications(integer) is 'Leases notifications that are due and notes the attempt; an attempt left open by a killed worker becomes "unknown".';

create function public.finish_delivery(p_delivery jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_delivery jsonb := private.unwrap_json(p_delivery);
  v_next text := v_delivery ->> 'next';
  v_row public.notifications;
  v_channel_name text;
begin
  update public.notifications
  set lease_token = null, leased_until = null,
      status = case v_next when 'done' then 'delivered' when 'retry' then 'pending' else 'dead' end,
      delivered_at = case when v_next = 'done' then v_now end,
      next_attempt_at = case when v_next = 'retry' then (v_delivery ->> 'next_attempt_at')::timestamptz end,
      last_error = case when v_next = 'done' then null else v_delivery ->> 'detail' end
  where notifications.id = (v_delivery ->> 'id')::uuid and notifications.lease_token = (v_delivery ->> 'token')::bigint
  returning * into v_row;
  if v_row.id is null then return false; end if;

  update public.deliveries
  set outcome = v_delivery ->> 'outcome', finished_at = v_now, status_code = (v_delivery ->> 'status_code')::smallint,
      provider_id = v_delivery ->> 'provider_id', via_outbox = coalesce((v_delivery ->> 'via_outbox')::boolean, false),
      detail = v_delivery ->> 'detail'
  where deliveries.notification_id = v_row.id and deliveries.attempt = v_row.attempt;

  select channels.name into v_channel_name from public.channels where channels.id = v_row.channel_id;
  if v_row.incident_id is not null and v_next in ('done', 'dead', 'disable_channel') then
    perform private.add_incident_event(v_row.incident_id, v_now,
      case when v_next = 'done' then 'notification_delivered' else 'notification_dead' end, 'vigie', v_delivery ->> 'timeline',
      pg_catalog.jsonb_build_object('channel', v_channel_name, 'notificationId', v_row.id, 'kind', v_row.kind, 'attempt', v_row.attempt));
  end if;

  if v_next = 'disable_channel' then
    update public.channels set enabled = false, disabled_reason = v_delivery ->> 'next_reason', updated_at = v_now
    where channels.id = v_row.channel_id;
    update public.notifications
    set status = 'dead', last_error = v_delivery ->> 'next_reason', next_attempt_at = null
    where notifications.channel_id = v_row.channel_id and notifications.status = 'pending' and notifications.lease_token is null;
    perform private.write_audit(v_row.project_id, null, 'vigie', 'channel_disabled', 'channel', v_row.channel_id::text,
      v_channel_name, pg_catalog.jsonb_build_object('reason', v_delivery ->> 'next_reason'));
  end if;

  -- A second channel is tried when the first keeps failing.
  if v_delivery ->> 'fallback_channel_id' is not null then
    insert into public.notifications
      (project_id, channel_id, incident_id, alert_id, kind, episode, dedupe_key, reason, payload, created_at, next_attempt_at)
    values (v_row.project_id, (v_delivery ->> 'fallback_channel_id')::uuid, v_row.incident_id, v_row.alert_id, v_row.kind, v_row.episode,
      pg_catalog.concat_ws(':', v_row.incident_id, v_row.episode, v_delivery ->> 'fallback_channel_id', v_row.kind),
      v_delivery ->> 'fallback_reason', v_row.payload, v_now, v_now)
    on conflict (dedupe_key) do nothing;
    if found then
      perform private.add_incident_event(v_row.incident_id, v_now, 'notification_fallback', 'vigie', v_delivery ->> 'fallback_reason');
    end if;
  end if;
  return true;
end
$$;
comment on function public.finish_delivery(jsonb) is 'Notes the answer of a provider and what follows; false when the lease was lost, and then nothing changes.';
