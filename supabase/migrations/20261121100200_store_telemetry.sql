-- One request of a sender, stored whole or not at all.

create function private.series_identity(
  environment text, name text, kind text, temporality text, unit text, attributes jsonb
) returns uuid
language sql immutable set search_path = ''
return pg_catalog.md5(pg_catalog.jsonb_build_array(environment, name, kind, temporality, unit, attributes)::text)::uuid;
comment on function private.series_identity(text, text, text, text, text, jsonb) is 'Equal for equal series, whatever the order of their attributes.';

-- Finds or makes the series of a batch, in its order; null where the project has as many as it may have.
create function private.resolve_series(p_project_id uuid, p_series jsonb) returns bigint[]
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_identities uuid[];
begin
  select pg_catalog.array_agg(private.series_identity(one.environment, one.name, one.kind, one.temporality, one.unit, one.attributes) order by item.position)
  into v_identities
  from pg_catalog.jsonb_array_elements(p_series) with ordinality as item(value, position)
  cross join lateral pg_catalog.jsonb_to_record(item.value) as one(
    environment text, name text, kind text, temporality text, unit text, attributes jsonb);
  if v_identities is null then return '{}'; end if;
  if exists (select from pg_catalog.unnest(v_identities) as given(identity) where not exists (
    select from public.series where series.project_id = p_project_id and series.identity = given.identity)) then
    -- Counted under a lock of the project's own: two batches at once must not both take the last place.
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('series ' || p_project_id::text, 0));
    insert into public.series (project_id, environment, name, kind, temporality, unit, attributes, identity, first_seen_at, last_seen_at)
    select p_project_id, fresh.environment, fresh.name, fresh.kind, fresh.temporality, fresh.unit, fresh.attributes, fresh.identity, v_now, v_now
    from (
      select distinct on (given.identity) given.identity, given.position, one.*
      from pg_catalog.unnest(v_identities) with ordinality as given(identity, position)
      cross join lateral pg_catalog.jsonb_to_record(p_series -> (given.position - 1)::integer) as one(
        environment text, name text, kind text, temporality text, unit text, attributes jsonb)
      where not exists (select from public.series where series.project_id = p_project_id and series.identity = given.identity)
      order by given.identity, given.position) as fresh
    order by fresh.position
    limit greatest(10000 - (select count(*) from public.series where series.project_id = p_project_id), 0)
    on conflict (project_id, identity) do nothing;
  end if;
  -- Not at each batch: a row that is only looked at should not be written at every breath.
  update public.series set last_seen_at = v_now
  where series.project_id = p_project_id and series.identity = any (v_identities) and series.last_seen_at < v_now - interval '10 minutes';
  return (
    select pg_catalog.array_agg(series.id order by given.position)
    from pg_catalog.unnest(v_identities) with ordinality as given(identity, position)
    left join public.series on series.project_id = p_project_id and series.identity = given.identity);
end
$$;
comment on function private.resolve_series(uuid, jsonb) is 'Ids of the series of a batch, in its order; null for those beyond the ten thousand of a project.';

create function private.count_ingest(p_project_id uuid, p_source text, p_accepted bigint, p_rejections jsonb) returns void
language sql security invoker set search_path = ''
begin atomic
  insert into public.ingest_days as days (project_id, source, day, code, count, message, last_at)
  select p_project_id, p_source, (private.now() at time zone 'UTC')::date, given.code, given.count, given.message, private.now()
  from (
    select '' as code, p_accepted as count, '' as message where p_accepted > 0
    union all
    select one.code, sum(one.count)::bigint, max(one.message)
    from pg_catalog.jsonb_to_recordset(p_rejections) as one(code text, count bigint, message text) group by one.code) as given
  on conflict (project_id, day, source, code)
    do update set count = days.count + excluded.count, message = excluded.message, last_at = excluded.last_at;
end;
comment on function private.count_ingest(uuid, text, bigint, jsonb) is 'Adds a request to the figures of its day.';

create function private.outside_message(p_what text, p_code text) returns text
language sql immutable set search_path = ''
return case p_code
  when 'too_old' then p_what || ' older than 24 hours are not taken: send them within a day.'
  when 'too_new' then p_what || ' more than 10 minutes ahead of our clock are not taken: set the clock of the sender.'
  else 'The project has 10,000 series already, and no more are taken: an attribute whose values never repeat makes a new one each time.' end;
comment on function private.outside_message(text, text) is 'Why part of a batch was not taken, and what to do.';

