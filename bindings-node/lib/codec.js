'use strict'

// JavaScript values to the JSON that the core reads, and back. A shape says both ways for one type; the tables in
// `surface/shapes` are made of them. Nothing is coerced on the way in: what is not of its shape is refused.

const { inspect, types } = require('node:util')

/** A value that can't be handed to the core, before it is made an error that callers see. */
class Refusal extends Error {
  constructor(field, reason, detail) {
    super(`\`${field}\` is not acceptable: ${detail}`)
    this.field = field
    this.reason = reason
  }
}

/** The refusal of a value of another type; it names the type alone, since the value may be a secret. */
function wrongType(field, expected, value) {
  const got = value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value
  return new Refusal(field, 'format', `expected ${expected}, got ${got}`)
}

const asIs = (value) => value

const string = {
  encode(value, field) {
    if (typeof value !== 'string') throw wrongType(field, 'a string', value)
    if (!value.isWellFormed()) {
      throw new Refusal(field, 'noncharacter', 'it holds a lone surrogate, which is no character')
    }
    return value
  },
  decode: asIs,
}

const boolean = {
  encode(value, field) {
    if (typeof value !== 'boolean') throw wrongType(field, 'a boolean', value)
    return value
  },
  decode: asIs,
}

const integer = {
  encode(value, field) {
    if (typeof value !== 'number') throw wrongType(field, 'an integer', value)
    if (!Number.isInteger(value)) throw new Refusal(field, 'format', 'it is not a whole number')
    if (!Number.isSafeInteger(value)) throw new Refusal(field, 'out_of_range', 'it is out of range')
    return value
  },
  decode: asIs,
}

const number = {
  encode(value, field) {
    if (typeof value !== 'number') throw wrongType(field, 'a number', value)
    if (!Number.isFinite(value)) throw new Refusal(field, 'out_of_range', 'it is not a finite number')
    return value
  },
  decode: asIs,
}

const timestamp = {
  encode(value, field) {
    if (!types.isDate(value)) throw wrongType(field, 'a Date', value)
    if (Number.isNaN(value.getTime())) throw new Refusal(field, 'format', 'it is an invalid Date')
    const text = value.toISOString()
    // A year beyond 9999 or before 0 is written with a sign.
    if (!/^\d/.test(text)) throw new Refusal(field, 'out_of_range', 'it is out of range')
    return text.replace('Z', '000Z')
  },
  decode: (value) => new Date(value),
}

/** Whatever JSON holds; only ever answered. */
const json = {
  encode(_value, field) {
    throw new Refusal(field, 'not_allowed_here', 'it can only be answered')
  },
  decode: asIs,
}

const nullable = (shape) => ({
  encode: (value, field) => (value === null || value === undefined ? null : shape.encode(value, field)),
  decode: (value) => (value === null ? null : shape.decode(value)),
})

const list = (shape) => ({
  encode(values, field) {
    if (!Array.isArray(values)) throw wrongType(field, 'an array', values)
    return Array.from(values, (value, place) => shape.encode(value, `${field}[${place}]`))
  },
  decode: (values) => values.map((value) => shape.decode(value)),
})

const map = (shape) => ({
  encode(values, field) {
    if (!isObject(values)) throw wrongType(field, 'an object', values)
    const entries = Object.entries(values)
    return Object.fromEntries(
      entries.map(([key, value]) => [string.encode(key, field), shape.encode(value, `${field}.${key}`)]),
    )
  },
  decode: (values) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, shape.decode(value)])),
})

/** One of some strings. */
const oneOf = (...values) => ({
  encode(value, field) {
    if (typeof value !== 'string') throw wrongType(field, 'a string', value)
    if (!values.includes(value)) {
      throw new Refusal(field, 'unknown_value', `it is none of ${values.map((known) => `'${known}'`).join(', ')}`)
    }
    return value
  },
  decode: asIs,
})

/** What one of these shapes takes; an answer is told apart by nobody, since all of them are texts. */
const either = (...shapes) => ({
  encode(value, field) {
    let refusal
    for (const shape of shapes) {
      try {
        return shape.encode(value, field)
      } catch (error) {
        refusal ??= error
      }
    }
    throw refusal
  },
  decode: asIs,
})

/** A field of a record, with its name in JSON. */
const field = (wire, shape) => ({ wire, shape, needed: true })

/** A field that may be left out, with what it then reads as. */
const optional = (wire, shape, otherwise = null) => ({ wire, shape, needed: false, otherwise })

/** A field that is kept out of what `console.log` shows. */
const secret = (entry) => ({ ...entry, secret: true })

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !types.isDate(value)
}

/** An object with known fields. `tag` is its `kind`, if it is one of a union. */
function record(fields, tag) {
  const entries = Object.entries(fields)
  const secrets = entries.filter(([, entry]) => entry.secret).map(([name]) => name)
  const inside = (where, name) => (where === '' ? name : `${where}.${name}`)
  return {
    tag,
    encode(value, where) {
      if (!isObject(value)) throw wrongType(where, 'an object', value)
      for (const name of Object.keys(value)) {
        const known = Object.hasOwn(fields, name) || (name === 'kind' && tag !== undefined)
        if (!known) throw new Refusal(inside(where, name), 'unknown_field', 'there is no such argument')
      }
      const encoded = tag === undefined ? {} : { kind: tag }
      for (const [name, { wire, shape, needed }] of entries) {
        const inner = value[name]
        if (inner !== undefined && (inner !== null || needed)) {
          encoded[wire] = shape.encode(inner, inside(where, name))
        } else if (needed) {
          throw new Refusal(inside(where, name), 'missing', 'it is missing')
        }
      }
      return encoded
    },
    decode(value) {
      const decoded = tag === undefined ? {} : { kind: tag }
      for (const [name, { wire, shape, otherwise }] of entries) {
        decoded[name] = value[wire] === undefined ? otherwise : shape.decode(value[wire])
      }
      return secrets.length === 0 ? decoded : discreet(decoded, secrets)
    },
  }
}

/** The same value, whose secrets don't reach a log by way of `console.log`. */
function discreet(value, secrets) {
  return Object.defineProperty(value, inspect.custom, {
    enumerable: false,
    value(_depth, options, show) {
      const shown = { ...this }
      for (const name of secrets) shown[name] = '[secret]'
      return show(shown, options)
    },
  })
}

/** One of some records, told apart by `kind`. */
function union(...variants) {
  const byTag = new Map(variants.map((variant) => [variant.tag, variant]))
  const known = [...byTag.keys()].map((tag) => `'${tag}'`).join(', ')
  return {
    encode(value, where) {
      if (!isObject(value)) throw wrongType(where, 'an object', value)
      if (value.kind === undefined) throw new Refusal(`${where}.kind`, 'missing', 'it is missing')
      const variant = byTag.get(value.kind)
      if (variant === undefined) throw new Refusal(`${where}.kind`, 'unknown_value', `it is none of ${known}`)
      return variant.encode(value, where)
    },
    decode: (value) => byTag.get(value.kind).decode(value),
  }
}

module.exports = {
  Refusal,
  boolean,
  either,
  field,
  integer,
  isObject,
  json,
  list,
  map,
  nullable,
  number,
  oneOf,
  optional,
  record,
  secret,
  string,
  timestamp,
  union,
  wrongType,
}
