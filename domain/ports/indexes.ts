/** What the book is asked beside its dossiers one by one; each is an index of its table. */
export const indexes = {
  /** What waits for its date: clocks of places and renewals of executions. */
  due: { partition: 'due', sort: 'dueAt', shows: [] },
  /** What lies on a unit's desk, by place, the most urgent first; with what a line of it shows. */
  desk: {
    partition: 'desk',
    sort: 'urgentAt',
    shows: ['trackingCode', 'procedureCode', 'place', 'since', 'reminders', 'officialCode'],
  },
  /** What is written once: lodged with an agency, by month; registered by a portal, by day; taken out on a round. */
  all: { partition: 'listed', sort: 'listedAt', shows: [] },
  /** Every event by the day on which it arrived, with its link in the chain: what is sealed at night. */
  arrivals: { partition: 'arrived', sort: 'receivedAt', shows: ['digest'] },
} as const;
