/** Where rows stand in a list of groups: each group has a heading of its own, as high as a row, and may be folded. */
import type { TicketGroupView } from "$host";

/** What stands at a place of the list. */
export type Place = { is: "row"; row: number } | { is: "group"; group: TicketGroupView; folded: boolean };

interface Part {
  group: TicketGroupView;
  folded: boolean;
  /** Place of its heading. */
  place: number;
  /** Its first row. */
  row: number;
}

export class Layout {
  readonly #parts: Part[] = [];
  /** Places in all. */
  readonly height: number;

  constructor(total: number, groups: readonly TicketGroupView[], folded: ReadonlySet<string>) {
    let [place, row] = [0, 0];
    for (const group of groups) {
      const part = { group, folded: folded.has(group.key), place, row };
      this.#parts.push(part);
      place += 1 + (part.folded ? 0 : group.count);
      row += group.count;
    }
    this.height = groups.length > 0 ? place : total;
  }

  /** What stands there. */
  at(place: number): Place {
    const part = this.#part((one) => one.place <= place);
    if (!part) return { is: "row", row: place };
    return part.place === place ? { is: "group", group: part.group, folded: part.folded } : { is: "row", row: part.row + place - part.place - 1 };
  }

  /** Where a row stands; the heading of its group when that is folded. */
  placeOf(row: number): number {
    const part = this.#part((one) => one.row <= row && one.group.count > 0);
    if (!part) return row;
    return part.folded ? part.place : part.place + 1 + row - part.row;
  }

  /** The last part for which it holds; parts stand in order. */
  #part(holds: (part: Part) => boolean): Part | undefined {
    return this.#parts.findLast(holds);
  }
}
