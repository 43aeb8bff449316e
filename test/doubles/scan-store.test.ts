import { keepsScans } from './scan-store.suite.ts';
import { memoryScanStore } from './scan-store.ts';

keepsScans('in memory', async () => {
  const store = memoryScanStore(() => 0);
  return {
    store,
    upload: async (_form, scan, bytes) => store.upload(scan, bytes),
    verified: store.verified,
    close: async () => {},
  };
});
