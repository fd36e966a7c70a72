package io.github.qwop.game.twin;

import io.github.qwop.game.Game;
import io.github.qwop.game.Operation;

/** The twin as a player of gold traces and campaigns. */
public record TwinPlayer(Twin twin) implements Operation.Player {

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
    public void readHurdle(double[] target, int offset) {
        twin.readHurdle(target, offset);
    }

    @Override
    public void readHidden(double[] target, int offset) {
        int at = hide(twin.world.bodies[Blueprint.HURDLE_BASE], target, offset);
        at = hide(twin.world.bodies[Blueprint.HURDLE_TOP], target, at);
        for (int part : Blueprint.PARTS) {
            at = hide(twin.world.bodies[part], target, at);
        }
    }

    private static int hide(Body body, double[] target, int offset) {
        int at = offset;
        target[at++] = body.omega;
        target[at++] = body.cos;
        target[at++] = body.sin;
        target[at++] = body.torque;
        target[at++] = body.sleepTime;
        target[at++] = body.awake ? 1 : 0;
        target[at++] = body.lowX;
        target[at++] = body.lowY;
        target[at++] = body.highX;
        target[at++] = body.highY;
        return at;
    }
}
