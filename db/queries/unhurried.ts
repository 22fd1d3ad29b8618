import { sql } from 'drizzle-orm';

/**
 * A condition that holds, and lets the commit not wait for the disk. For what may be lost in a crash of the server
 * without harm, since somebody does it again to the same effect; never for what somebody has been told.
 */
export const unhurried = sql`set_config('synchronous_commit', 'off', true) is not null`;
