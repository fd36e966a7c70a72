package io.github.qwop.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Observation;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.onnx.OnnxReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints what a search costs: saving and restoring a state, updates per second of the twin alone and of rollouts with
 * the policy of examples/record, and a whole search of width 100 to the finish. Its levels are of 4 updates, its
 * rollouts of 80. With one argument, that many threads search; two are compared with one beforehand.
 */
public final class SearchRun {

    private static final Path POLICY = Path.of("..", "examples", "record", "policy.onnx");

    private static final double SECONDS = 5;
    private static final double NANOS = 1e9;
    private static final int FRAMES = 4;
    private static final int ROLLOUT = 80;
    private static final int WIDTH = 100;
    private static final long ENDLESS = Long.MAX_VALUE / 2;

    private SearchRun() {}

    /** Runs. */
    public static void main(String[] arguments) throws Exception {
        Mlp network = OnnxReader.read(Files.readAllBytes(POLICY)).network().actor();
        // Its own decisions are of 2 updates; what a decision costs is told for both.
        Prior own = new PolicyPrior(network, Observation.RELATIVE, ActionSet.DISTINCT, FRAMES / 2);
        Prior coarse = new PolicyPrior(network, Observation.RELATIVE, ActionSet.DISTINCT, FRAMES);
        Lane lane = new Lane(Trigonometry.FDLIBM, Objective.TIME, own);
        double[] rows = running(lane);
        print("a state", "%.1f kB", Lane.ROW * Double.BYTES / 1e3);
        print("save and restore", "%.2f µs", 1e6 / perSecond(() -> {
            lane.save(rows, 0);
            lane.restore(rows, 0);
            return 1;
        }));
        double twin = perSecond(() -> {
            lane.restore(rows, 0);
            return lane.hold(Keys.W | Keys.O, ROLLOUT);
        });
        print("twin alone, a core", "%,.0f updates/s", twin);
        print("rollouts, decisions of 2 updates, a core", "%,.0f updates/s", rollouts(own));
        print("rollouts, decisions of 4 updates, a core", "%,.0f updates/s", rollouts(coarse));
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        double one = beginning(own, 1);
        double several = beginning(own, threads);
        print("search, 1 thread", "%,.0f updates/s", one);
        print("search, " + threads + " threads", "%,.0f updates/s", several);
        print("ratio", "%.2f", several / one);
        try (Portfolio search = portfolio(own, threads)) {
            long begin = System.nanoTime();
            while (search.pass() == 0 && search.advance() != null) {
                // To the end of the first pass.
            }
            print("search of width " + WIDTH + " to the finish", "%.0f s", (System.nanoTime() - begin) / NANOS);
            print("its run", "%.2f s", search.best().keys().length / 30.0);
            print("its updates", "%,.0f", (double) search.used());
        }
    }

    private static void print(String what, String form, double figure) {
        System.out.printf(Locale.ROOT, "%-44s " + form + "%n", what, figure);
    }

    /** A row with a runner two seconds under way. */
    private static double[] running(Lane lane) {
        double[] rows = new double[Lane.ROW];
        lane.reset();
        for (int i = 0; i < 30; i++) {
            lane.decide();
        }
        lane.save(rows, 0);
        return rows;
    }

    private static double rollouts(Prior prior) {
        Lane lane = new Lane(Trigonometry.FDLIBM, Objective.TIME, prior);
        double[] rows = running(lane);
        return perSecond(() -> {
            lane.restore(rows, 0);
            int played = 0;
            while (played < ROLLOUT && lane.state() == Lane.State.RUNNING) {
                played += lane.decide();
            }
            return played;
        });
    }

    private static Portfolio portfolio(Prior prior, int threads) {
        Plan plan = new Plan(
                Objective.TIME,
                Trigonometry.FDLIBM,
                WIDTH,
                ROLLOUT / prior.framesPerDecision(),
                FRAMES,
                3,
                Variant.Value.LAST,
                1,
                ENDLESS,
                threads);
        return new Portfolio(plan, prior, new byte[0], null);
    }

    /** Updates per second of a search's first seconds. */
    private static double beginning(Prior prior, int threads) {
        try (Portfolio search = portfolio(prior, threads)) {
            return perSecond(() -> {
                long before = search.used();
                search.advance();
                return search.used() - before;
            });
        }
    }

    private interface Work {
        long done();
    }

    /** How much of some work is done in a second, after as long a time to warm up. */
    private static double perSecond(Work work) {
        measure(work);
        return measure(work);
    }

    private static double measure(Work work) {
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() - begin < SECONDS * NANOS) {
            done += work.done();
        }
        return done * NANOS / (System.nanoTime() - begin);
    }
}
