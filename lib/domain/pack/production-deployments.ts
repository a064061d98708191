import { LIVE_ENVIRONMENT } from '../deployment/deployment.ts'
import { MINUTE } from '../time/instant.ts'
import { above, alarm, option, term } from './measures.ts'
import type { PackOption, PackRow } from './pack.ts'
import { rowsOf } from './row.ts'

const NOTE = {
  en: 'Deployments to production, as the webhooks of Railway, Vercel and GitHub tell them. Change the environment if yours has another name.',
  fr: 'Les déploiements en production, tels que les webhooks de Railway, Vercel et GitHub les annoncent. Adaptez l’environnement si le vôtre a un autre nom.',
}

/** What the platforms of Token4Good tell of deployments, to Slack or by mail. */
export const DEPLOYMENT_ROWS: readonly PackRow[] = rowsOf('token4good', [
  {
    id: 'deployment-failed',
    words: '- ✅ Deployment failures',
    name: { en: 'Deployment failed', fr: 'Déploiement échoué' },
    note: NOTE,
    options: [any('deployment.failed')],
    severity: 'high',
    since: 2,
  },
  {
    id: 'service-crashed',
    words: '- ✅ Service crashes',
    name: { en: 'Service crashed', fr: 'Service planté' },
    note: NOTE,
    options: [any('deployment.crashed')],
    severity: 'high',
    runbook: 'RB-001',
    since: 2,
  },
])

/** One is enough. It is over ten minutes later: what is wrong by then is told by the rules about what people see. */
function any(metric: string): PackOption {
  const of = term(metric, 'sum', { environment: LIVE_ENVIRONMENT })
  return option(above({ of }, 10 * MINUTE, alarm(0)), ['service'])
}
