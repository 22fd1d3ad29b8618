import { type ArchiveFault, verifyArchives } from '../app/archive/verify-archives.js';
import { connectDatabase } from '../db/connect.js';
import { findDatabase } from './find-database.js';

const WHY: Record<ArchiveFault['why'], string> = {
  missing: '已结束但没有归档 · has ended and has no archive',
  hashDiffers: '归档内容与哈希不符 · the archive is not what its hash says',
  notCanonical: '归档格式被改动 · the archive is not in its canonical form',
  ofAnother: '归档属于另一突发情况 · the archive is another incident’s',
};

/** Checks every archive of a database; `text` is for the terminal, `sound` says that nothing is wrong. Throws without one. */
export async function runVerify({
  env,
  runFile,
}: {
  env: Readonly<Record<string, string>>;
  runFile: string;
}): Promise<{ text: string; sound: boolean }> {
  const database = await findDatabase(runFile, env);
  if (!database) throw new Error('There is no database to check: start Redmark, or set DATABASE_URL.');
  const db = connectDatabase(database.url, 1);
  try {
    const { checked, faults } = await verifyArchives(db);
    const lines = faults.map(({ number, why }) => `${number}: ${WHY[why]}`);
    const sum = `已核对 ${checked} 份归档，${faults.length} 份有问题 · ${checked} archives checked, ${faults.length} wrong`;
    return { text: `${[...lines, sum].join('\n')}\n`, sound: faults.length === 0 };
  } finally {
    await db.$client.end();
  }
}
