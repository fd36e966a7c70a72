package io.github.qwop.run.replay;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import java.util.List;
import java.util.Locale;

/** Plays a second game alongside the first and compares their 60 numbers, scores and flags after every update. */
public final class Comparison extends FilteredGame {

    private static final List<BodyPart> PARTS = List.of(BodyPart.values());

    private final Game other;
    private final double[] mine = new double[BODY_VALUES];
    private final double[] theirs = new double[BODY_VALUES];
    private long updates;
    private double largest;
    private String where = "";

    /** Compares two games; neither is closed with this. */
    public Comparison(Game game, Game other) {
        super(game);
        this.other = other;
    }

    /** Updates compared. */
    public long updates() {
        return updates;
    }

    /** Largest absolute difference of any number; 1 at least where a flag differs. */
    public double largest() {
        return largest;
    }

    /** Where it is: the update and the value's name; empty if there is none. */
    public String where() {
        return where;
    }

    @Override
    protected void afterReset() {
        other.reset();
        compare();
    }

    @Override
    protected void afterUpdate(int keys) {
        other.step(keys, 1);
        updates++;
        compare();
    }

    private void compare() {
        game.readBodies(mine, 0);
        other.readBodies(theirs, 0);
        for (int i = 0; i < mine.length; i++) {
            if (mine[i] != theirs[i]) {
                note(
                        Math.abs(mine[i] - theirs[i]),
                        PARTS.get(i / BodyPart.VALUES) + "'s value "
                                + "x,y,angle,vx,vy".split(",", -1)[i % BodyPart.VALUES]);
            }
        }
        note(Math.abs(game.score() - other.score()), "the score");
        note(Math.abs(game.scoreTime() - other.scoreTime()), "the score clock");
        note(game.gameEnded() == other.gameEnded() ? 0 : 1, "whether the game has ended");
        note(game.fallen() == other.fallen() ? 0 : 1, "whether the runner has fallen");
        note(game.jumpLanded() == other.jumpLanded() ? 0 : 1, "whether the runner has landed");
    }

    private void note(double difference, String name) {
        if (difference > largest || Double.isNaN(difference)) {
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
            where = String.format(Locale.ROOT, "%s at update %d", name, updates);
        }
    }
}
