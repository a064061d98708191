/** What may stand at a place of a line, in English as the parser names it, and in French. */
export const PHRASES = {
  'after absent': 'après absent',
  'after unusual': 'après unusual',
  'after burn': 'après burn',
  'after warn': 'après warn',
  'after the metric': 'après la métrique',
  'or "{" after the metric': 'ou "{" après la métrique',
  'after what is looked at': 'après ce qui est observé',
  'after the SLO': 'après le SLO',
  'after the burn rate': 'après la vitesse',
  'between the long window and the short one': 'entre la fenêtre longue et la courte',
  'after the factor': 'après le facteur',
  'after the number': 'après le nombre',
  'or "}" after a condition': 'ou "}" après une condition',
  'before the limit of the warning': 'avant la limite de l’avertissement',
  'after the limit of the warning': 'après la limite de l’avertissement',
  '(as in "with at least 20")': '(comme dans "with at least 20")',
  '(as in "3 failures in a row")': '(comme dans "3 failures in a row")',
  '(as in "expires in 14d")': '(comme dans "expires in 14d")',
  before: 'avant',
  after: 'après',
  'or "," after': 'ou "," après',
  'an attribute to split by': 'un attribut qui sépare les alertes',
  'the name of a metric': 'le nom d’une métrique',
  'the name of an attribute': 'le nom d’un attribut',
  'a text in quotes, or null for series without the attribute':
    'un texte entre guillemets, ou null pour les séries sans cet attribut',
  'a tag': 'une étiquette',
  'the key of a monitor': 'la clé d’un moniteur',
  'the key of an SLO': 'la clé d’un SLO',
  'the key of a rule': 'la clé d’une règle',
  'nothing more': 'rien de plus',
  'a duration such as 30s, 5m or 1h30m': 'une durée comme 30s, 5m ou 1h30m',
  'a whole number': 'un nombre entier',
  'a number of failures': 'un nombre d’échecs',
  'a number of weeks': 'un nombre de semaines',
  '>, <, >= or <=': '>, <, >= ou <=',
  'a number such as 20, 500ms, 2s or 1%': 'un nombre comme 20, 500ms, 2s ou 1%',
  failures: 'failures',
  '"of *", "of monitor checkout" or "of tag:prod"': '"of *", "of monitor checkout" ou "of tag:prod"',
  'a burn rate such as 14.4x': 'une vitesse comme 14.4x',
  '= or ==': '= ou ==',
  'a factor such as 2x or 50%': 'un facteur comme 2x ou 50%',
} as const

export type Phrase = keyof typeof PHRASES

/** What could stand at a place: a phrase, a sign or word at a place, one of several words. `what` is a phrase or stands as it is. */
export type Expected =
  | Phrase
  | { sign: string; where: Phrase; what?: string }
  | { oneOf: readonly string[]; orEnd: boolean }

const isPhrase = (text: string): text is Phrase => Object.hasOwn(PHRASES, text)

export function sayExpected(expected: Expected, locale: 'en' | 'fr'): string {
  const say = (text: string) => (locale === 'fr' && isPhrase(text) ? PHRASES[text] : text)
  if (typeof expected === 'string') return say(expected)
  if ('sign' in expected) {
    const { sign, where, what } = expected
    return `"${sign}" ${say(where)}${what === undefined ? '' : ` ${say(what)}`}`
  }
  const words = expected.oneOf.join(', ')
  if (!expected.orEnd) return `${locale === 'fr' ? 'l’un de' : 'one of'} ${words}`
  return `${words} ${locale === 'fr' ? 'ou la fin' : 'or the end'}`
}
