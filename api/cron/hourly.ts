import { collectErrors } from '../../lib/tasks/collect-errors.ts'
import { hourly } from '../../lib/tasks/hourly.ts'
import { wireCollecting } from '../../lib/wiring/collecting.ts'
import { keepMaintenancePlanned } from '../../lib/wiring/muting.ts'
import { wireTasks } from '../../lib/wiring/tasks.ts'
import { cronFunction } from '../_lib/cron.ts'

/** Every hour: close the books of the hours, add them up to days, make and drop partitions; count the errors of the hour, plan maintenance ahead. */
export const { GET, POST } = cronFunction(wireTasks, async (tasks) => {
  const collecting = [collectErrors(wireCollecting()), keepMaintenancePlanned()] as const
  const [summary, errors] = await Promise.all([hourly(tasks), ...collecting])
  return { ...summary, errors }
})
