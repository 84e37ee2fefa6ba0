/*
 * The rotation of refresh tokens (src/delegation/refresh.cpp), as a model that Spin searches
 * exhaustively: one family, two tabs of an honest client, a thief, a person who revokes and
 * consents again, answers that get lost, and a grace that ends. run.sh says which parts run.
 *
 * A request reads the row, decides, and then writes with a compare-and-set, and any other request
 * may come in between: more interleavings than SQLite allows, those that PostgreSQL does.
 *
 * Held in every reachable state:
 *   one_successor   no parent ever gets two successors
 *   no_revival      nothing that begins after a revocation, or after a reuse was found, succeeds
 *   no_lost_client  without a thief, the client is refused only after a revocation; the thief's
 *                   part leaves this out, since a family that was stolen from must die
 *
 * Time: without a thief a request takes less than the grace, retries included, and a client
 * refreshes again only when the grace is over (30 s against an access token's hour). With a thief
 * nothing is assumed.
 *
 * BROKEN_… are mutants, each of which must be found out; run.sh fails when one is not.
 */

#ifndef ROTATIONS
#define ROTATIONS 4 /* how often the family's token is replaced, at most */
#endif
#ifndef LOSSES
#define LOSSES 3 /* how many answers get lost, at most */
#endif

#define NONE 255
#define TOKENS (ROTATIONS + 2)

/* The row of the family, and the connection's. Tokens are numbered as they are minted. */
bool row_exists = true;
byte generation = 0;
byte current = 0;
byte previous = NONE;
bool in_grace = false; /* now - rotated_at <= grace */
bool revoked = false;
byte revocations = 0; /* the family was issued under 0 */

/* What the properties look at; no request does. */
byte minted = 1;
byte successor[TOKENS] = NONE;
bool ever_revoked = false;
bool ever_reused = false;

/* The client: its stored token, and how many of its requests have no answer yet. */
byte client_token = 0;
byte outstanding = 0;
byte losses = 0;

mtype = { pending, granted, refused };

inline mint(parent) {
    assert(minted < TOKENS);
    assert(successor[parent] == NONE); /* one_successor */
    successor[parent] = minted;
    fresh = minted;
    minted++;
}

/* One request with token `t`: `result`, and the token in the answer in `fresh`. */
inline refresh(t) {
    began_revoked = ever_revoked;
    began_reused = ever_reused;
    result = pending;
    do
    :: result == pending ->
        /* SELECT: the family and the connection as they are now. */
        atomic {
            seen_row = row_exists;
            seen_generation = generation;
            seen_current = current;
            seen_previous = previous;
            seen_grace = in_grace;
#ifdef BROKEN_CONNECTION_FLAG_ONLY
            seen_live = !revoked;
#else
            seen_live = !revoked && revocations == 0;
#endif
        }
        if
        :: !seen_row || !seen_live -> result = refused
        :: seen_row && seen_live && t == seen_current ->
            /* UPDATE … WHERE generation = seen_generation, which finds no deleted row. */
            atomic {
                if
#ifdef BROKEN_NO_COMPARE
                :: row_exists ->
#else
                :: row_exists && generation == seen_generation ->
#endif
                    if
                    :: generation == ROTATIONS -> result = refused /* the end of the model */
                    :: generation < ROTATIONS ->
                        mint(t);
                        generation++;
                        previous = t;
                        current = fresh;
                        in_grace = true;
                        result = granted
                    fi
                :: else /* another request was first: look again */
                fi
            }
#ifdef BROKEN_NO_GRACE
        :: seen_row && seen_live && t == seen_previous && t != seen_current ->
#else
        :: seen_row && seen_live && t == seen_previous && seen_grace && t != seen_current ->
#ifdef BROKEN_NEW_SUCCESSOR
            atomic { if :: minted < TOKENS -> mint(t); current = fresh :: else fi }
#else
            fresh = seen_current; /* kept as ciphertext beside the row */
#endif
            result = granted
        :: seen_row && seen_live && t == seen_previous && !seen_grace && t != seen_current ->
#endif
            atomic { row_exists = false; ever_reused = true; result = refused }
        :: seen_row && seen_live && t != seen_current && t != seen_previous ->
            atomic {
#ifndef BROKEN_REFUSAL_ROLLS_BACK
                row_exists = false;
#endif
                ever_reused = true;
                result = refused
            }
        fi
    :: else -> break
    od;
    assert(!(result == granted && began_revoked)); /* no_revival */
    assert(!(result == granted && began_reused));
}

#define LOCALS                                                                              \
    mtype result; byte fresh; bool began_revoked; bool began_reused; bool seen_row;         \
    bool seen_live; bool seen_grace; byte seen_generation; byte seen_current; byte seen_previous

/* One tab: takes the stored token, refreshes, tries again when the answer is lost, stores. */
proctype Tab() {
    LOCALS;
    byte mine;
    do
    :: atomic {
#ifndef THIEF
            !in_grace &&
#endif
            generation < ROTATIONS -> mine = client_token; outstanding++
       };
       do
       :: refresh(mine);
          if
          :: result == granted && losses < LOSSES -> losses++ /* the answer is lost: again */
          :: result == granted -> atomic { client_token = fresh; outstanding-- }; break
          :: result == refused ->
#ifndef THIEF
              assert(ever_revoked || generation == ROTATIONS); /* no_lost_client */
#endif
              atomic { outstanding-- };
              goto done
          fi
       od
    :: generation == ROTATIONS -> break
    :: ever_revoked -> break
    od;
done:
    skip
}

/* Copies the client's token at any moment, and uses what it has at any other. */
proctype Thief() {
    LOCALS;
    byte stolen = client_token;
    byte tries = 0;
    do
    :: tries < 2 -> stolen = client_token; tries++
    :: tries < 2 ->
        tries++;
        refresh(stolen);
        if
        :: result == granted -> stolen = fresh
        :: else
        fi
    :: tries == 2 -> break
    od
}

/* The grace ends: with a thief at any time, without one when no request is under way. */
proctype Time() {
    do
#ifdef THIEF
    :: in_grace -> in_grace = false
#else
    :: atomic { in_grace && outstanding == 0 -> in_grace = false }
#endif
    :: generation == ROTATIONS -> break
    :: !row_exists -> break
    od
}

/* Withdraws consent, and may give it again: a new connection with families of its own. */
proctype Person() {
    atomic {
        revoked = true;
        revocations++;
#ifndef BROKEN_CONNECTION_FLAG_ONLY
        row_exists = false; /* in the same transaction */
#endif
        ever_revoked = true
    };
    atomic {
        revoked = false;
        revocations++
    }
}

init {
    atomic {
        run Tab();
#ifndef ONE_TAB
        run Tab();
#endif
        run Time();
#ifdef THIEF
        run Thief();
#endif
#ifdef PERSON
        run Person();
#endif
    }
}
