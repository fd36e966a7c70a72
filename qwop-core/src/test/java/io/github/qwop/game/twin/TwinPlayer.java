package io.github.qwop.game.twin;

import io.github.qwop.game.Campaign;
import io.github.qwop.game.Game;

/** The twin as a player of gold traces and campaigns. */
public record TwinPlayer(Twin twin) implements Campaign.Player {

    @Override
    public Game game() {
        return twin;
    }

    @Override
    public void freshStart(int idleUpdates) {
        twin.resetFresh(idleUpdates);
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
    public void sleep() {
        Fdlibm fdlibm = new Fdlibm();
        for (int part : Blueprint.PARTS) {
            twin.world.bodies[part].sleep(fdlibm);
        }
    }

    @Override
    public void update(int keys) {
        twin.update(keys);
    }

    @Override
    public void readHurdle(double[] target) {
        twin.readHurdle(target, 0);
    }
}
