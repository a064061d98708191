/** What the schema of conditions says of their bounds, in French. */
const BOUNDS: Readonly<Record<string, string>> = {
  'must not be empty': 'ne doit pas être vide',
  'must have at most 255 characters': 'doit avoir 255 caractères au plus',
  'must have at most 63 characters': 'doit avoir 63 caractères au plus',
  'must have at most 1,000 characters': 'doit avoir 1\u202f000 caractères au plus',
  'must be a number': 'doit être un nombre',
  'must be at least 1 min': 'doit être d’au moins 1 min',
  'must be at most 90 days': 'doit être d’au plus 90 jours',
  'must be whole minutes': 'doit être en minutes entières',
  'must be whole hours': 'doit être en heures entières',
  'must be at most 7 days': 'doit être d’au plus 7 jours',
  'must be whole days': 'doit être en jours entiers',
  'must be whole weeks': 'doit être en semaines entières',
  'must be a whole number': 'doit être un nombre entier',
  'must be at least 0.1': 'doit être d’au moins 0,1',
  'must be at least 1': 'doit être d’au moins 1',
  'must be at least 2': 'doit être d’au moins 2',
  'must be at most 10': 'doit être d’au plus 10',
  'must be at most 12': 'doit être d’au plus 12',
  'must be at most 100': 'doit être d’au plus 100',
  'must not be below 0': 'ne doit pas être sous 0',
  'must be above 0': 'doit être au-dessus de 0',
  'must name a rule': 'doit nommer une règle',
  'must each have a short window shorter than the long one': 'doit avoir une fenêtre courte plus courte que la longue',
}

/** The end of a sentence that begins with the field; a bound that moves with another field is said by what it asks. */
export function sayBoundInFrench(message: string): string {
  const known = BOUNDS[message]
  if (known !== undefined) return known
  const days = /^must be less than warningDays, (\d+)$/.exec(message)
  return days === null ? 'a une valeur hors limites' : `doit être inférieur à l’avertissement, ${days[1]}`
}
