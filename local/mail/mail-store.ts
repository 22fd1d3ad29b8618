import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressObject, simpleParser } from 'mailparser';

export type Envelope = { from: string; to: readonly string[]; receivedAt: string };

/** A mail as it was sent. `from` and `to` are bare addresses, several of them separated by a comma and a space. */
export type Message = {
  id: string;
  messageId: string;
  from: string;
  to: string;
  subject: string;
  /** What the mail says of itself, else when it came; an ISO-8601 instant in UTC. */
  date: string;
  text: string;
  html: string;
};

export type MailStore = {
  /** Keeps a mail; resolves when it lies on the disk. Costs no parsing: benchmarks send thousands. */
  add: (envelope: Envelope, raw: Buffer) => Promise<string>;
  /** All mails, the newest last. */
  list: () => Promise<Message[]>;
  find: (id: string) => Promise<Message | undefined>;
};

/**
 * Mails as files of a folder, the last `keep` of them: the envelope as a line of JSON, then the mail as it came.
 * They survive a restart, and are parsed when somebody asks for them.
 */
export async function openMailStore(folder: string, keep = 5_000): Promise<MailStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ids = (await readdir(folder))
    .filter((name) => /^\d{10}\.eml$/.test(name))
    .map((name) => name.slice(0, 10))
    .sort();
  const parsed = new Map<string, Promise<Message | undefined>>();
  const fileOf = (id: string) => join(folder, `${id}.eml`);
  let last = Number(ids.at(-1) ?? 0);

  const find = (id: string): Promise<Message | undefined> => {
    if (!ids.includes(id)) return Promise.resolve(undefined);
    const known = parsed.get(id) ?? readMessage(id, fileOf(id)).catch(() => undefined);
    parsed.set(id, known);
    return known;
  };

  return {
    async add(envelope, raw) {
      last += 1;
      const id = String(last).padStart(10, '0');
      // By rename, so that a mail is there whole or not at all, whenever this process is killed.
      await writeFile(
        `${fileOf(id)}.new`,
        Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), raw]),
      );
      await rename(`${fileOf(id)}.new`, fileOf(id));
      insertSorted(ids, id);
      for (const old of ids.splice(0, Math.max(0, ids.length - keep))) {
        parsed.delete(old);
        await rm(fileOf(old), { force: true });
      }
      return id;
    },
    async list() {
      const messages = await Promise.all([...ids].map(find));
      return messages.filter((message) => message !== undefined);
    },
    find,
  };
}

// Two mails written at once may end in the other order; nearly always this is a push.
function insertSorted(ids: string[], id: string) {
  let at = ids.length;
  while (at > 0 && (ids[at - 1] ?? '') > id) at -= 1;
  ids.splice(at, 0, id);
}

async function readMessage(id: string, file: string): Promise<Message> {
  const content = await readFile(file);
  const end = content.indexOf('\n');
  const envelope = JSON.parse(content.subarray(0, end).toString('utf8')) as Envelope;
  const mail = await simpleParser(content.subarray(end + 1), { skipImageLinks: true, skipTextToHtml: true });
  return {
    id,
    messageId: mail.messageId ?? '',
    from: addressesOf(mail.from) || envelope.from,
    to: addressesOf(mail.to) || envelope.to.join(', '),
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? envelope.receivedAt,
    text: mail.text ?? '',
    html: mail.html || '',
  };
}

function addressesOf(header: AddressObject | AddressObject[] | undefined): string {
  const lists = header === undefined ? [] : [header].flat();
  return lists.flatMap((list) => list.value.map((entry) => entry.address ?? '')).join(', ');
}
