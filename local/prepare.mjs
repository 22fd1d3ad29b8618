// Runs before the package's scripts, on a bare Node: installs what is missing and builds what changed.
//   node local/prepare.mjs start|test|build|check
// Plain JavaScript without a dependency, for it is what brings the dependencies and the compiler.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...path) => join(root, ...path);
const say = (line) => process.stdout.write(`${line}\n`);

function fail(sentence) {
  throw new Error(sentence);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Redmark needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const hashOf = (text) => createHash('sha256').update(text).digest('hex');

// --- packages ---

function installPackages() {
  const lock = hashOf(readFileSync(inRoot('package-lock.json')));
  const marker = inRoot('node_modules', '.redmark-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  if (!isInstalled()) {
    say('Installing packages (npm ci)');
    // npm tells its scripts where it lies itself; the shell's npm is the second choice.
    const npm = process.env.npm_execpath;
    const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const args = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0)
      fail(`The packages could not be installed: npm ci ${error?.message ?? `ended with ${status}`}.`);
  }
  writeFileSync(marker, lock);
}

/** Whether npm's own list of what it installed has all that the lock wants: somebody ran npm by hand. */
function isInstalled() {
  const listed = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(listed)) return false;
  const installed = readJson(listed).packages;
  return Object.entries(readJson(inRoot('package-lock.json')).packages).every(([path, wanted]) => {
    const forSome = wanted.optional || wanted.os || wanted.cpu || wanted.libc;
    return path === '' || (installed[path] ? installed[path].integrity === wanted.integrity : forSome);
  });
}

// --- build ---

const sourceFolders = ['domain', 'contracts', 'workflows', 'activities', 'app', 'api', 'db', 'cli', 'local'];

function listSources() {
  const files = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.ts')) files.push(relative(root, path));
    }
  };
  for (const folder of sourceFolders.map((name) => inRoot(name)).filter(existsSync)) walk(folder);
  for (const name of readdirSync(root)) if (name.endsWith('.ts')) files.push(name);
  return files.sort();
}

function hashSources() {
  const hash = createHash('sha256').update(process.version);
  for (const file of listSources()) hash.update(`\0${file}\0`).update(readFileSync(inRoot(file)));
  return hash.digest('hex');
}

async function build() {
  const wanted = hashSources();
  const marker = inRoot('dist', '.built');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  say('Building');
  // What a killed build left; nobody else builds now.
  for (const name of readdirSync(root)) if (/^dist-\d+/.test(name)) rmSync(inRoot(name), { recursive: true });
  // Into a folder beside, then swapped: a build that is broken off, or a second one at once, leaves dist whole.
  const fresh = inRoot(`dist-${process.pid}`);
  try {
    compile(fresh);
    await bundleWorkflows(fresh);
    writeFileSync(join(fresh, '.built'), wanted);
    const old = `${fresh}-old`;
    if (existsSync(inRoot('dist'))) renameSync(inRoot('dist'), old);
    renameSync(fresh, inRoot('dist'));
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function compile(folder) {
  mkdirSync(folder, { recursive: true });
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc');
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', folder];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // The compiler writes in spite of wrong types; whether they are right is for `npm run check` to say.
  if (status !== 0 && !existsSync(join(folder, 'local', 'start.js'))) fail('The build failed; see above.');
  if (status !== 0) say('The types are not right; see above. Going on with what was built.');
}

async function bundleWorkflows(folder) {
  const workflowsPath = join(folder, 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return;
  const entry = inRoot('node_modules', '@temporalio', 'worker', 'lib', 'index.js');
  const { bundleWorkflowCode } = (await import(pathToFileURL(entry).href)).default;
  const nothing = () => undefined;
  const silent = {
    log: nothing,
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
  };
  const lines = [];
  const logger = { ...silent, error: (message) => lines.push(message) };
  try {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger });
    writeFileSync(join(folder, 'workflow-bundle.js'), code);
  } catch (error) {
    fail(`The workflows could not be bundled: ${[...lines, error.message].join('\n')}`);
  }
}

// --- one at a time ---

const lockFolder = join(tmpdir(), `redmark-prepare-${hashOf(root).slice(0, 12)}`);

/** Waits for another preparation of this folder; two of them would install and build over each other. */
async function takeTurn() {
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lockFolder);
      writeFileSync(join(lockFolder, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isHeld()) rmSync(lockFolder, { recursive: true, force: true });
    else if (waited === 0) say('Waiting for another start, test or build of this folder to have installed');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Whether the one whose turn it is lives; one that has not written its id yet does, unless it is long about it. */
function isHeld() {
  try {
    const pid = Number(readFileSync(join(lockFolder, 'pid'), 'utf8'));
    if (pid) process.kill(pid, 0);
    return pid > 0 || Date.now() - statSync(lockFolder).mtimeMs < 5_000;
  } catch (error) {
    if (error.code === 'EPERM') return true;
    return (
      existsSync(lockFolder) && Date.now() - statSync(lockFolder).mtimeMs < 5_000 && error.code === 'ENOENT'
    );
  }
}

// --- modes ---

/** Whether a supervisor runs here already: then a second start has nothing to prepare. */
function isRunning() {
  try {
    const { pid } = readJson(inRoot('.redmark', 'supervisor.json'));
    process.kill(pid, 0);
    // Another process may bear the id by now.
    const said = existsSync('/proc/self')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
    return said.includes('local/start.js') && existsSync(inRoot('dist', 'local', 'start.js'));
  } catch {
    return false;
  }
}

async function prepare(mode) {
  const modes = ['start', 'test', 'build', 'check'];
  if (!modes.includes(mode)) fail(`usage: node local/prepare.mjs ${modes.join('|')}`);
  checkNode();
  if (mode === 'start' && isRunning()) return;
  await takeTurn();
  try {
    installPackages();
    if (mode !== 'check') await build();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

prepare(process.argv[2]).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
