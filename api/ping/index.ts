import { receivePing } from '../../lib/tasks/receive-ping.ts'
import { wireReporter } from '../../lib/wiring/reporter.ts'
import { wireTasks } from '../../lib/wiring/tasks.ts'
import { pingFunction } from '../_lib/ping.ts'

/** Heartbeats: a job says that it ran. `/ping/<uuid>` and the like come here by the rewrite in vercel.json. */
export const { GET, HEAD, POST, OPTIONS } = pingFunction(() => {
  const tasks = wireTasks()
  return { log: tasks.log, reporter: wireReporter(), receive: (ping) => receivePing(tasks, ping) }
})