create function private.rejections_of(p_what text, p_over bigint, p_old bigint, p_early bigint) returns jsonb
language sql immutable set search_path = ''
return (
  select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'code', given.code, 'count', given.count, 'message', private.outside_message(p_what, given.code))), '[]')
  from (values ('series_limit', p_over), ('too_old', p_old), ('too_new', p_early)) as given(code, count)
  where given.count > 0);
comment on function private.rejections_of(text, bigint, bigint, bigint) is 'What the store itself refuses of a batch, with reasons.';

create function public.store_telemetry(
  p_project_id uuid, p_batch jsonb, p_series integer[] default '{}', p_at double precision[] default '{}',
  p_start_at double precision[] default '{}', p_values double precision[] default '{}'
) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_batch jsonb := private.unwrap_json(p_batch);
  v_now timestamptz := private.now();
  v_oldest timestamptz := private.now() - interval '24 hours';
  v_newest timestamptz := private.now() + interval '10 minutes';
  v_ids bigint[];
  v_rejections jsonb := coalesce(v_batch -> 'rejections', '[]');
  v_accepted bigint := 0;
  v_counts record;
  v_answer jsonb;
begin
  insert into public.ingest_batches (project_id, digest, received_at) values (p_project_id, v_batch ->> 'digest', v_now)
  on conflict do nothing;
  if not found then
    select pg_catalog.jsonb_build_object('accepted', batches.accepted, 'rejections', batches.rejections, 'is_replay', true) into v_answer
    from public.ingest_batches as batches where batches.project_id = p_project_id and batches.digest = v_batch ->> 'digest';
    return v_answer;
  end if;
  -- Usually the hourly task has made them; a scheduler that slept must not cost anybody a sample.
  if exists (
    select from (values (v_oldest), (v_now + interval '1 day')) as wanted(at)
    where pg_catalog.to_regclass('public.samples_' || pg_catalog.to_char(wanted.at at time zone 'UTC', 'YYYYMMDD')) is null
  ) then
    perform private.ensure_telemetry_partitions(v_now);
  end if;

  v_ids := private.resolve_series(p_project_id, coalesce(v_batch -> 'series', '[]'));
  with given as materialized (
    select v_ids[item.series + 1] as series_id, pg_catalog.to_timestamp(item.at / 1000) as at,
      pg_catalog.to_timestamp(item.start_at / 1000) as start_at, item.value
    from rows from (pg_catalog.unnest(p_series), pg_catalog.unnest(p_at), pg_catalog.unnest(p_start_at), pg_catalog.unnest(p_values))
      as item(series, at, start_at, value)
  ), good as materialized (
    select * from given where given.series_id is not null and given.at between v_oldest and v_newest
  ), stored as (
    insert into public.samples (series_id, at, start_at, value) select good.series_id, good.at, good.start_at, good.value from good
    on conflict do nothing
    returning series_id, at
  ), marked as (
    insert into public.series_dirty_hours (series_id, hour_at)
    select distinct stored.series_id, pg_catalog.date_trunc('hour', stored.at, 'UTC') from stored
    on conflict do nothing
  )
  select (select count(*) from good) as taken,
    count(*) filter (where given.series_id is null) as over, count(*) filter (where given.series_id is not null and given.at < v_oldest) as old,
    count(*) filter (where given.series_id is not null and given.at > v_newest) as early
  into v_counts from given;
  v_accepted := v_accepted + v_counts.taken;
  v_rejections := v_rejections || private.rejections_of('Samples', v_counts.over, v_counts.old, v_counts.early);

  if pg_catalog.jsonb_array_length(coalesce(v_batch -> 'histograms', '[]')) > 0 then
    with given as materialized (
      select v_ids[one.series + 1] as series_id, pg_catalog.to_timestamp(one.at / 1000) as at,
        pg_catalog.to_timestamp(one.start_at / 1000) as start_at, one.count, one.sum, one.min, one.max, one.keys, one.counts
      from pg_catalog.jsonb_to_recordset(v_batch -> 'histograms') as one(
        series integer, at double precision, start_at double precision, count bigint, sum double precision, min double precision,
        max double precision, keys smallint[], counts bigint[])
    ), good as materialized (
      select * from given where given.series_id is not null and given.at between v_oldest and v_newest
    ), stored as (
      insert into public.histogram_samples (series_id, at, start_at, count, sum, min, max, keys, counts) select * from good
      on conflict do nothing
      returning series_id, at
    ), marked as (
      insert into public.series_dirty_hours (series_id, hour_at)
      select distinct stored.series_id, pg_catalog.date_trunc('hour', stored.at, 'UTC') from stored
      on conflict do nothing
    )
    select (select count(*) from good) as taken,
      count(*) filter (where given.series_id is null) as over, count(*) filter (where given.series_id is not null and given.at < v_oldest) as old,
      count(*) filter (where given.series_id is not null and given.at > v_newest) as early
    into v_counts from given;
    v_accepted := v_accepted + v_counts.taken;
    v_rejections := v_rejections || private.rejections_of('Samples', v_counts.over, v_counts.old, v_counts.early);
  end if;

  if pg_catalog.jsonb_array_length(coalesce(v_batch -> 'logs', '[]')) > 0 then
    with given as materialized (
      select pg_catalog.to_timestamp(one.at_ms / 1000) as at, one.*
      from pg_catalog.jsonb_to_recordset(v_batch -> 'logs') as one(
        at_ms double precision, id uuid, environment text, severity smallint, service text, message text, attributes jsonb,
        request_id text, user_id text, trace_id text, measured text, method text, route text, status_code smallint, failed boolean,
        duration_ms double precision)
    ), good as materialized (
      select * from given where given.at between v_oldest and v_newest
    ), stored as (
      insert into public.logs (project_id, retention, at, id, environment, severity, service, message, attributes, request_id, user_id,
        trace_id, source, measured, method, route, status_code, failed, duration_ms)
      select p_project_id, private.retention_of(good.environment), good.at, good.id, good.environment, good.severity, good.service,
        good.message, coalesce(good.attributes, '{}'), good.request_id, good.user_id, good.trace_id, v_batch ->> 'source', good.measured,
        good.method, good.route, good.status_code, good.failed, good.duration_ms
      from good
      on conflict do nothing
      returning at, measured
    ), marked as (
      insert into public.log_dirty_minutes (project_id, minute_at)
      select distinct p_project_id, pg_catalog.date_trunc('minute', stored.at) from stored where stored.measured is not null
      on conflict do nothing
    )
    select (select count(*) from good) as taken, 0::bigint as over, count(*) filter (where given.at < v_oldest) as old,
      count(*) filter (where given.at > v_newest) as early
    into v_counts from given;
    v_accepted := v_accepted + v_counts.taken;
    v_rejections := v_rejections || private.rejections_of('Lines', v_counts.over, v_counts.old, v_counts.early);
  end if;

  perform private.count_ingest(p_project_id, v_batch ->> 'source', v_accepted, v_rejections);
  update public.ingest_batches set accepted = v_accepted, rejections = v_rejections
  where ingest_batches.project_id = p_project_id and ingest_batches.digest = v_batch ->> 'digest';
  return pg_catalog.jsonb_build_object('accepted', v_accepted, 'rejections', v_rejections, 'is_replay', false);
