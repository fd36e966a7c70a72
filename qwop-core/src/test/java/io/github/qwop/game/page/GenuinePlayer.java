package io.github.qwop.game.page;

import io.github.qwop.game.GoldTrace;

/** The genuine script as a player of gold traces. */
record GenuinePlayer(GenuineGame game) implements GoldTrace.Player {

    @Override
    public void freshStart() {
        game.freshStart();
    }

    @Override
    public void softReset(int keysHeld) {
        game.softReset(keysHeld);
    }

    @Override
    public void shift(double dx) {
        game.shift(dx);
    }

    @Override
    public void sleep() {
        game.sleep();
    }

    @Override
    public void update(int keys) {
        game.step(keys, 1);
    }
}
