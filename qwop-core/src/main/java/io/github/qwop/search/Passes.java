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

    private Passes() {}

    static Variant variant(Plan plan, int pass) {
        boolean fine = pass % 3 == 2 && plan.framesPerDecision() > 1;
        int frames = fine ? plan.framesPerDecision() / 2 : plan.framesPerDecision();
        // What a pass saves on the way to where it begins, it has for width there.
        double share = pass < FRESH ? 1 : Math.min(MOST_WIDER, 1 / (1 - from(pass)));
        int width = (int) Math.max(1, plan.width() * share / (fine ? 2 : 1));
        int horizon = (int) Math.max(1, Math.round(plan.horizon() * HORIZONS[pass % HORIZONS.length]));
        return new Variant(
                width,
                horizon,
                frames,
                plan.childrenPerParent(),
                plan.value(),
                pass == 0 ? 0 : NOISE,
                plan.seed() * 1_000_003 + pass);
    }

    /** The largest width of any pass. */
    static long widest(Plan plan) {
        return (long) (plan.width() * MOST_WIDER);
    }

    /** The share of the best run before which an improving pass changes nothing. */
    static double from(int pass) {
        return FROM[Math.floorMod(pass - FRESH, FROM.length)];
    }
}
