// Written by tests/surface/generate.py from tests/surface.json: change neither here.

export type * from './businesses.js'
export type * from './common.js'
export type * from './connections.js'
export type * from './group_links.js'
export type * from './history.js'
export type * from './invites.js'
export type * from './members.js'
export type * from './outbox.js'
export type * from './people.js'
