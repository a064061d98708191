/**
 * Text from outside (a name, a value that a target answered) made fit for a subject, a header or a phone: control characters and runs of
 * white space become one space, and what is longer than `maxLength` characters is cut with an ellipsis. A line break in a mail subject
 * would otherwise begin a new header.
 */
export function toOneLine(text: string, maxLength: number): string {
  // Not \s: that would take the non-breaking spaces of French away. By code points, so that no emoji is cut in half.
  const characters = [...text.replace(/[\p{Cc}\p{Zl}\p{Zp} ]+/gu, ' ').trim()]
  if (characters.length <= maxLength) return characters.join('')
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`
}
