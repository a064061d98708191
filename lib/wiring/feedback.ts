import { readAnswer } from '../adapters/ingest/feedback/answer.ts'
import { createFeedbackStore } from '../adapters/supabase/feedback-store.ts'
import { wireIngest } from './ingest.ts'
import { wireMachine } from './machine.ts'

/** What the address for answers of users works with. */
export function wireFeedback() {
  const { client } = wireMachine()
  return { ...wireIngest(), feedback: createFeedbackStore(client), readAnswer }
}
