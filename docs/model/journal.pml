/*
 * The worker's journal as a write-ahead log (docs/failure-semantics.md), small enough to try everything.
 *
 * Two workers share one partition with three records: a command whose operation is idempotent, one whose operation is
 * unsafe, and a copy of the second. All that can go wrong, in any order and at any point, up to TROUBLE times: a crash,
 * a worker taken for dead that goes on, a rebalance, an epoch that moves, a commit of unknown fate, a call whose answer
 * is lost, that Auth0 refuses for now, or that comes too late. How to run it, and what it leaves out: README.md.
 *
 * Nobody waits by the clock here, and whoever can act may take for ever: so a suspended worker is one that the others
 * overtake. Each NO_... takes one guard away, and then there is a run that breaks a property.
 */

#ifndef TROUBLE
#define TROUBLE 2
#endif

#define RECORDS     3
#define COMMAND(r)  (r == 2 -> 1 : r)
#define UNSAFE(c)   (c == 1)

/* By default the commands have targets of their own, and are done side by side. */
#ifdef ONE_TARGET
#define SAME_TARGET(r, s) true
#define TARGET(c)         0
#else
#define SAME_TARGET(r, s) (COMMAND(r) == COMMAND(s))
#define TARGET(c)         c
#endif

/* With two, the idempotent command is in the interactive lane, the others are in the bulk lane. */
#ifdef TWO_LANES
#define FIRST(r)        (r < 2)
#define SAME_LANE(r, s) ((r == 0) == (s == 0))
#else
#define FIRST(r)        (r == 0)
#define SAME_LANE(r, s) true
#endif

/* ---- The guards ---- */

/* Ledger, Appender: the broker refuses the offsets of a member whose epoch is stale, and so the transaction. */
#if defined(NO_FENCING) || defined(NO_OFFSETS_IN_TRANSACTION)
#define ACCEPTED(w) true
#else
#define ACCEPTED(w) current[w]
#endif

/* Recovery: offsets are read when nobody has a transaction open that may still move them. */
#if defined(NO_STABLE_READ) || defined(NO_OFFSETS_IN_TRANSACTION)
#define STABLE true
#else
#define STABLE (tx[0].state == NONE && tx[1].state == NONE)
#endif

/* Call.mayBegin: a call begins within L of its started, or not at all. */
#ifdef NO_BEGIN_WITHIN
#define MAY_BEGIN(w, c) true
#else
#define MAY_BEGIN(w, c) (!past[w].at[c])
#endif

/* Execution: a call is cut off after T, so that L + T after its started none is under way. */
#ifdef NO_CALL_TIMEOUT
#define CUT_OFF(w, c) true
#else
#define CUT_OFF(w, c) (call[w].at[c] != SENT && call[w].at[c] != ORPHANED)
#endif

/* Calls.made: a call whose connection breaks off is over for us when it is over at Auth0, T after it was sent. */
#ifdef NO_WAIT_FOR_LOST
#define BREAKS_OFF(w, c) \
    :: atomic { call[w].at[c] == SENT && trouble > 0 -> trouble--; adrift[c]++; call[w].at[c] = LOST; collect(w, c) } \
    :: atomic { adrift[c] > 0 -> adrift[c]--; perform(c); calls[TARGET(c)]-- }
#else
#define BREAKS_OFF(w, c)
#endif

/* Recall.whenOver: another worker's call of unknown fate for this command is waited for. */
#ifdef NO_ZOMBIE_WAIT
#define OVER(w, c) true
#else
#define OVER(w, c) (!mind[w].begun[c] || past[mind[w].by[c] % 2].at[c])
#endif

/* Recall.whenTargetIsFree: so is one for another command of the target, which may stand in another lane. */
#ifdef NO_WAIT_BY_TARGET
#define OTHERS_OVER(w, c) true
#else
#define OTHERS_OVER(w, c) (TARGET(c) != TARGET(1 - c) || OVER(w, 1 - c))
#endif

