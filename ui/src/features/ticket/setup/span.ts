/** A promise as hours and minutes of working time; both empty: nothing is promised. */
export interface SpanFields {
  hours: number | null;
  minutes: number | null;
}

export function split(minutes: number | null): SpanFields {
  return minutes === null ? { hours: null, minutes: null } : { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

export function join({ hours, minutes }: SpanFields): number | null {
  return hours === null && minutes === null ? null : (hours ?? 0) * 60 + (minutes ?? 0);
}
