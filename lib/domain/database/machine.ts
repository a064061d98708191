import type { MachineTotals } from './schema.ts'

/** A line of Prometheus's text format: `node_cpu_seconds_total{mode="idle"} 12.5`. */
export interface MetricLine {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

/** Where Supabase keeps the data of Postgres. */
const DATA_MOUNT = '/data'

/** CPU, memory and disk as node_exporter names them, which is what Supabase's metrics endpoint answers. Null where a figure is absent. */
export function machineTotals(lines: readonly MetricLine[]): MachineTotals {
  const ofDatabase = lines.filter(({ labels }) => (labels.service_type ?? 'db') === 'db')
  const cpu = ofDatabase.filter(({ name }) => name === 'node_cpu_seconds_total')
  const disks = (name: string) => ofDatabase.filter((line) => line.name === name)
  const disk = (name: string) =>
    disks(name).find(({ labels }) => labels.mountpoint === DATA_MOUNT) ??
    disks(name).find(({ labels }) => labels.mountpoint === '/')
  const memory = (name: string) => ofDatabase.find((line) => line.name === name)?.value ?? null
  return {
    cpuIdleSeconds: sumOf(cpu.filter(({ labels }) => labels.mode === 'idle')),
    cpuSeconds: sumOf(cpu),
    memoryAvailableBytes: memory('node_memory_MemAvailable_bytes'),
    memoryBytes: memory('node_memory_MemTotal_bytes'),
    diskAvailableBytes: disk('node_filesystem_avail_bytes')?.value ?? null,
    diskBytes: disk('node_filesystem_size_bytes')?.value ?? null,
  }
}

function sumOf(lines: readonly MetricLine[]): number | null {
  return lines.length === 0 ? null : lines.reduce((sum, { value }) => sum + value, 0)
}
