import { hourly } from '../../lib/tasks/hourly.ts'
import { wireTasks } from '../../lib/wiring/tasks.ts'
import { cronFunction } from '../_lib/cron.ts'

/** Every hour: close the books of the hours, add them up to days, make and drop partitions. */
export const { GET, POST } = cronFunction(wireTasks, hourly)
