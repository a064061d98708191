import { formatDuration } from '../time/format-duration.ts'
import { formatBriefIn } from '../time/format-zoned.ts'
import { fromIso } from '../time/instant.ts'
import { writeDigestHeadline } from './digest-text.ts'
import { decisiveEvidence, describeFailure } from './failure-text.ts'
import type { OutgoingMessage } from './message.ts'
import { toOneLine } from './one-line.ts'
import { readRuleTone, writeRuleHeadline } from './rule-headline.ts'
import type { HeadlineFacts, MassFacts, Tone, Words } from './words.ts'

/** What the message is about at a glance. An incident closed by hand while the monitor still fails stays `down`. */
export function readTone(message: OutgoingMessage): Tone {
  if (message.data.rule !== undefined) return readRuleTone(message.kind, message.data.rule)
  switch (message.kind) {
    case 'incident.triggered':
      return decisiveEvidence(message.data.evidence)?.verdict === 'degraded' ? 'degraded' : 'down'
    case 'incident.acknowledged':
      return 'acknowledged'
    case 'incident.resolved':
      return message.data.monitor?.state === 'down' ? 'down' : 'up'
    case 'monitor.degraded':
    case 'alert.firing':
      return 'degraded'
    case 'monitor.recovered':
    case 'alert.resolved':
      return 'up'
    case 'test':
      return 'test'
    case 'kpi.digest':
      return 'digest'
  }
}

/** The fact in one sentence: what happened, to what, since when. */
export function writeHeadline(message: OutgoingMessage, words: Words): string {
  if (message.kind === 'test') return words.headlines.test
  if (message.kind === 'kpi.digest') return writeDigestHeadline(message)
  if (message.data.rule !== undefined)
    return writeRuleHeadline(message, message.data.rule, readSpan(message, words), words)
  const { alsoAffected, incident, monitor } = message.data
  if (incident !== null && alsoAffected.length > 0) return writeMassHeadline(message, incident.number, words)
  const facts = readFacts(message, words)
  const { headlines } = words
  switch (message.kind) {
    case 'incident.triggered':
      if (incident?.flapping === true) return headlines.flapping(facts)
      return readTone(message) === 'degraded' ? headlines.degraded(facts) : headlines.down(facts)
    case 'incident.acknowledged':
      return headlines.acknowledged(facts)
    case 'incident.resolved':
      if (monitor?.state === 'down') return headlines.resolvedWhileDown(facts)
      return incident?.flapping === true ? headlines.steadyAgain(facts) : headlines.resolved(facts)
    case 'monitor.degraded':
    case 'alert.firing':
      return headlines.degraded(facts)
    case 'monitor.recovered':
    case 'alert.resolved':
      return headlines.recovered(facts)
  }
}

function writeMassHeadline(message: OutgoingMessage, number: number, words: Words): string {
  const { alsoAffected, monitor, monitorsTotal } = message.data
  const { since, lasted } = readSpan(message, words)
  const facts: MassFacts = {
    count: alsoAffected.length + (monitor === null ? 0 : 1),
    total: monitorsTotal ?? null,
    since,
    lasted,
  }
  if (message.kind === 'incident.resolved') return words.headlines.massResolved(facts)
  if (message.kind === 'incident.acknowledged') return words.headlines.massAcknowledged({ ...facts, number })
  return words.headlines.massDown(facts)
}

function readFacts(message: OutgoingMessage, words: Words): HeadlineFacts {
  const { incident, monitor, project, evidence } = message.data
  const failing = decisiveEvidence(evidence)
  return {
    name: toOneLine(monitor?.name ?? incident?.title ?? project.name, 80),
    why: failing === null ? '' : describeFailure(failing, words),
    ...readSpan(message, words),
    number: incident?.number ?? 0,
  }
}

/** Since when, and how long until it ended or until the message was decided. */
function readSpan({ data, timestamp }: OutgoingMessage, words: Words): { since: string; lasted: string } {
  const decidedAt = fromIso(timestamp)
  const startedAt = fromIso(data.incident?.startedAt ?? data.rule?.startedAt ?? data.evidence[0]?.at ?? timestamp)
  const endedAt = data.incident?.resolvedAt == null ? decidedAt : fromIso(data.incident.resolvedAt)
  return {
    since: formatBriefIn(data.project.timeZone, startedAt, decidedAt, words.locale),
    lasted: formatDuration(endedAt - startedAt, words.locale),
  }
}
