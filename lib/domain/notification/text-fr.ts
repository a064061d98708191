import { formatLatency } from '../rollup/format-figures.ts'
import { translateSubject, translateValue } from './assertion-fr.ts'
import type { FailureFacts, HeadlineFacts, MassFacts, Words } from './words.ts'

/** French sets a space before : ; ? ! and %, and inside « », that no line may break at. */
const NBSP = '\u00a0'

function since({ why, since: at, lasted }: HeadlineFacts): string {
  const clause = why === '' ? '' : `${why}${why.includes(', ') ? ', ' : ' '}`
  return `${clause}depuis ${at} (${lasted})`
}

const colonOrSpace = ({ why }: HeadlineFacts): string => (why === '' ? ' ' : `${NBSP}: `)

const monitors = ({ count, total }: MassFacts): string =>
  total === null ? `${count} moniteurs` : `${count} moniteurs sur ${total}`

/** The failed assertion as a clause, or the plain sentence when there is none. */
function failed({ failure }: FailureFacts, otherwise: string): string {
  if (failure === null) return otherwise
  const got = translateValue(failure.got)
  const expected = translateValue(failure.expected)
  if (failure.subject === 'keyword')
    return got === 'présent' ? 'un mot interdit figure dans sa réponse' : `${expected} manque dans sa réponse`
  if (failure.expected === 'operational') return `${translateSubject(failure.subject)}${NBSP}: ${got}`
  return `${translateSubject(failure.subject)} ${got}, attendu ${expected}`
}

