import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

describe('a happy urgent order', () => {
  it('goes from receipt to closed: four evaluations, measure, signature, milestones, customer contact', async () => {
    const number = await rig.order();
    await rig.begun(number);
    await rig.evaluate(number);
    await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
    expect((await rig.row(number)).phase).toBe('signing');
    await rig.sign(number);
    expect((await rig.row(number)).phase).toBe('executing');
    await rig.produce(number);
    await rig.complete(`${number}.customerContact.sales`, {
      how: 'phone',
      confirmedBy: '王工',
      at: rig.now().toISOString(),
    });
    await expect(rig.handle(number).result()).resolves.toEqual({ number, phase: 'closed' });
    const row = await rig.row(number);
    expect(row).toMatchObject({ phase: 'closed', endReason: 'confirmedByCustomer', measure: 'overtime' });
    expect(row.confirmedBy).toBe((await rig.person('vp')).id);
    const history = await rig.handle(number).fetchHistory();
    console.log('events', history.events?.length);
  });
});
