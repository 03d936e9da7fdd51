/** One mail to one address. */
export interface Message {
  /** The delivery that it is the message of, as `outbox` names it. */
  delivery: string
  /** The name of the notice, as in `invite`. */
  kind: string
  /** The Message-ID without its angle brackets, the same at every attempt: a receiver can tell a repetition. */
  messageId: string
  /** When the notice was made. */
  date: Date
  /** The address that it comes from. */
  sender: string
  /** The name shown beside the sender's address. */
  senderName: string | null
  /** The address that it goes to. */
  to: string
  /** The address that answers go to. */
  replyTo: string | null
  subject: string
  /** The text, with LF line ends. That of an invite holds its link: keep it out of logs. */
  text: string
}

/** How a host sends mail itself. When `send` returns or resolves, the message counts as taken over. */
export interface Mailer {
  send(message: Message): void | Promise<void>
}

/** Throw it in a mailer to say why a message was not sent. Anything else says that it may be tried again. */
export class NotSent extends Error {
  constructor(reason: string, options?: { permanent?: boolean })
  /** Whether trying again is of no use: the address does not exist, for instance. */
  readonly permanent: boolean
}
