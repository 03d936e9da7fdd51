'use strict'

// One operation, from its arguments to its answer or its error.

const { Refusal, isObject, nullable, optional, record, string, wrongType } = require('./codec.js')
const errors = require('./surface/errors.js')
const shapes = require('./surface/shapes/errors.js')

const OPTIONS = record({ idempotencyKey: optional('idempotency_key', nullable(string)) })
const NO_OPTIONS = record({})

/**
 * What the core calls an operation, what it takes and what it answers. `actor` is the shape of the actor if it takes
 * one, `answer` is left out if there is nothing to answer.
 */
function operation(name, { actor, changes, fields, answer }) {
  return { name, actor, options: changes ? OPTIONS : NO_OPTIONS, arguments: record(fields), answer }
}

/** Runs an operation of an open handle. */
async function run(handle, operation, given) {
  const text = await handle.call(operation.name, request(operation, given))
  const value = answered(JSON.parse(text))
  return operation.answer === undefined ? undefined : operation.answer.decode(value)
}

/** The value of an answer of the core, or its error. */
function answered({ ok, error }) {
  if (error !== undefined) throw errorOf(error)
  return ok
}

function request(operation, { actor, args, options }) {
  try {
    const encoded = {
      ...operation.arguments.encode(objectOr(args, 'args'), ''),
      ...operation.options.encode(objectOr(options, 'options'), ''),
    }
    if (operation.actor !== undefined) encoded.actor = operation.actor.encode(actor, 'actor')
    return JSON.stringify(encoded)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new errors.InvalidArgumentError(error.message, { field: error.field, reason: error.reason })
  }
}

/** An object of named things, which may be left out whole. */
function objectOr(value, name) {
  if (value === undefined) return {}
  if (!isObject(value)) throw wrongType(name, 'an object', value)
  return value
}

/** The error for an error of the core. */
function errorOf({ code, message, fields }) {
  const known = Object.hasOwn(errors.byCode, code)
  const Kind = known ? errors.byCode[code] : errors.InternalError
  const shape = known ? shapes[code] : undefined
  const decoded = shape === undefined ? undefined : shape.decode(fields ?? {})
  // The name of an argument, in the spelling that JavaScript has for it.
  if (typeof decoded?.field === 'string') decoded.field = camel(decoded.field)
  return new Kind(message, decoded)
}

function camel(path) {
  return path.replace(/_+([a-z0-9])/g, (_match, letter) => letter.toUpperCase())
}

module.exports = { answered, errorOf, operation, run }