end
$$;
comment on function public.store_telemetry(uuid, jsonb, integer[], double precision[], double precision[], double precision[]) is 'Stores metrics and log lines of one request in one transaction. Scalars come as arrays side by side (position of the series, time and start in ms, value), because there are twenty thousand of them a second.';

create function public.prune_ingest() returns integer
language plpgsql security invoker set search_path = ''
as $$
declare
  v_count integer;
begin
  delete from public.ingest_batches where received_at < private.now() - interval '25 hours';
  get diagnostics v_count = row_count;
  delete from public.ingest_days where day < (private.now() at time zone 'UTC')::date - 30;
  return v_count;
end
$$;
comment on function public.prune_ingest() is 'Forgets the bodies of yesterday: what is older than a day is refused by its times.';

revoke execute on function private.series_identity(text, text, text, text, text, jsonb), private.resolve_series(uuid, jsonb),
  private.count_ingest(uuid, text, bigint, jsonb), private.outside_message(text, text), private.rejections_of(text, bigint, bigint, bigint),
  public.prune_ingest(),
  public.store_telemetry(uuid, jsonb, integer[], double precision[], double precision[], double precision[]) from public, anon, authenticated;
grant execute on function private.series_identity(text, text, text, text, text, jsonb), private.resolve_series(uuid, jsonb),
  private.count_ingest(uuid, text, bigint, jsonb), private.outside_message(text, text), private.rejections_of(text, bigint, bigint, bigint),
  public.prune_ingest(),
  public.store_telemetry(uuid, jsonb, integer[], double precision[], double precision[], double precision[]) to service_role;
grant execute on function private.ensure_telemetry_partitions(timestamptz) to service_role;
