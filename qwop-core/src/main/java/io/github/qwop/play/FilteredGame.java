package io.github.qwop.play;

import io.github.qwop.game.Game;

/**
 * A game that hands everything on to another, update by update, so that a subclass can look at each, or play others.
 */
public abstract class FilteredGame implements Game {

    /** The game that plays. */
    protected final Game game;

    /** Hands on to a game, which is not closed with this. */
    protected FilteredGame(Game game) {
        this.game = game;
    }

    /** Starts an episode: the game's own reset, unless a subclass knows another. */
    protected void restart() {
        game.reset();
    }

    /** After a reset. */
    protected abstract void afterReset();

    /**
     * The keys that are played where some are asked for: those, unless a subclass knows better.
     *
     * @param asked mask of the keys
     */
    protected int held(int asked) {
        return asked;
    }

    /** After one update. */
    protected abstract void afterUpdate(int keys);

    @Override
    public final void reset() {
        restart();
        afterReset();
    }

    @Override
    public final int step(int keys, int frames) {
        int played = 0;
        for (int i = 0; i < frames; i++) {
            int held = held(keys);
            played += game.step(held, 1);
            afterUpdate(held);
        }
        return played;
    }

    @Override
    public final void readBodies(double[] target, int offset) {
        game.readBodies(target, offset);
    }

    @Override
    public final double scoreTime() {
        return game.scoreTime();
    }

    @Override
    public final double score() {
        return game.score();
    }

    @Override
    public final boolean gameEnded() {
        return game.gameEnded();
    }

    @Override
    public final boolean fallen() {
        return game.fallen();
    }

    @Override
    public final boolean jumped() {
        return game.jumped();
    }

    @Override
    public final boolean jumpLanded() {
        return game.jumpLanded();
    }

    /** The other game is not closed. */
    @Override
    public final void close() {}
}
