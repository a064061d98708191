import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import {
  above,
  alarm,
  DURATION,
  FIVE_HUNDREDS,
  ofDatabases,
  option,
  requestShare,
  responseTime,
  STATUS,
  term,
  threshold,
  uptime,
  warn,
} from './measures.ts'
import type { Pack, PackOption } from './pack.ts'
import { rowsOf } from './row.ts'

/** Below so many requests a single failure would break an objective of 0.1 %. */
const MIN_REQUESTS = 1_000

/** "Guide de Monitoring - Drop Craft AI": its objectives and its three alerts; and the SLA of the guide for what follows a launch. */
export const WEB_APP_SLO: Pack = {
  key: 'web-app-slo',
  version: 1,
  name: { en: 'Web app objectives', fr: 'Objectifs d’application web' },
  lead: {
    en: 'Objectives for availability, speed and errors, judged over hours, and the alerts that guard them.',
    fr: 'Objectifs de disponibilité, de rapidité et d’erreurs, jugés sur des heures, et les alertes qui les gardent.',
  },
  rows: [
    ...rowsOf('drop_craft', [
      {
        id: 'uptime',
        words: '| **Uptime** | 99.9% | ✅ Oui |',
        name: { en: 'Uptime of the day below 99.9%', fr: 'Disponibilité du jour sous 99,9 %' },
        options: [uptime(DAY, warn(0.999))],
        severity: 'high',
        noData: 'keep',
      },
      {
        id: 'response-time',
        words: '| **Response Time (P95)** | < 500ms | ✅ Oui |',
        name: { en: 'p95 of the last hour above 500 ms', fr: 'p95 de la dernière heure au-dessus de 500 ms' },
        options: responseTime('p95', HOUR, warn(0.5)),
        severity: 'high',
        runbook: 'RB-003',
      },
      {
        id: 'error-rate',
        words: '| **Error Rate** | < 0.1% | ✅ Oui |',
        name: {
          en: 'Error rate of the last hour above 0.1%',
          fr: 'Taux d’erreur de la dernière heure au-dessus de 0,1 %',
        },
        options: requestShare(FIVE_HUNDREDS, { windowMs: HOUR, limits: warn(0.001), minCount: MIN_REQUESTS }),
        severity: 'high',
        runbook: 'RB-001',
      },
      {
        id: 'query-time',
        words: '| **Database Query Time** | < 100ms | ⚠️ Important |',
        name: {
          en: 'Database: p95 of the last hour above 100 ms',
          fr: 'Base : p95 de la dernière heure au-dessus de 100 ms',
        },
        options: ofDatabases(above({ of: term('db.statement.duration', 'p95') }, HOUR, warn(0.1))),
        severity: 'medium',
        runbook: 'RB-002',
      },
      {
        id: 'api-success',
        words: '| **API Success Rate** | > 99.5% | ✅ Oui |',
        name: { en: 'API success of the last hour below 99.5%', fr: 'Succès de l’API sur une heure sous 99,5 %' },
        options: [apiSuccess('http.server.requests'), apiSuccess(DURATION)],
        severity: 'high',
        runbook: 'RB-001',
      },
      {
        id: 'high-error-rate',
        words: 'condition: () => errorRate > 1,',
        name: { en: 'Error rate above 1%', fr: 'Taux d’erreur au-dessus de 1 %' },
        options: requestShare(FIVE_HUNDREDS, { windowMs: 5 * MINUTE, limits: alarm(0.01), minCount: 100 }),
        severity: 'critical',
        channels: ['email', 'sms', 'slack'],
        throttleMs: 5 * MINUTE,
        runbook: 'RB-001',
      },
      {
        id: 'slow-response',
        words: 'condition: () => avgResponseTime > 1000,',
        name: { en: 'Average response time above 1 s', fr: 'Temps de réponse moyen au-dessus de 1 s' },
        options: responseTime('avg', 5 * MINUTE, alarm(1)),
        severity: 'high',
        channels: ['email', 'slack'],
        throttleMs: 15 * MINUTE,
        runbook: 'RB-003',
      },
      {
        id: 'db-connections',
        words: 'condition: () => dbConnections > 80,',
        name: { en: 'Database connections above 80%', fr: 'Connexions à la base au-dessus de 80 %' },
        options: ofDatabases(above({ of: term('db.connections.utilization', 'avg') }, 5 * MINUTE, warn(0.8))),
        severity: 'medium',
        noData: 'keep',
        channels: ['slack'],
        throttleMs: 30 * MINUTE,
        runbook: 'RB-002',
      },
    ]),
    ...rowsOf('go_live', [
      {
        id: 'sla-availability',
        words: '| Disponibilité | 99.5% (max ~43h downtime/an) |',
        name: { en: 'SLA: availability of 30 days below 99.5%', fr: 'SLA : disponibilité sur 30 jours sous 99,5 %' },
        options: [uptime(30 * DAY, warn(0.995))],
        severity: 'high',
        noData: 'keep',
        throttleMs: DAY,
      },
      {
        id: 'sla-latency',
        words: '| Latence API P95 | < 500ms |',
        name: { en: 'SLA: p95 of the day above 500 ms', fr: 'SLA : p95 du jour au-dessus de 500 ms' },
        options: responseTime('p95', DAY, warn(0.5)),
        severity: 'medium',
        throttleMs: DAY,
        runbook: 'RB-003',
      },
    ]),
  ],
}

/** Requests to the API that did not end in 5xx. What a client did wrong is no failure of the API. */
function apiSuccess(metric: string): PackOption {
  const api = { 'http.route': { prefix: '/api/' } }
  const of = term(metric, 'count', { ...api, [STATUS]: { prefix: '5' } })
  return option(
    threshold('below', { of, per: term(metric, 'count', api), isRest: true }, HOUR, warn(0.995), MIN_REQUESTS / 5),
  )
}
