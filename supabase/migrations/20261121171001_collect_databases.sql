-- Who is due, leased in one statement, and what was found, kept by one statement that a late worker's token cannot pass.

create function public.claim_database_sources(p_limit integer, p_source_id uuid default null) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_claims jsonb;
begin
  with due as (
    select sources.id
    from public.database_sources as sources
    where (sources.leased_until is null or sources.leased_until <= v_now)
      and case when p_source_id is null then sources.enabled and sources.next_due_at <= v_now else sources.id = p_source_id end
    order by sources.next_due_at
    limit p_limit
    for update skip locked
  ), leased as (
    update public.database_sources as sources
    set lease_token = pg_catalog.nextval('private.fencing_tokens'), leased_until = v_now + interval '60 seconds',
        -- With the minute, as the scheduler: a minute after this one would miss every second tick by a hair.
        next_due_at = pg_catalog.date_trunc('minute', v_now) + interval '1 minute'
    from due
    where sources.id = due.id
    returning sources.*
  )
  select pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
    'token', leased.lease_token, 'at', private.iso(v_now), 'id', leased.id, 'project_id', leased.project_id, 'key', leased.key,
    'kind', leased.kind, 'project_ref', leased.project_ref, 'storage_limit_bytes', leased.storage_limit_bytes,
    'connection_ciphertext', secrets.connection_ciphertext, 'metrics_key_ciphertext', secrets.metrics_key_ciphertext,
    'counters', newest.counters))
  into v_claims
  from leased
  left join public.database_source_secrets as secrets on secrets.source_id = leased.id
  left join lateral (
    select snapshots.counters from public.database_snapshots as snapshots
    where snapshots.source_id = leased.id order by snapshots.day desc limit 1) as newest on true;
  return coalesce(v_claims, '[]');
end
$$;
comment on function public.claim_database_sources(integer, uuid) is 'Leases databases whose minute has come (skip locked, fencing token), or the named one at once, with what the next reading is compared with.';

create function public.record_database_reading(p_source_id uuid, p_token bigint, p_reading jsonb) returns boolean
language plpgsql security invoker set search_path = ''
as $$
declare
  v_now timestamptz := private.now();
  v_reading jsonb := private.unwrap_json(p_reading);
  v_failure jsonb := nullif(v_reading -> 'failure', 'null');
  v_day date := (v_now at time zone 'UTC')::date;
  v_project_id uuid;
begin
  update public.database_sources
  set leased_until = null, last_attempt_at = v_now, last_failure = v_failure ->> 'code', last_error = v_failure ->> 'message',
      last_collected_at = case when v_failure is null then v_now else last_collected_at end
  where database_sources.id = p_source_id and database_sources.lease_token = p_token and database_sources.leased_until is not null
  returning project_id into v_project_id;
  if v_project_id is null then return false; end if;
  if v_failure is not null then return true; end if;

  insert into public.database_snapshots (source_id, project_id, day, at, size_bytes, tables, data, counters)
  values (p_source_id, v_project_id, v_day, v_now, (v_reading ->> 'size_bytes')::bigint, v_reading -> 'tables', v_reading -> 'data',
    v_reading -> 'counters')
  on conflict (source_id, day) do update
  set at = excluded.at, size_bytes = excluded.size_bytes, tables = excluded.tables, data = excluded.data, counters = excluded.counters;
  update public.database_snapshots set data = null, counters = null
  where database_snapshots.source_id = p_source_id and database_snapshots.day < v_day and database_snapshots.data is not null;
  delete from public.database_snapshots
  where database_snapshots.source_id = p_source_id and database_snapshots.day < v_day - interval '13 months';
  return true;
end
$$;
comment on function public.record_database_reading(uuid, bigint, jsonb) is 'Keeps a reading, or why there is none, and ends the lease; false when the lease was lost.';

create function public.read_database_figures() returns jsonb
language plpgsql security definer set search_path = '' set lock_timeout = '1s'
as $$
declare
  v_figures jsonb;
  v_section jsonb;
  v_missing jsonb := '[]';
  v_schema text;
  v_state text;
