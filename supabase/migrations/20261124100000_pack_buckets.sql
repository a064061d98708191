-- A month of histograms is millions of buckets. As arrays they took Postgres longer to print, and the application longer to read, than judging them
-- takes; as text in which most numbers are one character, neither counts. It is derived from the arrays, which everything that adds up here goes on using.

create function private.pack_number(p_number bigint) returns text
language sql immutable strict parallel safe set search_path = ''
as $$
  select case when p_number < 32 then pg_catalog.chr(93 + p_number::integer)
    else pg_catalog.chr(35 + (p_number & 31)::integer) || private.pack_number(p_number >> 5) end
$$;
comment on function private.pack_number(bigint) is 'A number from 0 as text, five bits a character and the lowest first: the last one is among the 32 from ], those before it among the 32 from #. No character is one that JSON escapes.';

create function private.pack_buckets(p_keys smallint[], p_counts bigint[]) returns text
language sql immutable strict parallel safe set search_path = ''
begin atomic
  -- What pack_number says, without calling it for the small numbers that nearly all of them are. Rows come in the order of the arrays: saying so
  -- again would have them sorted, which takes longer than all the rest.
  select coalesce(pg_catalog.string_agg(
    case when bucket.step < 32 then pg_catalog.chr(93 + bucket.step)
      when bucket.step < 1024 then pg_catalog.chr(35 + (bucket.step & 31)) || pg_catalog.chr(93 + (bucket.step >> 5))
      else private.pack_number(bucket.step) end
    || case when bucket.count < 32 then pg_catalog.chr(93 + bucket.count::integer)
      when bucket.count < 1024 then pg_catalog.chr(35 + (bucket.count & 31)::integer) || pg_catalog.chr(93 + (bucket.count >> 5)::integer)
      else private.pack_number(bucket.count) end, ''), '')
  from (
    select one.count, 2 * abs(one.key::integer - one.before) - (one.key < one.before)::integer as step
    from rows from (pg_catalog.unnest(p_keys), pg_catalog.unnest(p_counts), pg_catalog.unnest(pg_catalog.array_prepend(0::smallint, p_keys)))
      as one(key, count, before)
    where one.key is not null) as bucket;
end;
comment on function private.pack_buckets(smallint[], bigint[]) is 'Buckets as text: of each, as pack_number writes them, the step from the key before it (2·step, or -2·step - 1 when it is negative) and its count.';

alter table public.series_minutes
  add column packed_buckets text generated always as (private.pack_buckets(keys, bucket_counts)) stored;
comment on column public.series_minutes.packed_buckets is 'The buckets of all minutes one after the other, as private.pack_buckets writes them: what a back-test reads.';

drop function private.rule_minutes_of_probes(uuid, jsonb, timestamptz, timestamptz);
drop function private.stored_probe_rows(uuid, text, jsonb, timestamptz, timestamptz, integer);

create function private.stored_probe_rows(p_project_id uuid, p_metric text, p_where jsonb, p_from timestamptz, p_until timestamptz, p_rows_max integer)
returns table (monitor text, from_at timestamptz, hour_at timestamptz, minutes text, counts text, sums text, mins text, maxs text, lasts text,
  lengths text, buckets text)