/* Preparation.recover: what is unsafe is not tried again. */
#ifdef NO_REPEAT_CLASSES
#define REPEATABLE(c) true
#else
#define REPEATABLE(c) (!UNSAFE(c))
#endif

/* Leftovers.take: a call from an earlier time says something only if nobody has made an attempt since. */
#ifdef NO_LEFTOVER_CHECK
#define LAST_OURS(w, c) true
#else
#define LAST_OURS(w, c) (mind[w].by[c] == w)
#endif

/* ---- What there is ---- */

#define NONE 0

/* What a record of the journal says of a command: mtype would need a value each anyway, and these are compared. */
#define STARTED   1
#define SUCCEEDED 2
#define UNKNOWN   3
#define DUPLICATE 4

/* Job.Stage; TAKEN_UP is all that comes before STARTING. */
#define QUEUED   1
#define TAKEN_UP 2
#define STARTING 3
#define RUNNING  4
#define ENDING   5
#define SETTLED  6

/* OwnedPartition: read back first, then open, leaving while it is given back. */
#define READING 1
#define READ    2
#define OPEN    3
#define LEAVING 4

/* Call: committed as started, on its way to Auth0, on its way with nobody left to hear of it; then what came of it. */
#define ALLOWED  1
#define ASKED    2
#define SENT     3
#define ORPHANED 4
#define ANSWERED 5
#define REFUSED  6
#define LOST     7
#define WITHHELD 8

/* A transaction that is open, or whose commit is on its way. */
#define BEGUN 1
#define LIMBO 2

typedef PerCommand { byte at[2] }

typedef Transaction { byte state; byte says[RECORDS]; bit passes[RECORDS]; bit orphan }

/* What a worker has in its memory: OwnedPartition, its Jobs, its JournalIndex. */
typedef Mind {
    byte home;
    byte stage[RECORDS];
    byte ending[RECORDS];
    bit passed[RECORDS];
    bit known[2];
    bit begun[2];
    byte by[2]                  /* whose attempt was the last: a worker's this run, or + 2, an earlier one */
}

/* The broker: the journal, the offsets, the group. */
bit begun[2];
byte by[2];
byte outcome[2];
bit settled[RECORDS];
bit passed[RECORDS];            /* the committed offset is beyond this record */
Transaction tx[2];
byte owner = 0;                 /* of the partition; 2 if it is nobody's */
bit revoking;
bit member[2] = 1;
bit current[2] = 1;             /* the worker knows its member's epoch */

/* The workers. */
bit up[2] = 1;
Mind mind[2];

/* Auth0, and time. */
PerCommand call[2];
PerCommand past[2];             /* CallWindow: L + T have passed since it was started */
byte calls[2];                  /* under way, by target */
byte performed[2];              /* by command */
#ifdef NO_WAIT_FOR_LOST
byte adrift[2];                 /* by command, under way, and taken for over */
#endif

byte trouble = TROUBLE;
hidden byte i;

#define ALL_SETTLED (settled[0] && settled[1] && settled[2] && passed[0] && passed[1] && passed[2])

ltl every_command_gets_its_outcome { <> (ALL_SETTLED) }

/* ---- The broker ---- */

/* A transaction is committed. Here is where the properties of the journal are watched over. */
inline append(w) {
    for (i : 0 .. RECORDS - 1) {
        if
        :: tx[w].says[i] == STARTED ->
            begun[COMMAND(i)] = 1;
            by[COMMAND(i)] = (tx[w].orphan -> w + 2 : w)
        :: tx[w].says[i] == DUPLICATE ->
            assert(!settled[i]);
            settled[i] = 1
        :: tx[w].says[i] == SUCCEEDED || tx[w].says[i] == UNKNOWN ->
            assert(outcome[COMMAND(i)] == NONE);            /* exactly one outcome */
            assert(begun[COMMAND(i)]);                      /* and none without its started */
            assert(tx[w].says[i] != SUCCEEDED || performed[COMMAND(i)] > 0);
            outcome[COMMAND(i)] = tx[w].says[i];
            by[COMMAND(i)] = 0;
            settled[i] = 1
        :: else
        fi
    }
#ifndef NO_OFFSETS_IN_TRANSACTION
    move_offsets(w)
#endif
}

