'use strict'

class NotSent extends Error {
  constructor(reason, { permanent = false } = {}) {
    super(reason)
    this.permanent = permanent
  }
}
NotSent.prototype.name = 'NotSent'

module.exports = { NotSent }
