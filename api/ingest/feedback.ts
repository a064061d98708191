import { wireFeedback } from '../../lib/wiring/feedback.ts'
import { feedbackFunction } from '../_lib/ingest-feedback.ts'

/** What users say of the application: a rating, words, how fast the page felt. */
export const { GET, POST, OPTIONS } = feedbackFunction(wireFeedback)
