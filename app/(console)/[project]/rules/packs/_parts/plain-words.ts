/** A guide's line without the marks of its table, list or comment: `| CPU usage | >70% |` is `CPU usage · >70%`. */
export function plainWords(words: string): string {
  return words
    .replace(/\*\*/g, '')
    .replace(/^[\s|>-]+|[\s|,{]+$/g, '')
    .replace(/\s*\|\s*/g, ' · ')
}
