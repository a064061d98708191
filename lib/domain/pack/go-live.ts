import { MINUTE } from '../time/instant.ts'
import {
  above,
  alarm,
  diskUtilization,
  FIVE_HUNDREDS,
  ofDatabases,
  option,
  requestShare,
  responseTime,
  term,
  utilization,
  warn,
} from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf } from './row.ts'

const SUSTAINED = { forMs: 5 * MINUTE }
const EVERY_MONITOR = { keys: null, tag: null }

/** "Après le go-live", §7.3: what to watch from the first day on. */
export const GO_LIVE: Pack = {
  key: 'go-live',
  version: 1,
  name: { en: 'Go-live', fr: 'Mise en production' },
  lead: {
    en: 'What must be watched from the first day in production: is it up, is it fast, and is there room left.',
    fr: 'Ce qu’il faut surveiller dès le premier jour de production : disponibilité, rapidité et réserves.',
  },
  rows: rowsOf('go_live', [
    {
      id: 'api-down',
      words: '| API down | 2 checks failed | Rollback ou fix immédiat |',
      name: { en: 'API down', fr: 'API indisponible' },
      options: [option({ kind: 'consecutive_failures', monitors: EVERY_MONITOR, failures: 2, level: 'critical' })],
      severity: 'critical',
      noData: 'keep',
      runbook: 'RB-001',
    },
    {
      id: 'error-rate',
      words: '| Error rate > 5% | 5 min soutenu | Investiguer immédiatement |',
      name: { en: 'Error rate above 5%', fr: 'Taux d’erreur au-dessus de 5 %' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: MINUTE, limits: alarm(0.05) }),
      ...SUSTAINED,
      severity: 'high',
      runbook: 'RB-001',
    },
    {
      id: 'latency',
      words: '| Latence P95 > 2s | 5 min soutenu | Optimiser requête |',
      name: { en: 'Slow: p95 above 2 s', fr: 'Lenteur : p95 au-dessus de 2 s' },
      options: responseTime('p95', MINUTE, alarm(2)),
      ...SUSTAINED,
      severity: 'high',
      runbook: 'RB-003',
    },
    {
      id: 'cpu',
      words: '| CPU > 80% | 5 min soutenu | Upgrade ou optimiser |',
      name: { en: 'CPU above 80%', fr: 'Processeur au-dessus de 80 %' },
      options: utilization('cpu', warn(0.8)),
      ...SUSTAINED,
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-003',
    },
    {
      id: 'db-connections',
      words: '| DB connections > 80% | Du pool max | Connection pooling |',
      name: {
        en: 'Database connections above 80% of the maximum',
        fr: 'Connexions à la base au-dessus de 80 % du maximum',
      },
      options: ofDatabases(above({ of: term('db.connections.utilization', 'avg') }, MINUTE, warn(0.8))),
      ...SUSTAINED,
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-002',
    },
    {
      id: 'storage',
      words: '| Storage > 80% | Du max | Prévenir client |',
      name: { en: 'Storage above 80%', fr: 'Stockage au-dessus de 80 %' },
      options: [
        ...ofDatabases(above({ of: term('db.storage.utilization', 'last') }, 5 * MINUTE, warn(0.8))),
        ...diskUtilization(warn(0.8)),
      ],
      ...SUSTAINED,
      severity: 'medium',
      noData: 'keep',
    },
    {
      id: 'certificate',
      words: '| Certificat SSL < 14j | Expiration | Renouveler |',
      name: { en: 'Certificate expires within 14 days', fr: 'Un certificat expire dans moins de 14 jours' },
      options: [option({ kind: 'expiry', monitors: EVERY_MONITOR, warningDays: 14, criticalDays: null })],
      severity: 'medium',
      noData: 'keep',
      throttleMs: 24 * 60 * MINUTE,
    },
  ]),
}
