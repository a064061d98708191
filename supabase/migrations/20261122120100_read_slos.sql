-- What SLOs come to: good and total by hour and day, for all of a project in one call. Every branch reads by the primary key of its table.

create function private.resolve_monitors(p_project_id uuid, p_indicator jsonb) returns jsonb
language sql stable security invoker set search_path = ''
return case when p_indicator #>> '{monitors,tag}' is null then p_indicator else
  pg_catalog.jsonb_set(p_indicator, '{monitors,keys}', (
    select coalesce(pg_catalog.jsonb_agg(monitors.key order by monitors.key), '[]') from public.monitors
    where monitors.project_id = p_project_id and p_indicator #>> '{monitors,tag}' = any (monitors.tags))) end;
comment on function private.resolve_monitors(uuid, jsonb) is 'An indicator with the keys of the monitors that carry its tag now.';

-- Made before with nothing in it, for rules to be evaluated without SLOs.
create or replace function private.read_slos(p_project_ids uuid[]) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select coalesce(pg_catalog.jsonb_agg(private.slo_json(slos) || pg_catalog.jsonb_build_object('id', slos.id, 'project_id', slos.project_id,
    'indicator', private.resolve_monitors(slos.project_id, slos.indicator)) order by slos.project_id, slos.key), '[]')
  from public.slos where slos.project_id = any (p_project_ids);
end;
comment on function private.read_slos(uuid[]) is 'The SLOs of some projects for the evaluation of rules, monitors by key.';

create function private.term_series(p_project_id uuid, p_term jsonb) returns table (ids bigint[], kind text)
language sql stable security invoker set search_path = ''
begin atomic
  with newest as (
    -- Of several kinds under one name the one that was seen last is meant, as in query_series.
    select series.kind from public.series
    where series.project_id = p_project_id and series.name = p_term ->> 'metric' order by series.last_seen_at desc, series.id desc limit 1
  )
  select pg_catalog.array_agg(series.id), (select newest.kind from newest)
  from public.series
  where series.project_id = p_project_id and series.name = p_term ->> 'metric' and series.kind = (select newest.kind from newest)
    and not exists (
      select from pg_catalog.jsonb_each(coalesce(nullif(p_term -> 'where', 'null'), '{}')) as wanted
      where not private.matches_attribute(case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end, wanted.value));
end;
comment on function private.term_series(uuid, jsonb) is 'The series that a term means.';

-- In plpgsql, which keeps its plans: fifty SLOs ask the same few questions, and planning them over all partitions would take longer than answering.
create function private.span_points(p_ids bigint[], p_resolution text, p_from timestamptz[], p_until timestamptz[])
returns table (at timestamptz, count bigint, sum double precision, keys smallint[], counts bigint[])
language plpgsql stable security invoker set search_path = ''
as $$
begin
  if p_resolution = 'day' then
    return query select days.at, days.count, days.sum, days.keys, days.counts
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.series_days as days on days.series_id = any (p_ids) and days.at >= span.from_at and days.at < span.until_at;
  elsif p_resolution = 'hour' then
    return query select hours.at, hours.count, hours.sum, hours.keys, hours.counts
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.series_hours as hours on hours.series_id = any (p_ids) and hours.at >= span.from_at and hours.at < span.until_at;
  else
    return query select points.at, points.count, points.sum, points.keys, points.counts
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      cross join lateral private.read_points(p_ids, 'minute', span.from_at, span.until_at, true) as points;
  end if;
end
$$;
comment on function private.span_points(bigint[], text, timestamptz[], timestamptz[]) is 'Points of series in several spans at one resolution.';

create function private.term_events(
  p_project_id uuid, p_term jsonb, p_resolution text, p_from timestamptz[], p_until timestamptz[]
) returns table (at timestamptz, events double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare v_chosen record;
begin
  select chosen.ids, chosen.kind into v_chosen from private.term_series(p_project_id, p_term) as chosen;
  if v_chosen.ids is null then return; end if;
  return query
    select points.at, sum(case
      when v_chosen.kind = 'counter' then points.sum
      when v_chosen.kind = 'histogram' then case p_term ->> 'aggregate' when 'sum' then points.sum else points.count end
      else case p_term ->> 'aggregate' when 'count' then points.count else points.sum end end)
    from private.span_points(v_chosen.ids, p_resolution, p_from, p_until) as points
    group by points.at;
end
$$;
comment on function private.term_events(uuid, jsonb, text, timestamptz[], timestamptz[]) is 'What a term counted, by point (eventsOf in lib/domain/slo/sli.ts).';

create function private.latency_points(
  p_project_id uuid, p_term jsonb, p_threshold double precision, p_resolution text, p_from timestamptz[], p_until timestamptz[]
) returns table (at timestamptz, good double precision, total double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_chosen record;
  -- The bucket that the threshold falls into is good (countAtMost in lib/domain/slo/sli.ts).
  v_last_key integer := pg_catalog.ceil(pg_catalog.ln(p_threshold) / pg_catalog.ln(2::double precision) * 64 - 1e-9) - 1;
begin
  select chosen.ids, chosen.kind into v_chosen from private.term_series(p_project_id, p_term) as chosen;
  if v_chosen.ids is null or v_chosen.kind <> 'histogram' then return; end if;
  return query
    select points.at, sum(within.n)::double precision, sum(points.count)::double precision
    from private.span_points(v_chosen.ids, p_resolution, p_from, p_until) as points
    cross join lateral (
      select coalesce(sum(bucket.n), 0) as n from rows from (pg_catalog.unnest(points.keys), pg_catalog.unnest(points.counts)) as bucket(key, n)
      where bucket.key <= v_last_key) as within
    group by points.at;
end
$$;
comment on function private.latency_points(uuid, jsonb, double precision, text, timestamptz[], timestamptz[]) is 'Values at or below a threshold, by point.';

create function private.probe_points(p_project_id uuid, p_keys text[], p_resolution text, p_from timestamptz[], p_until timestamptz[])
returns table (at timestamptz, good double precision, total double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_ids uuid[] := array(select monitors.id from public.monitors
    where monitors.project_id = p_project_id and (p_keys is null or monitors.key = any (p_keys)));
begin
  if p_resolution in ('hour', 'day') then
    return query
      select rollups.bucket_at, sum(rollups.up + rollups.degraded)::double precision,
        sum(rollups.up + rollups.degraded + rollups.down)::double precision
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_rollups as rollups on rollups.monitor_id = any (v_ids)
        and rollups.resolution = p_resolution and rollups.bucket_at >= span.from_at and rollups.bucket_at < span.until_at
      group by rollups.bucket_at having sum(rollups.up + rollups.degraded + rollups.down) > 0;
    return;
  end if;
  return query
    select pg_catalog.date_trunc('minute', found.slot_at), count(*) filter (where found.verdict <> 'down')::double precision,
      count(*)::double precision
    from (
      select results.slot_at, results.verdict
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_results as results on results.monitor_id = any (v_ids)
        and results.slot_at >= span.from_at and results.slot_at < span.until_at
      union all
      select result.slot_at, result.verdict
      from rows from (pg_catalog.unnest(p_from), pg_catalog.unnest(p_until)) as span(from_at, until_at)
      join public.probe_rollups as rollups on rollups.monitor_id = any (v_ids) and rollups.resolution = 'hour'
        and rollups.bucket_at >= pg_catalog.date_trunc('hour', span.from_at, 'UTC') and rollups.bucket_at < span.until_at
        and rollups.packed_step_ms is not null
      cross join lateral private.packed_results(rollups) as result
      where result.slot_at >= span.from_at and result.slot_at < span.until_at) as found
    group by 1;
end
$$;
comment on function private.probe_points(uuid, text[], text, timestamptz[], timestamptz[]) is 'Probes that were answered and probes that were made, by point. Unknown slots are in neither.';

create function private.slo_points(p_project_id uuid, p_indicator jsonb, p_resolution text, p_from timestamptz[], p_until timestamptz[])
returns table (at timestamptz, good double precision, total double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_keys jsonb := nullif(p_indicator #> '{monitors,keys}', 'null');
  v_vital text := p_indicator ->> 'vital';
  v_good jsonb := nullif(p_indicator -> 'good', 'null');
  v_counted jsonb := coalesce(nullif(p_indicator -> 'good', 'null'), p_indicator -> 'bad');
begin
  if p_indicator ->> 'kind' = 'availability' then
    return query select * from private.probe_points(p_project_id,
      case when v_keys is not null then array(select pg_catalog.jsonb_array_elements_text(v_keys)) end, p_resolution, p_from, p_until);
  elsif p_indicator ->> 'kind' = 'latency' then
    return query select * from private.latency_points(p_project_id, p_indicator -> 'term', (p_indicator ->> 'threshold')::double precision,
      p_resolution, p_from, p_until);
  elsif p_indicator ->> 'kind' = 'web_vital' then
    return query select * from private.latency_points(p_project_id, pg_catalog.jsonb_build_object('metric', 'web.' || v_vital, 'where',
        case when p_indicator ->> 'page' is null then '{}'::jsonb else pg_catalog.jsonb_build_object('page', p_indicator ->> 'page') end),
      -- web.dev/articles/vitals, as VITAL_BOUNDS in lib/domain/vital/vital.ts.
      case v_vital when 'lcp' then 2500 when 'inp' then 200 when 'cls' then 0.1 when 'fcp' then 1800 when 'ttfb' then 800 end::double precision,
      p_resolution, p_from, p_until);
  else
    return query
      select whole.at, case when v_good is null then whole.events - least(coalesce(part.events, 0), whole.events)
        else least(coalesce(part.events, 0), whole.events) end, whole.events
      from private.term_events(p_project_id, p_indicator -> 'total', p_resolution, p_from, p_until) as whole
      left join private.term_events(p_project_id, v_counted, p_resolution, p_from, p_until) as part on part.at = whole.at
      where whole.events > 0;
  end if;
end
$$;
comment on function private.slo_points(uuid, jsonb, text, timestamptz[], timestamptz[]) is 'Good and total of an indicator in several spans at one resolution. Points without anything are left out.';

-- Slices of hours. A whole hour in which everything was good has as many good slices as it has room for, or events; only the others are cut up.
create function private.slo_slices(p_project_id uuid, p_indicator jsonb, p_method text, p_slice jsonb, p_from timestamptz, p_until timestamptz)
returns table (at timestamptz, good double precision, total double precision)
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_ms double precision := (p_slice ->> 'lengthMs')::double precision;
  v_width interval := pg_catalog.make_interval(secs => v_ms / 1000);
  v_target double precision := (p_slice ->> 'target')::double precision;
  v_fine timestamptz[];
  v_fine_good double precision[];
  v_poor timestamptz[];
begin
  with hours as (
    select points.*, points.good >= points.total and points.at < pg_catalog.date_trunc('hour', p_until, 'UTC')
      -- Probes come evenly: an hour with fewer than usual has holes. Of other events an hour with few may have some.
      and points.total >= case when p_indicator ->> 'kind' = 'availability' then max(points.total) over () else 3600000 / v_ms end as is_whole
    from private.slo_points(p_project_id, p_indicator, 'hour', array[p_from], array[p_until]) as points
  )
  select pg_catalog.array_agg(hours.at) filter (where hours.is_whole),
    pg_catalog.array_agg(least(3600000 / v_ms, hours.total)) filter (where hours.is_whole),
    pg_catalog.array_agg(hours.at) filter (where not hours.is_whole)
  into v_fine, v_fine_good, v_poor
  from hours;
  return query
    with slices as (
      select pg_catalog.date_bin(v_width, minutes.at, '2000-01-01 00:00:00+00') as at, sum(minutes.good) as good, sum(minutes.total) as total
      from private.slo_points(p_project_id, p_indicator, 'minute', v_poor,
        array(select hour + interval '1 hour' from pg_catalog.unnest(v_poor) as hour)) as minutes
      group by 1
    ), cut as (
      select pg_catalog.date_trunc('hour', slices.at, 'UTC') as at, count(*)::double precision as total, sum(case
        when p_method = 'ratio_timeslices' then slices.good / slices.total
        when slices.good / slices.total >= v_target - 1e-9 then 1 else 0 end)::double precision as good
      from slices group by 1
    )
    select fine.at, fine.good, fine.good from rows from (pg_catalog.unnest(v_fine), pg_catalog.unnest(v_fine_good)) as fine(at, good)
    union all
    select cut.at, cut.good, cut.total from cut
    union all
    -- Its minutes are past their time: the hour counts by its share.
    select lost.at, lost.good / lost.total * (3600000 / v_ms), 3600000 / v_ms
    from private.slo_points(p_project_id, p_indicator, 'hour', array[p_from], array[p_until]) as lost
    where lost.at = any (v_poor) and not exists (select from cut where cut.at = lost.at);
end
$$;
comment on function private.slo_slices(uuid, jsonb, text, jsonb, timestamptz, timestamptz) is 'Good and counted slices by hour.';

create function private.slo_figures(p_project_id uuid, p_slo jsonb) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_indicator jsonb := private.resolve_monitors(p_project_id, p_slo -> 'indicator');
  v_from timestamptz := (p_slo ->> 'from')::timestamptz;
  v_from_hour timestamptz := pg_catalog.date_trunc('hour', v_from + interval '1 hour' - interval '1 microsecond', 'UTC');
  -- The last days stay hours, for burn rates over them.
  v_until_day timestamptz := pg_catalog.date_trunc('day', v_now, 'UTC') - interval '3 days';
  -- A window that begins within them has hours alone; burn rates reach back before it.
  v_from_day timestamptz := least(v_until_day, pg_catalog.date_trunc('day', v_from + interval '1 day' - interval '1 microsecond', 'UTC'));
  v_minute timestamptz := pg_catalog.date_trunc('minute', v_now);
begin
  return pg_catalog.jsonb_build_object(
    'points', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from one.at) * 1000, one.step_ms, one.good, one.total) order by one.at), '[]')
      from (
        select points.at, 86400000 as step_ms, points.good, points.total
        from private.slo_points(p_project_id, v_indicator, 'day', array[v_from_day], array[v_until_day]) as points
        where p_slo ->> 'method' = 'occurrences'
        union all
        select points.at, 3600000, points.good, points.total
        from private.slo_points(p_project_id, v_indicator, 'hour', array[least(v_from_hour, v_until_day), v_until_day], array[v_from_day, v_now]) as points
        where p_slo ->> 'method' = 'occurrences'
        union all
        select case when slices.at < v_until_day and slices.at >= v_from_day then pg_catalog.date_trunc('day', slices.at, 'UTC') else slices.at end,
          case when slices.at < v_until_day and slices.at >= v_from_day then 86400000 else 3600000 end, sum(slices.good), sum(slices.total)
        from private.slo_slices(p_project_id, v_indicator, p_slo ->> 'method', p_slo -> 'slice', least(v_from_hour, v_until_day), v_now) as slices
        where p_slo ->> 'method' <> 'occurrences'
        group by 1, 2) as one),
    'minutes', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(extract(epoch from points.at) * 1000, points.good, points.total) order by points.at), '[]')
      from private.slo_points(p_project_id, v_indicator, 'minute', array[v_minute - interval '1 hour'], array[v_minute]) as points));
