package io.github.qwop.game;

import io.github.qwop.game.twin.Twin;
import java.util.function.DoubleUnaryOperator;

/** The twin, but that one of its numbers is another one from some update of each episode on. */
public final class NudgedGame implements Game {

    /** Places of what is no number of a part: score, clock, and the flags as 0 or 1. */
    public static final int SCORE = BODY_VALUES;

    private static final int ENDED = SCORE + 2;

    private final Twin twin = new Twin();
    private final double[] values = new double[ENDED + 4];
    private final long from;
    private final int place;
    private final DoubleUnaryOperator nudge;
    private long updates;
    private boolean closed;

    /**
     * A game that differs.
     *
     * @param from the first update that does; 0 is the state after the reset
     * @param place of the number, parts first
     * @param nudge gives the other number
     */
    public NudgedGame(long from, int place, DoubleUnaryOperator nudge) {
        this.from = from;
        this.place = place;
        this.nudge = nudge;
        reset();
    }

    /** A game that does not differ. */
    public static NudgedGame same() {
        return new NudgedGame(Long.MAX_VALUE, 0, value -> value);
    }

    /** Moves the runner, as {@link Twin#shift} does. */
    public void shift(double dx) {
        twin.shift(dx);
    }

    /** Whether it has been closed. */
    public boolean closed() {
        return closed;
    }

    @Override
    public void reset() {
        twin.reset();
        updates = 0;
        read();
    }

    @Override
    public int step(int keys, int frames) {
        int played = twin.step(keys, frames);
        updates += frames;
        read();
        return played;
    }

    private void read() {
        twin.readBodies(values, 0);
        values[SCORE] = twin.score();
        values[SCORE + 1] = twin.scoreTime();
        values[ENDED] = twin.gameEnded() ? 1 : 0;
        values[ENDED + 1] = twin.fallen() ? 1 : 0;
        values[ENDED + 2] = twin.jumped() ? 1 : 0;
        values[ENDED + 3] = twin.jumpLanded() ? 1 : 0;
        if (updates >= from) {
            values[place] = nudge.applyAsDouble(values[place]);
        }
    }

    @Override
    public void readBodies(double[] target, int offset) {
        System.arraycopy(values, 0, target, offset, BODY_VALUES);
    }

    @Override
    public double score() {
        return values[SCORE];
    }

    @Override
    public double scoreTime() {
        return values[SCORE + 1];
    }

    @Override
    public boolean gameEnded() {
        return values[ENDED] != 0;
    }

    @Override
    public boolean fallen() {
        return values[ENDED + 1] != 0;
    }

    @Override
    public boolean jumped() {
        return values[ENDED + 2] != 0;
    }

    @Override
    public boolean jumpLanded() {
        return values[ENDED + 3] != 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
