/** What a task, a deadline or a notice belongs to, as its columns say it: an order's process, an incident's, or a chase's. */
export type Subject =
  | { workflowId: `order/${string}`; orderNumber: string }
  | { workflowId: `incident/${string}`; incidentNumber: string }
  | { workflowId: `chase/${string}`; chaseNumber: string };

export function orderSubject(number: string): Subject {
  return { workflowId: `order/${number}`, orderNumber: number };
}

export function incidentSubject(number: string): Subject {
  return { workflowId: `incident/${number}`, incidentNumber: number };
}

export function chaseSubject(number: string): Subject {
  return { workflowId: `chase/${number}`, chaseNumber: number };
}

/** The columns of a row that has no workflow of its own. */
export function columnsOf({ workflowId: _, ...columns }: Subject): {
  orderNumber?: string;
  incidentNumber?: string;
  chaseNumber?: string;
} {
  return columns;
}
