-- Deployments as metrics of rules: deployment.count, deployment.failed and deployment.crashed, by service, environment and platform. Each outcome
-- of a deployment is a sample of all that it could have been: one that went live is a 0 of deployment.failed.

create function private.deployment_outcomes(p_project_id uuid, p_metric text, p_where jsonb, p_group_by text[], p_from timestamptz, p_until timestamptz)
returns table (group_values text[], at timestamptz, value double precision)
language sql stable security invoker set search_path = ''
begin atomic
  with outcomes as (
    select deployments.service, deployments.environment, deployments.source, deployments.ready_at as at,
      case p_metric when 'deployment.count' then 1 else 0 end::double precision as value
    from public.deployments
    where deployments.project_id = p_project_id and deployments.ready_at >= p_from and deployments.ready_at < p_until
    union all
    select deployments.service, deployments.environment, deployments.source, deployments.failed_at, 1
    from public.deployments
    where p_metric <> 'deployment.crashed' and deployments.project_id = p_project_id
      and deployments.failed_at >= p_from and deployments.failed_at < p_until
    union all
    select deployments.service, deployments.environment, deployments.source, deployments.crashed_at, 1
    from public.deployments
    where p_metric = 'deployment.crashed' and deployments.project_id = p_project_id
      and deployments.crashed_at >= p_from and deployments.crashed_at < p_until
  ), named as (
    -- What a platform did not tell is no attribute.
    select outcomes.at, outcomes.value, pg_catalog.jsonb_strip_nulls(pg_catalog.jsonb_build_object('service', nullif(outcomes.service, ''),
      'environment', nullif(outcomes.environment, ''), 'platform', outcomes.source)) as attributes
    from outcomes
  )
  select array(
      select coalesce(named.attributes ->> part.name, '')
      from pg_catalog.unnest(p_group_by) with ordinality as part(name, position) order by part.position),
    named.at, named.value
  from named
  where not exists (
    select from pg_catalog.jsonb_each(p_where) as wanted
    where not private.matches_attribute(named.attributes ->> wanted.key, wanted.value));
end;
comment on function private.deployment_outcomes(uuid, text, jsonb, text[], timestamptz, timestamptz) is 'Samples of one of the metrics of deployments in a span, by group.';

create function public.read_deployment_outcomes(p_requests jsonb) returns json
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.json_agg(pg_catalog.json_build_array(one.n - 1, one.group_values, 'counter', one.count, one.sum, null, null, null,
    extract(epoch from one.last_at) * 1000, null, null)), '[]')
  from (
    select item.n, found.group_values, count(*) as count, sum(found.value) as sum, max(found.at) as last_at
    from pg_catalog.jsonb_array_elements(private.unwrap_json(p_requests) -> 'requests') with ordinality as item(value, n)
    cross join lateral pg_catalog.jsonb_to_record(item.value) as asked(p uuid, m text, w jsonb, g text[], f double precision, u double precision)
    cross join lateral private.deployment_outcomes(asked.p, asked.m, coalesce(asked.w, '{}'), coalesce(asked.g, '{}'),
      pg_catalog.to_timestamp(asked.f / 1000), pg_catalog.to_timestamp(asked.u / 1000)) as found
    group by item.n, found.group_values) as one;
end;
comment on function public.read_deployment_outcomes(jsonb) is 'Figures of spans of deployment.count, deployment.failed and deployment.crashed; asked and answered as in read_rule_figures. Service role.';

create function private.command_read_deployment_minutes(p_project_id uuid, p_questions jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  v_question jsonb;
  v_until timestamptz;
  v_from timestamptz;
  v_answers jsonb[] := '{}';
  v_answer jsonb;
begin
  perform private.require_role(p_project_id, 'viewer');
  if pg_catalog.jsonb_array_length(private.unwrap_json(p_questions)) > 20 then
    raise exception 'at most 20 metrics can be read at once' using errcode = 'PT422';
  end if;
  for v_question in select * from pg_catalog.jsonb_array_elements(private.unwrap_json(p_questions)) loop
    v_until := (v_question ->> 'until')::timestamptz;
    v_from := greatest((v_question ->> 'from')::timestamptz, v_until - interval '90 days');
    with found as (
      select outcomes.group_values, pg_catalog.date_trunc('minute', outcomes.at, 'UTC') as at, count(*) as count, sum(outcomes.value) as sum
      from private.deployment_outcomes(p_project_id, v_question ->> 'metric', coalesce(v_question -> 'where', '{}'),
        array(select pg_catalog.jsonb_array_elements_text(v_question -> 'group_by')), v_from, v_until) as outcomes
      group by outcomes.group_values, pg_catalog.date_trunc('minute', outcomes.at, 'UTC')
    ), groups as (
      select found.group_values from found group by found.group_values order by count(*) desc, found.group_values
      limit (v_question ->> 'groups_max')::integer
    ), hours as (
      select found.group_values, pg_catalog.date_trunc('hour', found.at, 'UTC') as at,
        pg_catalog.string_agg(extract(minute from found.at)::integer::text, ',' order by found.at) as minutes,
        pg_catalog.string_agg(found.count::text, ',' order by found.at) as counts,
        pg_catalog.string_agg(found.sum::text, ',' order by found.at) as sums
      from found join groups using (group_values)
      group by found.group_values, pg_catalog.date_trunc('hour', found.at, 'UTC')
    )
    select pg_catalog.jsonb_build_object('kind', 'counter', 'unit', '{deployment}',
      'groups_total', (select count(distinct found.group_values) from found),
      'from', private.iso(v_from), 'minutes_from', private.iso(v_from),
      'rows', coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(hours.group_values, 60, extract(epoch from hours.at) * 1000,
        hours.minutes, hours.counts, hours.sums, null, null, null, null, null, null) order by hours.at), '[]'))
    into v_answer from hours;
    v_answers := v_answers || v_answer;
  end loop;
  return pg_catalog.to_jsonb(v_answers);
end
$$;
comment on function private.command_read_deployment_minutes(uuid, jsonb) is 'Behind read_deployment_minutes. Definer, as for other metrics; the role is checked first.';

create function public.read_deployment_minutes(p_project_id uuid, p_questions jsonb) returns jsonb
language sql stable security invoker set search_path = '' return private.command_read_deployment_minutes(p_project_id, p_questions);
comment on function public.read_deployment_minutes(uuid, jsonb) is 'Outcomes of deployments by minute, for up to twenty questions and 90 days; asked and answered as in read_rule_minutes. Members.';

revoke execute on function private.deployment_outcomes(uuid, text, jsonb, text[], timestamptz, timestamptz), public.read_deployment_outcomes(jsonb),
  private.command_read_deployment_minutes(uuid, jsonb), public.read_deployment_minutes(uuid, jsonb) from public, anon, authenticated, service_role;
grant execute on function private.deployment_outcomes(uuid, text, jsonb, text[], timestamptz, timestamptz), public.read_deployment_outcomes(jsonb)
  to service_role;
grant execute on function private.command_read_deployment_minutes(uuid, jsonb), public.read_deployment_minutes(uuid, jsonb) to authenticated;
