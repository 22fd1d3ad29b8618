/**
 * A place's name as it is compared: 江苏省 and 江苏 are one, and so are `Bremen` and `bremen`. The same as PostgreSQL
 * does where it looks for affected orders.
 */
export function plainPlace(name: string): string {
  return name.replace(/(特别行政区|(壮族|回族|维吾尔)?自治区|省|市|区|县)$/, '').toLowerCase();
}
