package io.github.qwop.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.ActionSet;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortfolioTest {

    private static final Objective ONE_METRE = new Objective(1);
    private static final byte[] CANONICAL = {};

    /** Passes enough to begin anew, with finer decisions too, and to improve. */
    private static final long BUDGET = 60_000;

    private static Plan plan(int threads, long updates) {
        return new Plan(ONE_METRE, Trigonometry.FDLIBM, 3, 4, 4, 3, Variant.Value.LATE_MEAN, 7, updates, threads);
    }

    private static Portfolio portfolio(Plan plan, @Nullable Run improve) {
        return new Portfolio(plan, new Gait(), CANONICAL, improve);
    }

    private static Run search(Portfolio portfolio) {
        while (!portfolio.isDone()) {
            portfolio.advance();
        }
        return portfolio.best();
    }

    @Test
    void findsWhatItSaysOnAnyTwin() {
        try (Portfolio portfolio = portfolio(plan(1, BUDGET), null)) {
            Run best = search(portfolio);
            Run again = Run.of(best.keys(), ONE_METRE, Trigonometry.FDLIBM);
            assertThat(best.reached()).isTrue();
            assertThat(again.reached()).isTrue();
            assertThat(again.keys()).isEqualTo(best.keys());
            assertThat(again.x()).isEqualTo(best.x()).isGreaterThanOrEqualTo(10);
            assertThat(portfolio.passes()).hasSizeGreaterThan(Passes.FRESH);
            assertThat(portfolio.passes().get(Passes.FRESH).improvesFrom()).isNotEqualTo(Pass.FRESH);
        }
    }

    @Test
    void threadsDoNotDecideWhatIsFound() {
        try (Portfolio one = portfolio(plan(1, BUDGET), null);
                Portfolio two = portfolio(plan(2, BUDGET), null)) {
            assertThat(search(one).keys()).isEqualTo(search(two).keys());
            assertThat(one.levels()).isEqualTo(two.levels());
            assertThat(one.used()).isEqualTo(two.used());
        }
    }

    @Test
    void goesOnFromWhereverItWasSavedAsIfItHadNotStopped() throws IOException {
        try (Portfolio whole = portfolio(plan(1, BUDGET), null)) {
            Run best = search(whole);
            Portfolio parts = portfolio(plan(1, BUDGET), null);
            int stops = 0;
            while (!parts.isDone()) {
                for (int i = 0; i < 7; i++) {
                    parts.advance();
                }
                parts = restored(parts);
                stops++;
            }
            assertThat(stops).isGreaterThan(5);
            assertThat(parts.best().keys()).isEqualTo(best.keys());
            assertThat(parts.found()).isEqualTo(whole.found());
            assertThat(parts.levels()).isEqualTo(whole.levels());
            assertThat(parts.passes()).isEqualTo(whole.passes());
            parts.close();
        }
    }

    private static Portfolio restored(Portfolio portfolio) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        portfolio.save(new DataOutputStream(bytes));
        portfolio.close();
        Portfolio next = portfolio(plan(1, BUDGET), null);
        next.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), true);
        return next;
    }

    /** Before the runs found and how far the fallen came were saved. */
    @Test
    void goesOnFromWhatAnEarlierVersionSaved() throws IOException {
        try (Portfolio whole = portfolio(plan(1, BUDGET), null);
                Portfolio next = portfolio(plan(1, BUDGET), null)) {
            for (int i = 0; i < 30; i++) {
                whole.advance();
            }
            ByteArrayOutputStream now = new ByteArrayOutputStream();
            whole.save(new DataOutputStream(now));
            ByteArrayOutputStream former = new ByteArrayOutputStream();
            former(new DataInputStream(new ByteArrayInputStream(now.toByteArray())), new DataOutputStream(former));
            next.restore(new DataInputStream(new ByteArrayInputStream(former.toByteArray())), false);
            assertThat(next.levels()).hasSameSizeAs(whole.levels()).allMatch(level -> Double.isNaN(level.fallenX()));
            while (!whole.isDone()) {
                whole.advance();
                next.advance();
            }
            assertThat(next.isDone()).isTrue();
            assertThat(next.best().keys()).isEqualTo(whole.best().keys());
        }
    }

    /** Copies a saved search without what the earlier form did not have. */
    private static void former(DataInputStream in, DataOutputStream out) throws IOException {
        out.writeLong(in.readLong());
        int pass = in.readInt();
        out.writeInt(pass);
        int keys = in.readInt();
        out.writeInt(keys);
        out.write(in.readNBytes(keys + 1 + Double.BYTES + (pass + 1) * Integer.BYTES + 2 + Integer.BYTES));
        in.readNBytes(3 * Integer.BYTES * in.readInt());
        int levels = in.readInt();
        out.writeInt(levels);
        for (int i = 0; i < levels; i++) {
            out.write(in.readNBytes(5 * Integer.BYTES + 2 * Double.BYTES));
            in.readDouble();
            out.writeLong(in.readLong());
        }
        in.transferTo(out);
    }

    @Test
    void whatItImprovesIsNeverLost() {
        Run good;
        try (Portfolio first = portfolio(plan(1, 2 * BUDGET), null)) {
            good = search(first);
        }
        // So narrow and short-sighted that alone it finds less.
        Plan poor = new Plan(ONE_METRE, Trigonometry.FDLIBM, 1, 1, 7, 1, Variant.Value.LAST, 3, BUDGET / 6, 1);
        try (Portfolio alone = portfolio(poor, null);
                Portfolio improving = portfolio(poor, good)) {
            assertThat(search(alone).beats(good)).isFalse();
            assertThat(good.beats(search(improving))).isFalse();
            assertThat(improving.passes()).allMatch(pass -> pass.improvesFrom() >= 0);
        }
    }

    /** Keys that lead to a fall. */
    private static byte[] fall() {
        byte[] keys = new byte[200];
        Arrays.fill(keys, (byte) Keys.O);
        Run fall = Run.of(keys, Objective.TIME, Trigonometry.FDLIBM);
        assertThat(fall.reached()).isFalse();
        assertThat(fall.keys()).hasSizeBetween(20, 199);
        return fall.keys();
    }

    @Test
    void aRunThatEndsInAFallCanBeImproved() {
        Run fall = Run.of(fall(), Objective.TIME, Trigonometry.FDLIBM);
        Plan plan = new Plan(Objective.TIME, Trigonometry.FDLIBM, 3, 4, 4, 3, Variant.Value.LAST, 7, BUDGET, 1);
        try (Portfolio portfolio = portfolio(plan, fall)) {
            assertThat(search(portfolio).x()).isGreaterThan(fall.x());
        }
    }

    @Test
    void beginsWhereItsStartLeads() {
        byte[] start = {2, 2, 2, 6, 6, 6, 6};
        try (Portfolio portfolio = new Portfolio(plan(1, BUDGET), new Gait(), start, null)) {
            Run best = search(portfolio);
            assertThat(best.reached()).isTrue();
            assertThat(Arrays.copyOf(best.keys(), start.length)).isEqualTo(start);
        }
    }

    /** Two equal states have equal children, of which only one set is kept. */
    @Test
    void equalStatesAreMerged() {
        byte[] start = {2, 2, 2, 2};
        Variant variant = new Variant(100, 1, 4, 9, Variant.Value.LAST, 0, 0);
        Set<List<Byte>> once = level(variant, List.of(start));
        Set<List<Byte>> twice = level(variant, List.of(start, start.clone()));
        assertThat(once).hasSize(ActionSet.DISTINCT.size()).isEqualTo(twice);
    }

    private static Set<List<Byte>> level(Variant variant, List<byte[]> starts) {
        try (Crew crew = new Crew(1, Trigonometry.FDLIBM, ONE_METRE, new Gait())) {
            Beam beam = new Beam(crew, variant, 0, starts, null, lane());
            Level level = beam.advance(new Run(CANONICAL, false, 0), 0, run -> {});
            assertThat(level).isNotNull();
            List<List<Byte>> keys = new ArrayList<>();
            for (byte[] path : beam.keys()) {
                List<Byte> one = new ArrayList<>();
                for (byte key : path) {
                    one.add(key);
                }
                keys.add(one);
            }
            assertThat(keys).doesNotHaveDuplicates();
            return new HashSet<>(keys);
        }
    }

    private static Lane lane() {
        return new Lane(Trigonometry.FDLIBM, ONE_METRE, new Gait());
    }

    /** One that stands still is worth nothing, and stays. */
    @Test
    void theStateOfTheGuideIsKeptAtEveryLevel() {
        byte[] still = new byte[40];
        Variant variant = new Variant(2, 3, 4, 1, Variant.Value.LAST, 0, 0);
        Run none = new Run(CANONICAL, false, 0);
        try (Crew crew = new Crew(1, Trigonometry.FDLIBM, ONE_METRE, new Gait())) {
            Beam beam = new Beam(crew, variant, 0, List.of(CANONICAL), still, lane());
            for (int clock = 4; clock < still.length; clock += 4) {
                beam.advance(none, 0, run -> {});
                assertThat(beam.keys()).hasSizeLessThanOrEqualTo(3);
                assertThat(beam.keys().get(beam.keys().size() - 1)).isEqualTo(new byte[clock]);
            }
            beam.advance(none, 0, run -> {});
            assertThat(beam.keys()).as("where the guide has ended").hasSize(2);
        }
    }

    @Test
    void saysWhereNoStateSurvives() {
        byte[] fall = fall();
        byte[] hopeless = Arrays.copyOf(fall, fall.length - 1);
        try (Portfolio portfolio = new Portfolio(plan(1, BUDGET), new Gait(), hopeless, null)) {
            assertThat(portfolio.advance()).isNull();
            assertThat(portfolio.isStuck()).isTrue();
            assertThat(portfolio.best().reached()).isFalse();
            assertThat(portfolio.best().keys()).isEqualTo(hopeless);
        }
    }

    @Test
    void givesUpWhereEveryPassEndsAtOnce() {
        byte[] fall = fall();
        Plan plan = plan(1, Long.MAX_VALUE);
        try (Portfolio portfolio = new Portfolio(plan, new Gait(), Arrays.copyOf(fall, fall.length - 1), null)) {
            assertThat(search(portfolio).reached()).isFalse();
            assertThat(portfolio.levels()).isEmpty();
        }
    }

    @Test
    void memoryGrowsWithTheWidth() {
        assertThat(Beam.bytes(100)).isBetween(2_000_000L, 50_000_000L);
        assertThat(Beam.bytes(1000)).isGreaterThan(9 * Beam.bytes(100));
        assertThat(Portfolio.bytes(plan(1, BUDGET))).isGreaterThan(Beam.bytes(3));
    }

    @Test
    void aWidthThatFitsTakesAQuarterOfTheBudget() {
        Plan plan = new Plan(Objective.TIME, Trigonometry.FDLIBM, 0, 20, 4, 3, Variant.Value.LAST, 1, 100_000_000, 1);
        assertThat(plan.fitted(4).width()).isBetween(90, 110);
        assertThat(plan.fitted(2).width()).isBetween(160, 220);
    }
}
