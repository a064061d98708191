/** Choices and bounds of monitors, apart from the schemas: forms show them in the browser, where the schemas' 45 KB have no place. */

const DAY_SECONDS = 86_400
export const INTERVAL_SECONDS = { min: 10, max: DAY_SECONDS, default: 60 } as const
export const TIMEOUT_MS = { min: 100, max: 60_000, default: 10_000 } as const
export const DNS_RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SOA', 'SRV', 'CAA'] as const
