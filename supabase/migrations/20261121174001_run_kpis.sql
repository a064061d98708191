-- Running the queries of KPIs: claimed by their due time, leased, finished under a fencing token.

create function public.claim_due_kpis(p_limit integer, p_kpi_id uuid default null) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_claims jsonb;
begin
  with due as (
    select kpis.id
    from public.kpis
    where kpis.next_run_at <= v_now and (kpis.leased_until is null or kpis.leased_until <= v_now)
      and (p_kpi_id is null or kpis.id = p_kpi_id)
    order by kpis.next_run_at
    limit p_limit
    for update skip locked
  ), leased as (
    update public.kpis
    -- Longer than the ten seconds that one may take, and all those that are claimed together run side by side.
    set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '30 seconds'
    from due where kpis.id = due.id
    returning kpis.*
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('id', leased.id, 'token', leased.lease_token, 'project_id', leased.project_id,
    'key', leased.key, 'unit', leased.unit, 'query', leased.query, 'schedule', leased.schedule, 'time_zone', leased.time_zone,
    'secret_ciphertext', secrets.ciphertext) order by leased.next_run_at, leased.id)
  into v_claims
  from leased left join public.kpi_secrets as secrets on secrets.kpi_id = leased.id;
  return coalesce(v_claims, '[]');
end
$$;
comment on function public.claim_due_kpis(integer, uuid) is 'Leases KPIs whose query is due, or one of them by its id if it is due.';

create function public.finish_kpi_run(p_run jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_run jsonb := private.unwrap_json(p_run);
  v_now timestamptz := private.now();
  v_value double precision := (v_run ->> 'value')::double precision;
begin
  update public.kpis
  set lease_token = null, leased_until = null, last_run_at = v_now, next_run_at = (v_run ->> 'next_run_at')::timestamptz,
      last_value = coalesce(v_value, last_value), last_value_at = case when v_value is null then last_value_at else v_now end,
      last_fault = v_run ->> 'fault', last_error = v_run ->> 'error',
      can_write = coalesce((v_run ->> 'can_write')::boolean, can_write)
  where kpis.id = (v_run ->> 'id')::uuid and kpis.lease_token = (v_run ->> 'token')::bigint;
  return found;
end
$$;
comment on function public.finish_kpi_run(jsonb) is 'Notes what a run came to and when the next one is due; false when the lease was lost.';

revoke execute on function public.claim_due_kpis(integer, uuid), public.finish_kpi_run(jsonb) from public, anon, authenticated;
grant execute on function public.claim_due_kpis(integer, uuid), public.finish_kpi_run(jsonb) to service_role;
