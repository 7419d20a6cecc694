/** True class against predicted class of one node, with all class probabilities as bars once the run has finished. */
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Graph } from '../../core/graph.ts';
import { ClassName } from '../ClassSwatch/ClassSwatch.tsx';
import { formatPercent } from '../format/formatNumber.ts';
import { classColour, classOfNode, type NodeClasses } from '../nodeClasses.ts';
import { classProbabilities, PART_NAMES, type Predictions, predictionRow } from '../predictions.ts';
import { useNodeClasses } from '../useNodeClasses.ts';
import { usePredictions } from '../usePredictions.ts';
import classes from './Inspector.module.css';

const MAX_BARS = 8;

export function Judgement({ graph, node }: { readonly graph: Graph; readonly node: number }) {
  const nodeClasses = useNodeClasses();
  const predictions = usePredictions(graph.version);
  if (nodeClasses === null && predictions === null) return null;
  const truth = nodeClasses === null ? -1 : classOfNode(nodeClasses, node);
  const row = predictions === null ? -1 : predictionRow(predictions, node);
  const predicted = predictions === null || row < 0 ? -1 : (predictions.codes[row] as number);
  const colours = nodeClasses?.colours ?? [];
  const part = predictions?.parts?.[row];
  return (
    <section className={classes.section} aria-label="Prediction">
      <dl className={classes.facts}>
        {nodeClasses !== null && (
          <Fact name="Label">
            {truth < 0 ? (
              'none'
            ) : (
              <ClassName colour={classColour(colours, truth)} name={nodeClasses.classes[truth] ?? ''} />
            )}
          </Fact>
        )}
        {predictions !== null && predicted >= 0 && (
          <>
            <Fact name="Predicted">
              <ClassName
                colour={classColour(colours, predicted)}
                name={predictions.classes[predicted] ?? ''}
              />
              <Mark truth={truthName(nodeClasses, truth)} predicted={predictions.classes[predicted] ?? ''} />
            </Fact>
            <Fact name="Confidence">{formatPercent(predictions.confidence[row] as number)}</Fact>
          </>
        )}
        {part !== undefined && <Fact name="Split">{PART_NAMES[part]}</Fact>}
      </dl>
      {predictions !== null && <Probabilities predictions={predictions} node={node} colours={colours} />}
    </section>
  );
}

function truthName(nodeClasses: NodeClasses | null, truth: number): string | null {
  return nodeClasses?.classes[truth] ?? null;
}

/** Right or wrong by shape and word, not by colour alone. */
function Mark({ truth, predicted }: { readonly truth: string | null; readonly predicted: string }) {
  if (truth === null) return null;
  return truth === predicted ? (
    <span className={classes.right}>
      <IconCheck size={13} aria-hidden /> right
    </span>
  ) : (
    <span className={classes.wrong}>
      <IconX size={13} aria-hidden /> wrong
    </span>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ProbabilitiesProps {
  readonly predictions: Predictions;
  readonly node: number;
  readonly colours: readonly string[];
}

function Probabilities({ predictions, node, colours }: ProbabilitiesProps) {
  const probabilities = classProbabilities(predictions, node);
  if (probabilities.length === 0) return null;
  return (
    <ul className={classes.probabilities} aria-label="Class probabilities">
      {probabilities.slice(0, MAX_BARS).map(({ code, probability }) => (
        <li key={code}>
          <span className={classes.barName}>{predictions.classes[code]}</span>
          <span>{formatPercent(probability)}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.bar}
              style={{ width: `${probability * 100}%`, backgroundColor: classColour(colours, code) }}
            />
          </span>
        </li>
      ))}
      {probabilities.length > MAX_BARS && (
        <li className={classes.muted}>and {probabilities.length - MAX_BARS} more classes</li>
      )}
    </ul>
  );
}
