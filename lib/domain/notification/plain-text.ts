import type { MessageText } from './text.ts'

/** The text version of a mail: the fact, the notes, one labelled line a fact, the link, the results. Lines end in `\n`. */
export function writePlainText(text: MessageText): string {
  const labelled = (label: string, value: string) => `${label}${text.colon} ${value}`
  const blocks = [
    text.headline,
    ...text.notes,
    text.lines
      .map(({ label, value, url }) => labelled(label, url === null || url === value ? value : `${value} ${url}`))
      .join('\n'),
    text.button === null ? '' : labelled(text.button.label, text.button.url),
    text.results === null ? '' : [labelled(text.results.label, '').trimEnd(), ...text.results.rows].join('\n'),
    text.footer,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