inline move_offsets(w) {
    for (i : 0 .. RECORDS - 1) {
        assert(settled[i] || !tx[w].passes[i]);             /* offsets pass nothing that is not settled */
        passed[i] = tx[w].passes[i]
    }
}

inline end_transaction(w) {
    for (i : 0 .. RECORDS - 1) { tx[w].says[i] = NONE; tx[w].passes[i] = 0 }
    tx[w].orphan = 0;
    tx[w].state = NONE
}

#define TRANSACTION(w) \
    :: atomic { tx[w].state == LIMBO -> append(w); end_transaction(w) } \
    :: atomic { tx[w].state == LIMBO -> end_transaction(w) } \
    :: atomic { tx[w].state == BEGUN && !(up[w] && member[w]) -> end_transaction(w) }

/* A member that is not heard of is put out of the group, whether it is dead or not. */
#define MEMBER(w) \
    :: atomic { member[w] && !up[w] -> expel(w) } \
    :: atomic { owner == w && up[w] && trouble > 0 -> trouble--; expel(w) } \
    :: atomic { owner == w && current[w] && trouble > 0 -> trouble--; current[w] = 0 } \
    :: atomic { owner == 2 && member[w] && up[w] -> owner = w; current[w] = 0 }

inline expel(w) {
    member[w] = 0;
    current[w] = 0;
    if
    :: owner == w -> owner = 2; revoking = 0
    :: else
    fi
}

active proctype Broker() {
end:
    do
    TRANSACTION(0)
    TRANSACTION(1)
    MEMBER(0)
    MEMBER(1)
    :: atomic { owner != 2 && !revoking && member[1 - owner] && trouble > 0 -> trouble--; revoking = 1 }
    od
}

/* ---- Auth0, the threads that call it, and time ---- */

inline send(w, c) {
    assert(calls[TARGET(c)] == 0);                          /* one call at a time for a target */
    calls[TARGET(c)]++;
    call[w].at[c] = SENT
}

inline perform(c) {
    performed[c]++;
    assert(!UNSAFE(c) || performed[c] == 1)                 /* what is unsafe is not done twice */
}

/* A request ends. If nobody listens any more, nobody learns how. */
inline finish(w, c, result) {
    calls[TARGET(c)]--;
    if
    :: call[w].at[c] == ORPHANED -> call[w].at[c] = NONE
    :: else -> call[w].at[c] = result; collect(w, c)
    fi
}

/* Calls.attempted: what came of a call, for the job that waits for it; the call is kept until that is committed. */
inline collect(w, c) {
    for (i : 0 .. RECORDS - 1) {
        if
        :: COMMAND(i) == c && mind[w].stage[i] == RUNNING && call[w].at[c] >= ANSWERED ->
            if
            :: call[w].at[c] == ANSWERED -> mind[w].ending[i] = SUCCEEDED; mind[w].stage[i] = ENDING
            :: call[w].at[c] == LOST && !REPEATABLE(c) -> mind[w].ending[i] = UNKNOWN; mind[w].stage[i] = ENDING
            :: else -> mind[w].stage[i] = (mind[w].home == LEAVING -> QUEUED : STARTING)
            fi
        :: else
        fi
    }
}

/* Between the question and the first byte sent nothing can be guarded; see README.md on what remains. */
#ifdef SLOW_FIRST_BYTE
#define BEGINS(w, c) \
    :: atomic { call[w].at[c] == ALLOWED && MAY_BEGIN(w, c) -> call[w].at[c] = ASKED } \
    :: atomic { call[w].at[c] == ASKED -> send(w, c) }
#else
#define BEGINS(w, c) \
    :: atomic { call[w].at[c] == ALLOWED && MAY_BEGIN(w, c) -> send(w, c) }
#endif

#define IS_SENT(w, c) (call[w].at[c] == SENT || call[w].at[c] == ORPHANED)

