-- Records, one table a kind. Every table has `id` and `version` in front; the columns behind them are those of the
-- core's own description of the table, under the same names, and a test holds the two against each other.
--
-- Text is compared byte for byte on every server (COLLATE "C"). JSON is `json`, not `jsonb`: what is read is what was
-- written, to the byte, as on every other store; cast it to jsonb where a report wants operators.

CREATE TABLE handclasp.businesses (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    trading_name text COLLATE "C",
    street text COLLATE "C",
    town text COLLATE "C",
    region text COLLATE "C",
    postcode text COLLATE "C",
    country text COLLATE "C",
    contact_email text COLLATE "C",
    contact_phone text COLLATE "C",
    registration_number text COLLATE "C",
    industry text COLLATE "C",
    notification_email text COLLATE "C",
    language text COLLATE "C",
    branding json NOT NULL,
    listed boolean NOT NULL,
    client_account boolean NOT NULL,
    authority bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    away json,
    overrides json
);

CREATE TABLE handclasp.people (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL,
    language text COLLATE "C"
);

CREATE TABLE handclasp.members (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    business_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text COLLATE "C" NOT NULL,
    permissions json,
    status text COLLATE "C" NOT NULL,
    notifications boolean NOT NULL,
    authority bigint NOT NULL,
    -- A backstop: the id is made of the two. It also finds the members of a business.
    UNIQUE (business_id, person_id)
);
-- Those who have ever lost the authority to invite are few.
CREATE INDEX members_risen ON handclasp.members (business_id, person_id) WHERE authority > 0;

CREATE TABLE handclasp.user_roles (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    business_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    permissions json NOT NULL
);
CREATE INDEX user_roles_of_business ON handclasp.user_roles (business_id, id);

CREATE TABLE handclasp.contractor_roles (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    client_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    status text COLLATE "C" NOT NULL,
    categories json,
    requirements json
);
CREATE INDEX contractor_roles_of_client ON handclasp.contractor_roles (client_id, id);

CREATE TABLE handclasp.categories (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    role_id uuid NOT NULL,
    client_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    mandatory boolean NOT NULL,
    multiple boolean NOT NULL,
    sub_categories json NOT NULL,
    status text COLLATE "C" NOT NULL
);

CREATE TABLE handclasp.requirements (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    role_id uuid NOT NULL,
    client_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    description text COLLATE "C",
    category_id uuid,
    sub_category_id uuid,
    status text COLLATE "C" NOT NULL
);

CREATE TABLE handclasp.group_links (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    client_id uuid NOT NULL,
    link_id uuid NOT NULL,
    key_number bigint NOT NULL,
    enabled_at timestamptz,
    enabled_under bigint
);
-- Which keys are in use, asked at every opening.
CREATE INDEX group_links_by_key ON handclasp.group_links (key_number);

CREATE TABLE handclasp.invites (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    client_id uuid NOT NULL,
    role_id uuid NOT NULL,
    inviter_id uuid,
    member_authority bigint,
    business_authority bigint NOT NULL,
    address text COLLATE "C",
    bound boolean NOT NULL,
    message text COLLATE "C",
    language text COLLATE "C",
    key_number bigint NOT NULL,
    created_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    state text COLLATE "C" NOT NULL,
    state_at timestamptz,
    state_of uuid
);
CREATE INDEX invites_of_client ON handclasp.invites (client_id, created_at, id);
-- Which keys are in use, asked at every opening.
CREATE INDEX invites_live ON handclasp.invites (key_number, ends_at) WHERE state IN ('pending', 'opened');

CREATE TABLE handclasp.connections (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    client_id uuid NOT NULL,
    contractor_id uuid NOT NULL,
    role_id uuid NOT NULL,
    status text COLLATE "C" NOT NULL,
    request_id uuid,
    connected_since timestamptz,
    spell_id uuid,
    ending json,
    changed_at timestamptz NOT NULL,
    ended_by_client timestamptz,
    workflow_of uuid,
    classification text COLLATE "C" NOT NULL,
    categories json,
    progress json,
    -- A backstop: the id is made of the two.
    UNIQUE (client_id, contractor_id)
);

CREATE TABLE handclasp.requests (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    connection_id uuid NOT NULL,
    client_id uuid NOT NULL,
    contractor_id uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    state text COLLATE "C" NOT NULL,
    decided_at timestamptz
);

CREATE TABLE handclasp.spells (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    connection_id uuid NOT NULL,
    client_id uuid NOT NULL,
    contractor_id uuid NOT NULL,
    since timestamptz NOT NULL,
    until timestamptz
);
CREATE INDEX spells_of_client ON handclasp.spells (client_id, since, id);

