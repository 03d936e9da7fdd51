'use strict'

const { field, nullable, optional, record, secret, string, timestamp } = require('./codec.js')

/** A message as the core writes it. That of an invite holds its link. */
const MESSAGE = record({
  delivery: field('delivery', string),
  kind: field('kind', string),
  messageId: field('message_id', string),
  date: field('date', timestamp),
  sender: field('sender', string),
  senderName: optional('sender_name', nullable(string)),
  to: field('to', string),
  replyTo: optional('reply_to', nullable(string)),
  subject: field('subject', string),
  text: secret(field('text', string)),
})

module.exports = { MESSAGE }
