import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import {
  above,
  alarm,
  FIVE_HUNDREDS,
  option,
  REQUEST_METRICS,
  requestShare,
  responseTime,
  term,
  utilization,
  warn,
} from './measures.ts'
import type { PackOption, PackRow } from './pack.ts'
import { rowsOf } from './row.ts'

const SUSTAINED = { forMs: 5 * MINUTE }
const [REQUESTS, DURATIONS] = REQUEST_METRICS

/** What the dashboards of Token4Good call worth attention, and the functions and third parties that Drop Craft watches. */
export const ATTENTION_ROWS: readonly PackRow[] = [
  ...rowsOf('token4good', [
    {
      id: 'unusual-traffic',
      words: '- 📊 Métriques inhabituelles',
      name: { en: 'Unusual number of requests', fr: 'Nombre de requêtes inhabituel' },
      options: [unusual(REQUESTS, 'both'), unusual(DURATIONS, 'both')],
      severity: 'low',
    },
    {
      id: 'cpu',
      words: '- CPU Usage : < 70% normal, > 80% attention',
      name: { en: 'CPU above 80%', fr: 'Processeur au-dessus de 80 %' },
      options: utilization('cpu', warn(0.8)),
      ...SUSTAINED,
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-003',
    },
    {
      id: 'memory',
      words: '- Memory : < 70% normal, > 80% attention',
      name: { en: 'Memory above 80%', fr: 'Mémoire au-dessus de 80 %' },
      options: utilization('memory', warn(0.8)),
      ...SUSTAINED,
      severity: 'medium',
      noData: 'keep',
      runbook: 'RB-003',
    },
    {
      id: 'network',
      words: '- Network : Pic inhabituel = investigation',
      name: { en: 'Unusual network peak', fr: 'Pic de réseau inhabituel' },
      options: [unusual('system.network.io', 'up')],
      severity: 'low',
    },
    {
      id: 'response-time',
      words: '- Response time : < 100ms normal, > 500ms attention',
      name: { en: 'p95 above 500 ms', fr: 'p95 au-dessus de 500 ms' },
      options: responseTime('p95', MINUTE, warn(0.5)),
      ...SUSTAINED,
      severity: 'medium',
      runbook: 'RB-003',
    },
    {
      id: 'build-time',
      words: '- Build time : < 3min normal, > 5min attention',
      name: { en: 'Builds take more than 5 minutes', fr: 'Les builds durent plus de 5 minutes' },
      note: {
        en: 'Needs cicd.pipeline.run.duration in seconds, as OpenTelemetry names it.',
        fr: 'Demande cicd.pipeline.run.duration en secondes, selon le nom d’OpenTelemetry.',
      },
      options: [option(above({ of: term('cicd.pipeline.run.duration', 'max') }, HOUR, warn(300)))],
      severity: 'low',
    },
    {
      id: 'cold-starts',
      words: '- Cold starts : < 500ms normal, > 1s attention',
      name: { en: 'Cold starts above 1 s', fr: 'Démarrages à froid au-dessus de 1 s' },
      note: {
        en: 'Needs faas.init_duration in seconds, as OpenTelemetry names it.',
        fr: 'Demande faas.init_duration en secondes, selon le nom d’OpenTelemetry.',
      },
      options: [option(above({ of: term('faas.init_duration', 'p95') }, 15 * MINUTE, warn(1)))],
      severity: 'medium',
    },
    {
      id: 'error-rate',
      words: '- Error rate : < 1% normal, > 5% attention',
      name: { en: 'Error rate above 5%', fr: 'Taux d’erreur au-dessus de 5 %' },
      options: requestShare(FIVE_HUNDREDS, { windowMs: 5 * MINUTE, limits: warn(0.05), minCount: 20 }),
      severity: 'medium',
      runbook: 'RB-001',
    },
  ]),
  ...rowsOf('drop_craft', [
    {
      id: 'function-errors',
      words: "await sendAlert('EDGE_FUNCTION_ERROR', {",
      name: { en: 'A function fails', fr: 'Une fonction échoue' },
      options: [option(above({ of: term('faas.errors', 'sum') }, 5 * MINUTE, alarm(0)), ['faas.name'])],
      severity: 'high',
    },
    {
      id: 'third-party-down',
      words: "if (result.status === 'down') {",
      name: { en: 'A third-party API is down', fr: 'Une API tierce est indisponible' },
      note: {
        en: 'For monitors with the tag “third-party”: a single failure is told, as in the guide.',
        fr: 'Pour les moniteurs portant l’étiquette « third-party » : un seul échec est signalé, comme dans le guide.',
      },
      options: [
        option({
          kind: 'consecutive_failures',
          monitors: { keys: null, tag: 'third-party' },
          failures: 1,
          level: 'critical',
        }),
      ],
      severity: 'high',
      noData: 'keep',
    },
  ]),
]

function unusual(metric: string, direction: 'up' | 'both'): PackOption {
  const source = { of: term(metric, 'rate') }
  const settings = { season: 'hour_of_day', direction, sensitivity: 1, cooldownMs: DAY / 4, level: 'warning' } as const
  return option({ kind: 'anomaly', source, windowMs: 15 * MINUTE, ...settings })
}
