import { expect, test } from 'vitest'
import type { Client } from '../../lib/adapters/supabase/create-client.ts'
import { createFeedbackStore } from '../../lib/adapters/supabase/feedback-store.ts'
import type { GivenAnswer, Rating } from '../../lib/domain/feedback/answer.ts'
import { DAY, HOUR, type Instant } from '../../lib/domain/time/instant.ts'
import { weekFrom } from '../../lib/domain/time/week.ts'
import { sendDueReports } from '../../lib/tasks/send-reports.ts'
import { reportFixture } from '../support/reports.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const zone = 'Europe/Paris'
const first = weekFrom(zone, '2026-11-02')
const fixture = await reportFixture(stack, { startAt: first.startAt + HOUR, timeZone: zone })
const feedback = createFeedbackStore(stack.service as unknown as Client)

async function answer(at: Instant, rating: Rating): Promise<void> {
  await fixture.clock.set(at)
  const given: GivenAnswer = {
    id: `answer-${at}-${rating}`,
    at: null,
    rating,
    comment: '',
    page: '',
    perceivedSpeed: null,
    loadMs: null,
    locale: '',
    release: '',
    environment: 'production',
  }
  expect(await feedback.storeAnswer(fixture.projectId, 'server', given)).toBe('new')
}

async function reportAt(at: Instant): Promise<string> {
  await fixture.clock.set(at)
  await sendDueReports(await fixture.worker())
  return fixture.sent.at(-1)?.text ?? ''
}

test('the weekly report says "not connected" until somebody answers, and then the average beside the week before', async () => {
  expect(await reportAt(first.endAt + 9 * HOUR)).toContain('User satisfaction: not connected')
  // In the week that follows: the last minute of Sunday belongs to it, the first of Monday no more.
  const second = weekFrom(zone, '2026-11-09')
  await answer(second.startAt + DAY, 4)
  await answer(second.endAt - 60_000, 3)
  await answer(second.endAt, 5)
  expect(await reportAt(second.endAt + 9 * HOUR)).toContain('User satisfaction: 3.5 of 5 | – | no week before')
  const third = weekFrom(zone, '2026-11-16')
  await answer(third.startAt + DAY, 4)
  expect(await reportAt(third.endAt + 9 * HOUR)).toContain('User satisfaction: 4.5 of 5 | 3.5 of 5 | ▲ better')
  const fourth = weekFrom(zone, '2026-11-23')
  expect(await reportAt(fourth.endAt + 9 * HOUR)).toContain('User satisfaction: none | 4.5 of 5 | –')
})
