import type { Aggregate } from '../series/question.ts'
import type { Locale } from '../time/locale.ts'
import type { AnomalyCondition, Level, Operator } from './condition.ts'

/** The words of `describeRule`, each language by hand: clauses do not stand in the same order everywhere. */
export interface DescribeWords {
  locale: Locale
  separator: string
  anyMonitor: string
  when(measure: string): string
  is(operator: Operator): string
  over(window: string): string
  forTime(time: string): string
  keep(time: string): string
  per(names: string): string
  and(names: readonly string[]): string
  or(names: readonly string[]): string
  aggregate(aggregate: Aggregate, series: string): string
  ratio(part: string, whole: string): string
  rest(share: string): string
  equals(name: string, text: string): string
  begins(name: string, text: string): string
  lacks(name: string): string
  level(level: Level): string
  warnAt(operator: Operator, limit: string): string
  warnDays(days: number): string
  recovery(limit: string): string
  atLeast(count: number): string
  usual(share: string, weeks: number): string
  absent(series: string, window: string): string
  failures(count: number, monitors: string): string
  tagged(tag: string): string
  expiry(monitors: string, days: number): string
  anomaly(measure: string, direction: AnomalyCondition['direction'], season: AnomalyCondition['season']): string
  burn(factor: number, long: string, short: string): string
  budget(slo: string, windows: string): string
  composite(mode: 'all' | 'any', rules: readonly string[]): string
}

const list = (names: readonly string[], last: string) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`

const EN_AGGREGATES: Partial<Record<Aggregate, string>> = {
  avg: 'the average of',
  min: 'the lowest of',
  max: 'the highest of',
  last: 'the last value of',
  sum: 'the sum of',
  count: 'the number of',
  rate: 'the number per second of',
}
const EN_OPERATORS: Record<Operator, string> = {
  above: 'above',
  below: 'below',
  at_least: 'at least',
  at_most: 'at most',
}

const en: DescribeWords = {
  locale: 'en',
  separator: '; ',
  anyMonitor: 'any monitor',
  when: (measure) => `When ${measure}`,
  is: (operator) => `is ${EN_OPERATORS[operator]}`,
  over: (window) => ` over ${window}`,
  forTime: (time) => ` for ${time}`,
  keep: (time) => `, and until it has been well for ${time}`,
  per: (names) => `, for each ${names}`,
  and: (names) => list(names, 'and'),
  or: (names) => list(names, 'or'),
  aggregate: (aggregate, series) => `${EN_AGGREGATES[aggregate] ?? `${aggregate} of`} ${series}`,
  ratio: (part, whole) => `${part} divided by ${whole}`,
  rest: (share) => `one minus ${share}`,
  equals: (name, text) => `${name} is ${text}`,
  begins: (name, text) => `${name} begins with ${text}`,
  lacks: (name) => `without ${name}`,
  level: (level) => `${level} only`,
  warnAt: (operator, limit) => `warning ${EN_OPERATORS[operator]} ${limit}`,
  warnDays: (days) => `warning ${days} days before`,
  recovery: (limit) => `until it is back at ${limit}`,
  atLeast: (count) => `with at least ${count}`,
  usual: (share, weeks) => `${share} of what was usual at this time in the last ${weeks} weeks`,
  absent: (series, window) => `When ${series} has not come for ${window}`,
  failures: (count, monitors) => `When ${monitors} fails ${count === 1 ? 'once' : `${count} times in a row`}`,
  tagged: (tag) => `any monitor with the tag ${tag}`,
  expiry: (monitors, days) => `When the certificate of ${monitors} expires within ${days} days`,
  anomaly: (measure, direction, season) => {
    const word = { up: 'unusually high', down: 'unusually low', both: 'unusual' }[direction]
    return `When ${measure} is ${word} for the hour of the ${season === 'hour_of_day' ? 'day' : 'week'}`
  },
  burn: (factor, long, short) => `${factor} times too fast over ${long} and over ${short}`,
  budget: (slo, windows) => `When the error budget of ${slo} is spent ${windows}`,
  composite: (mode, rules) =>
    mode === 'all' ? `When ${list(rules, 'and')} all fire` : `When one of ${list(rules, 'or')} fires`,
}

const FR_AGGREGATES: Partial<Record<Aggregate, string>> = {
  avg: 'la moyenne de',
  min: 'le minimum de',
  max: 'le maximum de',
  last: 'la dernière valeur de',
  sum: 'la somme de',
  count: 'le nombre de',
  rate: 'le nombre par seconde de',
}
const FR_OPERATORS: Record<Operator, string> = {
  above: 'au-dessus de',
  below: 'en dessous de',
  at_least: 'd’au moins',
  at_most: 'd’au plus',
}

const fr: DescribeWords = {
  locale: 'fr',
  separator: '\u00a0; ',
  anyMonitor: 'n’importe quel moniteur',
  when: (measure) => `Quand ${measure}`,
  is: (operator) => `est ${FR_OPERATORS[operator]}`,
  over: (window) => ` sur ${window}`,
  forTime: (time) => ` pendant ${time}`,
  keep: (time) => `, et jusqu’à ce que tout aille bien depuis ${time}`,
  per: (names) => `, pour chaque ${names}`,
  and: (names) => list(names, 'et'),
  or: (names) => list(names, 'ou'),
  aggregate: (aggregate, series) => `${FR_AGGREGATES[aggregate] ?? `le ${aggregate} de`} ${series}`,
  ratio: (part, whole) => `${part} par rapport à ${whole}`,
  rest: (share) => `un moins ${share}`,
  equals: (name, text) => `${name} est ${text}`,
  begins: (name, text) => `${name} commence par ${text}`,
  lacks: (name) => `sans ${name}`,
  level: (level) => (level === 'warning' ? 'avertissement seulement' : 'critique seulement'),
  warnAt: (operator, limit) =>
    `avertissement ${{ above: 'au-dessus de', below: 'en dessous de', at_least: 'à partir de', at_most: 'jusqu’à' }[operator]} ${limit}`,
  warnDays: (days) => `avertissement ${days} jours avant`,
  recovery: (limit) => `jusqu’au retour à ${limit}`,
  atLeast: (count) => `s’il y en a au moins ${count}`,
  usual: (share, weeks) => `${share} de l’habitude à cette heure sur les ${weeks} dernières semaines`,
  absent: (series, window) => `Quand ${series} n’arrive plus depuis ${window}`,
  failures: (count, monitors) => `Quand ${monitors} échoue ${count === 1 ? 'une fois' : `${count} fois de suite`}`,
  tagged: (tag) => `un moniteur avec l’étiquette ${tag}`,
  expiry: (monitors, days) => `Quand le certificat de ${monitors} expire dans moins de ${days} jours`,
  anomaly: (measure, direction, season) => {
    const word = { up: 'anormalement haut', down: 'anormalement bas', both: 'inhabituel' }[direction]
    return `Quand ${measure} a un niveau ${word} pour l’heure ${season === 'hour_of_day' ? 'du jour' : 'de la semaine'}`
  },
  burn: (factor, long, short) =>
    `${new Intl.NumberFormat('fr').format(factor)} fois trop vite sur ${long} et sur ${short}`,
  budget: (slo, windows) => `Quand le budget d’erreur de ${slo} est consommé ${windows}`,
  composite: (mode, rules) =>
    mode === 'all'
      ? `Quand ${list(rules, 'et')} sont toutes déclenchées`
      : `Quand l’une de ${list(rules, 'ou')} est déclenchée`,
}

export const WORDS: Readonly<Record<Locale, DescribeWords>> = { en, fr }
