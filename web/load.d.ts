import type { Tollgate } from "./tollgate.d.ts";

export type * from "./tollgate.d.ts";

/**
 * Puts the loader into the page, once, and gives what it offers. `source`: its address, at the platform's own origin;
 * `integrity`: its hash, as `docs/integrate/checkout.md` names both. Refused with an `Error` when the network fails or
 * the content isn't what the hash says; a later call tries again.
 */
export declare function loadTollgate(source: string, options?: { integrity?: string }): Promise<typeof Tollgate>;
