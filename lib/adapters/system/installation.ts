import type { Mailer } from '../../ports/channel.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Installation, InstallationFacts, InstallationProblem, TestResult } from '../../ports/installation.ts'
import type { Random } from '../../ports/random.ts'

export interface InstallationOptions {
  problems: InstallationProblem[]
  facts: InstallationFacts | null
  /** Address of the database's API and a key that may read through it. */
  database: { url: string; key: string } | null
  mailer: Mailer | null
  /** Null when no address is configured. */
  pingDeadman: (() => Promise<{ ok: true; statusCode: number } | { ok: false; message: string }>) | null
  clock: Clock
  random: Random
}

/** Somebody waits in front of the page; longer than this is an answer of its own. */
const TIMEOUT_MS = 8_000

/** The installation as the environment describes it. Its tests reach out as the product itself would. */
export function createInstallation(options: InstallationOptions): Installation {
  const { problems, facts, database, mailer, pingDeadman, clock, random } = options
  return {
    problems,
    facts,
    async testDatabase() {
      if (database === null) return notConfigured('The database')
      const url = `${database.url}/rest/v1/task_pulses?select=task&limit=1`
      return ask(url, { apikey: database.key, authorization: `Bearer ${database.key}` }, clock, [200])
    },
    async testUrl() {
      if (facts === null) return notConfigured('VIGIE_URL')
      // 503 is an answer too: the address leads here, and the page says what is unhealthy.
      return ask(`${facts.url}/api/health`, {}, clock, [200, 503])
    },
    async testDeadman() {
      if (pingDeadman === null) return notConfigured('VIGIE_DEADMAN_URL')
      const answer = await pingDeadman()
      return answer.ok
        ? { ok: true, detail: `The dead-man service answered ${answer.statusCode}.` }
        : { ok: false, detail: answer.message }
    },
    async testMail({ to, projectId, subject, text }) {
      if (mailer === null) return notConfigured('Mail')
      const html = `<!doctype html><html lang="en"><body><p>${escapeHtml(text)}</p></body></html>`
      const mail = {
        idempotencyKey: `setup:${random.uuid()}`,
        projectId,
        to: [to],
        subject,
        text,
        html,
        attachments: [],
      }
      const answer = await mailer.send(mail)
      return { ok: answer.outcome === 'delivered', detail: answer.detail }
    },
  }
}

function notConfigured(what: string): TestResult {
  return { ok: false, detail: `${what} is not configured.` }
}

/** Asks once and says what came back; the address stays out of the sentence where it may hold a key. */
async function ask(url: string, headers: Record<string, string>, clock: Clock, good: number[]): Promise<TestResult> {
  const startedAt = clock.now()
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS), cache: 'no-store' })
    await response.body?.cancel()
    const detail = `Answered ${response.status} in ${clock.now() - startedAt} ms.`
    return { ok: good.includes(response.status), detail }
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    return { ok: false, detail: isTimeout ? `No answer within ${TIMEOUT_MS / 1_000} s.` : 'No connection.' }
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
