package io.github.qwop.search;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several searches from one start that share a budget. One search is one throw: its beam descends from one ancestor
 * within seconds, and what a hurdle does to that one decides. So after a few searches of different horizons and
 * decisions the best run is improved: searched again along its way, with its own state kept at every level, now from
 * its beginning, now from its middle, by turns, until the budget is gone.
 *
 * <p>What is found depends on the plan, the prior and the start alone, not on threads or time, and is the same when a
 * search is saved after any level and goes on elsewhere.
 */
public final class Portfolio implements AutoCloseable {

    /** More updates than any run has; a damaged file must not fill the memory. */
    private static final int MOST_KEYS = 1_000_000;

    /** Passes in a row without a level after which a start is hopeless: all variants have had their turn. */
    private static final int MOST_BARREN = 24;

    private final Plan plan;
    private final byte[] start;
    private final boolean improving;
    private final Crew crew;
    private final Lane guideLane;
    private final List<Level> levels = new ArrayList<>();
    private final List<Pass> passes = new ArrayList<>();

    private final List<Improvement> found = new ArrayList<>();

    private Run best;
    private int improvements;
    private int pass = -1;
    private @Nullable Beam beam;
    private boolean stuck;
    private boolean begun;
    private int barren;
    private byte @Nullable [] guide;
    private long used;

    /**
     * A portfolio that has not begun.
     *
     * @param start keys from the canonical start to where the search begins
     * @param improve a run from the same start that is to be beaten; null for none
     */
    public Portfolio(Plan plan, Prior prior, byte[] start, @Nullable Run improve) {
        this.plan = plan;
        this.start = start.clone();
        improving = improve != null;
        crew = new Crew(plan.threads(), plan.trigonometry(), plan.objective(), prior);
        guideLane = new Lane(plan.trigonometry(), plan.objective(), prior);
        best = improve != null ? improve : Run.of(this.start, plan.objective(), plan.trigonometry());
    }

    /** Bytes of memory that a search needs at most, roughly. */
    public static long bytes(Plan plan) {
        return Beam.bytes(Passes.widest(plan));
    }

    /** The best run so far; one that reaches nothing is the farthest. */
    public Run best() {
        return best;
    }

    /** How often the best run was replaced since this portfolio was made. */
    public int improvements() {
        return improvements;
    }

    /** The levels so far, of all passes. */
    public List<Level> levels() {
        return List.copyOf(levels);
    }

    /** The runs that reached the objective, each sooner than those before it. */
    public List<Improvement> found() {
        return List.copyOf(found);
    }

    /** How each pass so far has searched. */
    public List<Pass> passes() {
        return List.copyOf(passes);
    }

    /** Whether the last pass came to an end because no state survived. */
    public boolean isStuck() {
        return stuck;
    }

    /** Number of the pass at work, from 0. */
    public int pass() {
        return Math.max(0, pass);
    }

    /** Updates played so far. */
    public long used() {
        return used;
    }

    /** Whether the budget is gone, or pass after pass ends where it begins. */
    public boolean isDone() {
        return used >= plan.updates() || barren >= MOST_BARREN;
    }

    /**
     * Searches one level.
     *
     * @return the level; null where a pass has come to its end, or nothing is left to do
     */
    public @Nullable Level advance() {
        if (isDone()) {
            return null;
        }
        Beam at = beam == null ? begin() : beam;
        beam = at;
        Level level = at.advance(best, used, this::improve);
        used = at.used();
        if (level == null) {
            beam = null;
            stuck = at.isStuck();
            barren = begun ? 0 : barren + 1;
            begun = false;
        } else {
            begun = true;
            levels.add(level);
        }
        return level;
    }

    /** Writes where the search stands. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(used);
        out.writeInt(pass);
        write(out, best);
        for (Pass one : passes) {
            out.writeInt(one.improvesFrom());
        }
        out.writeBoolean(stuck);
        out.writeBoolean(begun);
        out.writeInt(barren);
        out.writeInt(found.size());
        for (Improvement one : found) {
            out.writeInt(one.pass());
            out.writeInt(one.updates());
            out.writeInt(one.branch());
        }
        out.writeInt(levels.size());
        for (Level level : levels) {
            level.write(out);
        }
        List<byte[]> states = beam == null ? List.of() : beam.keys();
        out.writeInt(states.size());
        for (byte[] keys : states) {
            write(out, keys);
        }
        out.writeBoolean(guide != null);
        if (guide != null) {
            write(out, guide);
        }
    }

    /**
     * Goes on where a search of the same plan, prior and start stood. Its states are saved as the keys that lead to
     * them and played again here, which takes a second: that is short, and holds on any version of the kernel that
     * plays alike.
     *
     * @param told whether it was saved with {@link #found} and how far the fallen came
     */
    public void restore(DataInput in, boolean told) throws IOException {
        used = in.readLong();
        pass = in.readInt();
        best = readRun(in);
        passes.clear();
        for (int i = 0; i <= pass; i++) {
            int from = in.readInt();
            passes.add(new Pass(i, Passes.variant(plan, i, from == Pass.FRESH ? -1 : turn(i)), from));
        }
        stuck = in.readBoolean();
        begun = in.readBoolean();
        barren = in.readInt();
        found.clear();
        for (int i = told ? in.readInt() : 0; i > 0; i--) {
            found.add(new Improvement(in.readInt(), in.readInt(), in.readInt()));
        }
        levels.clear();
        for (int i = in.readInt(); i > 0; i--) {
            levels.add(Level.read(in, told));
        }
        List<byte[]> states = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            states.add(readKeys(in));
        }
        guide = in.readBoolean() ? readKeys(in) : null;
        beam = states.isEmpty() ? null : new Beam(crew, passes.get(pass).variant(), pass, states, guide, guideLane);
    }

    private static void write(DataOutput out, byte[] keys) throws IOException {
        out.writeInt(keys.length);
        out.write(keys);
    }

    private static void write(DataOutput out, Run run) throws IOException {
        write(out, run.keys());
        out.writeBoolean(run.reached());
        out.writeDouble(run.x());
    }

    private static Run readRun(DataInput in) throws IOException {
        return new Run(readKeys(in), in.readBoolean(), in.readDouble());
    }

    private static byte[] readKeys(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_KEYS) {
            throw new IOException("a run of " + length + " updates: it is damaged");
        }
        byte[] keys = new byte[length];
        in.readFully(keys);
        return keys;
    }

    private void improve(Run run) {
        if (run.reached()) {
            int same = Arrays.mismatch(run.keys(), best.keys());
            found.add(new Improvement(
                    pass(), run.keys().length, best.reached() ? same < 0 ? run.keys().length : same : start.length));
        }
        best = run;
        improvements++;
    }

    /** Which of the improving passes a pass is, if it is one. */
    private int turn(int number) {
        return improving ? number : number - Passes.FRESH;
    }

    private Beam begin() {
        pass++;
        boolean improves = improving || (best.reached() && pass >= Passes.FRESH);
        Variant variant = Passes.variant(plan, pass, improves ? turn(pass) : -1);
        int from = start.length;
        if (improves) {
            from += (int) ((best.keys().length - start.length) * Passes.from(turn(pass)));
        }
        guide = improves ? best.keys() : null;
        passes.add(new Pass(pass, variant, improves ? from : Pass.FRESH));
        byte[] keys = improves ? Arrays.copyOf(best.keys(), from) : start;
        return new Beam(crew, variant, pass, List.of(keys), guide, guideLane);
    }

    @Override
    public void close() {
        crew.close();
    }
}
