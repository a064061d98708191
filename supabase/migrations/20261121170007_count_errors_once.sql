-- A token alone asks nobody: only where organization and project are named too, the API is asked for counts, and single errors are left out.

create or replace function public.receive_webhook(p_integration_id uuid, p_webhook jsonb, p_per_minute integer) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_webhook jsonb := private.unwrap_json(p_webhook);
  v_integration public.integrations;
  v_verdict jsonb;
  v_digests text[] := array(select pg_catalog.jsonb_array_elements_text(v_webhook -> 'digests'));
  v_fresh integer;
  v_item jsonb;
  v_series jsonb := coalesce(v_webhook -> 'series', '[]');
begin
  select * into v_integration from public.integrations where integrations.id = p_integration_id and integrations.enabled;
  if v_integration.id is null then return '{"kind": "gone"}'; end if;
  v_verdict := public.take_tokens('webhook:' || p_integration_id, p_per_minute, 60);
  if not (v_verdict ->> 'allowed')::boolean then return v_verdict || '{"kind": "too_many"}'; end if;

  -- Of two calls at once with the same digest, the second waits here for the end of the first.
  insert into public.ingest_batches (project_id, digest, received_at)
  select v_integration.project_id, given.digest, private.now() from pg_catalog.unnest(v_digests) as given(digest) order by given.digest
  on conflict do nothing;
  get diagnostics v_fresh = row_count;
  update public.integrations
  set last_received_at = private.now(), refused_count = 0,
      -- What went wrong with our own questions has nothing to do with this call.
      last_error = case when integrations.last_error = 'provider' then integrations.last_error end,
      last_error_detail = case when integrations.last_error = 'provider' then integrations.last_error_detail end,
      last_error_at = case when integrations.last_error = 'provider' then integrations.last_error_at end
  where integrations.id = p_integration_id;
  if v_fresh < pg_catalog.cardinality(v_digests) then return '{"kind": "replay"}'; end if;

  for v_item in select pg_catalog.jsonb_array_elements(v_webhook -> 'deployments') loop
    perform public.store_deployment(v_integration.project_id, v_item);
  end loop;
  for v_item in select pg_catalog.jsonb_array_elements(v_webhook -> 'issues') loop
    perform private.store_error_issue(v_integration.project_id, v_item);
  end loop;
  -- Where the API is asked for counts, the same errors must not be counted twice.
  if pg_catalog.jsonb_array_length(v_series) > 0 and not (v_integration.has_token
    and coalesce(v_integration.config ->> 'organization', '') <> '' and coalesce(v_integration.config ->> 'project', '') <> '') then
    perform public.store_telemetry(v_integration.project_id,
      pg_catalog.jsonb_build_object('source', v_integration.kind, 'digest', 'series of ' || v_digests[1], 'series', v_series),
      array(select given.value::integer from pg_catalog.jsonb_array_elements_text(v_webhook -> 'positions') with ordinality as given(value, n) order by given.n),
      array(select given.value::double precision from pg_catalog.jsonb_array_elements_text(v_webhook -> 'at') with ordinality as given(value, n) order by given.n),
      array_fill(null::double precision, array[pg_catalog.jsonb_array_length(v_webhook -> 'at')]),
      array(select given.value::double precision from pg_catalog.jsonb_array_elements_text(v_webhook -> 'values') with ordinality as given(value, n) order by given.n));
  else
    perform private.count_ingest(v_integration.project_id, v_integration.kind, 1, '[]');
  end if;
  return '{"kind": "stored"}';
end
$$;
comment on function public.receive_webhook(uuid, jsonb, integer) is 'Stores deployments, issues and counts of one verified call; a call that shares a digest with an earlier one of a day changes nothing. Service role.';

comment on column public.integrations.last_error_detail is 'The sentence that the caller was told, or what went wrong with the provider in one word. Never holds a secret.';