#define CALL(w, c) \
    BEGINS(w, c) \
    :: atomic { call[w].at[c] == ALLOWED && !MAY_BEGIN(w, c) -> call[w].at[c] = WITHHELD; collect(w, c) } \
    :: atomic { IS_SENT(w, c) -> perform(c); finish(w, c, ANSWERED) } \
    :: atomic { IS_SENT(w, c) && trouble > 0 -> trouble--; perform(c); finish(w, c, LOST) } \
    :: atomic { IS_SENT(w, c) && trouble > 0 -> trouble--; finish(w, c, LOST) } \
    :: atomic { IS_SENT(w, c) && trouble > 0 -> trouble--; finish(w, c, REFUSED) } \
    :: atomic { call[w].at[c] == ORPHANED -> finish(w, c, LOST) } \
    BREAKS_OFF(w, c)

/*
 * Time passes where somebody looks at the clock: a call that has not begun yet, or a worker that waits for one to be
 * over. A worker that has its place is late only so often; one that has lost it may be as late as it likes.
 */
#define WAITS(v, r, w, c) \
    (TARGET(COMMAND(r)) == TARGET(c) && mind[v].stage[r] == TAKEN_UP && mind[v].begun[c] && mind[v].by[c] % 2 == w)
#define IS_WAITED_FOR(w, c) \
    (WAITS(0, 0, w, c) || WAITS(0, 1, w, c) || WAITS(0, 2, w, c) || \
     WAITS(1, 0, w, c) || WAITS(1, 1, w, c) || WAITS(1, 2, w, c))
#define IS_TIMED(w, c)   (!past[w].at[c] && CUT_OFF(w, c) && (call[w].at[c] == ALLOWED || IS_WAITED_FOR(w, c)))
#define ON_ITS_WAY(w, c) (owner == w && up[w] && (tx[w].state == BEGUN || call[w].at[c] == ALLOWED))

#define TIME(w, c) \
    :: atomic { IS_TIMED(w, c) && !ON_ITS_WAY(w, c) -> past[w].at[c] = 1 } \
    :: atomic { IS_TIMED(w, c) && ON_ITS_WAY(w, c) && trouble > 0 -> trouble--; past[w].at[c] = 1 }

active proctype Auth0() {
end:
    do
    CALL(0, 0)
    CALL(0, 1)
    CALL(1, 0)
    CALL(1, 1)
    od
}

active proctype Time() {
end:
    do
    TIME(0, 0)
    TIME(0, 1)
    TIME(1, 0)
    TIME(1, 1)
    od
}

/* ---- A worker ---- */

#define HERE       mind[w]
#define IS_OPEN    (HERE.home == OPEN)
#define IS_ACTIVE(r) (HERE.stage[r] >= TAKEN_UP && HERE.stage[r] <= RUNNING)

/* Job: its turn comes when no other is active for its target, and no earlier one of its lane waits (TargetQueue). */
#define IN_THE_WAY(r, s) \
    (r != s && SAME_TARGET(r, s) && (IS_ACTIVE(s) || (s < r && SAME_LANE(r, s) && HERE.stage[s] == QUEUED)))
#define HAS_ITS_TURN(r) \
    (HERE.stage[r] == QUEUED && !IN_THE_WAY(r, 0) && !IN_THE_WAY(r, 1) && !IN_THE_WAY(r, 2))

/* Ledger: what waits to be appended. */
#define IS_PENDING(r) (HERE.stage[r] == STARTING || HERE.stage[r] == ENDING)
#define ANY_PENDING   (IS_PENDING(0) || IS_PENDING(1) || IS_PENDING(2))

#ifdef STALE_COMMIT
#define MAY_COMMIT (HERE.home != READING && HERE.home != READ && ANY_PENDING)
#else
#define MAY_COMMIT (HERE.home >= OPEN && ANY_PENDING)
#endif

