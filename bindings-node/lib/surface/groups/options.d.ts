// Written by tests/surface/generate.py from tests/surface.json: change neither here.

/** What goes with any operation that changes something. */
export interface CallOptions {
  /**
   * Makes the call safe to repeat: within 24 hours, the same key and arguments give the same answer and no
   * second effect.
   */
  idempotencyKey?: string
}
