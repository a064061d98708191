import { readAnswer } from '../adapters/ingest/feedback/answer.ts'
import { createFeedbackStore } from '../adapters/supabase/feedback-store.ts'
import { createVisitorHash } from '../adapters/system/hash-visitor.ts'
import { wireIngest } from './ingest.ts'
import { wireMachine } from './machine.ts'

/** People answer once a visit; a whole office may share one address. */
const OF_ADDRESS = { capacity: 60, windowSeconds: 60 }

/** What the address for answers of users works with. */
export function wireFeedback() {
  const { env, client } = wireMachine()
  const ingest = wireIngest()
  return {
    ...ingest,
    feedback: createFeedbackStore(client),
    addressLimit: OF_ADDRESS,
    siteLimit: ingest.rateLimit,
    readAnswer,
    hashVisitor: createVisitorHash(env.secretKey),
  }
}
