import { formatDuration } from '../time/format-duration.ts'
import { sayAmountFault } from './amount-fault.ts'
import type { Operator } from './condition.ts'
import type { FaultWords } from './fault.ts'
import { sayExpected } from './fault-phrases.ts'

const hint = (near: string | null) => (near === null ? '' : `\u00a0: vouliez-vous dire ${near}\u00a0?`)
const quoted = (text: string) => `«\u00a0${text}\u00a0»`
const number = new Intl.NumberFormat('fr', { maximumSignificantDigits: 15, useGrouping: false })
const time = (ms: number) => formatDuration(ms, 'fr')
const side = (isUpward: boolean) => (isUpward ? 'au-dessus' : 'en dessous')
const NOUNS = { SLO: 'le SLO', rule: 'la règle', monitor: 'le moniteur' } as const
const KINDS = { gauge: 'une jauge', counter: 'un compteur', histogram: 'un histogramme' } as const
const BEYOND: Record<Operator, string> = {
  above: 'au-dessus',
  below: 'en dessous',
  at_least: 'au-dessus',
  at_most: 'en dessous',
}

/** The same faults in French: those of a field begin with a verb whose subject is the field. */
export const FAULTS_FR: FaultWords = {
  expected: ({ found, allowed, near }) =>
    `${found === null ? 'la ligne s’arrête ici' : `${quoted(found)} trouvé`}, là où il faudrait ${sayExpected(allowed, 'fr')}${hint(near)}`,
  too_long: ({ most }) => `doit avoir ${most} caractères au plus`,
  stray_character: ({ character }) => `${quoted(character)} n’a pas de sens ici`,
  open_quote: () => 'un guillemet s’ouvre ici et aucun ne le ferme',
  bad_text: () => 'un texte entre guillemets s’écrit comme en JSON\u00a0: \\" et \\\\ valent " et \\',
  twice: ({ name }) => `${quoted(name)} figure ici pour la deuxième fois`,
  met_limit: ({ sign }) =>
    `une limite se franchit, elle ne s’égale pas\u00a0: écrivez >= ou <= au lieu de ${quoted(sign)}`,
  no_level: ({ found, near }) => `${quoted(found)} trouvé, là où il faudrait warning ou critical${hint(near)}`,
  whole_days: ({ given }) => `${quoted(given)} doit être en jours entiers, comme 14d`,
  above_zero: ({ given }) => `${quoted(given)} doit être un nombre au-dessus de 0`,
  both_levels: () => 'une limite ne peut pas être à la fois warn et critical',
  other_comparison: () => 'l’avertissement doit se comparer comme la limite qui le précède',
  bare_metric: ({ metric }) => `dites quoi observer, par exemple avg(${metric}) ou rate(${metric})`,
  bad_amount: ({ given, fault }) => `${quoted(given)} ${sayAmountFault(fault, 'fr')}`,
  recovery_side: ({ recovery, limit, isUpward }) =>
    `vaut ${number.format(recovery)} et doit être ${side(!isUpward)} de la limite, ${number.format(limit)}\u00a0: sinon tout irait bien pendant que cela va mal`,
  level_order: ({ critical, warning, operator, isUpward }) =>
    `vaut ${number.format(critical)} et doit être ${side(isUpward)} de l’avertissement, ${number.format(warning)}\u00a0: ${BEYOND[operator]}, il n’y aurait jamais d’avertissement`,
  share_above_one: ({ value }) =>
    `vaut ${number.format(value)}, mais une part va de 0 à 1\u00a0: vouliez-vous dire ${value}%\u00a0?`,
  burn_unreachable: ({ factor, target, highest }) =>
    `vaut ${number.format(factor)}, ce qui n’est jamais atteint\u00a0: avec un objectif de ${number.format(target)}\u00a0%, une panne totale consomme ${number.format(highest)} fois trop vite`,
  unknown_name: ({ noun, key, near }) => `nomme ${NOUNS[noun]} ${quoted(key)}, qui n’existe pas${hint(near)}`,
  circle: ({ keys }) => `tourne en rond\u00a0: ${keys.join(' → ')}`,
  unknown_tag: ({ tag, near }) => `vaut ${quoted(tag)}, qu’aucun moniteur n’a encore${hint(near)}`,
  no_monitor: () => 'désigne tous les moniteurs, et il n’y en a pas encore',
  splits_itself: () => 'ne va pas avec ce genre de règle, qui se sépare d’elle-même ou pas du tout',
  unknown_metric: ({ metric, near }) =>
    `nomme ${quoted(metric)}, que le projet n’a pas${near === null ? '\u00a0: rien de ce nom n’est encore arrivé' : hint(near)}`,
  unfit_aggregate: ({ aggregate, kind, metric, instead }) =>
    `vaut ${aggregate}, que ${KINDS[kind]} comme ${metric} n’a pas\u00a0: prenez ${instead}`,
  unknown_attribute: ({ name, metric, near, all }) => {
    const given = all.length === 0 ? '\u00a0: elle n’en a aucun' : `\u00a0: elle a ${all.join(', ')}`
    return `nomme l’attribut ${quoted(name)}, que ${metric} n’a pas${near === null ? given : hint(near)}`
  },
  same_divisor: () =>
    'est identique à ce qu’il divise\u00a0: le rapport vaut toujours 1. Ôtez une condition du diviseur',
  narrower_divisor: () => 'compte moins que ce qu’il divise\u00a0: échangez les deux, ou ôtez la condition du diviseur',
  other_divisor_unit: ({ own, other }) =>
    `est en ${own} et ce qu’il divise en ${other}\u00a0: le rapport des deux n’a pas de sens`,
  window_too_short: ({ windowMs, metric, intervalMs }) =>
    `vaut ${time(windowMs)}, mais ${metric} arrive toutes les ${time(intervalMs)}\u00a0: la plupart des fenêtres seraient vides`,
  beyond_retention: ({ reachMs, keptMs }) =>
    `remonte à ${time(reachMs)}, mais les données sont gardées ${time(keptMs)}`,
  too_young: ({ weeks, ageMs }) =>
    `compare avec les ${weeks} semaines passées, mais il n’y a que ${time(ageMs)} de données\u00a0: d’ici là, elle se tait`,
  uneven_window: () =>
    'ne fait pas des heures entières\u00a0: les minutes ne sont gardées que 30 jours, et les semaines d’avant manqueront',
}
