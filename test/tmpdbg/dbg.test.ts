import { test } from 'vitest';
import { CONSISTENCY_MS, openTown } from '../world/town.ts';
test('lag', async () => {
  const town = await openTown({ lagMs: CONSISTENCY_MS - 200 });
  const id = await town.place();
  await town.cancel(id);
  for (let i = 0; i < 8; i++) { const t=performance.now(); const w = await town.work(); console.log(i, Math.round(performance.now()-t), w.exitCode, w.stderr.slice(0,300)); const o=await town.order(id); console.log(o.stage, JSON.stringify(o.services.map((s:any)=>[s.key,s.state??s.proof])), JSON.stringify(o.holds), town.live(id).length); }
  console.log(town.types(id).join(' '));
  const w2 = await town.oss(['worker','status']); console.log(w2.stdout.slice(0,800));
  console.log(town.ne.requests().join('\n'));
  await town.close();
});
