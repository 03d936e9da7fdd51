'use strict'

// The compiled half, which `npm run build` puts beside the package's own sources.

module.exports = require('../native/handclasp.node')
