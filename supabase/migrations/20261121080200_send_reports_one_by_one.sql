-- Weekly reports go to each recipient in a mail of their own, so that nobody reads who else gets it. What became of each mail is kept
-- as soon as it is known: a worker that takes over after a crash goes on with those who have none yet.

alter table public.reports add column outcomes jsonb not null default '{}';
comment on column public.reports.outcomes is 'By recipient what became of their mail for good: {"outcome": "delivered" | "rejected", "detail", "at"}. Who is absent has none yet.';

create or replace function public.claim_report(p_project_id uuid, p_period_start date, p_period_end date) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_report public.reports;
begin
  insert into public.reports (project_id, kind, period_start, period_end, created_at, next_attempt_at)
  values (p_project_id, 'weekly', p_period_start, p_period_end, v_now, v_now)
  on conflict (project_id, kind, period_start) do nothing;

  update public.reports
  set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '3 minutes',
      attempt = reports.attempt + 1
  where reports.id = (
    select due.id from public.reports as due
    where due.project_id = p_project_id and due.kind = 'weekly' and due.period_start = p_period_start
      and due.status = 'pending' and due.next_attempt_at <= v_now
      and (due.leased_until is null or due.leased_until <= v_now)
    for update skip locked)
  returning * into v_report;
  if v_report.id is null then return null; end if;
  return pg_catalog.jsonb_build_object('id', v_report.id, 'token', v_report.lease_token, 'attempt', v_report.attempt,
    'created_at', private.iso(v_report.created_at), 'recipients', v_report.recipients, 'outcomes', v_report.outcomes,
    'data', v_report.data);
end
$$;

create function public.note_report_recipient(p_report jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_report jsonb := private.unwrap_json(p_report);
  v_now timestamptz := private.now();
begin
  update public.reports
  set outcomes = reports.outcomes || pg_catalog.jsonb_build_object(v_report ->> 'recipient', pg_catalog.jsonb_build_object(
        'outcome', v_report ->> 'outcome', 'detail', v_report ->> 'detail', 'at', private.iso(v_now))),
      -- Each mail may take as long as the provider's time-out, so that many of them outlast one lease.
      leased_until = v_now + interval '3 minutes'
  where reports.id = (v_report ->> 'id')::uuid and reports.lease_token = (v_report ->> 'token')::bigint;
  return found;
end
$$;
comment on function public.note_report_recipient(jsonb) is 'Keeps what became of one recipient''s mail and renews the lease; false when the lease was lost.';

create or replace function public.finish_report(p_report jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_report jsonb := private.unwrap_json(p_report);
  v_next text := v_report ->> 'next';
begin
  update public.reports
  set lease_token = null, leased_until = null,
      status = case v_next when 'done' then 'sent' when 'retry' then 'pending' else 'failed' end,
      sent_at = case when v_next = 'done' then private.now() end,
      next_attempt_at = case when v_next = 'retry' then (v_report ->> 'next_attempt_at')::timestamptz end,
      -- Also of one that was sent: some of its recipients may have been refused.
      last_error = v_report ->> 'last_error'
  where reports.id = (v_report ->> 'id')::uuid and reports.lease_token = (v_report ->> 'token')::bigint;
  return found;
end
$$;

revoke execute on function public.note_report_recipient(jsonb) from public, anon, authenticated;
grant execute on function public.note_report_recipient(jsonb) to service_role;
