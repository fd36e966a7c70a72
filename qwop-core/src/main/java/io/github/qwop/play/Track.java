package io.github.qwop.play;

import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import java.util.Arrays;

/** Notes where the runner is after every update since the last reset, and may let one change of keys come late. */
public final class Track extends FilteredGame {

    /** No change of keys comes late. */
    public static final int NEVER = -1;

    private final int slip;
    private final double[] bodies = new double[Game.BODY_VALUES];
    private double[] metres = new double[1024];
    private byte[] keys = new byte[1024];
    private int updates;

    /**
     * Notes a game's updates.
     *
     * @param game not closed with this
     * @param slip number of an update, from 0 at the reset on, in which the keys of the one before stay held; or
     *     {@link #NEVER}
     */
    public Track(Game game, int slip) {
        super(game);
        this.slip = slip;
    }

    /** Updates since the reset. */
    public int updates() {
        return updates;
    }

    /** Where the torso was after an update, from 0 on, in metres. */
    public double metres(int update) {
        return metres[update];
    }

    /** Whether an update's keys were others than those of the one before. */
    public boolean isChange(int update) {
        return update > 0 && keys[update] != keys[update - 1];
    }

    @Override
    protected int held(int asked) {
        return updates > 0 && updates == slip ? keys[updates - 1] : asked;
    }

    @Override
    protected void afterReset() {
        updates = 0;
    }

    @Override
    protected void afterUpdate(int held) {
        if (updates == keys.length) {
            metres = Arrays.copyOf(metres, 2 * updates);
            keys = Arrays.copyOf(keys, 2 * updates);
        }
        game.readBodies(bodies, 0);
        metres[updates] = bodies[0] / Units.PER_METRE;
        keys[updates++] = (byte) held;
    }
}
