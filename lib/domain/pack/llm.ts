import { DAY, MINUTE } from '../time/instant.ts'
import { above, option, type Steps, term, warn } from './measures.ts'
import type { Pack } from './pack.ts'
import { rowsOf } from './row.ts'

const OPERATIONS = 'gen_ai.client.operation.duration'
const FAILED_SHARE = {
  of: term(OPERATIONS, 'count', { 'error.type': null }),
  per: term(OPERATIONS, 'count'),
  isRest: true,
}
const MIN_OPERATIONS = 10

/** "Monitoring & Alertes", table "Métriques LLM à surveiller". Names are OpenTelemetry's for generative AI; cost is `gen_ai.client.cost` in USD. */
export const LLM: Pack = {
  key: 'llm',
  version: 1,
  name: { en: 'Language models', fr: 'Modèles de langage' },
  lead: {
    en: 'How fast, how dear and how reliable the calls to language models are, and what is left of the budget.',
    fr: 'Rapidité, coût et fiabilité des appels aux modèles de langage, et ce qu’il reste du budget.',
  },
  rows: rowsOf('alerts_template', [
    {
      id: 'latency-p50',
      words: '| Latency p50 | >2s | Optimize prompt |',
      name: { en: 'Answers slow: p50 above 2 s', fr: 'Réponses lentes : p50 au-dessus de 2 s' },
      options: [option(above({ of: term(OPERATIONS, 'p50') }, 5 * MINUTE, warn(2)))],
      severity: 'medium',
      runbook: 'RB-003',
    },
    {
      id: 'latency-p95',
      words: '| Latency p95 | >10s | Check model/fallback |',
      name: { en: 'Answers very slow: p95 above 10 s', fr: 'Réponses très lentes : p95 au-dessus de 10 s' },
      options: [option(above({ of: term(OPERATIONS, 'p95') }, 5 * MINUTE, warn(10)))],
      severity: 'high',
      runbook: 'RB-003',
    },
    {
      id: 'cost-per-request',
      words: '| Cost/request | >$0.10 | Review prompt length |',
      name: { en: 'More than $0.10 a request', fr: 'Plus de 0,10 $ par requête' },
      options: [
        option(
          above(
            { of: term('gen_ai.client.cost', 'sum'), per: term(OPERATIONS, 'count') },
            15 * MINUTE,
            warn(0.1),
            MIN_OPERATIONS,
          ),
        ),
      ],
      severity: 'medium',
    },
    {
      id: 'error-rate',
      words: '| Error rate | >5% | Check API status |',
      name: { en: 'More than 5% of calls fail', fr: 'Plus de 5 % des appels échouent' },
      options: failedShare(warn(0.05)),
      severity: 'high',
    },
    {
      id: 'api-errors',
      words: '| LLM API errors | >10% fail rate | #alerts |',
      name: { en: 'More than 10% of calls fail', fr: 'Plus de 10 % des appels échouent' },
      options: failedShare(warn(0.1)),
      severity: 'high',
    },
    {
      id: 'token-budget',
      words: '| Token usage | Budget >80% | Alert finance |',
      name: { en: 'More than 80% of the token budget used', fr: 'Plus de 80 % du budget de jetons consommé' },
      note: {
        en: 'Tokens of the last 30 days against the monthly budget of the page LLM; set the budget first.',
        fr: 'Jetons des 30 derniers jours face au budget mensuel de la page LLM ; fixez d’abord le budget.',
      },
      options: [option(above({ of: term('gen_ai.client.token.usage', 'sum') }, 30 * DAY, warn(0.8)))],
      ofTokenBudget: true,
      severity: 'medium',
      noData: 'keep',
      throttleMs: DAY,
    },
  ]),
}

function failedShare(limits: Steps): Pack['rows'][number]['options'] {
  return [option(above(FAILED_SHARE, 5 * MINUTE, limits, MIN_OPERATIONS))]
}