CREATE TABLE handclasp.access_requests (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    business_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL,
    phone text COLLATE "C",
    job_title text COLLATE "C",
    message text COLLATE "C",
    role text COLLATE "C" NOT NULL,
    permissions json,
    asked_at timestamptz NOT NULL,
    state text COLLATE "C" NOT NULL,
    decided_at timestamptz,
    given_role text COLLATE "C",
    given_permissions json,
    decline json
);
CREATE INDEX access_requests_of_business ON handclasp.access_requests (business_id, asked_at, id);
CREATE INDEX access_requests_of_person ON handclasp.access_requests (person_id, asked_at, id);

CREATE TABLE handclasp.reasons (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    access_decline json,
    disconnect json
);

CREATE TABLE handclasp.fee_plans (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    held json NOT NULL
);

CREATE TABLE handclasp.directory_words (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    business_id uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    listed boolean NOT NULL
);
CREATE INDEX directory_words_listed ON handclasp.directory_words (word, business_id) WHERE listed;

CREATE TABLE handclasp.slots (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    target_id uuid NOT NULL
);

CREATE TABLE handclasp.answers (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    arguments bytea NOT NULL,
    answer json NOT NULL,
    at timestamptz NOT NULL
);

CREATE TABLE handclasp.signing_keys (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    check_values json NOT NULL
);

CREATE TABLE handclasp.notices (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    about json NOT NULL,
    at timestamptz NOT NULL,
    expanded_at timestamptz
);
CREATE INDEX notices_unexpanded ON handclasp.notices (at, id) WHERE expanded_at IS NULL;

CREATE TABLE handclasp.deliveries (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    notice_id uuid NOT NULL,
    kind text COLLATE "C" NOT NULL,
    about json NOT NULL,
    address text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    attempts bigint NOT NULL,
    last_error text COLLATE "C",
    state text COLLATE "C" NOT NULL,
    state_at timestamptz NOT NULL,
    lease_owner uuid
);
CREATE INDEX deliveries_waiting ON handclasp.deliveries (state_at, id) WHERE state IN ('due', 'leased');
-- What an operator looks for is rare among what was sent.
CREATE INDEX deliveries_given_up ON handclasp.deliveries (state_at, id) WHERE state IN ('parked', 'dropped');
CREATE INDEX deliveries_by_state ON handclasp.deliveries (state_at, id);

-- A connection as one of its two businesses lists it: an index, without version or history. One index finds all of a
-- business's rows, and counts them by status; a page is sorted by the way. An index for each order made no page of 10 000
-- rows quicker than the counts beside it, and a renaming, which can now put each row where it was, three times as slow.
CREATE TABLE handclasp.sides (
    connection_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    side text COLLATE "C" NOT NULL,
    other_id uuid NOT NULL,
    role_id uuid NOT NULL,
    status text COLLATE "C" NOT NULL,
    changed_at timestamptz NOT NULL,
    name_text text COLLATE "C" NOT NULL,
    contact_text text COLLATE "C" NOT NULL,
    classification text COLLATE "C",
    categories text COLLATE "C" NOT NULL,
    progress text COLLATE "C" NOT NULL,
    PRIMARY KEY (connection_id, owner_id)
) WITH (fillfactor = 80);
CREATE INDEX sides_of_owner ON handclasp.sides (owner_id, side, status);
-- For a business that changes its name in the lists of others.
CREATE INDEX sides_of_other ON handclasp.sides (other_id);

-- History. `written` keeps the order of writing; `position` is given once an event is committed, see number_events.
CREATE TABLE handclasp.events (
    subject_id uuid NOT NULL,
    version bigint NOT NULL,
    subject_kind text COLLATE "C" NOT NULL,
    commit_id uuid NOT NULL,
    at timestamptz NOT NULL,
    author text COLLATE "C" NOT NULL,
    author_id uuid,
    acting_id uuid,
    owner_id uuid,
    counterpart_id uuid,
    event json NOT NULL,
    written bigint GENERATED ALWAYS AS IDENTITY,
    position bigint,
    -- Two kinds may share an id, as a contractor role and its group link do.
    PRIMARY KEY (subject_id, subject_kind, version)
);
CREATE UNIQUE INDEX events_by_position ON handclasp.events (position) WHERE position IS NOT NULL;
CREATE INDEX events_unnumbered ON handclasp.events (written) WHERE position IS NULL;

-- What counts: changed by commits that have not read it.
CREATE TABLE handclasp.guards (
    kind text COLLATE "C" NOT NULL,
    business_id uuid NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (business_id, kind)
);
CREATE TABLE handclasp.limits (
    kind text COLLATE "C" NOT NULL,
    id uuid NOT NULL,
    hour bigint NOT NULL,
    counts bigint[] NOT NULL CHECK (cardinality(counts) = 24),
    PRIMARY KEY (id, kind)
);

-- Commits whose answer was lost and that were found not to stand: if their first attempt still arrives, from a server
-- process that was stopped or a packet that was late, it is refused.
CREATE TABLE handclasp.fenced (
    commit_id uuid PRIMARY KEY
);
