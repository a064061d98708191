/** Why an incident begins, goes on or ends, as its timeline says it of a monitor or of a rule. Sentences without their full stop. */
export interface IncidentWords {
  opened: string
  openedFlapping: string
  reopened: string
  reopenedFlapping: string
  worse: string
  worseFlapping: string
  better: string
  betterNotWell: string
  betterFlapping: string
  stable: string
}

export const MONITOR_WORDS: IncidentWords = {
  opened: 'down, confirmed by repeated probes',
  openedFlapping: 'down, and flapping: the turns that follow are not told',
  reopened: 'down again soon after it recovered',
  reopenedFlapping: 'flapping: down again soon after it recovered. This is told once; the turns that follow are not',
  worse: 'down again while the incident is open, so nobody is told again',
  worseFlapping: 'down again; told once that it is flapping, so this turn is not told',
  better: 'answers again',
  betterNotWell: 'answers again, but not well',
  betterFlapping: 'answers again; as it is flapping, the incident stays open until it has been up for a while',
  stable: 'stable again: no failure since it last recovered',
}

export const RULE_WORDS: IncidentWords = {
  opened: 'critical, and for long enough to be told',
  openedFlapping: 'critical, and flapping: the turns that follow are not told',
  reopened: 'critical again soon after it recovered',
  reopenedFlapping:
    'flapping: critical again soon after it recovered. This is told once; the turns that follow are not',
  worse: 'critical while the incident of the rule is open, so nobody is told again',
  worseFlapping: 'critical again; told once that it is flapping, so this turn is not told',
  better: 'is not critical any more',
  betterNotWell: 'is not critical any more, but still a warning',
  betterFlapping:
    'not critical any more; as it is flapping, the incident stays open until it has been quiet for a while',
  stable: 'is stable again: not critical since it last recovered',
}