inline forget() {
    HERE.home = NONE;
    for (i : 0 .. RECORDS - 1) {
        HERE.stage[i] = NONE;
        HERE.ending[i] = NONE;
        HERE.passed[i] = 0
    }
    for (i : 0 .. 1) {
        HERE.known[i] = 0;
        HERE.begun[i] = 0;
        HERE.by[i] = 0
    }
}

/* Assignment.drop: nothing more is appended for it; a call that has not begun does not, one on its way is kept. */
inline drop() {
#ifdef STALE_COMMIT
    HERE.home = NONE;
    for (i : 0 .. RECORDS - 1) { HERE.stage[i] = (HERE.stage[i] == ENDING -> ENDING : NONE) }
#else
    forget();
#endif
    for (i : 0 .. 1) { call[w].at[i] = (call[w].at[i] == ALLOWED -> WITHHELD : call[w].at[i]) }
}

/* The process is gone; a request that was sent goes on without it. */
inline die() {
    up[w] = 0;
    forget();
    for (i : 0 .. 1) {
        call[w].at[i] = (call[w].at[i] == SENT || call[w].at[i] == ORPHANED -> ORPHANED : NONE);
        by[i] = (begun[i] && !outcome[i] && by[i] == w -> w + 2 : by[i])
    }
    tx[w].orphan = (tx[w].state != NONE)
}

/* Recovery: the journal to its end; offsets have been read before. */
inline read_back() {
    for (i : 0 .. RECORDS - 1) { HERE.stage[i] = (HERE.passed[i] -> SETTLED : QUEUED) }
#ifndef NO_RECOVERY
    for (i : 0 .. RECORDS - 1) { HERE.stage[i] = (settled[i] -> SETTLED : HERE.stage[i]) }
    for (i : 0 .. 1) {
        HERE.begun[i] = begun[i] && !outcome[i];
        HERE.by[i] = (HERE.begun[i] -> by[i] : 0);
        HERE.known[i] = begun[i]
    }
#endif
    HERE.home = OPEN
}

/* Preparation: a copy is a repeat; what was started before is looked after by its kind; the rest begins. */
inline take_up(r) {
    if
#ifndef NO_DEDUPLICATION
    :: r == 2 && HERE.known[1] -> HERE.ending[r] = DUPLICATE; HERE.stage[r] = ENDING
#endif
    :: else -> HERE.known[COMMAND(r)] = 1; HERE.stage[r] = (HERE.begun[COMMAND(r)] || !OTHERS_OVER(w, COMMAND(r)) -> TAKEN_UP : STARTING)
    fi
}

#define IS_LEFT_OVER(c) (HERE.begun[c] && LAST_OURS(w, c) && call[w].at[c] != NONE && call[w].at[c] != ORPHANED)

inline look_after(r, c) {
    if
    :: IS_LEFT_OVER(c) -> HERE.stage[r] = RUNNING; collect(w, c)
    :: else ->
        if
        :: REPEATABLE(c) || !HERE.begun[c] -> HERE.stage[r] = STARTING
        :: else -> HERE.ending[r] = UNKNOWN; HERE.stage[r] = ENDING
        fi
    fi;
    HERE.begun[c] = 0;
    HERE.by[c] = 0
}

/* Ledger.commit, begun: what is pending, and how far everything is settled with it. */
#ifdef NO_LOWEST_UNSETTLED
#define PASSES(r) (HERE.stage[r] != NONE)
#else
#define PASSES(r) (HERE.stage[r] >= ENDING && (FIRST(r) || tx[w].passes[r - 1]))
#endif

inline begin_transaction() {
    for (i : 0 .. RECORDS - 1) {
        tx[w].passes[i] = PASSES(i);
        if
        :: HERE.stage[i] == STARTING -> tx[w].says[i] = STARTED; past[w].at[COMMAND(i)] = 0
        :: HERE.stage[i] == ENDING -> tx[w].says[i] = HERE.ending[i]
        :: else
        fi
    }
    tx[w].state = BEGUN
}

