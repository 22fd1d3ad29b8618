const block = 512;

/**
 * The content of the file called `name`, in whatever folder of an uncompressed tar archive; undefined when it holds
 * none. Enough of the format for a release archive: regular files with short names.
 */
export function unpackFromTar(archive: Buffer, name: string): Buffer | undefined {
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) return undefined;
    const path = textOf(header.subarray(0, 100));
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8);
    const type = String.fromCharCode(header[156] ?? 0);
    if ((type === '0' || type === '\0') && path.split('/').at(-1) === name) {
      return archive.subarray(at + block, at + block + size);
    }
    at += block + Math.ceil(size / block) * block;
  }
  return undefined;
}

const textOf = (field: Buffer) => field.toString('utf8').split('\0')[0]?.trim() ?? '';
