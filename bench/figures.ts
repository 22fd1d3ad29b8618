export interface Figure {
  name: string;
  value: number;
  unit: string;
  aim: number;
  better: 'higher' | 'lower';
}

/** The figures as a table for people. */
export function tabulate(figures: readonly Figure[]): string {
  const head = ['figure', 'value', 'unit', 'aim', ''];
  const rows = figures.map(({ name, value, unit, aim, better }) => {
    const met = better === 'higher' ? value >= aim : value <= aim;
    return [name, String(value), unit, `${better === 'higher' ? '≥' : '≤'} ${aim}`, met ? 'met' : 'missed'];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
}
