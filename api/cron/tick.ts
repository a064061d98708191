import { tick } from '../../lib/tasks/tick.ts'
import { wireTasks } from '../../lib/wiring/tasks.ts'
import { cronFunction } from '../_lib/cron.ts'

/** Every minute: probe what is due, decide, deliver. */
export const { GET, POST } = cronFunction(wireTasks, tick)