export const wordsFr: Words = {
  locale: 'fr',
  colon: `${NBSP}:`,
  tones: {
    down: 'En panne',
    degraded: 'Dégradé',
    up: 'Rétabli',
    critical: 'Critique',
    warning: 'Avertissement',
    normal: 'Retour à la normale',
    acknowledged: 'Pris en charge',
    test: 'Test',
    digest: 'Indicateurs',
  },
  headlines: {
    down: (facts) => `${facts.name} est en panne${colonOrSpace(facts)}${since(facts)}`,
    degraded: (facts) => `${facts.name} fonctionne mal${colonOrSpace(facts)}${since(facts)}`,
    flapping: (facts) => `${facts.name} tombe et revient sans cesse${colonOrSpace(facts)}${since(facts)}`,
    acknowledged: ({ name, number, since: at }) =>
      `Quelqu’un s’en occupe${NBSP}: ${name}, incident n°${NBSP}${number}, en échec depuis ${at}`,
    resolved: ({ name, lasted }) => `${name} fonctionne à nouveau, après ${lasted}`,
    resolvedWhileDown: ({ name, number, lasted }) =>
      `L’incident n°${NBSP}${number} a été clos après ${lasted}, mais ${name} échoue toujours`,
    steadyAgain: ({ name, lasted }) => `${name} est de nouveau stable, après ${lasted} d’instabilité`,
    recovered: ({ name }) => `${name} est revenu à la normale`,
    ruleCritical: (facts) => `${facts.name} est critique${colonOrSpace(facts)}${since(facts)}`,
    ruleWarning: (facts) => `${facts.name} est à surveiller${colonOrSpace(facts)}${since(facts)}`,
    ruleFlapping: (facts) => `${facts.name} franchit sans cesse sa limite${colonOrSpace(facts)}${since(facts)}`,
    ruleEased: ({ name, lasted }) => `${name} n’est plus critique, après ${lasted}, mais reste à surveiller`,
    ruleNormal: ({ name, lasted }) => `${name} est revenu à la normale, après ${lasted}`,
    ruleSteady: ({ name, lasted }) => `${name} est de nouveau stable, après ${lasted} autour de sa limite`,
    ruleClosed: ({ name, number, lasted }) =>
      `L’incident n°${NBSP}${number} a été clos après ${lasted}, mais ${name} est toujours critique`,
    ruleRetired: ({ name, lasted }) => `${name} n’est plus surveillé, après ${lasted}`,
    massDown: (facts) => `${monitors(facts)} sont en panne depuis ${facts.since} (${facts.lasted})`,
    massAcknowledged: (facts) =>
      `Quelqu’un s’en occupe${NBSP}: ${monitors(facts)}, incident n°${NBSP}${facts.number}, en échec depuis ${facts.since}`,
    massResolved: ({ count, lasted }) => `La panne de ${count} moniteurs est terminée, après ${lasted}`,
    test: `Message d’essai de Vigie${NBSP}: ce canal fonctionne`,
  },
  notes: {
    flapping: `Il alterne entre panne et reprise. Chaque bascule n’est pas annoncée${NBSP}; le prochain message dira quand il sera stable.`,
    ruleFlapping: `La valeur franchit sans cesse sa limite. Chaque bascule n’est pas annoncée${NBSP}; le prochain message dira quand elle sera stable.`,
    repeated: 'Personne ne l’a encore pris en charge, d’où ce rappel.',
    massDown: `Ils ont échoué au même passage, ont été vérifiés à nouveau et échouent toujours. Cherchez d’abord ce qu’ils partagent${NBSP}: réseau, DNS, hébergeur.`,
    test: (project) =>
      `Quelqu’un a pressé «${NBSP}Envoyer un essai${NBSP}» dans le projet ${project}. Tout va bien, il n’y a rien à faire.`,
  },
  causes: {
    dns: () => 'son nom reste introuvable',
    tcp: () => 'connexion impossible',
    tls: () => 'sa connexion TLS échoue',
    timeout: () => 'pas de réponse à temps',
    status: ({ statusCode }) => (statusCode === null ? 'statut inattendu' : `répond ${statusCode}`),
    assertion: (facts) => failed(facts, 'sa réponse n’est pas celle attendue'),
    body_too_large: () => 'sa réponse est trop grosse',
    blocked: () => 'son adresse n’est pas autorisée',
    redirect: () => 'ses redirections n’aboutissent pas',
    protocol: (facts) =>
      facts.failure?.subject.startsWith('line ') ? failed(facts, '') : 'sa réponse est incompréhensible',
    latency: ({ latencyMs }) => (latencyMs === null ? 'trop lent' : `répond en ${formatLatency(latencyMs, 'fr')}`),
    health_degraded: (facts) => failed(facts, 'son propre bilan de santé est dégradé'),
    certificate_expiring: ({ failure }) =>
      failure === null ? 'son certificat expire bientôt' : `certificat ${translateValue(failure.got)}`,
    query: () => 'sa requête échoue',
    missed_heartbeat: () => 'aucun signal reçu',
    reported_failure: () => 'a signalé un échec',
  },
  inRegions: ({ count, total }) =>
    total === 1
      ? 'dans la seule région qui répond'
      : `dans ${count} ${count === 1 ? 'région' : 'régions'} sur ${total}`,
  labels: {
    monitor: 'Moniteur',
    rule: 'Règle',
    group: 'Groupe',
    project: 'Projet',
    since: 'Depuis',
    until: 'Jusqu’à',
    lasted: 'Durée',
    acknowledgedAt: 'Pris en charge',
    found: 'Constaté',
    severity: 'Gravité',
    told: 'Prévenus',
    alsoAffected: 'Également touchés',
    deployment: 'Dernier déploiement',
    runbook: 'Procédure',
    incident: 'Incident',
    results: 'Résultats qui ont décidé',
  },
  severities: { low: 'faible', medium: 'moyenne', high: 'élevée', critical: 'critique' },
  verdicts: { up: 'en marche', degraded: 'dégradé', down: 'en panne' },
  buttons: {
    acknowledge: 'Prendre en charge',
    openIncident: 'Ouvrir l’incident',
    openMonitor: 'Ouvrir le moniteur',
    openRule: 'Ouvrir la règle',
  },
  found: ({ subject, expected, got }) =>
    `${translateSubject(subject)} ${translateValue(got)}, attendu ${translateValue(expected)}`,
  figure: (value, limit) => (limit === null ? value : `${value}, limite ${limit}`),
  noData: (at) => (at === null ? 'aucune donnée jusqu’ici' : `aucune donnée depuis ${at}`),
  deployment: (name, before, at) => (before === '' ? `${name}, à ${at}` : `${name}, ${before} avant, à ${at}`),
  andMore: (count) => (count === 1 ? 'et 1 autre' : `et ${count} autres`),
  footer: (project) => `Envoyé par Vigie pour le projet ${project}.`,
}
