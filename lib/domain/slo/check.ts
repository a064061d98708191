import { formatDuration } from '../time/format-duration.ts'
import { DAY } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import { budgetShare } from './budget.ts'
import { burnPresets, highestBurn, lowestTargetFor, reachable } from './burn.ts'
import { isAtLeast } from './methods.ts'
import type { SloSpec } from './slo.ts'
import { periodMs } from './window.ts'

/** What is known of what an SLO counts. */
export interface SloFacts {
  /** How many probes its monitors make in a day; null where it does not count probes, or where there are none. */
  probesADay: number | null
}

/** Why a target makes no sense, with the numbers that show it. `error`: it is refused. */
export type SloFinding =
  /** Less than one probe or slice may fail in a whole period: the first failure breaks it. */
  | {
      code: 'never_met'
      level: 'error'
      counted: 'probes' | 'slices'
      inPeriod: number
      allowed: number
      highestTarget: number
    }
  /** A burn rate that pages cannot be reached even when everything fails. */
  | { code: 'never_pages'; level: 'warning'; highest: number; factor: number; lowestTarget: number }
  /** A pair of windows is left out: it would be cut into too many slices. */
  | { code: 'window_left_out'; level: 'warning'; longMs: number; slices: number }

/** Whether a target can be met and its alerts can fire at all. */
export function checkSlo(
  slo: Pick<SloSpec, 'target' | 'window' | 'slice' | 'indicator' | 'method'>,
  facts: SloFacts,
): SloFinding[] {
  return [...checkBudget(slo, facts), ...checkPages(slo), ...checkSlices(slo)]
}

function checkBudget(
  { target, window, slice, indicator }: Parameters<typeof checkSlo>[0],
  { probesADay }: SloFacts,
): SloFinding[] {
  const days = periodMs(window) / DAY
  const counted = slice !== null ? 'slices' : 'probes'
  const aDay = slice !== null ? DAY / slice.lengthMs : indicator.kind === 'availability' ? probesADay : null
  if (aDay === null || aDay === 0) return []
  const inPeriod = aDay * days
  const allowed = budgetShare(target) * inPeriod
  if (isAtLeast(allowed, 1)) return []
  return [{ code: 'never_met', level: 'error', counted, inPeriod, allowed, highestTarget: 1 - 1 / inPeriod }]
}

function checkPages({ target, window, slice }: Parameters<typeof checkSlo>[0]): SloFinding[] {
  const pages = burnPresets(window, slice).filter(({ severity }) => severity === 'page')
  const unreachable = pages.filter(({ factor }) => !reachable(target, factor)).toSorted((a, b) => a.factor - b.factor)
  const [lowest] = unreachable
  if (lowest === undefined) return []
  const { factor } = lowest
  return [
    {
      code: 'never_pages',
      level: 'warning',
      highest: highestBurn(target),
      factor,
      lowestTarget: lowestTargetFor(factor),
    },
  ]
}

function checkSlices({ window, slice }: Parameters<typeof checkSlo>[0]): SloFinding[] {
  if (slice === null) return []
  const kept = burnPresets(window, slice).map(({ longMs }) => longMs)
  return burnPresets(window)
    .filter(({ longMs }) => !kept.includes(longMs))
    .map(({ longMs }) => ({ code: 'window_left_out', level: 'warning', longMs, slices: longMs / slice.lengthMs }))
}

/** A finding as one sentence with its arithmetic. */
export function findingSentence(finding: SloFinding, target: number, locale: Locale): string {
  const say = (value: number, digits = 2) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  const percent = (share: number) => writePercent(share, locale)
  const isFrench = locale === 'fr'
  if (finding.code === 'never_met') {
    const { inPeriod, allowed, highestTarget } = finding
    const [count, budget] = [say(Math.round(inPeriod), 0), say(allowed)]
    // Rounded down, so that the target that is named can be met.
    const best = percent(Math.floor(highestTarget * 1e6) / 1e6)
    const what = finding.counted === 'probes' ? ['probes', 'mesures'] : ['slices', 'tranches']
    return isFrench
      ? `Jamais tenu\u00a0: ${percent(target)} de ${count}\u00a0${what[1]} en autorisent ${budget} en échec, donc la première suffit à tout dépenser. Choisissez au plus ${best}, mesurez plus souvent ou prenez une période plus longue.`
      : `Never met: ${percent(target)} of ${count} ${what[0]} allow ${budget} to fail, so the first one spends it all. Choose at most ${best}, measure more often, or take a longer period.`
  }
  if (finding.code === 'never_pages') {
    const [highest, factor, lowest] = [say(finding.highest), say(finding.factor), percent(finding.lowestTarget)]
    return isFrench
      ? `À ${percent(target)}, même si tout échoue, le budget ne se dépense qu’à ${highest}\u00a0fois le rythme prévu\u00a0: l’alerte à ${factor}\u00a0fois ne peut jamais partir. Elle le peut à partir de ${lowest}.`
      : `At ${percent(target)}, even if everything fails, the budget is spent at only ${highest} times the planned rate: the alert at ${factor} times can never fire. It can from ${lowest} on.`
  }
  const [long, slices] = [formatDuration(finding.longMs, locale), say(finding.slices, 0)]
  return isFrench
    ? `La fenêtre de ${long} n’est pas surveillée\u00a0: elle compterait ${slices}\u00a0tranches. Prenez des tranches plus longues pour l’avoir.`
    : `The window of ${long} is not watched: it would be ${slices} slices. Take longer slices to have it.`
}

/** A share as a percentage with all the digits that it has: a target is never rounded. */
export function writePercent(share: number, locale: Locale): string {
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(
    Number((share * 100).toPrecision(12)),
  )
  return locale === 'fr' ? `${digits}\u202f%` : `${digits}%`
}
