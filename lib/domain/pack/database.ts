import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import { above, ofDatabases, term, threshold, warn } from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf } from './row.ts'

/** "Guide de Monitoring - Drop Craft AI", section "Base de données", and its runbook for too many connections. */
export const DATABASE: Pack = {
  key: 'database',
  version: 1,
  name: { en: 'Database', fr: 'Base de données' },
  lead: {
    en: 'Connections, slow statements, cache and deadlocks of each database that Vigie looks into.',
    fr: 'Connexions, requêtes lentes, cache et interblocages de chaque base que Vigie observe.',
  },
  rows: rowsOf('drop_craft', [
    {
      id: 'connections',
      words: '- **Active Connections**: < 80% du max',
      name: { en: 'Connections above 80% of the maximum', fr: 'Connexions au-dessus de 80 % du maximum' },
      options: ofDatabases(above({ of: term('db.connections.utilization', 'avg') }, MINUTE, warn(0.8))),
      forMs: 5 * MINUTE,
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-002',
    },
    {
      id: 'query-duration',
      words: '- **Query Duration**: P95 < 100ms',
      name: { en: 'Slow statements: p95 above 100 ms', fr: 'Requêtes lentes : p95 au-dessus de 100 ms' },
      options: ofDatabases(above({ of: term('db.statement.duration', 'p95') }, MINUTE, warn(0.1))),
      forMs: 5 * MINUTE,
      severity: 'medium',
      runbook: 'RB-002',
    },
    {
      id: 'slow-statements',
      words: 'WHERE mean_time > 100  -- > 100ms',
      name: {
        en: 'Statements take more than 100 ms on average',
        fr: 'Les requêtes prennent plus de 100 ms en moyenne',
      },
      options: ofDatabases(above({ of: term('db.statement.duration', 'avg') }, HOUR, warn(0.1))),
      severity: 'low',
      runbook: 'RB-002',
    },
    {
      id: 'cache-hits',
      words: '- **Cache Hit Ratio**: > 95%',
      name: { en: 'Cache hits below 95%', fr: 'Taux de succès du cache sous 95 %' },
      options: ofDatabases(threshold('below', { of: term('db.cache.hit_ratio', 'avg') }, MINUTE, warn(0.95))),
      forMs: 10 * MINUTE,
      severity: 'medium',
      noData: 'keep',
    },
    {
      id: 'deadlocks',
      words: '- **Deadlocks**: 0 par jour',
      name: { en: 'Deadlocks in the last 24 hours', fr: 'Interblocages dans les dernières 24 heures' },
      options: ofDatabases(above({ of: term('db.deadlocks', 'sum') }, DAY, warn(0))),
      severity: 'medium',
      noData: 'keep',
      throttleMs: DAY,
    },
    {
      id: 'long-running',
      words: "AND query_start < NOW() - INTERVAL '5 minutes';",
      name: { en: 'Statements run for more than 5 minutes', fr: 'Des requêtes durent plus de 5 minutes' },
      options: ofDatabases(above({ of: term('db.statements.long_running', 'max') }, MINUTE, warn(0))),
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-002',
    },
  ]),
}
