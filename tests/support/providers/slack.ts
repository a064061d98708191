import { type Answer, type ReceivedRequest, type StandIn, startStandIn } from './stand-in.ts'

export interface SlackStandIn extends StandIn {
  /** Address to post to, its key included. */
  webhookUrl: string
  /** Messages that were taken. */
  sent: { text: string; blocks: Record<string, unknown>[] }[]
}

const PATH = '/services/T00000000/B00000000/s3cr3tSlackKey0123456789'

/** A Slack incoming webhook: `ok`, or Slack's plain words for what is wrong, with the limits of Block Kit enforced. */
export async function startSlack(): Promise<SlackStandIn> {
  const sent: SlackStandIn['sent'] = []
  const standIn = await startStandIn((request) => answer(request, sent))
  return { ...standIn, webhookUrl: `${standIn.url}${PATH}`, sent }
}

function answer({ path, body }: ReceivedRequest, sent: SlackStandIn['sent']): Answer {
  if (path !== PATH) return { statusCode: 404, body: 'no_service' }
  let message: { text?: unknown; blocks?: unknown }
  try {
    message = JSON.parse(body)
  } catch {
    return { statusCode: 400, body: 'invalid_payload' }
  }
  if (typeof message.text !== 'string' || message.text === '') return { statusCode: 400, body: 'no_text' }
  const blocks = message.blocks
  if (!Array.isArray(blocks) || blocks.length > 50 || !blocks.every(isWithinLimits))
    return { statusCode: 400, body: 'invalid_blocks' }
  sent.push({ text: message.text, blocks })
  return { statusCode: 200, body: 'ok' }
}

interface LooseBlock {
  type: string
  block_id?: string
  text?: { text: string }
  fields?: { text: string }[]
  elements?: { text?: string | { text: string }; url?: string }[]
}

/** docs.slack.dev/reference/block-kit/blocks. */
function isWithinLimits(block: LooseBlock): boolean {
  if ((block.block_id ?? '').length > 255) return false
  const textLength = block.text?.text.length
  switch (block.type) {
    case 'header':
      return textLength !== undefined && textLength >= 1 && textLength <= 150
    case 'section': {
      const fields = block.fields ?? []
      const isEmpty = textLength === undefined && fields.length === 0
      return (
        !isEmpty &&
        (textLength ?? 1) >= 1 &&
        (textLength ?? 1) <= 3_000 &&
        fields.length <= 10 &&
        fields.every(({ text }) => text.length <= 2_000)
      )
    }
    case 'actions': {
      const elements = block.elements ?? []
      const isFine = ({ text, url }: NonNullable<LooseBlock['elements']>[number]) =>
        typeof text === 'object' && text.text.length <= 75 && (url ?? '').length <= 3_000
      return elements.length >= 1 && elements.length <= 25 && elements.every(isFine)
    }
    case 'context':
      return (block.elements ?? []).length >= 1 && (block.elements ?? []).length <= 10
    default:
      return false
  }
}
