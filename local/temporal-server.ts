import { Connection } from '@temporalio/client';
import { searchAttributes } from '../app/search-attributes.js';
import { type Part, startPart, waitUntilReady } from './part.js';

export type TemporalServerOptions = {
  binary: string;
  port: number;
  /** The UI's port; without one there is no UI. */
  uiPort?: number;
  namespace: string;
  /** Where the server keeps everything; in memory unless set. */
  databaseFile?: string;
  logFile: string;
  logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'never';
  /** Hears the process id before it serves. */
  onSpawn?: (pid: number) => void;
};

/** Starts a Temporal dev server on 127.0.0.1. Resolves when it serves; throws with its last lines when it does not. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<Part> {
  const { binary, port, uiPort, namespace, databaseFile, logFile, logLevel = 'warn' } = options;
  const attributes = Object.entries(searchAttributes).map(([name, type]) => `${name}=${type}`);
  const part = startPart({
    command: binary,
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port)],
      ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
      ...(namespace === 'default' ? [] : ['--namespace', namespace]),
      ...['--log-level', logLevel, '--log-format', 'json'],
      // WAL makes the file as fast as memory: 45 workflows a second instead of 16.
      ...(databaseFile ? ['--db-filename', databaseFile] : []),
      ...(databaseFile
        ? ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL']
        : []),
      // Makes a workflow whose task keeps failing findable in the UI.
      '--dynamic-config-value',
      'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2',
      ...attributes.flatMap((attribute) => ['--search-attribute', attribute]),
    ],
    logFile,
  });
  options.onSpawn?.(part.pid);
  await waitUntilReady('Temporal', part, () => serves(`127.0.0.1:${port}`, namespace), 60_000);
  return part;
}

/** Whether a Temporal server answers at this address and knows the namespace. */
async function serves(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address, connectTimeout: '1s' });
  try {
    const describe = () => connection.workflowService.describeNamespace({ namespace });
    await connection.withDeadline(Date.now() + 1_000, describe);
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}