language sql stable security invoker set search_path = ''
begin atomic
  with chosen as materialized (
    select monitors.id, monitors.key from public.monitors
    where monitors.project_id = p_project_id and not exists (
      select from pg_catalog.jsonb_each(p_where) as wanted
      where not private.matches_attribute(case wanted.key when 'monitor' then monitors.key end, wanted.value))
  ), span as (
    select greatest(p_from, p_until - pg_catalog.make_interval(hours => p_rows_max / greatest(1, (select count(*) from chosen)::integer))) as from_at
  ), results as (
    select chosen.key, hot.slot_at, hot.verdict, hot.latency_ms
    from span cross join chosen join public.probe_results as hot on hot.monitor_id = chosen.id and hot.slot_at >= span.from_at and hot.slot_at < p_until
    union all
    select chosen.key, packed.slot_at, packed.verdict, packed.latency_ms
    from span cross join chosen join public.probe_rollups as rollups on rollups.monitor_id = chosen.id and rollups.resolution = 'hour'
      and rollups.bucket_at >= pg_catalog.date_trunc('hour', span.from_at, 'UTC') and rollups.bucket_at < p_until and rollups.packed_step_ms is not null
    cross join lateral private.packed_results(rollups) as packed
    where packed.slot_at >= span.from_at and packed.slot_at < p_until
  ), values_ as (
    select results.key, results.slot_at,
      case when p_metric = 'probe.duration' then results.latency_ms::double precision when results.verdict = 'down' then 0 else 1 end as value
    from results where p_metric = 'probe.success' or (results.verdict <> 'down' and results.latency_ms is not null)
  ), minutes as (
    select values_.key, pg_catalog.date_trunc('minute', values_.slot_at, 'UTC') as at, count(*) as count, sum(values_.value) as sum,
      min(values_.value) as min, max(values_.value) as max, (pg_catalog.array_agg(values_.value order by values_.slot_at desc))[1] as last,
      pg_catalog.string_agg(private.histogram_key(values_.value)::text, ',' order by values_.value) as keys
    from values_ group by values_.key, pg_catalog.date_trunc('minute', values_.slot_at, 'UTC')
  )
  select minutes.key, (select span.from_at from span), pg_catalog.date_trunc('hour', minutes.at, 'UTC'),
    pg_catalog.string_agg((extract(minute from minutes.at)::integer)::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.count::text, ',' order by minutes.at), pg_catalog.string_agg(minutes.sum::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.min::text, ',' order by minutes.at), pg_catalog.string_agg(minutes.max::text, ',' order by minutes.at),
    pg_catalog.string_agg(minutes.last::text, ',' order by minutes.at),
    case when p_metric = 'probe.duration' then pg_catalog.string_agg(minutes.count::text, ',' order by minutes.at) end,
    case when p_metric = 'probe.duration' then private.pack_buckets(
      pg_catalog.string_to_array(pg_catalog.string_agg(minutes.keys, ',' order by minutes.at), ',')::smallint[],
      pg_catalog.array_fill(1::bigint, array[sum(minutes.count)::integer])) end
  from minutes group by minutes.key, pg_catalog.date_trunc('hour', minutes.at, 'UTC')
  order by 1, 3;
end;
comment on function private.stored_probe_rows(uuid, text, jsonb, timestamptz, timestamptz, integer) is 'Results of probes as two metrics by monitor: probe.success (1 or 0) and probe.duration (ms, of answers that were not down), an hour of minutes in a row.';

create function private.rule_minutes_of_probes(p_project_id uuid, p_question jsonb, p_from timestamptz, p_until timestamptz) returns jsonb
language sql stable security invoker set search_path = ''
begin atomic
  select pg_catalog.jsonb_build_object('kind', case p_question ->> 'metric' when 'probe.duration' then 'histogram' else 'gauge' end,
    'unit', case p_question ->> 'metric' when 'probe.duration' then 'ms' else '1' end,
    'groups_total', case when p_question -> 'group_by' ? 'monitor' then count(distinct stored.monitor) else least(1, count(*)) end, 'from', coalesce(private.iso(max(stored.from_at)), private.iso(p_from)),
    'minutes_from', coalesce(private.iso(max(stored.from_at)), private.iso(p_from)),
    'rows', coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(
      (select coalesce(pg_catalog.jsonb_agg(case wanted.name when 'monitor' then stored.monitor else '' end order by wanted.position), '[]')
       from pg_catalog.jsonb_array_elements_text(p_question -> 'group_by') with ordinality as wanted(name, position)),
      60, extract(epoch from stored.hour_at) * 1000, stored.minutes, stored.counts, stored.sums, stored.mins, stored.maxs, stored.lasts,
      stored.lengths, stored.buckets) order by stored.hour_at), '[]'))
  from private.stored_probe_rows(p_project_id, p_question ->> 'metric', coalesce(p_question -> 'where', '{}'), p_from, p_until,
    (p_question ->> 'rows_max')::integer) as stored;
end;
comment on function private.rule_minutes_of_probes(uuid, jsonb, timestamptz, timestamptz) is 'Behind read_rule_minutes, for probe.success and probe.duration.';

create or replace function private.rule_minutes_of_series(p_project_id uuid, p_question jsonb, p_from timestamptz, p_until timestamptz) returns jsonb
language plpgsql stable security invoker set search_path = ''
as $$
declare
  v_metric text := p_question ->> 'metric';
  v_where jsonb := coalesce(p_question -> 'where', '{}');
  v_wants_histograms boolean := (p_question ->> 'wants_histograms')::boolean;
  v_rows_max integer := (p_question ->> 'rows_max')::integer;
  v_kind text;
  v_unit text;
  v_count integer;
  v_is_production boolean;
  v_minutes_from timestamptz;
  v_from timestamptz;
  v_answer jsonb;
