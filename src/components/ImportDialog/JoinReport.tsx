/** How the ids of the files meet those of the open graph, per node type and in both directions. */
import type { BetterColumn, JoinMatch, TypeMatch } from '../../core/matchGraphs.ts';
import type { ImportOptions, ImportPreview } from '../../io/importTypes.ts';
import type { JoinState } from '../../state/types.ts';
import { formatPercent, formatQuantity } from '../format/formatNumber.ts';
import { useCommands } from '../useStore.ts';
import { tableRole, withColumnRole } from './columnRoles.ts';
import classes from './ImportDialog.module.css';
import { isPoorMatch, listed, matchedText, unmatchedText, withoutRowText } from './joinText.ts';

interface JoinReportProps {
  readonly preview: ImportPreview;
  readonly options: ImportOptions;
  readonly join: JoinState;
  readonly match: JoinMatch;
}

export function JoinReport({ preview, options, join, match }: JoinReportProps) {
  return (
    <>
      {match.types.map((type) => (
        <TypeReport
          key={type.incomingType}
          type={type}
          join={join}
          isTyped={match.types.length > 1}
          home={
            match.graphTypes.length > 1 && type.graphType !== null
              ? `${join.title}, ${type.graphType}`
              : join.title
          }
          preview={preview}
          options={options}
        />
      ))}
      {match.edges > 0 && (
        <p className={classes.muted}>
          {formatQuantity(match.edges, 'edge')} to add
          {match.edgesBeyond > 0 &&
            `; ${formatQuantity(match.edgesBeyond, 'of them has', 'of them have')} an end that ${join.title} lacks`}
          .
        </p>
      )}
    </>
  );
}

interface TypeReportProps extends Pick<JoinReportProps, 'preview' | 'options' | 'join'> {
  readonly type: TypeMatch;
  readonly isTyped: boolean;
  /** Where the nodes go, in words. */
  readonly home: string;
}

function TypeReport({ type, join, isTyped, home, preview, options }: TypeReportProps) {
  const isPoor = isPoorMatch(type);
  return (
    <div>
      <p>
        {isTyped && <span className={classes.muted}>{type.incomingType}: </span>}
        <strong data-poor={isPoor}>{matchedText(type)}</strong>{' '}
        {!isPoor && <span className={classes.muted}>{unmatchedText(type)}</span>}
      </p>
      {!isPoor && type.graphType !== null && <p className={classes.muted}>{withoutRowText(type, home)}</p>}
      {isPoor && (
        <p className={classes.muted}>
          Ids here look like <code>{listed(type.incomingIds, type.rows)}</code>
          {type.graphIds.length > 0 && (
            <>
              {' '}
              and in {home} like <code>{listed(type.graphIds, type.graphNodes)}</code>
            </>
          )}
        </p>
      )}
      {type.better !== null && (
        <BetterAdvice better={type.better} preview={preview} options={options} title={join.title} />
      )}
    </div>
  );
}

interface BetterAdviceProps extends Pick<JoinReportProps, 'preview' | 'options'> {
  readonly better: BetterColumn;
  readonly title: string;
}

function BetterAdvice({ better, preview, options, title }: BetterAdviceProps) {
  const commands = useCommands();
  const { where, column, matchedRatio } = better;
  const table = preview.tables.find(
    (candidate) =>
      tableRole(candidate, options) === 'nodes' && candidate.columns.some(({ name }) => name === column),
  );
  const owner = { 'incoming nodes': '', 'incoming edges': ' of the edges', 'open graph': ` of ${title}` }[
    where
  ];
  return (
    <p>
      Column <code>{column}</code>
      {owner} fits better: {formatPercent(matchedRatio)} match.{' '}
      {where === 'incoming nodes' && table !== undefined && (
        <button
          type="button"
          className={classes.link}
          onClick={() => commands.setImportOptions(withColumnRole(options, table, column, 'node-id'))}
        >
          Use it as node id
        </button>
      )}
    </p>
  );
}
