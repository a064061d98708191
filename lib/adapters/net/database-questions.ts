import type { ReadingPart } from '../../domain/database/schema.ts'
import type { NextQuery } from './postgres-conversation.ts'

/** One question after the other, each in a transaction of its own that cannot write, wait or run for long. */
export interface DatabaseQuestions {
  next: NextQuery
  /** What each answer is about, in order; null for the parts that every database must answer. */
  asked: readonly (ReadingPart | null)[]
}

/**
 * Several statements in one message of the simple protocol are one transaction, so that the settings reach nobody else behind a
 * connection pooler. Settings in the start-up message, the alternative, are refused by poolers.
 */
const GUARD =
  'set transaction read only; set local statement_timeout = 5000; set local lock_timeout = 1000; set local search_path = pg_catalog; '

const SERVER = `
select /* vigie */ jsonb_build_object(
  'version', current_setting('server_version'), 'database', current_database(),
  'maxConnections', current_setting('max_connections')::integer,
  'hasFullView', pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
  'sizeBytes', pg_database_size(current_database()),
  'statsResetAt', round(extract(epoch from stats_reset) * 1000),
  'blocksHit', blks_hit, 'blocksRead', blks_read, 'deadlocks', deadlocks)
from pg_stat_database where datname = current_database()`

/** Who may not see a session finds neither its state nor what kind of process it is: such a session counts as a client's. */
const SESSIONS = `
with sessions as (
  select * from pg_stat_activity
  where datid is not null and usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend'
)
select /* vigie */ jsonb_build_object(
  'connections', (
    select coalesce(jsonb_object_agg(state, count), '{}')
    from (
      select case when state like 'idle in transaction%' then 'idle_in_transaction' when state = 'idle' then 'idle'
        when state in ('active', 'fastpath function call') then 'active' else 'unknown' end as state, count(*) as count
      from sessions group by 1) as counted),
  'running', (
    select coalesce(jsonb_agg(to_jsonb(long) order by long."durationMs" desc), '[]')
    from (
      select pid, usename as "user", application_name as application,
        case when state = 'active' then 'active' else 'idle_in_transaction' end as state,
        round(extract(epoch from clock_timestamp() - case when state = 'active' then query_start else xact_start end) * 1000) as "durationMs",
        left(query, 1000) as query
      from sessions
      where pid <> pg_backend_pid()
        and (state = 'active' and query_start < clock_timestamp() - interval '1 minute'
          or state like 'idle in transaction%' and xact_start < clock_timestamp() - interval '1 minute')
      order by 5 desc limit 20) as long))`

const TABLES = `
select /* vigie */ jsonb_build_object('tables', coalesce(jsonb_agg(to_jsonb(large) order by large."sizeBytes" desc), '[]'))
from (
  select format('%s.%s', namespaces.nspname, roots.relname) as name, sum(pg_total_relation_size(classes.oid))::bigint as "sizeBytes",
    coalesce(sum(pg_stat_get_live_tuples(classes.oid)), 0)::bigint as rows
  from pg_class as classes
  join pg_class as roots on roots.oid = case when classes.relispartition then pg_partition_root(classes.oid) else classes.oid end
  join pg_namespace as namespaces on namespaces.oid = roots.relnamespace
  where classes.relkind in ('r', 'm') and namespaces.nspname not in ('pg_catalog', 'information_schema') and namespaces.nspname !~ '^pg_(toast|temp)'
  group by 1 order by 2 desc, 1 limit 50) as large`

/** An index of a partitioned table is unused when it is in every partition. Those that keep a rule (primary key, unique, exclusion) work unread. */
const INDEXES = `
select /* vigie */ jsonb_build_object('unusedIndexes', coalesce(jsonb_agg(to_jsonb(unused) order by unused."sizeBytes" desc, unused.name), '[]'))
from (
  select format('%s.%s', namespaces.nspname, roots.relname) as name, min(tables.relname::text) as "table",
    sum(pg_relation_size(classes.oid))::bigint as "sizeBytes"
  from pg_class as classes
  join pg_index as indexes on indexes.indexrelid = classes.oid
  join pg_class as roots on roots.oid = case when classes.relispartition then pg_partition_root(classes.oid) else classes.oid end
  join pg_index as root_indexes on root_indexes.indexrelid = roots.oid
  join pg_class as tables on tables.oid = root_indexes.indrelid
  join pg_namespace as namespaces on namespaces.oid = roots.relnamespace
  where classes.relkind = 'i' and not indexes.indisprimary and not indexes.indisunique and not indexes.indisexclusion
    and namespaces.nspname not in ('pg_catalog', 'information_schema') and namespaces.nspname !~ '^pg_(toast|temp)'
  group by 1 having sum(pg_stat_get_numscans(classes.oid)) = 0 order by 3 desc, 1 limit 50) as unused`

const EXTENSION = `
select /* vigie */ quote_ident(namespaces.nspname) from pg_extension as extensions
join pg_namespace as namespaces on namespaces.oid = extensions.extnamespace where extensions.extname = 'pg_stat_statements'`

/** A migration is slow once, and nobody waits for it. */
const MAINTENANCE =
  '^\\s*(create|alter|drop|do|comment|grant|revoke|truncate|vacuum|analyze|reindex|cluster|refresh)\\M'

/** Ids are 64-bit: as numbers they would lose their last digits. */
const statementsIn = (schema: string) => `
with statements as (
  select * from ${schema}.pg_stat_statements
  where dbid = (select oid from pg_database where datname = current_database()) and queryid is not null
    and query !~ '/\\* vigie \\*/|read_database_figures'
)
select /* vigie */ jsonb_build_object(
  'slowest', (
    select coalesce(jsonb_agg(to_jsonb(slow) order by slow."meanMs" desc), '[]')
    from (
      select left(query, 1000) as query, calls, mean_exec_time as "meanMs", max_exec_time as "maxMs", total_exec_time as "totalMs"
      from statements where query !~* '${MAINTENANCE}' order by mean_exec_time desc limit 20) as slow),
  'statementTotals', (
    select coalesce(jsonb_agg(jsonb_build_array(queryid::text, calls, total_ms)), '[]')
    from (
      select queryid, sum(calls) as calls, sum(total_exec_time) as total_ms
      from statements group by queryid order by 3 desc limit 300) as busy))`

/** The questions of one reading. What `pg_stat_statements` is asked depends on where the extension lives. */
export function createQuestions(): DatabaseQuestions {
  const asked: (ReadingPart | null)[] = [null, null, 'tables', 'indexes', null, 'statements']
  const fixed = [SERVER, SESSIONS, TABLES, INDEXES, EXTENSION]
  return {
    asked,
    next(answers) {
      const question = fixed[answers.length]
      if (question !== undefined) return GUARD + question
      const last = answers.at(-1)
      const schema = last !== undefined && 'first' in last ? last.first : null
      return answers.length === fixed.length && schema !== null ? GUARD + statementsIn(schema) : null
    },
  }
}
