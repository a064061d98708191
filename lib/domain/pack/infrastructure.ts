import { MINUTE } from '../time/instant.ts'
import {
  alarm,
  diskUtilization,
  FIVE_HUNDREDS,
  ofDatabases,
  option,
  requestShare,
  responseTime,
  steps,
  term,
  threshold,
  utilization,
  warn,
} from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf, SLACK_THEN_SMS } from './row.ts'

const EVERY_MONITOR = { keys: null, tag: null }

/** So long a minute's figure must stay beyond its limit, where the guide's table names no time. */
const SUSTAINED = { forMs: 5 * MINUTE, severity: SLACK_THEN_SMS }

/** "Monitoring & Alertes", table "Infrastructure", and what its list of critical alerts says of sites and databases. */
export const INFRASTRUCTURE: Pack = {
  key: 'infrastructure',
  version: 1,
  name: { en: 'Infrastructure', fr: 'Infrastructure' },
  lead: {
    en: 'Machines, response times and errors, each with a warning and a critical limit; site and database down.',
    fr: 'Machines, temps de réponse et erreurs, chacun avec un seuil d’avertissement et un seuil critique ; site et base à l’arrêt.',
  },
  rows: rowsOf('alerts_template', [
    {
      id: 'site-down',
      words: '| Site down | HTTP 5xx > 1min | On-call |',
      name: { en: 'Site down', fr: 'Site à l’arrêt' },
      note: {
        en: 'Half of all requests or more answered 5xx for a minute; where no requests are counted, two failed probes in a row.',
        fr: 'La moitié des requêtes ou plus en 5xx pendant une minute ; sans requêtes comptées, deux sondes en échec de suite.',
      },
      options: [
        ...requestShare(FIVE_HUNDREDS, { windowMs: MINUTE, limits: alarm(0.5) }),
        option({ kind: 'consecutive_failures', monitors: EVERY_MONITOR, failures: 2, level: 'critical' }),
      ],
      forMs: MINUTE,
      severity: 'critical',
      runbook: 'RB-001',
    },
    {
      id: 'db-down',
      words: '| DB down | Connection failed | On-call |',
      name: { en: 'Database down', fr: 'Base de données à l’arrêt' },
      options: ofDatabases(threshold('below', { of: term('db.up', 'max') }, MINUTE, alarm(1))),
      forMs: MINUTE,
      severity: 'critical',
      noData: 'keep',
      runbook: 'RB-002',
    },
    {
      id: 'cpu',
      words: '| CPU usage | >70% | >90% | Scale up |',
      name: { en: 'CPU usage', fr: 'Usage du processeur' },
      options: utilization('cpu', steps(0.7, 0.9)),
      ...SUSTAINED,
      noData: 'keep',
      runbook: 'RB-003',
    },
    {
      id: 'memory',
      words: '| Memory usage | >70% | >85% | Scale up / investigate leak |',
      name: { en: 'Memory usage', fr: 'Usage de la mémoire' },
      options: utilization('memory', steps(0.7, 0.85)),
      ...SUSTAINED,
      noData: 'keep',
      runbook: 'RB-003',
    },
    {
      id: 'disk',
      words: '| Disk usage | >70% | >85% | Cleanup / expand |',
      name: { en: 'Disk usage', fr: 'Usage du disque' },
      options: diskUtilization(steps(0.7, 0.85)),
      ...SUSTAINED,
      noData: 'keep',
    },
    {
      id: 'p95',
      words: '| Response time p95 | >500ms | >2s | Investigate |',
      name: { en: 'Response time p95', fr: 'Temps de réponse p95' },
      options: responseTime('p95', MINUTE, steps(0.5, 2)),
      ...SUSTAINED,
      runbook: 'RB-003',
    },
    {
      id: 'p99',
      words: '| Response time p99 | >1s | >5s | Investigate |',
      name: { en: 'Response time p99', fr: 'Temps de réponse p99' },
      options: responseTime('p99', MINUTE, steps(1, 5)),
      ...SUSTAINED,
      runbook: 'RB-003',
    },
    {
      id: 'error-rate',
      words: '| Error rate | >1% | >5% | Investigate |',
      name: { en: 'Error rate', fr: 'Taux d’erreur' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: MINUTE, limits: steps(0.01, 0.05) }),
      ...SUSTAINED,
      runbook: 'RB-001',
    },
    {
      id: 'checks-fail',
      words: '| API Health | https://api.[nom].com/health | 1 min | 2 failures |',
      name: { en: 'Two checks in a row failed', fr: 'Deux contrôles de suite ont échoué' },
      options: [option({ kind: 'consecutive_failures', monitors: EVERY_MONITOR, failures: 2, level: 'critical' })],
      severity: 'critical',
      noData: 'keep',
      runbook: 'RB-001',
    },
    {
      id: 'disk-space-low',
      words: '| Disk space low | >70% | #alerts |',
      name: { en: 'Disk space low: above 70%', fr: 'Espace disque faible : plus de 70 % utilisés' },
      options: diskUtilization(warn(0.7)),
      severity: 'high',
      noData: 'keep',
    },
    {
      id: 'slow-response',
      words: '| Slow response | p95 > 2s pendant 5min | #alerts |',
      name: { en: 'Slow response: p95 above 2 s', fr: 'Réponses lentes : p95 au-dessus de 2 s' },
      options: responseTime('p95', MINUTE, warn(2)),
      ...SUSTAINED,
      severity: 'high',
      runbook: 'RB-003',
    },
    {
      id: 'high-error-rate',
      words: '| High error rate | 5xx > 1% pendant 5min | #alerts |',
      name: { en: 'High error rate: 5xx above 1%', fr: 'Taux d’erreur élevé : 5xx au-dessus de 1 %' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: MINUTE, limits: warn(0.01) }),
      ...SUSTAINED,
      severity: 'high',
      runbook: 'RB-001',
    },
  ]),
}
