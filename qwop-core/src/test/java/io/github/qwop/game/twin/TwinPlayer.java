package io.github.qwop.game.twin;

import io.github.qwop.game.Game;
import io.github.qwop.game.GoldTrace;

/** The twin as a player of gold traces. */
record TwinPlayer(Twin twin) implements GoldTrace.Player {

    @Override
    public Game game() {
        return twin;
    }

    @Override
    public void freshStart() {
        twin.resetFresh(1);
    }

    @Override
    public void softReset(int keysHeld) {
        twin.softReset(keysHeld);
    }

    @Override
    public void shift(double dx) {
        twin.shift(dx);
    }

    @Override
    public void update(int keys) {
        twin.update(keys);
    }
}
