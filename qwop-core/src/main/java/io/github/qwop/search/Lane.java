package io.github.qwop.search;

import io.github.qwop.env.Context;
import io.github.qwop.game.Game;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;

/**
 * One thread's game, with all that it needs to play on from a row: after its construction nothing is allocated.
 *
 * <p>A row is a state among others in one flat array: the context, then the game's snapshot.
 */
final class Lane {

    /** Numbers of a row, 12 kB: room for some fifty contacts, and a runner in a heap has twenty. */
    static final int ROW = 1500;

    private static final double LEAST_X = -100;
    private static final double MOST_X = 1050;

    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

    /** What became of a game. */
    enum State {
        /** It goes on. */
        RUNNING,
        /** The objective is reached. */
        REACHED,
        /** A fall, a landing that does not count, or off the track, where an environment's episode ends too. */
        LOST
    }

    private final Twin twin;
    private final Objective objective;
    private final Prior.Player player;
    private final int framesPerDecision;
    private final Context context = new Context();
    private final double[] bodies = new double[Game.BODY_VALUES];
    private final double[] snapshot;

    private State state = State.RUNNING;
    private long played;

    Lane(Trigonometry trigonometry, Objective objective, Prior prior) {
        twin = new Twin(trigonometry);
        this.objective = objective;
        player = prior.player();
        framesPerDecision = prior.framesPerDecision();
        snapshot = new double[twin.mostSnapshotValues()];
    }

    /** Begins at the canonical start. */
    void reset() {
        twin.reset();
        context.reset();
        state = State.RUNNING;
    }

    /** Goes on from a row. */
    void restore(double[] rows, int row) {
        int at = row * ROW;
        context.unpack((int) rows[at]);
        twin.restore(rows, at + 1);
        state = State.RUNNING;
    }

    /** Writes a row. */
    void save(double[] rows, int row) {
        int count = twin.save(snapshot, 0);
        if (count >= ROW) {
            throw new IllegalStateException("A state has " + count + " numbers, more than a row of a search holds.");
        }
        int at = row * ROW;
        rows[at] = context.packed();
        System.arraycopy(snapshot, 0, rows, at + 1, count);
    }

    /** A number that states have in common if they are equal in every bit, and hardly others. */
    long hash() {
        int count = twin.save(snapshot, 0);
        long hash = context.packed();
        for (int i = 0; i < count; i++) {
            hash = (hash ^ Double.doubleToRawLongBits(snapshot[i])) * HASH_FACTOR;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /**
     * Holds keys, until the game is decided.
     *
     * @return updates played
     */
    int hold(int keys, int frames) {
        context.hold(keys);
        int done = 0;
        while (done < frames && state == State.RUNNING) {
            twin.update(keys);
            done++;
            if (objective.isReached(twin)) {
                state = State.REACHED;
            } else if (twin.gameEnded()) {
                state = State.LOST;
            }
        }
        if (state == State.RUNNING && (twin.torsoX() < LEAST_X || twin.torsoX() > MOST_X)) {
            state = State.LOST;
        }
        played += done;
        return done;
    }

    /**
     * Lets the prior decide once.
     *
     * @return updates played
     */
    int decide() {
        return hold(nextKeys(), framesPerDecision);
    }

    /** What the prior holds next. */
    int nextKeys() {
        twin.readBodies(bodies, 0);
        return player.keys(bodies, context);
    }

    /** Updates of one of the prior's decisions. */
    int framesPerDecision() {
        return framesPerDecision;
    }

    State state() {
        return state;
    }

    /** The torso's place, in units. */
    double x() {
        return twin.torsoX();
    }

    /** Updates played since this was last asked. */
    long takePlayed() {
        long taken = played;
        played = 0;
        return taken;
    }
}
