import type { FindingKind } from '@/lib/domain/database/findings.ts'

export const RUNBOOK_PARTS = ['signs', 'checks', 'fixes', 'prevention'] as const
export type RunbookPart = (typeof RUNBOOK_PARTS)[number]

const EXPLAIN = 'explain (analyze, buffers) select …;'
const ADD_INDEX = 'create index concurrently orders_customer_idx on orders (customer_id);'
const PID = 'select pid, usename, state, wait_event_type, now() - query_start as duration, query from pg_stat_activity'

/** What to type at a step, by runbook, part and number of the step; the words around it are in the file `runbooks.json` of each language. */
export const RUNBOOK_SQL: Record<FindingKind, Partial<Record<`${RunbookPart}.${number}`, string>>> = {
  connections_high: {
    'checks.1': "select * from pg_stat_activity where state = 'active';",
    'checks.2':
      "select * from pg_stat_activity\nwhere state = 'active' and query_start < now() - interval '5 minutes';",
    'checks.3':
      'select usename, application_name, state, count(*) from pg_stat_activity\ngroup by 1, 2, 3 order by 4 desc;',
    'fixes.1': 'select pg_terminate_backend(12345);',
    'prevention.2':
      "alter role app set statement_timeout = '30s';\nalter role app set idle_in_transaction_session_timeout = '1min';",
  },
  storage_high: {
    'checks.2':
      'select relname, n_dead_tup, n_live_tup, last_autovacuum from pg_stat_user_tables\norder by n_dead_tup desc limit 10;',
    'fixes.2': 'vacuum (verbose) orders;',
  },
  disk_high: {
    'checks.2':
      'select slot_name, active, pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) as kept\nfrom pg_replication_slots order by 3 desc;',
    'fixes.1': "select pg_drop_replication_slot('old_slot');",
  },
  deadlocks: {
    'checks.2': `${PID.replace('pid,', 'pid, pg_blocking_pids(pid) as waits_for,')}\nwhere cardinality(pg_blocking_pids(pid)) > 0;`,
    'prevention.1': 'select * from orders where id in (1, 2, 3) order by id for update;',
  },
  long_running: {
    'checks.1': `${PID}\nwhere state <> 'idle' and xact_start < now() - interval '5 minutes';`,
    'fixes.1': 'select pg_cancel_backend(12345);\nselect pg_terminate_backend(12345);',
    'prevention.1':
      "alter role app set statement_timeout = '30s';\nalter role app set idle_in_transaction_session_timeout = '1min';",
  },
  statements_p95_high: {
    'checks.2':
      'select query, calls, round(mean_exec_time) as mean_ms, round(total_exec_time) as total_ms\nfrom pg_stat_statements order by total_exec_time desc limit 20;',
    'fixes.2': EXPLAIN,
  },
  slow_statements: { 'checks.1': EXPLAIN, 'fixes.1': ADD_INDEX },
  cache_hits_low: {
    'checks.1':
      'select relname, heap_blks_read, heap_blks_hit from pg_statio_user_tables\norder by heap_blks_read desc limit 10;',
  },
  unused_indexes: { 'fixes.1': 'drop index concurrently orders_old_idx;' },
}
