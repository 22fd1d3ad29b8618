const mostShown = 20;

/** An import that was not done, with every reason: one line each, naming file and line where there is one. */
export class ImportRefused extends Error {
  constructor(readonly reasons: readonly string[]) {
    const more = reasons.length - mostShown;
    super([...reasons.slice(0, mostShown), ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
    this.name = 'ImportRefused';
  }
}
