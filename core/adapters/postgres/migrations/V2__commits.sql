-- What a group of commits locks, rests on and counts. Each is handed in as one array: a function that reads one is a
-- tenth of the work of one that reads an array for each column.
CREATE TYPE handclasp.lock AS (key bigint, alone boolean);
-- A record that a commit, by number, has read at a version.
CREATE TYPE handclasp.expected AS (commit int, kind smallint, id uuid, version bigint);
-- A guard: what is added in all, and the values between which every order of changes stays in bounds.
CREATE TYPE handclasp.guard_sum AS (kind text, business uuid, delta bigint, ceiling bigint, floor bigint);
-- One change of a guard, both by number, and the bounds afterwards.
CREATE TYPE handclasp.guard_change AS (commit int, guard int, delta bigint, most bigint, least bigint);
-- A limit: the hour, or null if there are several, what is spent in all, and the least bound.
CREATE TYPE handclasp.limit_sum AS (kind text, id uuid, hour bigint, amount bigint, most bigint);
-- One spending of a limit, both by number.
CREATE TYPE handclasp.spending AS (commit int, limited int, hour bigint, amount bigint, most bigint);

-- Locks, in the order given, until the transaction ends. The caller sorts the keys, so that two that want the same
-- locks never wait for each other in a circle.
CREATE FUNCTION handclasp.take_locks(locks handclasp.lock[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM CASE WHEN l.alone THEN pg_advisory_xact_lock(l.key) ELSE pg_advisory_xact_lock_shared(l.key) END
    FROM unnest(locks) AS l;
END
$$;

-- 24 hourly counts, the latest first, some hours later.
CREATE FUNCTION handclasp.counts_after(counts bigint[], hours bigint) RETURNS bigint[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_fill(0::bigint, ARRAY[least(hours, 24)::int]) || counts[1 : 24 - least(hours, 24)::int]
$$;

-- Looks at what commits count one after the other, exactly: the way taken when a count might leave its bounds. Raises
-- UH001 unless all of them fit; its DETAIL names
--   refused   what a count forbids even if none of the others were there,
--   deferred  what only the others in the group stand in the way of: it is asked again when they have ended.
-- Otherwise returns the limits as they are afterwards, 24 counts each.
CREATE FUNCTION handclasp.judge_counts(
    commits int, guard_values bigint[], limit_hours bigint[], limit_counts bigint[],
    changes handclasp.guard_change[], spendings handclasp.spending[],
    OUT hours bigint[], OUT counts bigint[]
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    amounts bigint[] := guard_values;
    trial_amounts bigint[];
    trial_hours bigint[];
    trial_counts bigint[];
    refusal jsonb;
    refused jsonb[] := '{}';
    deferred int[] := '{}';
    first int;
    passed bigint;
    recent bigint[];
    change handclasp.guard_change;
    spending handclasp.spending;
BEGIN
    hours := limit_hours;
    counts := limit_counts;
    FOR number IN 1..commits LOOP
        FOR attempt IN 1..2 LOOP
            -- First after the commits before it, then, if it does not stand, as if it were alone.
            IF attempt = 1 THEN
                trial_amounts := amounts; trial_hours := hours; trial_counts := counts;
            ELSE
                trial_amounts := guard_values; trial_hours := limit_hours; trial_counts := limit_counts;
            END IF;
            refusal := NULL;
            FOREACH change IN ARRAY changes LOOP
                CONTINUE WHEN change.commit <> number;
                trial_amounts[change.guard] := trial_amounts[change.guard] + change.delta;
                IF change.delta > 0 AND trial_amounts[change.guard] > change.most
                    OR change.delta < 0 AND trial_amounts[change.guard] < change.least
                THEN
                    refusal := jsonb_build_object('commit', number, 'guard', change.guard);
                    EXIT;
                END IF;
            END LOOP;
            IF refusal IS NULL THEN
                FOREACH spending IN ARRAY spendings LOOP
                    CONTINUE WHEN spending.commit <> number;
                    first := (spending.limited - 1) * 24 + 1;
                    passed := greatest(spending.hour - trial_hours[spending.limited], 0);
                    recent := handclasp.counts_after(trial_counts[first : first + 23], passed);
                    trial_hours[spending.limited] := trial_hours[spending.limited] + passed;
                    IF (SELECT sum(n) FROM unnest(recent) AS n) + spending.amount > spending.most THEN
                        refusal := jsonb_build_object('commit', number, 'limit', spending.limited,
                            'hour', trial_hours[spending.limited], 'counts', to_jsonb(recent));
                        EXIT;
                    END IF;
                    recent[1] := recent[1] + spending.amount;
                    trial_counts[first : first + 23] := recent;
                END LOOP;
            END IF;
            EXIT WHEN attempt = 1 AND refusal IS NULL;
            IF attempt = 2 AND refusal IS NULL THEN
                deferred := deferred || number;
            ELSIF attempt = 2 THEN
                refused := refused || refusal;
            END IF;
        END LOOP;
        IF refusal IS NULL AND NOT number = ANY (deferred) THEN
            amounts := trial_amounts; hours := trial_hours; counts := trial_counts;
        END IF;
    END LOOP;
    IF cardinality(refused) + cardinality(deferred) > 0 THEN
        RAISE EXCEPTION USING ERRCODE = 'UH001', MESSAGE = 'not every commit of the group is within its bounds',
            DETAIL = jsonb_build_object('refused', to_jsonb(refused), 'deferred', deferred)::text;
    END IF;
END
$$;

-- Locks the records that a group of commits rests on and checks their versions; the caller writes and counts behind it in
-- the same transaction. Raises UH001 if something has moved; its DETAIL names the commits that are `stale`, by number
-- from 1.
--
-- VOLATILE: at READ COMMITTED each statement in here has a snapshot of its own, so what is checked behind a lock is what
-- was committed when the lock was had.
CREATE FUNCTION handclasp.check_commits(
    locks handclasp.lock[], commit_ids uuid[], keys handclasp.expected[]
) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    stale int[];
BEGIN
    -- As take_locks does; calling it costs as much again.
    PERFORM CASE WHEN l.alone THEN pg_advisory_xact_lock(l.key) ELSE pg_advisory_xact_lock_shared(l.key) END
    FROM unnest(locks) AS l;

    -- Leasing takes no advisory lock, it locks rows. With the row locked as well, a lease either came before, and the
    -- version below is its own, or it passes over this delivery until we have ended.
    IF EXISTS (SELECT FROM unnest(keys) AS k WHERE k.kind = 13) THEN
        PERFORM FROM unnest(keys) AS k JOIN handclasp.deliveries AS d ON d.id = k.id
        WHERE k.kind = 13 FOR NO KEY UPDATE OF d;
    END IF;

    -- Each a look-up by id on its own: joined, a plan made while a table was small would read all of it later on. Only a
    -- group that was long given up holds a commit that is fenced, and then nobody waits for any of it.
    SELECT array_agg(k.commit) INTO stale
    FROM unnest(keys) AS k
    WHERE k.version <> coalesce(CASE k.kind
        WHEN 1 THEN (SELECT r.version FROM handclasp.businesses AS r WHERE r.id = k.id)
        WHEN 2 THEN (SELECT r.version FROM handclasp.people AS r WHERE r.id = k.id)
        WHEN 3 THEN (SELECT r.version FROM handclasp.members AS r WHERE r.id = k.id)
        WHEN 4 THEN (SELECT r.version FROM handclasp.contractor_roles AS r WHERE r.id = k.id)
        WHEN 5 THEN (SELECT r.version FROM handclasp.group_links AS r WHERE r.id = k.id)
        WHEN 6 THEN (SELECT r.version FROM handclasp.invites AS r WHERE r.id = k.id)
        WHEN 7 THEN (SELECT r.version FROM handclasp.connections AS r WHERE r.id = k.id)
        WHEN 8 THEN (SELECT r.version FROM handclasp.requests AS r WHERE r.id = k.id)
        WHEN 9 THEN (SELECT r.version FROM handclasp.slots AS r WHERE r.id = k.id)
        WHEN 10 THEN (SELECT r.version FROM handclasp.answers AS r WHERE r.id = k.id)
        WHEN 11 THEN (SELECT r.version FROM handclasp.signing_keys AS r WHERE r.id = k.id)
        WHEN 12 THEN (SELECT r.version FROM handclasp.notices AS r WHERE r.id = k.id)
        WHEN 13 THEN (SELECT r.version FROM handclasp.deliveries AS r WHERE r.id = k.id)
        WHEN 14 THEN (SELECT r.version FROM handclasp.user_roles AS r WHERE r.id = k.id)
        WHEN 15 THEN (SELECT r.version FROM handclasp.categories AS r WHERE r.id = k.id)
        WHEN 16 THEN (SELECT r.version FROM handclasp.requirements AS r WHERE r.id = k.id)
        WHEN 17 THEN (SELECT r.version FROM handclasp.spells AS r WHERE r.id = k.id)
        WHEN 18 THEN (SELECT r.version FROM handclasp.access_requests AS r WHERE r.id = k.id)
        WHEN 19 THEN (SELECT r.version FROM handclasp.reasons AS r WHERE r.id = k.id)
        WHEN 20 THEN (SELECT r.version FROM handclasp.fee_plans AS r WHERE r.id = k.id)
        WHEN 21 THEN (SELECT r.version FROM handclasp.directory_words AS r WHERE r.id = k.id)
    END, 0) OR (SELECT count(*) FROM handclasp.fenced AS f WHERE f.commit_id = ANY (commit_ids)) > 0;
    IF stale IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'UH001', MESSAGE = 'not everything is as these commits have read it',
            DETAIL = jsonb_build_object('stale', stale)::text;
    END IF;
    RETURN true;
END
$$;

-- Raises UH002: a guard may leave its bounds, and count_commits is to be asked.
CREATE FUNCTION handclasp.doubt() RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'UH002', MESSAGE = 'a guard may leave its bounds';
END
$$;

-- Rewrites the texts of a business in every list that shows it, behind the lock on the business: whoever adds to such a
-- list has read the business.
--
-- VOLATILE: its snapshot is its own, and newer than the lock.
CREATE FUNCTION handclasp.retell(business uuid, names text, contacts text, far_names text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE handclasp.sides AS s SET
        name_text = CASE WHEN s.status IN ('pending', 'connected') THEN names ELSE far_names END,
        contact_text = CASE WHEN s.status IN ('pending', 'connected') THEN contacts ELSE s.contact_text END
    WHERE s.other_id = business;
END
$$;

-- Changes what a group of commits counts, after everything else: what many commits count with is locked for as short as
-- can be. Raises UH001 as judge_counts does. Commits, guards and limits are numbered from 1.
--
-- A guard is locked by its row, which is changed first and looked at afterwards, in the order of keys; a limit by the
-- lock that the caller names, for its row is looked at first.
CREATE FUNCTION handclasp.count_commits(
    limit_keys bigint[], commits int,
    -- Each guard once, and each of its changes in order; the same of limits.
    guards handclasp.guard_sum[], changes handclasp.guard_change[],
    limits handclasp.limit_sum[], spendings handclasp.spending[]
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    doubtful boolean := false;
    guard_values bigint[] := '{}';
    hours bigint[] := '{}';
    counts bigint[];
    judged record;
BEGIN
    IF cardinality(guards) > 0 THEN
        WITH changed AS (
            INSERT INTO handclasp.guards AS r (kind, business_id, value)
            SELECT w.kind, w.business, w.delta FROM unnest(guards) AS w
            ORDER BY w.business, w.kind
            ON CONFLICT (business_id, kind) DO UPDATE SET value = r.value + excluded.value
            RETURNING r.kind, r.business_id, r.value
        )
        SELECT array_agg(g.before ORDER BY g.number), bool_or(g.before > g.ceiling OR g.before < g.floor) IS TRUE
        INTO guard_values, doubtful
        FROM (
            SELECT w.number, w.ceiling, w.floor, c.value - w.delta AS before
            FROM unnest(guards) WITH ORDINALITY AS w(kind, business, delta, ceiling, floor, number)
            JOIN changed AS c ON c.kind = w.kind AND c.business_id = w.business
        ) AS g;
    END IF;
    IF cardinality(limits) > 0 THEN
        PERFORM pg_advisory_xact_lock(l.key) FROM unnest(limit_keys) AS l(key);
        SELECT array_agg(l.hour ORDER BY l.number), doubtful OR bool_or(l.wanted IS NULL OR l.amount + (
            SELECT sum(n) FROM unnest(handclasp.counts_after(l.counts, greatest(l.wanted - l.hour, 0))) AS n
        ) > l.most)
        INTO hours, doubtful
        FROM handclasp.limits_of(limits) AS l;
    END IF;

    IF doubtful THEN
        SELECT coalesce(array_agg(c.n ORDER BY l.number, c.place), '{}') INTO counts
        FROM handclasp.limits_of(limits) AS l,
            unnest(l.counts) WITH ORDINALITY AS c(n, place);
        SELECT * INTO judged FROM handclasp.judge_counts(
            commits, guard_values, hours, counts, changes, spendings);
        INSERT INTO handclasp.limits AS r (kind, id, hour, counts)
        SELECT l.kind, l.id, judged.hours[l.number], judged.counts[l.number * 24 - 23 : l.number * 24]
        FROM unnest(limits) WITH ORDINALITY AS l(kind, id, hour, amount, most, number)
        ON CONFLICT (id, kind) DO UPDATE SET hour = excluded.hour, counts = excluded.counts;
    ELSIF cardinality(limits) > 0 THEN
        INSERT INTO handclasp.limits AS r (kind, id, hour, counts)
        SELECT l.kind, l.id, greatest(l.wanted, l.hour), ARRAY[c.counts[1] + l.amount] || c.counts[2 : 24]
        FROM handclasp.limits_of(limits) AS l,
            LATERAL (SELECT handclasp.counts_after(l.counts, greatest(l.wanted - l.hour, 0)) AS counts) AS c
        ON CONFLICT (id, kind) DO UPDATE SET hour = excluded.hour, counts = excluded.counts;
    END IF;
END
$$;

-- The limits that a group of commits spends of, each beside what is asked of it; one that nothing counted against yet is
-- empty at hour 0.
CREATE FUNCTION handclasp.limits_of(limits handclasp.limit_sum[])
RETURNS TABLE (number bigint, kind text, id uuid, wanted bigint, amount bigint, most bigint, hour bigint, counts bigint[])
LANGUAGE sql VOLATILE AS $$
    SELECT w.number, w.kind, w.id, w.wanted, w.amount, w.most,
        coalesce(r.hour, 0), coalesce(r.counts, array_fill(0::bigint, ARRAY[24]))
    FROM unnest(limits) WITH ORDINALITY AS w(kind, id, wanted, amount, most, number)
    LEFT JOIN LATERAL (
        SELECT l.hour, l.counts FROM handclasp.limits AS l WHERE l.kind = w.kind AND l.id = w.id OFFSET 0
    ) AS r ON true
$$;

-- Gives positions up to `upto` to events that have none, `most` of them at once, in the order they were written in, and
-- says how many.
--
-- One at a time, and a position is visible only when it is committed: so the positions that anybody sees are always the
-- first ones, and an event that is committed late comes after all that were seen before it.
CREATE FUNCTION handclasp.number_events(lock bigint, upto bigint, most bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    last bigint;
    numbered bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM handclasp.events AS e WHERE e.position IS NULL) THEN
        RETURN 0;
    END IF;
    PERFORM pg_advisory_xact_lock(lock);
    SELECT coalesce(max(e.position), 0) INTO last FROM handclasp.events AS e WHERE e.position IS NOT NULL;
    WITH next AS MATERIALIZED (
        SELECT e.subject_id, e.subject_kind, e.version, row_number() OVER (ORDER BY e.written) AS place
        FROM handclasp.events AS e WHERE e.position IS NULL
        ORDER BY e.written LIMIT greatest(least(upto - last, most), 0)
    )
    UPDATE handclasp.events AS e SET position = last + n.place
    FROM next AS n
    WHERE e.subject_id = n.subject_id AND e.subject_kind = n.subject_kind AND e.version = n.version;
    GET DIAGNOSTICS numbered = ROW_COUNT;
    RETURN numbered;
END
$$;
