import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import {
  above,
  alarm,
  FIVE_HUNDREDS,
  option,
  requestCount,
  requestShare,
  responseTime,
  STATUS,
  term,
  uptime,
  warn,
} from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf } from './row.ts'

const MIN_REQUESTS = 20

/** "Guide Hypercare": the first seven days, when everything is told sooner than it will be later. */
export const HYPERCARE: Pack = {
  key: 'hypercare',
  version: 1,
  name: { en: 'Hypercare', fr: 'Hypercare' },
  lead: {
    en: 'For the first seven days after a launch: tighter limits, told at once. Remove it afterwards.',
    fr: 'Pour les sept premiers jours après un lancement : des seuils plus serrés, signalés aussitôt. À retirer ensuite.',
  },
  rows: rowsOf('hypercare', [
    {
      id: 'error-count',
      words: '- **Condition** : Error count > 10 sur 5 minutes',
      name: { en: 'More than 10 errors in 5 minutes', fr: 'Plus de 10 erreurs en 5 minutes' },
      note: {
        en: 'Counts what Sentry’s webhook brings; without it, answers with status 5xx.',
        fr: 'Compte ce qu’apporte le webhook de Sentry ; à défaut, les réponses au statut 5xx.',
      },
      options: [
        option(above({ of: term('errors', 'count') }, 5 * MINUTE, alarm(10))),
        ...requestCount(FIVE_HUNDREDS, 5 * MINUTE, alarm(10)),
      ],
      severity: 'high',
      runbook: 'RB-001',
    },
    {
      id: 'latency',
      words: '- **Condition** : p95 response time > 1000ms sur 10 minutes',
      name: { en: 'Slow: p95 above 1 s over 10 minutes', fr: 'Lenteur : p95 au-dessus de 1 s sur 10 minutes' },
      options: responseTime('p95', 10 * MINUTE, warn(1)),
      severity: 'high',
      channels: ['slack'],
      runbook: 'RB-003',
    },
    {
      id: 'error-rate',
      words: '- **Condition** : Error rate > 5% sur 5 minutes',
      name: { en: 'Error rate above 5% over 5 minutes', fr: 'Taux d’erreur au-dessus de 5 % sur 5 minutes' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: 5 * MINUTE, limits: alarm(0.05), minCount: MIN_REQUESTS }),
      severity: 'high',
      runbook: 'RB-001',
    },
    {
      id: 'health-check',
      words: '*/5 * * * * curl -f https://your-app.vercel.app/api/health || alert',
      name: { en: 'Health check fails', fr: 'Échec du contrôle de santé' },
      note: {
        en: 'For monitors with the tag “health”: a single failure is told, as in the guide.',
        fr: 'Pour les moniteurs portant l’étiquette « health » : un seul échec est signalé, comme dans le guide.',
      },
      options: [
        option({
          kind: 'consecutive_failures',
          monitors: { keys: null, tag: 'health' },
          failures: 1,
          level: 'critical',
        }),
      ],
      severity: 'critical',
      noData: 'keep',
      runbook: 'RB-001',
    },
    {
      id: 'uptime',
      words: '- **Uptime** : > 99.9%',
      name: { en: 'Uptime of the day below 99.9%', fr: 'Disponibilité du jour sous 99,9 %' },
      options: [uptime(DAY, warn(0.999))],
      severity: 'high',
      noData: 'keep',
    },
    {
      id: 'response-time-goal',
      words: '- **Response time** : < 200ms p95',
      name: { en: 'p95 of the last hour above 200 ms', fr: 'p95 de la dernière heure au-dessus de 200 ms' },
      options: responseTime('p95', HOUR, warn(0.2)),
      severity: 'low',
      runbook: 'RB-003',
    },
    {
      id: 'error-rate-goal',
      words: '- **Error rate** : < 1%',
      name: { en: 'Error rate of the last hour above 1%', fr: 'Taux d’erreur de la dernière heure au-dessus de 1 %' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: HOUR, limits: warn(0.01), minCount: 5 * MIN_REQUESTS }),
      severity: 'medium',
      runbook: 'RB-001',
    },
    {
      id: 'rate-limited',
      words: '- **Rate limiting** : < 5% des requêtes',
      name: {
        en: 'More than 5% of requests are rate limited (429)',
        fr: 'Plus de 5 % des requêtes sont limitées (429)',
      },
      options: requestShare({ [STATUS]: '429' }, { windowMs: 5 * MINUTE, limits: warn(0.05), minCount: MIN_REQUESTS }),
      severity: 'medium',
    },
  ]),
}
