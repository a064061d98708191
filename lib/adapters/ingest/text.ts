/** Any half of a pair, and NUL: a first look that is quick, since nearly no text has either. */
const SUSPECT = /[\0\ud800-\udfff]/
/** With the flag `u`, surrogates are halves without their other half. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** Postgres stores neither NUL nor half a surrogate pair in text, and refuses the whole batch over one: they become U+FFFD. */
export function cleanText(text: string): string {
  return SUSPECT.test(text) ? text.replace(UNSTORABLE, '\ufffd') : text
}

/** The first `length` characters, without half a character at the end. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}
