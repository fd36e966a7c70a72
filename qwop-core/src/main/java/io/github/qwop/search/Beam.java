package io.github.qwop.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.game.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a beam search (Lowerre, 1976): from level to level, all states at the same clock, the children of each
 * state are all distinct keys held for one decision, a child's value is what the prior makes of it in a rollout, and
 * the best go on. A rollout that reaches the objective is a whole run, and the best of those is never lost.
 *
 * <p>Only survivors are kept as rows: a child is cheaper played again than kept until it is known whether it survives.
 */
final class Beam {

    private static final int ACTIONS = ActionSet.DISTINCT.size();

    private static final int ANCESTORS_AGO = 2 * Units.UPDATES_PER_SECOND;

    private static final int NEVER = Integer.MAX_VALUE;

    /** What a reached objective is worth beside any place on the track, and each update sooner. */
    private static final double REACHED_VALUE = 1e9;

    private static final double UPDATE_VALUE = 1e4;

    /** Bytes that a child's figures take, and an update of a path; both roughly. */
    private static final long CHILD_BYTES = 64;

    private static final long PATH_BYTES = 24;
    private static final long LONG_RUN = 4000;

    private final Crew crew;
    private final Variant variant;
    private final int pass;

    /** A run whose state at each level is kept, whatever it is worth. */
    private final @Nullable Guide guide;

    private double[] rows;
    private double[] nextRows;
    private @Nullable Path[] paths;
    private int count;
    private int clock;

    private final double[] value;
    private final double[] x;
    private final long[] hash;
    private final int[] reachedAt;
    private final boolean[] alive;

    private long played;
    private boolean stuck;

    /** Plays a run that is known, beside the search. */
    private static final class Guide {

        private final byte[] keys;
        private final Lane lane;
        private @Nullable Path path;

        Guide(byte[] keys, int clock, Lane lane, Trie trie) {
            this.keys = keys;
            this.lane = lane;
            lane.reset();
            byte[] before = Arrays.copyOf(keys, Math.min(clock, keys.length));
            path = trie.path(before);
            for (byte one : before) {
                lane.hold(one, 1);
            }
        }

        /** Whether it still runs after being played up to a level's clock. */
        boolean play(int from, int to) {
            for (int i = from; i < Math.min(to, keys.length); i++) {
                lane.hold(keys[i], 1);
                path = Path.on(path, keys[i]);
            }
            return to < keys.length && lane.state() == Lane.State.RUNNING;
        }
    }

    /**
     * Goes on from states that paths lead to.
     *
     * @param pass number of the pass, for its levels
     * @param starts at least one, all of the same length, none of them lost
     * @param guide keys of a run that begins anywhere; null for none
     * @param guideLane what plays it, if there is one
     */
    Beam(Crew crew, Variant variant, int pass, List<byte[]> starts, byte @Nullable [] guide, Lane guideLane) {
        this.crew = crew;
        this.variant = variant;
        this.pass = pass;
        int most = Math.max(variant.width() + 1, starts.size());
        rows = new double[most * Lane.ROW];
        nextRows = new double[most * Lane.ROW];
        paths = new @Nullable Path[most];
        value = new double[most * ACTIONS];
        x = new double[most * ACTIONS];
        hash = new long[most * ACTIONS];
        reachedAt = new int[most * ACTIONS];
        alive = new boolean[most * ACTIONS];
        count = starts.size();
        clock = starts.get(0).length;
        Trie trie = new Trie();
        for (int i = 0; i < count; i++) {
            paths[i] = trie.path(starts.get(i));
        }
        crew.each(count, (lane, i) -> {
            lane.reset();
            for (byte keys : starts.get(i)) {
                lane.hold(keys, 1);
            }
            lane.save(rows, i);
        });
        // The way there is no search.
        crew.takePlayed();
        this.guide = guide == null ? null : new Guide(guide, clock, guideLane, trie);
    }

    /** Bytes that a pass of this width needs, roughly. */
    static long bytes(long width) {
        return (width + 1) * (2L * Lane.ROW * Double.BYTES + ACTIONS * CHILD_BYTES + LONG_RUN * PATH_BYTES);
    }

    /** Updates since the canonical start. */
    int clock() {
        return clock;
    }

    /** The keys to each state, in order. */
    List<byte[]> keys() {
        return IntStream.range(0, count).mapToObj(i -> Path.keys(paths[i])).toList();
    }

    /**
     * Searches one level.
     *
     * @param best the best run so far
     * @param used updates played before
     * @param found hears of every run that is better
     * @return the level; null if nothing survived, or nothing that could still be better
     */
    @Nullable
    Level advance(Run best, long used, Consumer<Run> found) {
        int children = count * ACTIONS;
        crew.each(children, this::value);
        long total = used + crew.takePlayed();
        played = total;
        int limit = reached(children, best, found);
        Survivors survivors = keep(choose(children, limit));
        if (survivors.count == 0) {
            stuck = limit == NEVER;
            return null;
        }
        if (limit == NEVER) {
            Run farthest = new Run(Path.keys(survivors.farthest), false, survivors.bestX);
            if (farthest.beats(best)) {
                found.accept(farthest);
            }
        }
        return level(survivors, children, total);
    }

    /** Whether no child survived, rather than none that could still be of use. */
    boolean isStuck() {
        return stuck;
    }

    /** Updates that the search has played with the last level. */
    long used() {
        return played;
    }

