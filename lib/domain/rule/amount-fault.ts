import type { Locale } from '../time/locale.ts'

/** Why a number with its suffix cannot be read. `near` is a suffix that was perhaps meant; `unit` is UCUM, empty for none. */
export type AmountFault =
  | { code: 'no_amount' }
  | { code: 'unknown_suffix'; suffix: string; all: readonly string[]; near: string | null }
  | { code: 'unit_not_known' }
  | { code: 'other_unit'; suffix: string; unit: string }

/** The end of a sentence that the number, or its field, begins. */
export function sayAmountFault(fault: AmountFault, locale: Locale): string {
  return locale === 'fr' ? french(fault) : english(fault)
}

function english(fault: AmountFault): string {
  switch (fault.code) {
    case 'no_amount':
      return 'must be a number such as 20, 0.5, 500ms, 2s, 1% or 64MB'
    case 'unknown_suffix': {
      const hint = fault.near === null ? '' : `: did you mean ${fault.near}?`
      return `has a unit "${fault.suffix}" that is none of ${fault.all.join(', ')}${hint}`
    }
    case 'unit_not_known':
      return 'cannot be converted: the unit of the metric is not known yet, so write a bare number'
    case 'other_unit': {
      const unit = fault.unit === '1' ? 'in parts of one' : `in ${fault.unit}`
      return `has the unit ${fault.suffix}, but this is ${fault.unit === '' ? 'a number without a unit' : unit}`
    }
  }
}

function french(fault: AmountFault): string {
  switch (fault.code) {
    case 'no_amount':
      return 'doit être un nombre comme 20, 0.5, 500ms, 2s, 1% ou 64MB'
    case 'unknown_suffix': {
      const hint = fault.near === null ? '' : `\u00a0: vouliez-vous dire ${fault.near}\u00a0?`
      return `a une unité «\u00a0${fault.suffix}\u00a0» qui n’est aucune de ${fault.all.join(', ')}${hint}`
    }
    case 'unit_not_known':
      return 'ne peut pas être converti\u00a0: l’unité de la métrique n’est pas encore connue, écrivez un nombre seul'
    case 'other_unit': {
      const unit = fault.unit === '1' ? 'une part de un' : `l’unité ${fault.unit}`
      return `a l’unité ${fault.suffix}, mais il faut ${fault.unit === '' ? 'un nombre sans unité' : unit}`
    }
  }
}
