import { HOUR, MINUTE } from '../time/instant.ts'
import { above, againstNormal, alarm, DURATION, option, STATUS, steps, term, threshold } from './measures.ts'
import type { Pack, PackOption } from './pack.ts'
import { rowsOf, SLACK_THEN_SMS } from './row.ts'

const WEBHOOK_ROUTE = { 'http.route': { prefix: '/api/webhooks/stripe' } }

/** "Monitoring & Alertes", table "Business", and what its list of alerts says of payments. */
export const BUSINESS: Pack = {
  key: 'business',
  version: 1,
  name: { en: 'Business', fr: 'Activité' },
  lead: {
    en: 'Sign-ups and churn against what is normal for the weekday and hour, and payments.',
    fr: 'Inscriptions et désabonnements comparés à l’habitude du jour et de l’heure, et paiements.',
  },
  rows: rowsOf('alerts_template', [
    {
      id: 'signups',
      words: '| Signups/jour | <50% baseline | <20% baseline | Check funnel |',
      name: { en: 'Fewer sign-ups than usual', fr: 'Moins d’inscriptions que d’habitude' },
      note: {
        en: 'Needs the KPI business.signups: sign-ups of the last 24 hours. Speaks up after two weeks of data.',
        fr: 'Demande l’indicateur business.signups : les inscriptions des dernières 24 heures. Se prononce après deux semaines de données.',
      },
      options: [option(againstNormal('below', { of: term('business.signups', 'last') }, HOUR, steps(0.5, 0.2), 5))],
      forMs: 30 * MINUTE,
      severity: SLACK_THEN_SMS,
      noData: 'keep',
    },
    {
      id: 'payments-failed',
      words: '| Payments failed | >10% | >30% | Check Stripe |',
      name: { en: 'Failed payments', fr: 'Paiements en échec' },
      note: {
        en: 'Needs the counter payment.attempts, of which those with outcome = success went well.',
        fr: 'Demande le compteur payment.attempts, dont les tentatives avec outcome = success ont réussi.',
      },
      options: [
        option(
          above(
            {
              of: term('payment.attempts', 'count', { outcome: 'success' }),
              per: term('payment.attempts', 'count'),
              isRest: true,
            },
            15 * MINUTE,
            steps(0.1, 0.3),
            10,
          ),
        ),
      ],
      severity: SLACK_THEN_SMS,
      runbook: 'RB-004',
    },
    {
      id: 'churn',
      words: '| Churn spike | >2x normal | >5x normal | Investigate |',
      name: { en: 'More churn than usual', fr: 'Plus de désabonnements que d’habitude' },
      note: {
        en: 'Needs the KPI business.churn: cancellations of the last 24 hours. Speaks up after two weeks of data.',
        fr: 'Demande l’indicateur business.churn : les résiliations des dernières 24 heures. Se prononce après deux semaines de données.',
      },
      options: [option(againstNormal('above', { of: term('business.churn', 'last') }, HOUR, steps(2, 5), 1))],
      forMs: 30 * MINUTE,
      severity: SLACK_THEN_SMS,
      noData: 'keep',
    },
    {
      id: 'payment-system',
      words: '| Payment system down | Stripe webhook fail > 5min | On-call |',
      name: {
        en: 'Payment system down: Stripe’s webhook fails',
        fr: 'Paiements à l’arrêt : le webhook de Stripe échoue',
      },
      note: {
        en: 'Half or more of the calls to /api/webhooks/stripe… are not answered 2xx for five minutes. Change the route if yours is another.',
        fr: 'La moitié ou plus des appels à /api/webhooks/stripe… n’obtient pas de réponse 2xx pendant cinq minutes. Adaptez la route si la vôtre est autre.',
      },
      options: [webhookFails('http.server.requests'), webhookFails(DURATION)],
      forMs: 5 * MINUTE,
      severity: 'critical',
      noData: 'keep',
      runbook: 'RB-004',
    },
  ]),
}

/** Calls that were not answered 2xx. Between two of them the alert stays what it was. */
function webhookFails(metric: string): PackOption {
  const of = term(metric, 'count', { ...WEBHOOK_ROUTE, [STATUS]: { prefix: '2' } })
  const source = { of, per: term(metric, 'count', WEBHOOK_ROUTE), isRest: true }
  return option(threshold('at_least', source, MINUTE, alarm(0.5)))
}