end
$$;
comment on function private.slo_figures(uuid, jsonb) is 'Good and total of an SLO since its window began and over the last three days: UTC days, hours at both ends, minutes of the last hour.';

create function private.command_read_slo_figures(p_project_id uuid, p_slos jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_role(p_project_id, 'viewer');
  return (
    select coalesce(pg_catalog.jsonb_agg(private.slo_figures(p_project_id, one.slo) order by one.position), '[]')
    from pg_catalog.jsonb_array_elements(private.unwrap_json(p_slos)) with ordinality as one(slo, position));
end
$$;
comment on function private.command_read_slo_figures(uuid, jsonb) is 'Behind read_slo_figures. Definer: samples and rollups are closed to people; the role is checked first.';

create function public.read_slo_figures(p_project_id uuid, p_slos jsonb) returns jsonb
language sql stable security invoker set search_path = '' return private.command_read_slo_figures(p_project_id, p_slos);
comment on function public.read_slo_figures(uuid, jsonb) is 'What SLOs come to, in their order; each with indicator, method, slice and the beginning of its window. Members; stored or not.';

revoke execute on function private.resolve_monitors(uuid, jsonb), private.read_slos(uuid[]), private.term_series(uuid, jsonb),
  private.span_points(bigint[], text, timestamptz[], timestamptz[]),
  private.term_events(uuid, jsonb, text, timestamptz[], timestamptz[]),
  private.latency_points(uuid, jsonb, double precision, text, timestamptz[], timestamptz[]),
  private.probe_points(uuid, text[], text, timestamptz[], timestamptz[]),
  private.slo_points(uuid, jsonb, text, timestamptz[], timestamptz[]),
  private.slo_slices(uuid, jsonb, text, jsonb, timestamptz, timestamptz), private.slo_figures(uuid, jsonb),
  private.command_read_slo_figures(uuid, jsonb), public.read_slo_figures(uuid, jsonb) from public, anon, authenticated;
grant execute on function private.resolve_monitors(uuid, jsonb), private.read_slos(uuid[]) to service_role;
grant execute on function private.command_read_slo_figures(uuid, jsonb), public.read_slo_figures(uuid, jsonb) to authenticated;
