import { customType } from 'drizzle-orm/pg-core';

/** A UTC instant: `timestamptz` in PostgreSQL, `Date.toISOString()` text in TypeScript. */
export const instant = customType<{ data: string; driverData: Date | string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
  toDriver: (value) => value,
});
