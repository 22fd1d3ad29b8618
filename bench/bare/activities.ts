import type pg from 'pg';
import type { Channel } from '../../activities/adapters/channel.js';

export interface BareActivities {
  /** Inserts one row (local activity). */
  insertRow(row: { key: string; subject: string; body: unknown }): Promise<void>;
  /** Sends one mail (ordinary activity). */
  sendMail(mail: { key: string }): Promise<void>;
}

const insertSql = `insert into bare_rows (key, subject, at, body) values ($1, $2, now(), $3)
  on conflict (key) do nothing`;

/** One row of the bare side, in one round trip. */
export async function insertBareRow(
  pool: pg.Pool,
  { key, subject, body }: { key: string; subject: string; body: unknown },
): Promise<void> {
  const values = [key, subject, JSON.stringify(body)];
  await pool.query({ name: 'insert-bare-row', text: insertSql, values });
}

export function createBareActivities({ pool, mail }: { pool: pg.Pool; mail: Channel }): BareActivities {
  return {
    insertRow: (row) => insertBareRow(pool, row),
    async sendMail({ key }) {
      const [sent] = await mail.send({
        to: ['buyer@bench.example'],
        subject: `Step ${key}`,
        text: `A step of ${key} is done.`,
        html: `<p>A step of ${key} is done.</p>`,
        markdown: '',
        red: false,
        locale: 'en',
        id: key.replaceAll('/', '-'),
      });
      if (sent?.outcome !== 'accepted') throw new Error(sent?.why ?? 'the mail was not taken');
    },
  };
}
