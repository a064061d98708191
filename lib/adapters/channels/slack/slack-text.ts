/** Slack reads `&`, `<` and `>` as markup (docs.slack.dev/messaging/formatting-message-text): a target's answer must not become a link or a mention. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A link whose label is already escaped. `|` and `>` would end the address early. */
export function linkSlack(url: string, escapedLabel: string): string {
  return `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapedLabel.replaceAll('|', '/')}>`
}

/** Cuts to a limit of Block Kit, without leaving half of an entity such as `&am` behind. */
export function limitText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const cut = text.slice(0, maxLength - 1).replace(/&[a-z]{0,3}$/, '')
  // A high surrogate alone is no character; Slack would refuse the JSON.
  return `${cut.replace(/[\ud800-\udbff]$/, '')}…`
}
