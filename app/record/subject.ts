/** What a task, a deadline or a notice belongs to, as its columns say it: an order's process, or an incident's. */
export type Subject =
  | { workflowId: `order/${string}`; orderNumber: string }
  | { workflowId: `incident/${string}`; incidentNumber: string };

export function orderSubject(number: string): Subject {
  return { workflowId: `order/${number}`, orderNumber: number };
}

export function incidentSubject(number: string): Subject {
  return { workflowId: `incident/${number}`, incidentNumber: number };
}

/** The columns of a row that has no workflow of its own. */
export function columnsOf({ workflowId: _, ...columns }: Subject): {
  orderNumber?: string;
  incidentNumber?: string;
} {
  return columns;
}
