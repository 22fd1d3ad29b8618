type Schemas = Record<string, unknown>;

const PREFIX = '#/components/schemas/';

/**
 * Leaves the component schemas that something refers to, each under its plain name. The generator names what goes in
 * `XInput` and what comes out `X`, used or not; where both say the same, or only one is used, that one is `X`.
 */
export function tidyComponents<Document extends { components?: { schemas?: Schemas } }>(
  document: Document,
): Document {
  let tidy = prune(document);
  // A schema may itself be called `OrderInput`: its name is not cut a second time.
  const plain = new Set<string>();
  for (;;) {
    const rename = findRename(tidy.components?.schemas ?? {}, plain);
    if (!rename) return tidy;
    plain.add(rename.to);
    tidy = prune(replaceRefs(tidy, rename.from, rename.to));
  }
}

/** A component `XInput` that can be plain `X`. */
function findRename(schemas: Schemas, plain: ReadonlySet<string>): { from: string; to: string } | undefined {
  for (const from of Object.keys(schemas)) {
    if (!from.endsWith('Input') || plain.has(from)) continue;
    const to = from.slice(0, -'Input'.length);
    const taken = schemas[to];
    if (taken === undefined || JSON.stringify(taken) === JSON.stringify(schemas[from])) return { from, to };
  }
  return undefined;
}

function replaceRefs<Document extends { components?: { schemas?: Schemas } }>(
  document: Document,
  from: string,
  to: string,
): Document {
  const renamed = JSON.parse(JSON.stringify(document), (key, value) =>
    key === '$ref' && value === PREFIX + from ? PREFIX + to : value,
  ) as Document;
  const schemas = renamed.components?.schemas ?? {};
  schemas[to] = schemas[from];
  delete schemas[from];
  return renamed;
}

/** Removes the schemas that no operation reaches. */
function prune<Document extends { components?: { schemas?: Schemas } }>(document: Document): Document {
  const { schemas = {}, ...others } = document.components ?? {};
  const reached = new Set<string>();
  const waiting = [...refsIn({ ...document, components: others })];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...refsIn(schemas[name]));
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
  return { ...document, components: { ...others, schemas: kept } };
}

function refsIn(value: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(value, (key, part) => {
    if (key === '$ref' && typeof part === 'string' && part.startsWith(PREFIX))
      found.add(part.slice(PREFIX.length));
    return part;
  });
  return found;
}
