import { MINUTE } from '../time/instant.ts'
import {
  above,
  alarm,
  FIVE_HUNDREDS,
  FOUR_HUNDREDS,
  option,
  requestCount,
  requestShare,
  STATUS,
  type Steps,
  steps,
  term,
  warn,
} from './measures.ts'
import type { Pack, PackOption } from './pack.ts'
import { rowsOf, SLACK_THEN_SMS } from './row.ts'

const AUTH_ROUTES = { 'http.route': { prefix: '/api/auth' } }

/** "Monitoring & Alertes", table "Application", and what its list of alerts says of queues and sign-ins. */
export const APPLICATION: Pack = {
  key: 'application',
  version: 1,
  name: { en: 'Application', fr: 'Application' },
  lead: {
    en: 'Failed requests by the minute, queues, jobs and sign-ins.',
    fr: 'Requêtes en échec par minute, files d’attente, tâches et connexions.',
  },
  rows: rowsOf('alerts_template', [
    {
      id: 'errors-5xx',
      words: '| API errors 5xx | >10/min | >50/min | Investigate |',
      name: { en: 'API errors 5xx a minute', fr: 'Erreurs 5xx de l’API par minute' },
      options: requestCount(FIVE_HUNDREDS, MINUTE, steps(10, 50)),
      keepFiringForMs: 5 * MINUTE,
      severity: SLACK_THEN_SMS,
      runbook: 'RB-001',
    },
    {
      id: 'errors-4xx',
      words: '| API errors 4xx | >100/min | >500/min | Check abuse |',
      name: { en: 'API errors 4xx a minute', fr: 'Erreurs 4xx de l’API par minute' },
      options: requestCount(FOUR_HUNDREDS, MINUTE, steps(100, 500)),
      keepFiringForMs: 5 * MINUTE,
      severity: SLACK_THEN_SMS,
    },
    {
      id: 'queue-length',
      words: '| Queue length | >100 | >500 | Scale workers |',
      name: { en: 'Queue length', fr: 'Longueur de la file d’attente' },
      options: queueLength(steps(100, 500)),
      forMs: 5 * MINUTE,
      severity: SLACK_THEN_SMS,
      noData: 'keep',
      runbook: 'RB-005',
    },
    {
      id: 'queue-backup',
      words: '| Queue backup | Jobs pending > 100 | #alerts |',
      name: { en: 'Queue backup: more than 100 jobs pending', fr: 'File engorgée : plus de 100 tâches en attente' },
      options: queueLength(warn(100)),
      severity: 'high',
      noData: 'keep',
      runbook: 'RB-005',
    },
    {
      id: 'job-failures',
      words: '| Job failure rate | >5% | >20% | Investigate |',
      name: { en: 'Job failure rate', fr: 'Taux d’échec des tâches' },
      note: {
        en: 'Counts the counter job.runs, of which those with outcome = success went well.',
        fr: 'Compte job.runs, dont les exécutions avec outcome = success ont réussi.',
      },
      options: [
        option(
          above(
            {
              of: term('job.runs', 'count', { outcome: 'success' }),
              per: term('job.runs', 'count'),
              isRest: true,
            },
            15 * MINUTE,
            steps(0.05, 0.2),
            10,
          ),
        ),
      ],
      severity: SLACK_THEN_SMS,
      runbook: 'RB-005',
    },
    {
      id: 'auth-failures',
      words: '| Auth failures | >50/min | >200/min | Check brute force |',
      name: { en: 'Failed sign-ins a minute', fr: 'Échecs d’authentification par minute' },
      note: {
        en: 'Counts the counter auth.failures; without it, answers with status 401.',
        fr: 'Compte auth.failures ; à défaut, les réponses au statut 401.',
      },
      options: [
        option(above({ of: term('auth.failures', 'count') }, MINUTE, steps(50, 200))),
        ...requestCount({ [STATUS]: '401' }, MINUTE, steps(50, 200)),
      ],
      keepFiringForMs: 5 * MINUTE,
      severity: SLACK_THEN_SMS,
    },
    {
      id: 'suspicious-sign-ins',
      words: '| Security breach | Suspicious auth pattern | On-call + Security |',
      name: { en: 'Sign-ins look like an attack', fr: 'Les connexions ressemblent à une attaque' },
      note: {
        en: 'Half or more of at least 100 requests to /api/auth… in five minutes are refused (401): passwords are being guessed. Change the route if yours is another.',
        fr: 'La moitié ou plus d’au moins 100 requêtes vers /api/auth… en cinq minutes est refusée (401) : quelqu’un devine des mots de passe. Adaptez la route si la vôtre est autre.',
      },
      options: requestShare(
        { [STATUS]: '401' },
        { windowMs: 5 * MINUTE, limits: alarm(0.5), minCount: 100, within: AUTH_ROUTES },
      ),
      severity: 'critical',
    },
  ]),
}

function queueLength(limits: Steps): [PackOption, ...PackOption[]] {
  const longest = (metric: string, attribute: string) =>
    option(above({ of: term(metric, 'max') }, MINUTE, limits), [attribute])
  return [longest('queue.length', 'queue'), longest('messaging.queue.length', 'messaging.destination.name')]
}
