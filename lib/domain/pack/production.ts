import { HOUR, MINUTE } from '../time/instant.ts'
import {
  againstNormal,
  alarm,
  FIVE_HUNDREDS,
  ofDatabases,
  option,
  REQUEST_METRICS,
  requestShare,
  responseTime,
  term,
  threshold,
  warn,
} from './measures.ts'
import type { Pack, PackOption } from './pack.ts'
import { ATTENTION_ROWS } from './production-attention.ts'
import { DEPLOYMENT_ROWS } from './production-deployments.ts'
import { rowsOf } from './row.ts'

const SUSTAINED = { forMs: 5 * MINUTE }
const MIN_REQUESTS = 20
const [REQUESTS, DURATIONS] = REQUEST_METRICS

/** "Guide de Monitoring Production - Token4Good": its four priorities, and what its dashboards call worth attention. */
export const PRODUCTION: Pack = {
  key: 'production',
  version: 2,
  name: { en: 'Production, P0 to P3', fr: 'Production, P0 à P3' },
  lead: {
    en: 'Four priorities, each to its channels: P0 by SMS, Slack and mail, P1 by Slack and mail, P2 by mail, P3 with the day’s mail.',
    fr: 'Quatre priorités, chacune vers ses canaux : P0 par SMS, Slack et e-mail, P1 par Slack et e-mail, P2 par e-mail, P3 dans l’e-mail du jour.',
  },
  rows: [
    ...rowsOf('token4good', [
      {
        id: 'service-down',
        words: '- **Threshold**: 3 échecs consécutifs',
        name: { en: 'Service down', fr: 'Service à l’arrêt' },
        options: [
          option({
            kind: 'consecutive_failures',
            monitors: { keys: null, tag: null },
            failures: 3,
            level: 'critical',
          }),
        ],
        severity: 'critical',
        noData: 'keep',
        runbook: 'RB-001',
      },
      {
        id: 'db-unreachable',
        words: '- ❌ Base de données inaccessible',
        name: { en: 'Database cannot be reached', fr: 'Base de données inaccessible' },
        options: ofDatabases(threshold('below', { of: term('db.up', 'max') }, MINUTE, alarm(1))),
        forMs: MINUTE,
        severity: 'critical',
        noData: 'keep',
        runbook: 'RB-002',
      },
      {
        id: 'error-rate-p0',
        words: "- ❌ Taux d'erreur > 50%",
        name: { en: 'Error rate above 50%', fr: 'Taux d’erreur au-dessus de 50 %' },
        options: requestShare(FIVE_HUNDREDS, { windowMs: 2 * MINUTE, limits: alarm(0.5), minCount: MIN_REQUESTS }),
        severity: 'critical',
        runbook: 'RB-001',
      },
      {
        id: 'latency-p1',
        words: '- ⚠️ Performance dégradée (latence > 2s)',
        name: { en: 'Degraded: p95 above 2 s', fr: 'Performance dégradée : p95 au-dessus de 2 s' },
        options: responseTime('p95', MINUTE, alarm(2)),
        ...SUSTAINED,
        severity: 'high',
        runbook: 'RB-003',
      },
      {
        id: 'error-rate-p1',
        words: "- ⚠️ Taux d'erreur > 10%",
        name: { en: 'Error rate above 10%', fr: 'Taux d’erreur au-dessus de 10 %' },
        options: requestShare(FIVE_HUNDREDS, { windowMs: 5 * MINUTE, limits: alarm(0.1), minCount: MIN_REQUESTS }),
        severity: 'high',
        runbook: 'RB-001',
      },
      {
        id: 'oauth-errors',
        words: '- ⚠️ Erreurs OAuth répétées',
        name: { en: 'OAuth fails again and again', fr: 'Erreurs OAuth répétées' },
        note: {
          en: 'Three answers with status 5xx or more from /api/auth… in five minutes. Change the route if yours is another.',
          fr: 'Trois réponses 5xx ou plus de /api/auth… en cinq minutes. Adaptez la route si la vôtre est autre.',
        },
        options: [oauthErrors(REQUESTS), oauthErrors(DURATIONS)],
        severity: 'high',
      },
      {
        id: 'error-traffic',
        words: "- 🔶 Augmentation du trafic d'erreurs",
        name: { en: 'More errors than usual', fr: 'Plus d’erreurs que d’habitude' },
        note: {
          en: 'Twice what is normal for the weekday and hour. Speaks up after two weeks of data.',
          fr: 'Le double de l’habitude du jour et de l’heure. Se prononce après deux semaines de données.',
        },
        options: [moreErrors(REQUESTS), moreErrors(DURATIONS)],
        severity: 'medium',
      },
      {
        id: 'slowdowns',
        words: '- 🔶 Ralentissements ponctuels',
        name: { en: 'Short slowdowns', fr: 'Ralentissements ponctuels' },
        options: responseTime('p95', 5 * MINUTE, warn(2)),
        severity: 'medium',
        runbook: 'RB-003',
      },
    ]),
    ...ATTENTION_ROWS,
    ...DEPLOYMENT_ROWS,
  ],
}

function oauthErrors(metric: string): PackOption {
  const of = term(metric, 'count', { 'http.route': { prefix: '/api/auth' }, ...FIVE_HUNDREDS })
  return option(threshold('at_least', { of }, 5 * MINUTE, alarm(3)))
}

/** Fewer than ten errors in an hour are nobody's norm. */
function moreErrors(metric: string): PackOption {
  return option(againstNormal('above', { of: term(metric, 'count', FIVE_HUNDREDS) }, HOUR, warn(2), 10))
}
