/**
 * GSM 03.38 default alphabet (3GPP TS 23.038 §6.2.1). A text of these characters alone goes out in segments of 160; a single other
 * character turns the whole text into UCS-2 and segments of 70.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Characters of the extension table take two places. */
const EXTENDED = '^{}\\[~]|€'

const basic = new Set(BASIC)
const extended = new Set(EXTENDED)

/** Look-alikes for what the alphabet lacks and no accent explains. */
const LOOK_ALIKES: Record<string, string> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '·': ',',
  '°': 'o',
  œ: 'oe',
  Œ: 'OE',
}

/** Length in septets when the whole text is in the GSM alphabet, else null. */
export function countSeptets(text: string): number | null {
  let septets = 0
  for (const character of text) {
    if (basic.has(character)) septets += 1
    else if (extended.has(character)) septets += 2
    else return null
  }
  return septets
}

/**
 * Replaces what the alphabet lacks by its plain form (`ê` → `e`, `’` → `'`), since one such letter would halve what a segment
 * holds. Scripts without a plain form (Cyrillic, emoji) are kept: a longer message is better than an unreadable one.
 */
export function toGsmText(text: string): string {
  return [...text].map(toGsmCharacter).join('')
}

function toGsmCharacter(character: string): string {
  if (basic.has(character) || extended.has(character)) return character
  const alike = LOOK_ALIKES[character]
  if (alike !== undefined) return alike
  const bare = character.normalize('NFD').replace(/\p{M}/gu, '')
  return bare !== '' && countSeptets(bare) !== null ? bare : character
}