/* It is in the log: what was started may be sent, what was ended is settled. */
inline committed() {
    for (i : 0 .. RECORDS - 1) {
        if
        :: tx[w].says[i] == STARTED -> HERE.stage[i] = RUNNING; call[w].at[COMMAND(i)] = ALLOWED
        :: tx[w].says[i] > STARTED ->
            HERE.stage[i] = SETTLED;
            HERE.ending[i] = NONE;
            call[w].at[COMMAND(i)] = NONE
        :: else
        fi
    }
#ifdef NO_OFFSETS_IN_TRANSACTION
    if
    :: current[w] -> move_offsets(w)
    :: else
    fi
#endif
}

/* Assignment.startOver: nobody knows what the journal holds now. */
inline start_over() {
#ifdef NO_READ_BACK
    skip
#else
    if
    :: HERE.home == LEAVING -> drop()
    :: else -> drop(); HERE.home = READING
    fi
#endif
}

#define JOB(r, c) \
    :: atomic { IS_OPEN && HAS_ITS_TURN(r) -> take_up(r) } \
    :: atomic { IS_OPEN && HERE.stage[r] == TAKEN_UP && (IS_LEFT_OVER(c) || OVER(w, c)) && OTHERS_OVER(w, c) -> look_after(r, c) }

proctype Worker(byte w) {
end:
    do
    /* The process. */
    :: atomic { up[w] && HERE.home != NONE && trouble > 0 -> trouble--; die() }
#ifndef NO_SUPERVISOR
    :: atomic {
        !up[w] ->
        up[w] = 1;
        current[w] = 0;
        if
        :: tx[w].state == BEGUN -> end_transaction(w)       /* Appender.open */
        :: else
        fi
    }
#endif

    /* Assignment: poll, and what the consumer tells us then. */
    :: atomic {
        up[w] && !member[w] ->
        member[w] = 1;
        current[w] = 1;
        if
        :: HERE.home != NONE -> drop()
        :: else
        fi
    }
    :: atomic { up[w] && member[w] && HERE.home != NONE && !current[w] -> current[w] = 1 }
    :: atomic { up[w] && member[w] && owner == w && HERE.home == NONE && !revoking -> current[w] = 1; HERE.home = READING }
    :: atomic {
        up[w] && member[w] && owner == w && revoking && HERE.home != NONE && HERE.home != LEAVING ->
        HERE.home = (HERE.home == OPEN -> LEAVING : NONE);
        for (i : 0 .. RECORDS - 1) { HERE.stage[i] = (HERE.stage[i] == STARTING -> QUEUED : HERE.stage[i]) }
    }
    :: atomic {
        up[w] && member[w] && owner == w && revoking && (HERE.home == LEAVING || HERE.home == NONE) ->
        drop();
        owner = 2;
        revoking = 0
    }

    /* Recovery: first the offsets, then the journal. */
    :: atomic {
        HERE.home == READING && STABLE ->
        for (i : 0 .. RECORDS - 1) { HERE.passed[i] = passed[i] }
        HERE.home = READ
    }
    :: atomic { HERE.home == READ -> read_back() }

    JOB(0, 0)
    JOB(1, 1)
    JOB(2, 1)

    /* Ledger, Appender: the loop does nothing else until it knows how the transaction ended, or that nobody knows. */
    :: atomic { up[w] && MAY_COMMIT && tx[w].state == NONE && ACCEPTED(w) -> begin_transaction() };
        if
        :: atomic { tx[w].state == BEGUN -> append(w); committed(); end_transaction(w) }
        :: atomic { tx[w].state == BEGUN && trouble > 0 -> trouble--; tx[w].state = LIMBO; start_over() }
        :: atomic { tx[w].state == NONE -> start_over() }
        :: atomic { trouble > 0 -> trouble--; die() }
        :: atomic { tx[w].state == BEGUN && trouble > 0 -> trouble--; tx[w].state = LIMBO; die() }
        fi
    od
}

init {
    atomic { past[0].at[0] = 1; past[0].at[1] = 1; past[1].at[0] = 1; past[1].at[1] = 1; run Worker(0); run Worker(1) }
}
