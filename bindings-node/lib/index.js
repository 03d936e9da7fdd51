'use strict'

const { Handclasp } = require('./handle.js')
const { NotSent } = require('./mail.js')
const { byCode: _byCode, ...errors } = require('./surface/errors.js')

module.exports = { Handclasp, NotSent, ...errors }