begin
  -- In step with lib/adapters/net/database-questions.ts, which asks the same of databases elsewhere; a test compares them.
  select pg_catalog.jsonb_build_object(
    'version', pg_catalog.current_setting('server_version'), 'database', pg_catalog.current_database(),
    'maxConnections', pg_catalog.current_setting('max_connections')::integer,
    'hasFullView', pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
    'sizeBytes', pg_catalog.pg_database_size(pg_catalog.current_database()),
    'statsResetAt', pg_catalog.round(extract(epoch from stats.stats_reset) * 1000),
    'blocksHit', stats.blks_hit, 'blocksRead', stats.blks_read, 'deadlocks', stats.deadlocks)
  into v_figures
  from pg_catalog.pg_stat_database as stats where stats.datname = pg_catalog.current_database();

  with sessions as (
    select * from pg_catalog.pg_stat_activity as activity
    where activity.datid is not null and activity.usesysid is not null
      and coalesce(activity.backend_type, 'client backend') = 'client backend'
  )
  select v_figures || pg_catalog.jsonb_build_object(
    'connections', (
      select coalesce(pg_catalog.jsonb_object_agg(counted.state, counted.count), '{}')
      from (
        select case when sessions.state like 'idle in transaction%' then 'idle_in_transaction' when sessions.state = 'idle' then 'idle'
          when sessions.state in ('active', 'fastpath function call') then 'active' else 'unknown' end as state, count(*) as count
        from sessions group by 1) as counted),
    'running', (
      select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(long) order by long."durationMs" desc), '[]')
      from (
        select sessions.pid, sessions.usename as "user", sessions.application_name as application,
          case when sessions.state = 'active' then 'active' else 'idle_in_transaction' end as state,
          pg_catalog.round(extract(epoch from pg_catalog.clock_timestamp() - case when sessions.state = 'active' then sessions.query_start
            else sessions.xact_start end) * 1000) as "durationMs",
          pg_catalog.left(sessions.query, 1000) as query
        from sessions
        where sessions.pid <> pg_catalog.pg_backend_pid()
          and (sessions.state = 'active' and sessions.query_start < pg_catalog.clock_timestamp() - interval '1 minute'
            or sessions.state like 'idle in transaction%' and sessions.xact_start < pg_catalog.clock_timestamp() - interval '1 minute')
        order by 5 desc limit 20) as long))
  into v_figures;

  begin
    select pg_catalog.jsonb_build_object('tables', coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(large) order by large."sizeBytes" desc), '[]'))
    into v_section
    from (
      select pg_catalog.format('%s.%s', namespaces.nspname, roots.relname) as name,
        sum(pg_catalog.pg_total_relation_size(classes.oid))::bigint as "sizeBytes",
        coalesce(sum(pg_catalog.pg_stat_get_live_tuples(classes.oid)), 0)::bigint as rows
      from pg_catalog.pg_class as classes
      join pg_catalog.pg_class as roots on roots.oid = case when classes.relispartition then pg_catalog.pg_partition_root(classes.oid) else classes.oid end
      join pg_catalog.pg_namespace as namespaces on namespaces.oid = roots.relnamespace
      where classes.relkind in ('r', 'm') and namespaces.nspname not in ('pg_catalog', 'information_schema') and namespaces.nspname !~ '^pg_(toast|temp)'
      group by 1 order by 2 desc, 1 limit 50) as large;
    v_figures := v_figures || v_section;
  exception when others then
    v_missing := v_missing || pg_catalog.jsonb_build_object('part', 'tables', 'code', sqlstate);
  end;

  begin
    select pg_catalog.jsonb_build_object('unusedIndexes', coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(unused) order by unused."sizeBytes" desc, unused.name), '[]'))
    into v_section
    from (
      select pg_catalog.format('%s.%s', namespaces.nspname, roots.relname) as name, min(tables.relname::text) as "table",
        sum(pg_catalog.pg_relation_size(classes.oid))::bigint as "sizeBytes"
      from pg_catalog.pg_class as classes
      join pg_catalog.pg_index as indexes on indexes.indexrelid = classes.oid
      join pg_catalog.pg_class as roots on roots.oid = case when classes.relispartition then pg_catalog.pg_partition_root(classes.oid) else classes.oid end
      join pg_catalog.pg_index as root_indexes on root_indexes.indexrelid = roots.oid
      join pg_catalog.pg_class as tables on tables.oid = root_indexes.indrelid
      join pg_catalog.pg_namespace as namespaces on namespaces.oid = roots.relnamespace
      where classes.relkind = 'i' and not indexes.indisprimary and not indexes.indisunique and not indexes.indisexclusion
        and namespaces.nspname not in ('pg_catalog', 'information_schema') and namespaces.nspname !~ '^pg_(toast|temp)'
      group by 1 having sum(pg_catalog.pg_stat_get_numscans(classes.oid)) = 0 order by 3 desc, 1 limit 50) as unused;
    v_figures := v_figures || v_section;
  exception when others then
    v_missing := v_missing || pg_catalog.jsonb_build_object('part', 'indexes', 'code', sqlstate);
  end;

  select namespaces.nspname into v_schema from pg_catalog.pg_extension as extensions
  join pg_catalog.pg_namespace as namespaces on namespaces.oid = extensions.extnamespace where extensions.extname = 'pg_stat_statements';
  if v_schema is null then
    v_missing := v_missing || '{"part": "statements", "code": "no_extension"}'::jsonb;
  else
    begin
      execute pg_catalog.format($sql$
        select pg_catalog.jsonb_build_object(
          'slowest', (
            select coalesce(pg_catalog.jsonb_agg(pg_catalog.to_jsonb(slow) order by slow."meanMs" desc), '[]')
            from (
              select pg_catalog.left(statements.query, 1000) as query, statements.calls, statements.mean_exec_time as "meanMs",
                statements.max_exec_time as "maxMs", statements.total_exec_time as "totalMs"
              from %1$I.pg_stat_statements as statements
              where statements.dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
                and statements.queryid is not null and statements.query !~ '/\* vigie \*/|read_database_figures'
                -- A migration is slow once, and nobody waits for it.
                and statements.query !~* '^\s*(create|alter|drop|do|comment|grant|revoke|truncate|vacuum|analyze|reindex|cluster|refresh)\M'
              order by statements.mean_exec_time desc limit 20) as slow),
          'statementTotals', (
            select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_array(busy.queryid::text, busy.calls, busy.total_ms)), '[]')
            from (
              select statements.queryid, sum(statements.calls) as calls, sum(statements.total_exec_time) as total_ms
              from %1$I.pg_stat_statements as statements
              where statements.dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
                and statements.queryid is not null and statements.query !~ '/\* vigie \*/|read_database_figures'
              group by statements.queryid order by 3 desc limit 300) as busy))$sql$, v_schema)
      into v_section;
      v_figures := v_figures || v_section;
    exception when others then
      get stacked diagnostics v_state = returned_sqlstate;
      v_missing := v_missing || pg_catalog.jsonb_build_object('part', 'statements', 'code', case v_state when '55000' then 'not_preloaded' else v_state end);
    end;
  end if;
  return v_figures || pg_catalog.jsonb_build_object('missing', v_missing);
end
$$;
comment on function public.read_database_figures() is 'What pages show of the database of this installation itself. Definer: only its owner sees the statements of everybody; executable by the service role alone.';

revoke execute on function public.claim_database_sources(integer, uuid), public.record_database_reading(uuid, bigint, jsonb),
  public.read_database_figures() from public, anon, authenticated;
grant execute on function public.claim_database_sources(integer, uuid), public.record_database_reading(uuid, bigint, jsonb),
  public.read_database_figures() to service_role;

-- Statement statistics of our own database where the server can keep them. Hosted Supabase has the extension already.
do $$
begin
  if not exists (select from pg_extension where extname = 'pg_stat_statements')
    and exists (select from pg_available_extensions where name = 'pg_stat_statements')
    and pg_catalog.strpos(pg_catalog.current_setting('shared_preload_libraries'), 'pg_stat_statements') > 0 then
    create schema if not exists extensions;
    create extension pg_stat_statements with schema extensions;
  end if;
exception when others then
  -- It is a convenience: the page says what is missing and how to get it.
  raise notice 'pg_stat_statements was not enabled: %', sqlerrm;
end
$$;
