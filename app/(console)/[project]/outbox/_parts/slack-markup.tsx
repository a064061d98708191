import { Fragment, type ReactNode } from 'react'

/** Slack's mrkdwn as Vigie writes it: `*bold*`, `<address|words>`, line breaks, and the three escapes (docs.slack.dev, "Formatting"). */
export function SlackMarkup({ text }: { text: string }) {
  return <p className="whitespace-pre-line [overflow-wrap:anywhere]">{parseMarkup(text)}</p>
}

function parseMarkup(text: string): ReactNode[] {
  let position = 0
  return text.split(/(<https?:[^>|]+(?:\|[^>]*)?>|\*[^*\n]+\*)/).map((part) => {
    const key = position
    position += part.length + 1
    const link = /^<(https?:[^>|]+)(?:\|([^>]*))?>$/.exec(part)
    if (link?.[1] !== undefined) {
      return (
        <a key={key} href={unescapeSlack(link[1])} className="underline underline-offset-4">
          {unescapeSlack(link[2] ?? link[1])}
        </a>
      )
    }
    if (/^\*[^*]+\*$/.test(part)) return <strong key={key}>{unescapeSlack(part.slice(1, -1))}</strong>
    return <Fragment key={key}>{unescapeSlack(part)}</Fragment>
  })
}

function unescapeSlack(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
