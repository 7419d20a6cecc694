/** Applies a saved model to the graph at PATH. */
import { applyModel } from '../engine/training/applyModel.ts';
import { writeOutputs } from './outputs.ts';
import { buildReport } from './report.ts';
import { readModel } from './runFolder.ts';
import { EXIT, reportFacts, type Session } from './session.ts';

/** Returns the exit code. @param folder what --out of the run wrote */
export async function applyCommand(session: Session, folder: string): Promise<number> {
  const { command, terminal, imported, choice } = session;
  const trained = await readModel(folder);
  const { description, result } = await applyModel(imported.graph, trained, choice.label);
  terminal.err(
    `Applied ${description.modelName} from ${folder}: ${description.counts.test} nodes with a known answer`,
  );
  terminal.err(result.verdict);
  const run = { seed: trained.config.seed, description, result };
  const report = buildReport({ ...reportFacts(session), runs: [run], isSeedList: false });
  if (command.out !== null) {
    const { graph } = imported;
    await writeOutputs(command.out, { graph, run, report, model: null, checkpoint: null, attention: null });
  }
  terminal.out(JSON.stringify(report));
  return EXIT.done;
}
