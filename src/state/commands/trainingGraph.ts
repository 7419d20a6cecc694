/** The graph that the training worker holds: sent once per version, whoever needs it first. */
import type { Graph } from '../../core/graph.ts';
import type { WorkbenchClients } from '../../workers/clients/workbenchClients.ts';

export interface TrainingGraph {
  isSent(graph: Graph): boolean;
  /** Resolves when the worker has the graph. */
  send(graph: Graph): Promise<void>;
  /** The worker is another one now. */
  forget(): void;
}

export function createTrainingGraph(clients: Pick<WorkbenchClients, 'training'>): TrainingGraph {
  let sent: { readonly version: string; readonly arrival: Promise<void>; isThere: boolean } | null = null;
  return {
    isSent: (graph) => sent?.version === graph.version && sent.isThere,
    send(graph) {
      if (sent?.version === graph.version) return sent.arrival;
      const sending = {
        version: graph.version,
        arrival: clients.training.call((training) => training.setGraph(graph)),
        isThere: false,
      };
      sent = sending;
      sending.arrival.then(
        () => {
          sending.isThere = true;
        },
        () => {
          if (sent === sending) sent = null;
        },
      );
      return sending.arrival;
    },
    forget() {
      sent = null;
    },
  };
}
