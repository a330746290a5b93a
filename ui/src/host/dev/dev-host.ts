import type { Host } from "../host";
export function openDevHost(_query: URLSearchParams): Host { throw new Error("soon"); }
