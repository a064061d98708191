-- Counts of errors that we ask Sentry for, by the hour.

alter table public.integrations
  add column next_collect_at timestamptz,
  add column collect_token bigint,
  add column collected_until timestamptz;
comment on column public.integrations.next_collect_at is 'When its API is asked again; while it is being asked, the end of the lease. Null asks at once.';
comment on column public.integrations.collected_until is 'End of the last hour whose count is stored.';
-- Serves the claim.
create index integrations_next_collect_at_idx on public.integrations (next_collect_at nulls first) where kind = 'sentry' and enabled and has_token;

create function public.claim_error_collections(p_limit integer) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_claims jsonb;
begin
  with due as (
    select integrations.id from public.integrations
    where integrations.kind = 'sentry' and integrations.enabled and integrations.has_token
      and (integrations.next_collect_at is null or integrations.next_collect_at <= v_now)
      and coalesce(integrations.config ->> 'organization', '') <> '' and coalesce(integrations.config ->> 'project', '') <> ''
    order by integrations.next_collect_at nulls first limit p_limit
    for update skip locked
  ), claimed as (
    update public.integrations
    set next_collect_at = v_now + interval '5 minutes', collect_token = pg_catalog.nextval('private.fencing_tokens')
    from due where integrations.id = due.id
    returning integrations.*
  )
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'id', claimed.id, 'project_id', claimed.project_id, 'token', claimed.collect_token, 'ciphertext', secrets.ciphertext,
    'organization', claimed.config ->> 'organization', 'project', claimed.config ->> 'project',
    'collected_until', private.iso(claimed.collected_until))), '[]')
  into v_claims
  from claimed join public.integration_secrets as secrets on secrets.integration_id = claimed.id and secrets.purpose = 'api';
  return pg_catalog.jsonb_build_object('now', private.iso(v_now), 'claims', v_claims);
end
$$;
comment on function public.claim_error_collections(integer) is 'Leases the connections to Sentry whose errors are to be counted now, with their sealed tokens. Service role.';

create function public.finish_error_collection(p_integration_id uuid, p_token bigint, p_result jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_result jsonb := private.unwrap_json(p_result);
  v_now timestamptz := private.now();
  v_integration public.integrations;
  v_at double precision[];
begin
  update public.integrations
  set next_collect_at = case when v_result ->> 'error' is null then pg_catalog.date_trunc('hour', v_now, 'UTC') + interval '1 hour 1 minute'
        else v_now + interval '10 minutes' end,
      collect_token = null,
      collected_until = coalesce((v_result ->> 'collected_until')::timestamptz, collected_until),
      last_error = case when v_result ->> 'error' is not null then 'provider' when last_error <> 'provider' then last_error end,
      last_error_detail = case when v_result ->> 'error' is not null then pg_catalog.left(v_result ->> 'error', 500)
        when last_error <> 'provider' then last_error_detail end,
      last_error_at = case when v_result ->> 'error' is not null then v_now when last_error <> 'provider' then last_error_at end
  where integrations.id = p_integration_id and integrations.collect_token = p_token
  returning * into v_integration;
  if v_integration.id is null then return false; end if;
  v_at := array(select given.value::double precision
    from pg_catalog.jsonb_array_elements_text(coalesce(v_result -> 'at', '[]')) with ordinality as given(value, n) order by given.n);
  if pg_catalog.cardinality(v_at) > 0 then
    perform public.store_telemetry(v_integration.project_id,
      pg_catalog.jsonb_build_object('source', 'sentry', 'digest', v_result ->> 'digest', 'series', v_result -> 'series'),
      array_fill(0, array[pg_catalog.cardinality(v_at)]), v_at, array_fill(null::double precision, array[pg_catalog.cardinality(v_at)]),
      array(select given.value::double precision
        from pg_catalog.jsonb_array_elements_text(v_result -> 'values') with ordinality as given(value, n) order by given.n));
  end if;
  return true;
end
$$;
comment on function public.finish_error_collection(uuid, bigint, jsonb) is 'Stores the counts of whole hours and says when to ask again, or keeps why the provider did not answer; false when the lease was lost. Service role.';

revoke execute on function public.claim_error_collections(integer), public.finish_error_collection(uuid, bigint, jsonb)
  from public, anon, authenticated, service_role;
grant execute on function public.claim_error_collections(integer), public.finish_error_collection(uuid, bigint, jsonb) to service_role;
