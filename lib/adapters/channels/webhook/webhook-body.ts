import type { OutgoingMessage } from '../../../domain/notification/message.ts'

/**
 * Body of a webhook: `{type, timestamp, data}` as Standard Webhooks proposes. Field names and their order are a public interface, and
 * the order is fixed here, so that every repetition is the same bytes and the same signature base. Instants are RFC 3339.
 */
export function writeWebhookBody(message: OutgoingMessage): string {
  const { incident, monitor, rule, evidence, project } = message.data
  return JSON.stringify({
    type: message.kind,
    timestamp: message.timestamp,
    data: {
      incident:
        incident === null
          ? null
          : {
              id: incident.id,
              number: incident.number,
              severity: incident.severity,
              priority: incident.priority,
              status: incident.status,
              title: incident.title,
              startedAt: incident.startedAt,
              acknowledgedAt: incident.acknowledgedAt,
              resolvedAt: incident.resolvedAt,
              reason: incident.reason,
              flapping: incident.flapping,
              url: incident.url,
            },
      monitor:
        monitor === null
          ? null
          : { key: monitor.key, name: monitor.name, url: monitor.url, state: monitor.state, kind: monitor.kind },
      ...(rule === undefined
        ? {}
        : {
            rule: {
              key: rule.key,
              name: rule.name,
              level: rule.level,
              startedAt: rule.startedAt,
              group: rule.group,
              otherGroups: rule.otherGroups,
              otherRules: rule.otherRules ?? [],
              value: rule.value,
              limit: rule.limit,
              unit: rule.unit,
              noDataSince: rule.noDataSince,
              runbook: rule.runbook,
              url: rule.pageUrl,
            },
          }),
      evidence: evidence.map((result) => ({
        at: result.at,
        verdict: result.verdict,
        cause: result.cause,
        message: result.message,
        statusCode: result.statusCode,
        latencyMs: result.latencyMs,
        failures: result.failures.map(({ subject, expected, got }) => ({ subject, expected, got })),
      })),
      project: { slug: project.slug, name: project.name },
    },
  })
}
