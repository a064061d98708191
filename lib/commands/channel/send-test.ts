import type { ProjectFacts } from '../../domain/notification/decision-context.ts'
import type { MessageData } from '../../domain/notification/message.ts'
import { SECOND } from '../../domain/time/instant.ts'
import type { ChannelCommands } from '../../ports/channel-commands.ts'
import type { ChannelReader, ListedDelivery } from '../../ports/channel-reader.ts'
import type { Clock } from '../../ports/clock.ts'
import type { CommandResult } from '../../ports/command-result.ts'

export interface SendTestDeps {
  commands: ChannelCommands
  reader: Pick<ChannelReader, 'findNotification'>
  clock: Clock
  /** Delivers what is due, in the machine's own name. */
  deliverNow: () => Promise<unknown>
}

/** What a test came to. `pending`: no answer within the wait; the delivery's own page will show it. */
export interface TestOutcome {
  notificationId: string
  status: 'delivered' | 'failed' | 'pending'
  /** The provider's words, or what the outbox said. */
  detail: string
  isInOutbox: boolean
}

/** A provider's time-out is 15 s; a person looks at a button no longer than this. */
const WAIT_MS = 20 * SECOND
const POLL_MS = 250

/**
 * Sends a test and waits for the first answer. It goes the way of every message (outbox, lease, delivery), so that it proves that way; a
 * tick that happens to run may take it first, and then its answer is what is waited for.
 */
export async function sendTest(
  deps: SendTestDeps,
  project: ProjectFacts,
  channelId: string,
): Promise<CommandResult<TestOutcome>> {
  const queued = await deps.commands.queueTest(project.id, channelId, testData(project))
  if (!queued.ok) return queued
  const deadlineAt = deps.clock.now() + WAIT_MS
  // A failure to deliver is told by the delivery itself; a database that is away shows in the read below.
  void deps.deliverNow().catch(() => undefined)
  for (;;) {
    const found = await deps.reader.findNotification(project.id, queued.value)
    const answered = found?.deliveries.findLast(({ finishedAt }) => finishedAt !== null)
    if (found && answered) return { ok: true, value: toOutcome(queued.value, answered, found.isInOutbox) }
    if (deps.clock.now() >= deadlineAt) {
      return {
        ok: true,
        value: { notificationId: queued.value, status: 'pending', detail: '', isInOutbox: false },
      }
    }
    await deps.clock.sleep(POLL_MS)
  }
}

function toOutcome(notificationId: string, delivery: ListedDelivery, isInOutbox: boolean): TestOutcome {
  const status = delivery.outcome === 'delivered' ? 'delivered' : 'failed'
  return { notificationId, status, detail: delivery.detail, isInOutbox }
}

function testData({ slug, name, timeZone, locale }: ProjectFacts): MessageData {
  return {
    project: { slug, name, timeZone, locale },
    incident: null,
    monitor: null,
    alsoAffected: [],
    evidence: [],
    toldTo: [],
    lastDeployment: null,
  }
}
