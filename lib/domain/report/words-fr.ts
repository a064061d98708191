import { formatCount } from '../rollup/format-figures.ts'
import type { ReportWords } from './words.ts'

/** French sets a space before : ; ? ! and % that no line may break at. */
const NBSP = '\u00a0'

const incidentsOf = (count: number): string => `${count === 0 ? 'aucun' : count} incident${count > 1 ? 's' : ''}`

export const wordsFr: ReportWords = {
  locale: 'fr',
  colon: `${NBSP}:`,
  subject: ({ name, uptime, incidents, days, isSoFar }) =>
    `${name}${NBSP}: ${uptime} de disponibilité, ${incidentsOf(incidents)} (${days}${isSoFar ? ', en cours' : ''})`,
  subjectWithoutData: ({ name, days }) => `${name}${NBSP}: aucune mesure (${days})`,
  kicker: (name, days, isSoFar) => `${name} · Bilan de la semaine · ${days}${isSoFar ? ', en cours' : ''}`,
  headline: ({ name, uptime, before, incidents, critical, isSoFar }) => {
    const week = isSoFar ? 'au même moment de la semaine précédente' : 'la semaine précédente'
    const compared =
      before === null
        ? ''
        : before.change === 'same'
          ? `, autant que ${week},`
          : `, ${before.change === 'better' ? 'mieux' : 'moins bien'} que ${week} (${before.uptime}),`
    const ending =
      incidents === 0
        ? 'sans aucun incident'
        : `avec ${incidentsOf(incidents)}${critical === 0 ? '' : critical === incidents ? ` critique${critical > 1 ? 's' : ''}` : `, dont ${critical} critique${critical > 1 ? 's' : ''}`}`
    return `${isSoFar ? 'Depuis lundi, ' : ''}${name} a répondu à ${uptime} des vérifications${compared || ','} ${ending}.`
  },
  headlineWithoutData:
    'Rien n’a été mesuré cette semaine. Vérifiez dans le tableau de bord si les moniteurs sont en pause et de quand date la dernière vérification.',
  notes: {
    soFar: (moment) =>
      `La semaine n’est pas finie${NBSP}: voici les chiffres jusqu’au ${moment}, à côté de la même partie de la semaine précédente.`,
    clockChange: (hours) => `L’heure a changé${NBSP}: cette semaine a compté ${hours} heures.`,
    maintenance: (checks) =>
      `${checks === 1 ? 'Une vérification' : `${formatCount(checks, 'fr')} vérifications`} pendant une maintenance prévue ne ${checks === 1 ? 'compte' : 'comptent'} ni pour ni contre.`,
    gaps: (coverage) =>
      `Seulement ${coverage} des vérifications ont eu lieu${NBSP}; les autres ne comptent ni pour ni contre.`,
  },
  figures: {
    title: 'La semaine en chiffres',
    columns: {
      figure: 'Mesure',
      week: 'Cette semaine',
      before: 'Précédente',
      change: 'Évolution',
      weekSoFar: 'En cours',
      beforeSoFar: 'Même partie avant',
    },
    uptime: 'Disponibilité',
    coverage: (share) => `${share} des vérifications faites`,
    average: 'Temps de réponse moyen',
    p95: 'Temps de réponse, p95',
    p95Note: '95 réponses sur 100 plus rapides',
    errors: 'Erreurs',
    errorsNote: 'vérifications en échec',
    critical: 'Incidents critiques (P0)',
    major: 'Incidents majeurs (P1)',
    minor: 'Incidents mineurs (P2, P3)',
    acknowledge: 'Délai de prise en charge',
    resolve: 'Délai de résolution',
    medianNote: 'médiane',
    deployments: 'Déploiements',
    deploymentsNote: 'en production',
    deploymentCounts: (succeeded, failed) => `${succeeded} en ligne, ${failed} en échec`,
    satisfaction: 'Satisfaction des utilisateurs',
    answers: (count, before) =>
      `${count === 0 ? 'aucune' : count} ${count < 2 ? 'réponse' : 'réponses'}${before === null ? '' : `, ${before === 0 ? 'aucune' : before} avant`}`,
    ofFive: (rating) => `${rating} sur 5`,
    notConnected: 'non connecté',
    none: 'aucun',
  },
  changes: {
    better: 'mieux',
    worse: 'pire',
    same: 'identique',
    similar: 'presque identique',
    no_week_before: 'pas de semaine précédente',
    not_comparable: '–',
  },
  uptimePlot: {
    title: (lowest) =>
      lowest === null
        ? 'Aucune vérification en échec de la semaine'
        : `Disponibilité la plus basse le ${lowest.day}${NBSP}: ${lowest.uptime}`,
    alt: 'Disponibilité par jour',
    axisTop: '100\u202f%',
  },
  latencyPlot: {
    title: (slowest) =>
      slowest === null
        ? 'Aucun temps de réponse mesuré'
        : `Le plus lent le ${slowest.day}${NBSP}: p95 de ${slowest.p95}`,
    alt: 'Temps de réponse par jour, p50 et p95',
    p50: 'p50',
    p95: 'p95',
  },
  noData: 'non mesuré',
  monitors: {
    title: (shown, total) =>
      shown === total ? 'Moniteurs, le pire d’abord' : `Les ${shown} pires moniteurs sur ${total}`,
    columns: { name: 'Moniteur', uptime: 'Dispo.', p95: 'p95', errors: 'Erreurs', change: 'Évolution' },
    isNew: 'nouveau',
    more: (count) => `et ${count} de plus`,
    coverage: (share) => `mesuré à ${share}`,
  },
  incidents: {
    title: 'Incidents',
    none: 'Aucun incident n’a commencé cette semaine.',
    more: (count) => `et ${count} de plus`,
    lasted: (duration) => `a duré ${duration}`,
    lasting: 'pas encore résolu',
    classes: { P0: 'P0, critique', P1: 'P1, majeur', P2: 'P2, mineur', P3: 'P3, mineur' },
  },
  button: 'Ouvrir le tableau de bord',
  footer: {
    span: (from, until) => `Du ${from} au ${until}.`,
    monday:
      'Vigie envoie ce bilan chaque lundi à 9 h. Un administrateur du projet choisit ses destinataires dans les paramètres.',
    onRequest: (by) => `Envoyé à la demande de ${by}. Le bilan du lundi à 9 h part quand même.`,
  },
}
