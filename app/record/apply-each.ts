/** What each kind of change does to the record; a new kind is a line in the table. */
export type Changes<Context, Change extends { do: string }> = {
  [K in Change['do']]: (
    context: Context,
    change: Extract<Change, { do: K }>,
    actor: string,
  ) => void | Promise<void>;
};

/** Applies the changes of a step in their order. */
export async function applyEach<
  Change extends { do: string },
  Context extends { step: { changes: Change[] } },
>(table: Changes<Context, Change>, context: Context, actor: string): Promise<void> {
  for (const change of context.step.changes) {
    const apply = table[change.do as Change['do']];
    await apply(context, change as never, actor);
  }
}
