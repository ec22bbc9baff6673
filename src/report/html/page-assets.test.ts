import { expect, it } from 'vitest';
import { readPageAssets } from './page-assets.ts';

it('readPageAssets() says what it lacks where nothing was built', async () => {
  await expect(readPageAssets('/nowhere')).rejects.toMatchObject({
    code: 'internal',
    message: expect.stringContaining('"/nowhere/html-report.js" is not there'),
  });
});
