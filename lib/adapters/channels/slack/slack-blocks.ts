import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  SectionBlock,
} from '@slack/types'
import type { OutgoingMessage } from '../../../domain/notification/message.ts'
import { type MessageText, wordsOf, writeText } from '../../../domain/notification/text.ts'
import { escapeSlack, limitText, linkSlack } from './slack-text.ts'

/** Limits of Block Kit (docs.slack.dev/reference/block-kit/blocks); past one of them Slack refuses the whole message. */
const LIMITS = {
  header: 150,
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  contextText: 2_000,
  buttonText: 75,
  url: 3_000,
  blockId: 255,
}

export interface SlackMessage {
  /** Shown in notifications and by clients that draw no blocks. */
  text: string
  blocks: KnownBlock[]
}

/** Renders a message for a Slack incoming webhook. The notification's id is the first block's id, so that a duplicate can be recognised. */
export function writeSlackMessage(message: OutgoingMessage): SlackMessage {
  const text = writeText(message)
  const blocks: (KnownBlock | null)[] = [
    headerBlock(text, message.notificationId),
    sectionBlock(text),
    ...fieldsBlocks(text),
    resultsBlock(text),
    actionsBlock(text, message),
    contextBlock(text),
  ]
  return {
    text: limitText(escapeSlack(text.headline), LIMITS.sectionText),
    blocks: blocks.filter((block) => block !== null),
  }
}

function headerBlock({ headline }: MessageText, notificationId: string): HeaderBlock {
  return {
    type: 'header',
    block_id: `vigie-${notificationId}`.slice(0, LIMITS.blockId),
    text: { type: 'plain_text', text: limitText(headline, LIMITS.header), emoji: false },
  }
}

/** The headline again when the header had to cut it, then the notes. */
function sectionBlock({ headline, notes }: MessageText): SectionBlock | null {
  const sentences = [headline.length > LIMITS.header ? headline : '', ...notes].filter((sentence) => sentence !== '')
  if (sentences.length === 0) return null
  return { type: 'section', text: mrkdwn(escapeSlack(sentences.join('\n')), LIMITS.sectionText) }
}

/** As many sections as the facts need: a section takes ten fields. */
function fieldsBlocks({ lines }: MessageText): SectionBlock[] {
  const fields = lines.map(({ label, value, url }) => {
    const shown = limitText(escapeSlack(value), 1_500)
    const linked = url === null || url.length > 400 ? shown : linkSlack(url, shown)
    return mrkdwn(`*${escapeSlack(label)}*\n${linked}`, LIMITS.fieldText)
  })
  const blocks: SectionBlock[] = []
  for (let from = 0; from < fields.length; from += LIMITS.fields) {
    blocks.push({ type: 'section', fields: fields.slice(from, from + LIMITS.fields) })
  }
  return blocks
}

function resultsBlock({ results, colon }: MessageText): SectionBlock | null {
  if (results === null) return null
  const rows = results.rows.map((row) => `• ${escapeSlack(row)}`).join('\n')
  return { type: 'section', text: mrkdwn(`*${escapeSlack(results.label)}${colon}*\n${rows}`, LIMITS.sectionText) }
}

/** Slack has room for what a mail must leave to its text: acknowledge, the incident's page, the runbook. */
function actionsBlock({ button, locale }: MessageText, { data }: OutgoingMessage): ActionsBlock | null {
  const words = wordsOf(locale)
  const candidates = [
    button,
    data.incident === null ? null : { label: words.buttons.openIncident, url: data.incident.url },
    data.monitor === null ? null : { label: words.labels.runbook, url: data.monitor.runbookUrl },
    data.rule?.runbook?.startsWith('http') ? { label: words.labels.runbook, url: data.rule.runbook } : null,
  ]
  const seen = new Set<string>()
  const elements: Button[] = []
  for (const candidate of candidates) {
    if (candidate === null || candidate.url === '' || candidate.url.length > LIMITS.url || seen.has(candidate.url))
      continue
    seen.add(candidate.url)
    elements.push({
      type: 'button',
      text: { type: 'plain_text', text: limitText(candidate.label, LIMITS.buttonText), emoji: false },
      url: candidate.url,
      ...(candidate === button ? { style: 'primary' as const } : {}),
    })
  }
  return elements.length === 0 ? null : { type: 'actions', elements }
}

function contextBlock({ toneWord, footer }: MessageText): ContextBlock {
  return {
    type: 'context',
    elements: [mrkdwn(`*${escapeSlack(toneWord)}* · ${escapeSlack(footer)}`, LIMITS.contextText)],
  }
}

function mrkdwn(text: string, maxLength: number): MrkdwnElement {
  return { type: 'mrkdwn', text: limitText(text, maxLength), verbatim: true }
}
