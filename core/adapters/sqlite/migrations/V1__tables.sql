-- Times are microseconds since 1970 in UTC, ids the 16 bytes of a UUID, booleans 0 and 1; `version` counts the writes
-- of a record. Tables are read through their primary key nearly always: without rowids a row lies in its key's tree.
-- An index stands for a list that is asked for; each one costs every write of its table.
-- `checksum` is the CRC-32 of the rest of the row and its table, and 2^40: SQLite would read a damaged page as it is. A
-- row without one is taken as it is read.

CREATE TABLE businesses (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    trading_name TEXT,
    street TEXT,
    town TEXT,
    region TEXT,
    postcode TEXT,
    country TEXT,
    contact_email TEXT,
    contact_phone TEXT,
    registration_number TEXT,
    industry TEXT,
    notification_email TEXT,
    language TEXT,
    branding TEXT,
    listed INTEGER NOT NULL,
    client_account INTEGER NOT NULL,
    authority INTEGER NOT NULL,
    status TEXT NOT NULL,
    away TEXT,
    overrides TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    language TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    business_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    role TEXT NOT NULL,
    permissions TEXT,
    status TEXT NOT NULL,
    notifications INTEGER NOT NULL,
    authority INTEGER NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX members_of_business ON members (business_id, person_id);
-- Those who have ever lost the authority to invite are few.
CREATE INDEX members_risen ON members (business_id, person_id) WHERE authority > 0;

CREATE TABLE user_roles (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    business_id BLOB NOT NULL,
    name TEXT NOT NULL,
    permissions TEXT NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX user_roles_of_business ON user_roles (business_id);

CREATE TABLE contractor_roles (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    client_id BLOB NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    categories TEXT,
    requirements TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX contractor_roles_of_client ON contractor_roles (client_id);

CREATE TABLE categories (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    role_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    name TEXT NOT NULL,
    mandatory INTEGER NOT NULL,
    multiple INTEGER NOT NULL,
    sub_categories TEXT NOT NULL,
    status TEXT NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE requirements (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    role_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    category_id BLOB,
    sub_category_id BLOB,
    status TEXT NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE group_links (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    client_id BLOB NOT NULL,
    link_id BLOB NOT NULL,
    key_number INTEGER NOT NULL,
    enabled_at INTEGER,
    enabled_under INTEGER,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

-- Which keys are in use, asked at every opening.
CREATE INDEX group_links_by_key ON group_links (key_number);

CREATE TABLE invites (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    client_id BLOB NOT NULL,
    role_id BLOB NOT NULL,
    inviter_id BLOB,
    member_authority INTEGER,
    business_authority INTEGER NOT NULL,
    address TEXT,
    bound INTEGER NOT NULL,
    message TEXT,
    language TEXT,
    key_number INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    state_at INTEGER,
    state_of BLOB,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX invites_of_client ON invites (client_id, created_at);
-- Which keys are in use, asked at every opening.
CREATE INDEX invites_live ON invites (key_number, ends_at) WHERE state = 'pending' OR state = 'opened';

CREATE TABLE connections (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    client_id BLOB NOT NULL,
    contractor_id BLOB NOT NULL,
    role_id BLOB NOT NULL,
    status TEXT NOT NULL,
    request_id BLOB,
    connected_since INTEGER,
    spell_id BLOB,
    ending TEXT,
    changed_at INTEGER NOT NULL,
    ended_by_client INTEGER,
    workflow_of BLOB,
    classification TEXT NOT NULL,
    categories TEXT,
    progress TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX connections_between ON connections (client_id, contractor_id);

-- A business's list of its connections, whichever end it is: `name_text` and `contact_text` are the other's. All of it
-- lies together, in the tree of the key, so that any page of it, by any order and filter, is one stretch of pages, sorted
-- by the way: with 10 000 rows 2 to 4 ms, where an index for each order took 50 for what it did not cover, and a third of
-- all that a redeem writes.
CREATE TABLE sides (
    connection_id BLOB NOT NULL,
    owner_id BLOB NOT NULL,
    side TEXT NOT NULL,
    other_id BLOB NOT NULL,
    role_id BLOB NOT NULL,
    status TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    name_text TEXT NOT NULL,
    contact_text TEXT NOT NULL,
    classification TEXT,
    categories TEXT NOT NULL,
    progress TEXT NOT NULL,
    PRIMARY KEY (owner_id, connection_id)
) STRICT, WITHOUT ROWID;

-- For a business that changes its name in the lists of others.
CREATE INDEX sides_of_other ON sides (other_id);

CREATE TABLE requests (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    contractor_id BLOB NOT NULL,
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_at INTEGER,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE spells (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    connection_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    contractor_id BLOB NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX spells_of_client ON spells (client_id, since);

CREATE TABLE access_requests (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    business_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT,
    job_title TEXT,
    message TEXT,
    role TEXT NOT NULL,
    permissions TEXT,
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_at INTEGER,
    given_role TEXT,
    given_permissions TEXT,
    decline TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX access_requests_of_business ON access_requests (business_id, asked_at);
CREATE INDEX access_requests_of_person ON access_requests (person_id, asked_at);

CREATE TABLE reasons (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    access_decline TEXT,
    disconnect TEXT,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE fee_plans (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    held TEXT NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE directory_words (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    business_id BLOB NOT NULL,
    word TEXT NOT NULL,
    listed INTEGER NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX directory_words_listed ON directory_words (word, business_id) WHERE listed = 1;

CREATE TABLE slots (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    target_id BLOB NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    arguments BLOB NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_keys (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    check_values TEXT NOT NULL,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    at INTEGER NOT NULL,
    expanded_at INTEGER,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX notices_to_expand ON notices (at) WHERE expanded_at IS NULL;

CREATE TABLE deliveries (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    notice_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT,
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    lease_owner BLOB,
    checksum INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_waiting ON deliveries (state_at) WHERE state = 'due' OR state = 'leased';
-- What an operator looks for is rare among what was sent.
CREATE INDEX deliveries_given_up ON deliveries (state_at) WHERE state = 'parked' OR state = 'dropped';
CREATE INDEX deliveries_by_state ON deliveries (state_at);

-- One writer at a time, so positions rise in the order of commits, in every process; AUTOINCREMENT: none is used twice.
CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    subject_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    subject_kind TEXT NOT NULL,
    commit_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    author_id BLOB,
    acting_id BLOB,
    owner_id BLOB,
    counterpart_id BLOB,
    event TEXT NOT NULL,
    checksum INTEGER
) STRICT;

CREATE UNIQUE INDEX events_of_subject ON events (subject_id, subject_kind, version);

CREATE TABLE guards (
    business_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    value INTEGER NOT NULL,
    checksum INTEGER,
    PRIMARY KEY (business_id, kind)
) STRICT, WITHOUT ROWID;

-- `counts` is a JSON array: what was spent in `hour` (since 1970) and in the 23 before it.
CREATE TABLE limits (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    hour INTEGER NOT NULL,
    counts TEXT NOT NULL,
    checksum INTEGER,
    PRIMARY KEY (id, kind)
) STRICT, WITHOUT ROWID;
