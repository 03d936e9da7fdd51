-- A database of 1 000 tenants, as it stands after years, each with its even share of all. A tenant's contractor role and
-- person have the tenant's own id. Other ids are those of rows, in order: random ones, as they are in truth, take twice
-- as long to write and are found the same way.

CREATE TEMP TABLE numbers AS
WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
SELECT i, unhex(printf('%032x', 1000000 + i)) AS id, unhex(printf('%032x', 1 + i % 1000)) AS tenant, unhex(printf('%032x', 1 + (i * 7919) % 1000)) AS other,
    1767603600000000 + i * 1000 AS at FROM n;

INSERT INTO members (id, version, business_id, person_id, role, status, notifications, authority)
SELECT id, 1, tenant, id, 'admin', iif(i % 9, 'active', 'disabled'), 1, i % 97 = 0
FROM numbers WHERE i < 20000;

INSERT INTO user_roles (id, version, business_id, name, permissions)
SELECT id, 1, tenant, 'role', '[]' FROM numbers WHERE i < 10000;

INSERT INTO contractor_roles (id, version, client_id, name, status)
SELECT id, 1, tenant, 'role', iif(i % 3, 'live', 'archived') FROM numbers WHERE i < 10000;

INSERT INTO group_links (id, version, client_id, link_id, key_number)
SELECT id, 1, tenant, id, 1 FROM numbers WHERE i < 10000;

-- Most invites are long over.
INSERT INTO invites (id, version, client_id, role_id, inviter_id, member_authority, business_authority, bound,
    key_number, created_at, ends_at, state)
SELECT id, 1, tenant, tenant, tenant, 0, 0, 0, 1, at, iif(i % 61, 0, at + 1000000000),
    CASE i / 1000 % 7 WHEN 0 THEN iif(i % 61, 'revoked', 'pending') WHEN 1 THEN 'declined' ELSE 'accepted' END
FROM numbers;

INSERT INTO sides (connection_id, owner_id, side, other_id, role_id, status, changed_at, name_text, contact_text,
    categories, progress)
SELECT id, tenant, iif(i / 1000 % 2, 'client', 'contractor'), other, tenant,
    CASE i / 2000 % 5 WHEN 0 THEN 'pending' WHEN 1 THEN 'disconnected' ELSE 'connected' END, at,
    printf('%x', i * 2654435761 % 4294967296), 'contact', '', ''
FROM numbers;

INSERT INTO spells (id, version, connection_id, client_id, contractor_id, since)
SELECT id, 1, id, tenant, other, at FROM numbers WHERE i < 50000;

INSERT INTO access_requests (id, version, business_id, person_id, name, email, role, asked_at, state)
SELECT id, 1, tenant, other, 'Jo', 'jo@a.example', 'worker', at, iif(i % 20, 'accepted', 'requested')
FROM numbers WHERE i < 20000;

INSERT INTO directory_words (id, version, business_id, word, listed)
SELECT id, 1, tenant, iif(i % 500 = 1, 'acme', printf('%x', i * 2654435761 % 4294967296)), i % 10 > 0 FROM numbers;

INSERT INTO notices (id, version, kind, about, at, expanded_at)
SELECT id, 1, 'invite', '{}', at, iif(i % 500, at, NULL) FROM numbers WHERE i < 20000;

INSERT INTO deliveries (id, version, notice_id, kind, about, address, at, attempts, state, state_at)
SELECT id, 1, id, 'invite', '{}', 'jo@a.example', at, 1,
    CASE i % 2500 WHEN 1 THEN 'due' WHEN 2 THEN 'leased' WHEN 3 THEN 'parked' WHEN 4 THEN 'dropped' ELSE 'sent' END, at
FROM numbers WHERE i < 50000;

INSERT INTO events (subject_id, version, subject_kind, commit_id, at, author, event)
SELECT tenant, 1 + i / 1000, 'businesses', id, at, 'system', '{}' FROM numbers WHERE i < 50000;
