-- As before, but what joins an incident that is re-opened at the same evaluation is stored: it was taken for decided on what is no longer true,
-- and evaluated again without end.
create or replace function public.record_rule_evaluations(p_evaluations jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_evaluations jsonb := private.unwrap_json(p_evaluations) -> 'evaluations';
  v_evaluation jsonb;
  v_settlement jsonb;
  v_project_id uuid;
  v_at timestamptz;
  v_recorded integer := 0;
begin
  -- Everybody who records several projects takes them in this order, so that nobody waits in a circle.
  for v_evaluation in
    select item.value from pg_catalog.jsonb_array_elements(v_evaluations) as item(value) order by item.value ->> 'project_id'
  loop
    v_project_id := (v_evaluation ->> 'project_id')::uuid;
    v_at := (v_evaluation ->> 'at')::timestamptz;
    -- A late worker's token matches nothing: what it decided is dropped whole. So is that of one whose rules were changed meanwhile.
    perform from public.rule_runs where rule_runs.project_id = v_project_id and rule_runs.lease_token = (v_evaluation ->> 'token')::bigint for update;
    if not found then continue; end if;
    -- As those who record probes do: the states of the monitors first, then the incidents. Whoever of the two comes second sees the incident
    -- that the first opened, and joins it.
    perform from public.monitor_states as states
    where states.monitor_id = any (private.monitors_of(v_project_id, v_evaluation -> 'settlements'))
    order by states.monitor_id for update;
    perform from public.incidents
    where incidents.id in (
      select (item.value #>> '{incident,id}')::uuid from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as item(value))
    order by incidents.id for update;
    -- Decided while the incident was open, but it was resolved since, by a person or with its monitor: nobody would hear of this. Evaluated
    -- again on what is true now.
    if exists (
      select from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as item(value)
      join public.incidents on incidents.id = (item.value #>> '{incident,id}')::uuid
      where item.value #>> '{incident,op}' in ('continue', 'flap') and incidents.status = 'resolved'
        -- This very evaluation may re-open it, which is stored before what joins it.
        and not exists (
          select from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') as other(value)
          where other.value #>> '{incident,op}' = 'reopen' and other.value #>> '{incident,id}' = item.value #>> '{incident,id}'))
    then
      update public.rule_runs set lease_token = null, leased_until = null where rule_runs.project_id = v_project_id;
      continue;
    end if;
    update public.rule_runs
    set evaluated_at = v_at, lease_token = null, leased_until = null,
        next_due_at = case when next_due_at is not null then v_at + interval '1 minute' + interval '20 seconds' end
    where rule_runs.project_id = v_project_id;
    perform private.write_rule_states(v_project_id, v_at, v_evaluation);
    -- Ends last: what joins an incident at the same evaluation keeps it from ending.
    for v_settlement in
      select item.value from pg_catalog.jsonb_array_elements(v_evaluation -> 'settlements') with ordinality as item(value, place)
      order by (item.value #>> '{incident,op}') is not distinct from 'resolve', item.place
    loop
      perform private.apply_rule_settlement(v_project_id, v_settlement);
    end loop;
    v_recorded := v_recorded + 1;
  end loop;
  return pg_catalog.jsonb_build_object('recorded', v_recorded, 'stale', pg_catalog.jsonb_array_length(v_evaluations) - v_recorded);
end
$$;
