/** Reads stored secrets for a probe that a person asked for. The caller has made sure that the person may ask for it. */
export interface MonitorSecretReader {
  /** Sealed by `SecretBox`; null when the monitor has none. */
  findCiphertext(monitorId: string): Promise<string | null>
}
