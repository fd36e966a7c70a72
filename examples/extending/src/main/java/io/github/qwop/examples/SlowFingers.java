package io.github.qwop.examples;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.twin.Twin;

/** The game as slow fingers play it: keys go down and up two game updates after they are meant to. */
public final class SlowFingers implements Game {

    private static final int DELAY = 2;

    private final Twin twin = new Twin();
    private int held = Keys.NONE;

    @Override
    public void reset() {
        twin.reset();
        held = Keys.NONE;
    }

    @Override
    public int step(int keys, int frames) {
        int late = Math.min(frames, DELAY);
        int played = twin.step(held, late);
        held = keys;
        if (frames > late) {
            played += twin.step(keys, frames - late);
        }
        return played;
    }

    @Override
    public void readBodies(double[] target, int offset) {
        twin.readBodies(target, offset);
    }

    @Override
    public double scoreTime() {
        return twin.scoreTime();
    }

    @Override
    public double score() {
        return twin.score();
    }

    @Override
    public boolean gameEnded() {
        return twin.gameEnded();
    }

    @Override
    public boolean fallen() {
        return twin.fallen();
    }

    @Override
    public boolean jumped() {
        return twin.jumped();
    }

    @Override
    public boolean jumpLanded() {
        return twin.jumpLanded();
    }

    @Override
    public void close() {
        twin.close();
    }
}
