import type { ComponentChildren, VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

export interface Column<Row> {
  key: string;
  head: ComponentChildren;
  cell(row: Row): ComponentChildren;
  /** "ascending" or "descending" where rows are in the order of this column. */
  sort?: "ascending" | "descending" | undefined;
  numeric?: boolean;
}

interface Props<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf(row: Row): string;
  isChosen?(row: Row): boolean;
}

/** The height of a row, in pixels; the style has the same. */
const ROW = 38;
/** So many rows are drawn beyond those in sight, on either side; only after so many is the table drawn anew. */
const BEYOND = 10;

/** A table that draws only the rows in sight, and each of them once: a thousand runs scroll as ten do. */
export function VirtualTable<Row>({ label, rows, columns, keyOf, isChosen }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(0);
  const [height, setHeight] = useState(800);
  useEffect(() => {
    const element = box.current!;
    const look = () => {
      setPage(Math.floor(element.scrollTop / (ROW * BEYOND)));
      setHeight(element.clientHeight);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const first = Math.max(0, Math.min((page - 1) * BEYOND, rows.length - 1));
  const last = Math.min(rows.length, (page + 2) * BEYOND + Math.ceil(height / ROW));
  const drawn = useMemo(() => new Map<number, VNode>(), [rows, columns]);
  const draw = (index: number): VNode => {
    const row = rows[index]!;
    const known = drawn.get(index) ?? (
      <tr key={keyOf(row)} aria-rowindex={index + 2} class={isChosen?.(row) ? "chosen" : ""}>
        {columns.map((column) => <td key={column.key} class={classOf(column)}>{column.cell(row)}</td>)}
      </tr>
    );
    drawn.set(index, known);
    return known;
  };
  return (
    <div class="virtual scroll" ref={box} tabIndex={0} role="region" aria-label={label}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)} {...(column.sort && { "aria-sort": column.sort })}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first * ROW} columns={columns.length} />
          {Array.from({ length: last - first }, (_, index) => draw(first + index))}
          <Space height={(rows.length - last) * ROW} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Names of columns are a user's: they begin with a word of this table, so that they meet no other style. */
const classOf = (column: { key: string; numeric?: boolean }): string => (column.numeric ? "number" : `column-${column.key}`);

const Space = ({ height, columns }: { height: number; columns: number }) =>
  height > 0 ? <tr class="space" aria-hidden="true"><td colSpan={columns} style={{ height: `${height}px` }} /></tr> : null;
