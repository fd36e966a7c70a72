package io.github.qwop.search;

/** What the passes of a portfolio do, one after another. */
final class Passes {

    /** How many passes begin anew; those behind them improve the best run. */
    static final int FRESH = 3;

    /** By how much values are moved at random in all passes but the first, in units: a few centimetres. */
    private static final double NOISE = 0.3;

    /** Where improving passes begin, as shares of the best run, by turns. */
    private static final double[] FROM = {0, 0.5, 0.25, 0.75, 0.1, 0.6, 0.4, 0.9};

    private static final double MOST_WIDER = 4;

    private static final double[] HORIZONS = {1, 1.25, 0.8, 1.5};

    /** Keeps the noise of passes of neighbouring seeds apart. */
    private static final long SEEDS = 1_000_003;

    private Passes() {}

    /**
     * How a pass searches.
     *
     * @param pass its number, from 0
     * @param turn which of those that improve it is, from 0; −1 if it begins anew
     */
    static Variant variant(Plan plan, int pass, int turn) {
        boolean fine = pass % 3 == 2 && plan.framesPerDecision() > 1;
        int frames = fine ? plan.framesPerDecision() / 2 : plan.framesPerDecision();
        // What a pass saves on the way to where it begins, it has for width there.
        double share = Math.min(MOST_WIDER, 1 / (1 - from(turn)));
        int width = (int) Math.max(1, plan.width() * share / (fine ? 2 : 1));
        int horizon = (int) Math.max(1, Math.round(plan.horizon() * HORIZONS[pass % HORIZONS.length]));
        return new Variant(
                width,
                horizon,
                frames,
                plan.childrenPerParent(),
                pass % 2 == 0 ? plan.value() : other(plan.value()),
                pass == 0 ? 0 : NOISE,
                plan.seed() * SEEDS + pass);
    }

    /** Which of the two is better depends on the policy, so they take turns. */
    private static Variant.Value other(Variant.Value value) {
        return value == Variant.Value.LAST ? Variant.Value.LATE_MEAN : Variant.Value.LAST;
    }

    /** The largest width of any pass. */
    static long widest(Plan plan) {
        return (long) (plan.width() * MOST_WIDER);
    }

    /** The share of the best run before which an improving pass changes nothing. */
    static double from(int turn) {
        return turn < 0 ? 0 : FROM[turn % FROM.length];
    }
}
