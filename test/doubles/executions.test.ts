import { leadsExecutions } from './executions.suite.ts';
import { memoryExecutions } from './executions.ts';

leadsExecutions('in memory', async () => {
  const executions = memoryExecutions();
  return {
    executions,
    tokenOf: async (dossierId) => executions.arrive(dossierId),
    countOf: async (dossierId) => executions.calls.filter((call) => call.startsWith(`start ${dossierId}-`)).length,
    close: async () => {},
  };
});
