package io.github.qwop.play;

import io.github.qwop.game.Game;
import java.io.ByteArrayOutputStream;

/** Writes down the keys of every update since the last reset. */
public final class KeyLog extends FilteredGame {

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();

    /** A log over a game, which is not closed with it. */
    public KeyLog(Game game) {
        super(game);
    }

    /** Masks of the keys held, one per update. */
    public byte[] keys() {
        return keys.toByteArray();
    }

    @Override
    protected void afterReset() {
        keys.reset();
    }

    @Override
    protected void afterUpdate(int held) {
        keys.write(held);
    }
}