    /** Plays a child and its rollout. */
    private void value(Lane lane, int child) {
        alive[child] = false;
        reachedAt[child] = NEVER;
        x[child] = Double.NaN;
        lane.restore(rows, child / ACTIONS);
        int at = clock + lane.hold(ActionSet.DISTINCT.keys(child % ACTIONS), variant.framesPerDecision());
        if (lane.state() != Lane.State.RUNNING) {
            reachedAt[child] = lane.state() == Lane.State.REACHED ? at : NEVER;
            return;
        }
        x[child] = lane.x();
        hash[child] = lane.hash();
        int counted = variant.value().counted(variant.horizon());
        double sum = 0;
        for (int i = variant.horizon(); i > 0; i--) {
            at += lane.decide();
            if (lane.state() == Lane.State.LOST) {
                return;
            }
            if (lane.state() == Lane.State.REACHED) {
                reachedAt[child] = at;
                value[child] = REACHED_VALUE - UPDATE_VALUE * at + x[child];
                alive[child] = true;
                return;
            }
            if (i <= counted) {
                sum += lane.x();
            }
        }
        value[child] = sum / counted + variant.noise() * noise(hash[child]);
        alive[child] = true;
    }

    /** Evenly from −1 to 1, by the state and the seed alone. */
    private double noise(long state) {
        long mixed = (state ^ variant.seed() * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
        return (mixed >> 11) * 0x1.0p-52;
    }

    /**
     * Looks for runs that reach the objective.
     *
     * @return the clock that a state must be before to be of any use
     */
    private int reached(int children, Run best, Consumer<Run> found) {
        int limit = best.reached() ? best.keys().length : NEVER;
        int first = -1;
        for (int child = 0; child < children; child++) {
            if (reachedAt[child] < limit) {
                limit = reachedAt[child];
                first = child;
            }
        }
        if (first >= 0) {
            found.accept(replay(first));
        }
        return limit;
    }

    /** A child and its rollout once more, for their keys. */
    private Run replay(int child) {
        Lane lane = crew.first();
        lane.restore(rows, child / ACTIONS);
        int keys = ActionSet.DISTINCT.keys(child % ACTIONS);
        Path path = Path.on(paths[child / ACTIONS], keys, lane.hold(keys, variant.framesPerDecision()));
        while (lane.state() == Lane.State.RUNNING) {
            keys = lane.nextKeys();
            path = Path.on(path, keys, lane.hold(keys, lane.framesPerDecision()));
        }
        lane.takePlayed();
        return new Run(Path.keys(path), true, lane.x());
    }

    private List<Integer> choose(int children, int limit) {
        if (clock + variant.framesPerDecision() >= limit) {
            return List.of();
        }
        List<Integer> order = IntStream.range(0, children)
                .filter(child -> alive[child])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer child) -> -value[child])
                        .thenComparing(child -> child))
                .toList();
        int[] ofParent = new int[count];
        Set<Long> states = new HashSet<>();
        List<Integer> kept = new ArrayList<>();
        for (int child : order) {
            int parent = child / ACTIONS;
            if (kept.size() < variant.width()
                    && ofParent[parent] < variant.childrenPerParent()
                    && states.add(hash[child])) {
                ofParent[parent]++;
                kept.add(child);
            }
        }
        return kept;
    }

    /** Plays the chosen children once more, for their rows, and adds the guide. */
    private Survivors keep(List<Integer> kept) {
        int frames = variant.framesPerDecision();
        crew.each(kept.size(), (lane, i) -> {
            int child = kept.get(i);
            lane.restore(rows, child / ACTIONS);
            lane.hold(ActionSet.DISTINCT.keys(child % ACTIONS), frames);
            lane.save(nextRows, i);
        });
        crew.takePlayed();
        @Nullable Path[] next = new @Nullable Path[paths.length];
        Map<Long, Path> byState = new HashMap<>();
        Survivors survivors = new Survivors();
        for (int i = 0; i < kept.size(); i++) {
            int child = kept.get(i);
            Path path = Path.on(paths[child / ACTIONS], ActionSet.DISTINCT.keys(child % ACTIONS), frames);
            next[i] = path;
            byState.put(hash[child], path);
            survivors.add(path, x[child]);
        }
        if (guide != null && guide.play(clock, clock + frames)) {
            Path same = byState.get(guide.lane.hash());
            if (same == null) {
                guide.lane.save(nextRows, survivors.count);
                next[survivors.count] = guide.path;
                survivors.add(guide.path, guide.lane.x());
            } else {
                // From here on they have one path, as they have one state.
                guide.path = same;
            }
        }
        double[] swap = rows;
        rows = nextRows;
        nextRows = swap;
        paths = next;
        count = survivors.count;
        clock += frames;
        return survivors;
    }

    private Level level(Survivors survivors, int children, long used) {
        int fallen = 0;
        double fallenX = Double.NaN;
        for (int child = 0; child < children; child++) {
            if (!alive[child]) {
                fallen++;
                // Not a number where it fell within the decision.
                fallenX = fallenX >= x[child] || Double.isNaN(x[child]) ? fallenX : x[child];
            }
        }
        int frames = variant.framesPerDecision();
        // A whole number of levels ago: only there do equal states have one path.
        int ago = ANCESTORS_AGO / frames * frames;
        Set<@Nullable Path> ancestors = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            ancestors.add(Path.ago(paths[i], ago));
        }
        return new Level(
                pass,
                clock,
                survivors.bestX,
                survivors.bestX - survivors.worstX,
                count,
                ancestors.size(),
                fallen,
                fallenX,
                used);
    }

    /** What is told of a level's survivors. */
    private static final class Survivors {

        private int count;
        private double bestX = Double.NEGATIVE_INFINITY;
        private double worstX = Double.POSITIVE_INFINITY;
        private @Nullable Path farthest;

        void add(@Nullable Path path, double place) {
            count++;
            worstX = Math.min(worstX, place);
            if (place > bestX) {
                bestX = place;
                farthest = path;
            }
        }
    }
}
