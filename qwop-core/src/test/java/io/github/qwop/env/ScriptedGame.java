package io.github.qwop.env;

import io.github.qwop.game.Game;
import java.util.ArrayList;
import java.util.List;

/** A game whose torso is wherever a test says, and which notes what it is asked to play. */
final class ScriptedGame implements Game {

    /** Torso's x in units before the first step and after each. */
    private final double[] positions;

    /** After which step the game has ended; 0 for never. */
    private final int endsAfter;

    /** Keys and frames of every step. */
    final List<int[]> played = new ArrayList<>();

    /** Score of a landing in the sand at the end; NaN if it falls. */
    double landing = Double.NaN;

    private int step;
    private double clock;

    ScriptedGame(int endsAfter, double... positions) {
        this.endsAfter = endsAfter;
        this.positions = positions;
    }

    @Override
    public void reset() {
        step = 0;
        clock = 0;
    }

    @Override
    public int step(int keys, int frames) {
        played.add(new int[] {keys, frames});
        step++;
        clock += frames / 30.0;
        return frames;
    }

    @Override
    public void readBodies(double[] target, int offset) {
        target[offset] = positions[Math.min(step, positions.length - 1)];
    }

    @Override
    public double scoreTime() {
        return clock;
    }

    @Override
    public double score() {
        return jumpLanded() ? landing : 0;
    }

    @Override
    public boolean gameEnded() {
        return endsAfter > 0 && step >= endsAfter;
    }

    @Override
    public boolean fallen() {
        return gameEnded() && !jumpLanded();
    }

    @Override
    public boolean jumped() {
        return jumpLanded();
    }

    @Override
    public boolean jumpLanded() {
        return gameEnded() && !Double.isNaN(landing);
    }

    @Override
    public void close() {}
}
