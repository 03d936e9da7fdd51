-- A database of 1 000 tenants, as it stands after years, each with its even share of all. A tenant's contractor role and
-- person have the tenant's own id. Other ids are those of rows, in order: random ones, as they are in truth, take longer
-- to write and are found the same way.

CREATE TEMP TABLE numbers AS
SELECT i, lpad(to_hex(1000000 + i), 32, '0')::uuid AS id, lpad(to_hex(1 + i % 1000), 32, '0')::uuid AS tenant,
    lpad(to_hex(1 + (i * 7919) % 1000), 32, '0')::uuid AS other,
    '2026-01-05T09:00:00Z'::timestamptz + i * interval '1 ms' AS at
FROM generate_series(0, 99999) AS i;

INSERT INTO handclasp.members (id, version, business_id, person_id, role, status, notifications, authority)
SELECT id, 1, tenant, id, 'admin', CASE WHEN i % 9 = 0 THEN 'disabled' ELSE 'active' END, true, (i % 97 = 0)::int
FROM numbers WHERE i < 20000;

INSERT INTO handclasp.user_roles (id, version, business_id, name, permissions)
SELECT id, 1, tenant, 'role', '[]' FROM numbers WHERE i < 10000;

INSERT INTO handclasp.contractor_roles (id, version, client_id, name, status)
SELECT id, 1, tenant, 'role', CASE WHEN i % 3 = 0 THEN 'archived' ELSE 'live' END FROM numbers WHERE i < 10000;

INSERT INTO handclasp.group_links (id, version, client_id, link_id, key_number)
SELECT id, 1, tenant, id, 1 FROM numbers WHERE i < 10000;

-- Most invites are long over.
INSERT INTO handclasp.invites (id, version, client_id, role_id, inviter_id, member_authority, business_authority, bound,
    key_number, created_at, ends_at, state)
SELECT id, 1, tenant, tenant, tenant, 0, 0, false, 1, at,
    CASE WHEN i % 61 = 0 THEN at + interval '1 year' ELSE 'epoch' END,
    CASE i / 1000 % 7
        WHEN 0 THEN CASE WHEN i % 61 = 0 THEN 'pending' ELSE 'revoked' END WHEN 1 THEN 'declined' ELSE 'accepted' END
FROM numbers;

INSERT INTO handclasp.sides (connection_id, owner_id, side, other_id, role_id, status, changed_at, name_text,
    contact_text, categories, progress)
SELECT id, tenant, CASE WHEN i / 1000 % 2 = 1 THEN 'client' ELSE 'contractor' END, other, tenant,
    CASE i / 2000 % 5 WHEN 0 THEN 'pending' WHEN 1 THEN 'disconnected' ELSE 'connected' END, at,
    to_hex(i * 2654435761 % 4294967296), 'mill street 1', '', ''
FROM numbers;

INSERT INTO handclasp.spells (id, version, connection_id, client_id, contractor_id, since)
SELECT id, 1, id, tenant, other, at FROM numbers WHERE i < 50000;

INSERT INTO handclasp.access_requests (id, version, business_id, person_id, name, email, role, asked_at, state)
SELECT id, 1, tenant, other, 'Jo', 'jo@a.example', 'worker', at,
    CASE WHEN i % 20 = 0 THEN 'requested' ELSE 'accepted' END
FROM numbers WHERE i < 20000;

INSERT INTO handclasp.directory_words (id, version, business_id, word, listed)
SELECT id, 1, tenant, CASE WHEN i % 500 = 1 THEN 'acme' ELSE to_hex(i * 2654435761 % 4294967296) END, i % 10 > 0
FROM numbers;

INSERT INTO handclasp.notices (id, version, kind, about, at, expanded_at)
SELECT id, 1, 'invite', '{}', at, CASE WHEN i % 500 > 0 THEN at END FROM numbers WHERE i < 20000;

INSERT INTO handclasp.deliveries (id, version, notice_id, kind, about, address, at, attempts, state, state_at)
SELECT id, 1, id, 'invite', '{}', 'jo@a.example', at, 1,
    CASE i % 2500 WHEN 1 THEN 'due' WHEN 2 THEN 'leased' WHEN 3 THEN 'parked' WHEN 4 THEN 'dropped' ELSE 'sent' END, at
FROM numbers WHERE i < 50000;

INSERT INTO handclasp.events (subject_id, version, subject_kind, commit_id, at, author, event, position)
SELECT tenant, 1 + i / 1000, 'businesses', id, at, 'system', '{}', 1 + i FROM numbers WHERE i < 50000;