begin
  -- Of several kinds under one name the one that was seen last is meant, as in query_series.
  select series.kind, series.unit into v_kind, v_unit from public.series
  where series.project_id = p_project_id and series.name = v_metric order by series.last_seen_at desc, series.id desc limit 1;
  if v_kind is null then return null; end if;
  select count(*), bool_and(series.environment = 'production') into v_count, v_is_production
  from public.series
  where series.project_id = p_project_id and series.name = v_metric and series.kind = v_kind and not exists (
    select from pg_catalog.jsonb_each(v_where) as wanted
    where not private.matches_attribute(case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end, wanted.value));
  -- What would take too long to read as minutes is read as hours, and what is too long even so is left out; the answer says which.
  v_from := greatest(p_from, pg_catalog.date_trunc('hour', p_until - pg_catalog.make_interval(hours => 2 * v_rows_max / greatest(1, v_count)), 'UTC'));
  v_minutes_from := pg_catalog.date_trunc('hour', greatest(v_from,
    private.now() - case when v_is_production then interval '30 days' else interval '7 days' end + interval '1 hour',
    p_until - pg_catalog.make_interval(hours => v_rows_max / greatest(1, v_count))), 'UTC');
  with chosen as materialized (
    select series.id, (
      select coalesce(pg_catalog.jsonb_agg(coalesce(case wanted.name when 'environment' then series.environment else series.attributes ->> wanted.name end, '')
        order by wanted.position), '[]')
      from pg_catalog.jsonb_array_elements_text(p_question -> 'group_by') with ordinality as wanted(name, position)) as group_values
    from public.series
    where series.project_id = p_project_id and series.name = v_metric and series.kind = v_kind and not exists (
      select from pg_catalog.jsonb_each(v_where) as wanted
      where not private.matches_attribute(case wanted.key when 'environment' then series.environment else series.attributes ->> wanted.key end, wanted.value))
  ), groups as (
    select chosen.group_values from chosen group by chosen.group_values order by count(*) desc, chosen.group_values
    limit (p_question ->> 'groups_max')::integer
  ), kept as (
    select chosen.* from chosen join groups using (group_values)
  ), found as (
    select kept.group_values, 60 as minutes_each, packed.hour_at as at, packed.minutes::text as minutes, packed.counts::text as counts,
      packed.sums::text as sums, packed.mins::text as mins, packed.maxs::text as maxs, packed.lasts::text as lasts,
      case when v_wants_histograms then case when v_kind = 'gauge' then pg_catalog.array_fill(1, array[pg_catalog.cardinality(packed.minutes)])::text
        else packed.lengths::text end end as lengths,
      case when v_wants_histograms then case when v_kind = 'gauge' then (
          -- The minutes of a gauge are as exact as their mean, as in query_series.
          select private.pack_buckets(pg_catalog.array_agg(private.histogram_key(one.sum / one.count) order by one.position), packed.counts)
          from rows from (pg_catalog.unnest(packed.sums), pg_catalog.unnest(packed.counts)) with ordinality as one(sum, count, position))
        else packed.packed_buckets end end as buckets
    from kept join public.series_minutes as packed on packed.series_id = kept.id and packed.hour_at >= v_minutes_from and packed.hour_at < p_until
    union all
    select kept.group_values, 1, hours.at, '0', hours.count::text, hours.sum::text, hours.min::text, hours.max::text, hours.last::text,
      case when v_wants_histograms then pg_catalog.cardinality(hours.keys)::text end,
      case when v_wants_histograms then private.pack_buckets(hours.keys, hours.counts) end
    from kept join public.series_hours as hours on hours.series_id = kept.id and hours.at >= v_from and hours.at < v_minutes_from
  )
  select pg_catalog.jsonb_build_object('kind', v_kind, 'unit', v_unit,
    'groups_total', (select count(distinct chosen.group_values) from chosen),
    'from', private.iso(v_from), 'minutes_from', private.iso(v_minutes_from),
    'rows', coalesce((select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(found.group_values, found.minutes_each,
      extract(epoch from found.at) * 1000, found.minutes, found.counts, found.sums, found.mins, found.maxs, found.lasts, found.lengths,
      found.buckets) order by found.at) from found), '[]'))
  into v_answer;
  return v_answer;
end
$$;
comment on function private.rule_minutes_of_series(uuid, jsonb, timestamptz, timestamptz) is 'Behind read_rule_minutes, for series of the store.';

revoke execute on function private.pack_number(bigint), private.pack_buckets(smallint[], bigint[]),
  private.stored_probe_rows(uuid, text, jsonb, timestamptz, timestamptz, integer),
  private.rule_minutes_of_probes(uuid, jsonb, timestamptz, timestamptz) from public, anon, authenticated;
-- Whoever writes minutes writes the column that is derived from them.
grant execute on function private.pack_number(bigint), private.pack_buckets(smallint[], bigint[]) to service_role;
