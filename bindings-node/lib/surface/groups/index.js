'use strict'

// Written by tests/surface/generate.py from tests/surface.json: change neither here.

const { AccessRequests } = require('./access_requests.js')
const { Businesses } = require('./businesses.js')
const { Connections } = require('./connections.js')
const { ContractorRoles } = require('./contractor_roles.js')
const { Fees } = require('./fees.js')
const { GroupLinks } = require('./group_links.js')
const { History } = require('./history.js')
const { Invites } = require('./invites.js')
const { Members } = require('./members.js')
const { Outbox } = require('./outbox.js')
const { People } = require('./people.js')
const { Reasons } = require('./reasons.js')

/** All groups of operations of one handle. */
class Groups {
  constructor(handle) {
    this.businesses = new Businesses(handle)
    this.people = new People(handle)
    this.members = new Members(handle)
    this.contractorRoles = new ContractorRoles(handle)
    this.groupLinks = new GroupLinks(handle)
    this.invites = new Invites(handle)
    this.connections = new Connections(handle)
    this.accessRequests = new AccessRequests(handle)
    this.reasons = new Reasons(handle)
    this.fees = new Fees(handle)
    this.outbox = new Outbox(handle)
    this.history = new History(handle)
  }
}

module.exports = { Groups }
