/**
 * The training worker's service: backend, graph and run control behind the protocol, one run at a time. What a run sends
 * is runStream.ts; the work is the engine's.
 */
import { WorkbenchError } from '../../core/errors.ts';
import { type Graph, numEdges } from '../../core/graph.ts';
import { chooseBackend, rankedAnew } from '../../engine/backend.ts';
import type { Workload } from '../../engine/backendRanking.ts';
import { engineCatalogue } from '../../engine/catalogue.ts';
import type { EngineHost } from '../../engine/host.ts';
import type { BackendChoice, RunConfig } from '../../engine/runTypes.ts';
import { estimateRun } from '../../engine/training/estimateRun.ts';
import { createRunControl, type RunControlState } from '../../engine/training/runControl.ts';
import type { TrainingService } from '../protocol.ts';
import { streamRun } from './runStream.ts';

export function createTrainingService(host: EngineHost): TrainingService {
  let graph: Graph | null = null;
  let choice: BackendChoice | null = null;
  let isAutomatic = true;
  let control: RunControlState | null = null;
  let running: Promise<void> = Promise.resolve();

  function requireGraph(): Graph {
    if (graph === null) throw new Error('no graph was set');
    return graph;
  }

  async function fallBack(): Promise<BackendChoice> {
    const lost = choice?.label ?? 'The GPU';
    const chosen = await chooseBackend('wasm', null, host);
    choice = { ...chosen, reason: `${lost} was lost; the run went on with ${chosen.label}.` };
    return choice;
  }

  /** Another backend when the figures measured on a large graph say so; the same one, still running, else. */
  async function suitedTo(workload: Workload, current: BackendChoice): Promise<BackendChoice> {
    if (rankedAnew(current, workload).backend === current.backend) return current;
    return chooseBackend('auto', current, host, workload);
  }

  return {
    catalogue: () => Promise.resolve(engineCatalogue()),
    async chooseBackend(requested, remembered) {
      if (control !== null) {
        throw new WorkbenchError('The compute backend cannot change while a model trains.', {
          code: 'busy',
          remedy: 'Stop the run first.',
        });
      }
      const chosen = await chooseBackend(requested, remembered, host);
      choice = chosen;
      isAutomatic = requested === 'auto';
      return chosen;
    },
    setGraph(value) {
      graph = value;
      return Promise.resolve();
    },
    async estimateRun(config) {
      await Promise.resolve();
      return estimateRun(requireGraph(), config);
    },
    async startRun(config, port) {
      control?.stop();
      await running;
      choice ??= await chooseBackend('auto', null, host);
      const current = requireGraph();
      const before = choice;
      if (isAutomatic) choice = await suitedTo(workloadOf(current, config), choice);
      control = createRunControl();
      const isChanged = choice.backend !== before.backend;
      running = streamRun({ graph: current, config, control, choice, isChanged, port, fallBack }).finally(
        () => {
          control = null;
        },
      );
    },
    pause: () => Promise.resolve(control?.pause()),
    resume: () => Promise.resolve(control?.resume()),
    step: () => Promise.resolve(control?.step()),
    stop: () => Promise.resolve(control?.stop()),
    setLearningRate: (value) => Promise.resolve(control?.setLearningRate(value)),
  };
}

/** Widths of models without hidden units are those of their outputs: a usual one stands for them. */
const USUAL_WIDTH = 64;

function workloadOf(graph: Graph, { parameters }: RunConfig): Workload {
  const widthOf = (id: string, otherwise: number): number => {
    const value = Number(parameters[id]);
    return value > 0 ? value : otherwise;
  };
  return {
    numArcs: 2 * numEdges(graph),
    hidden: widthOf('hidden', USUAL_WIDTH) * widthOf('heads', 1),
  };
}
