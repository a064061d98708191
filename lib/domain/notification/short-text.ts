import { countSeptets, toGsmText } from './gsm-alphabet.ts'
import type { OutgoingMessage } from './message.ts'
import { toOneLine } from './one-line.ts'
import { writeText } from './text.ts'

/** One segment: 160 septets, or 70 UCS-2 units (3GPP TS 23.038; Twilio bills by segment). */
const SEGMENT_SEPTETS = 160
const SEGMENT_UNITS = 70
/** Below this a sentence says nothing any more; a second segment is then the better choice. */
const SHORTEST_SENTENCE = 60

/**
 * The message for a phone: priority, fact, one link. It is cut to one segment where the link leaves room for a sentence; the link is
 * never cut. At most about 250 characters besides the link, far under Twilio's 1,600.
 */
export function writeShortText(message: OutgoingMessage): string {
  const { incident } = message.data
  const text = writeText(message)
  const fact = `${incident === null ? '' : `${incident.priority} `}${text.headline}`
  const link = message.acknowledgeUrl ?? incident?.url ?? message.data.kpis?.pageUrl ?? message.data.rule?.pageUrl ?? ''
  const sentence = toGsmText(toOneLine(fact, 250))
  return link === '' ? shortenTo(sentence, 0) : `${shortenTo(sentence, link.length + 1)} ${link}`
}

function shortenTo(sentence: string, linkLength: number): string {
  const segment = countSeptets(sentence) === null ? SEGMENT_UNITS : SEGMENT_SEPTETS
  const room = Math.max(segment - linkLength, SHORTEST_SENTENCE)
  if (measure(sentence) <= room) return sentence
  const characters = [...sentence]
  // Three points rather than `…`, which is not in the GSM alphabet.
  while (measure(`${characters.join('')}...`) > room) characters.pop()
  return `${characters.join('').trimEnd()}...`
}

function measure(text: string): number {
  return countSeptets(text) ?? text.length
}
