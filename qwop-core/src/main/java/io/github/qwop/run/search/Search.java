package io.github.qwop.run.search;

import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.file.Fault;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Units;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.play.SplitTable;
import io.github.qwop.play.Splits;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.search.Gait;
import io.github.qwop.search.Level;
import io.github.qwop.search.Plan;
import io.github.qwop.search.PolicyPrior;
import io.github.qwop.search.Portfolio;
import io.github.qwop.search.Prior;
import io.github.qwop.search.Run;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Searches from every start, one after another, and keeps what is found in the run's folder. */
public final class Search {

    /** Updates of a rollout where no horizon is given: two or three strides. */
    private static final int ROLLOUT = 80;

    /** Settings that do not decide what is found. */
    private static final Set<String> BESIDE =
            Set.of("runId", "policy", "threads", "minutes", "improve", "gate.maxSeconds");

    private static final String IMPROVE = "search.improve";

    private static final double TELL_EVERY_SECONDS = 10;
    private static final double SAVE_EVERY_SECONDS = 20;
    private static final double NANOS = 1e9;

    private final RunDirectory run;
    private final SearchSpec spec;
    private final RunListener listener;
    private final BooleanSupplier stop;
    private final Prior prior;
    private final String identity;
    private final Plan plan;
    private final long begun = System.nanoTime();

    private Search(
            RunDirectory run,
            SearchSpec spec,
            RunListener listener,
            BooleanSupplier stop,
            Prior prior,
            String identity) {
        this.run = run;
        this.spec = spec;
        this.listener = listener;
        this.stop = stop;
        this.prior = prior;
        this.identity = identity;
        int horizon = spec.horizon() > 0 ? spec.horizon() : Math.max(1, ROLLOUT / prior.framesPerDecision());
        int threads = spec.threads() > 0
                ? spec.threads()
                : Math.min(Workers.MOST, Runtime.getRuntime().availableProcessors());
        Plan asked = new Plan(
                spec.objective(),
                spec.trigonometry(),
                spec.width(),
                horizon,
                spec.framesPerDecision(),
                spec.childrenPerParent(),
                spec.value(),
                spec.seed(),
                spec.updates(),
                threads);
        plan = spec.width() > 0 ? asked : asked.fitted(prior.framesPerDecision());
    }

    /**
     * Searches.
     *
     * @param stop asked after every level: true ends the search so that it can go on later
     * @throws GateException if the slowest start is slower than the gate allows, or did not get there
     * @throws StoppedException if it was stopped before its end
     * @throws SettingException if a setting cannot be used
     */
    public static Outcome run(RunDirectory run, SearchSpec spec, RunListener listener, BooleanSupplier stop)
            throws IOException, GateException, StoppedException {
        Path policy = spec.policy() == null ? run.best() : Path.of(spec.policy());
        boolean guided = spec.policy() != null || Files.exists(policy);
        Map<String, String> decisive = new LinkedHashMap<>(Settings.flatten(spec));
        decisive.keySet().removeAll(BESIDE);
        decisive.put("rules", Integer.toString(Rules.VERSION));
        Prior prior;
        if (guided) {
            TrainedPolicy.Learned learned = TrainedPolicy.openNetwork(policy, listener);
            prior = new PolicyPrior(
                    learned.network().actor(),
                    learned.environment().observation(),
                    learned.environment().actionSet(),
                    learned.environment().framesPerStep());
            decisive.put("policy", Checkpoint.fileDigest(policy));
            listener.info(String.format(
                    Locale.ROOT,
                    "Rollouts are played with the policy %s%s: %s, %,d steps, a decision every %d updates.",
                    policy,
                    spec.policy() == null ? ", this run's best" : "",
                    learned.runId(),
                    learned.steps(),
                    learned.environment().framesPerStep()));
        } else {
            listener.warn(
                    "No policy is given and " + policy + " does not exist: rollouts are played with a simple gait,"
                            + " which finds slower runs and takes longer; train first, or set policy.");
            prior = new Gait();
        }
        if (spec.improve() != null) {
            decisive.put("improve", RecordingFormat.write(RecordingFile.named(IMPROVE, spec.improve())));
        }
        FileChannel lock = run.lockSearch();
        try (lock) {
            return new Search(run, spec, listener, stop, prior, Checkpoint.digest(decisive.toString())).all();
        } catch (IOException e) {
            throw new SettingException(
                    "The folder " + run.path() + " cannot be written (" + Fault.of(e)
                            + "): set outputDirectory to a folder that can, or make room; the best so far is kept.",
                    e);
        }
    }

    private Outcome all() throws IOException, GateException, StoppedException {
        checkMemory();
        List<Start> starts = Start.of(spec);
        @Nullable Recording improve = spec.improve() == null ? null : RecordingFile.named(IMPROVE, spec.improve());
        byte @Nullable [] improved = improve == null ? null : improved(improve, starts);
        if (improve != null) {
            tellOfOwn(starts, Path.of(spec.improve()));
        }
        List<SearchFile.Entry> found = new ArrayList<>();
        for (Start start : starts) {
            found.add(one(start, improved(start, improve, improved)));
        }
        SearchFile.write(run, spec, plan, found);
        if (found.stream().allMatch(SearchFile.Entry::isDone)) {
            for (Start start : starts) {
                Files.deleteIfExists(stateFile(start));
            }
        }
        return conclude(found);
    }

    /** Who improves what is improved by it is another search after each improvement, and goes on with none. */
    private void tellOfOwn(List<Start> starts, Path improve) throws IOException {
        for (Start start : starts) {
            Path own = file(start);
            if (Files.exists(own) && Files.isSameFile(own, improve)) {
                listener.warn(
                        IMPROVE + " is " + improve + ", which this search writes over: once stopped it would begin"
                                + " anew instead of going on; copy the file and name the copy, or give another runId.");
            }
        }
    }

    /** Told before the work begins: a level's states lie in memory all at once. */
    private void checkMemory() {
        long needed = Portfolio.bytes(plan);
        long most = Runtime.getRuntime().maxMemory();
        if (needed > most / 2) {
            throw new SettingException(String.format(
                    Locale.ROOT,
                    "search.width is %,d and needs some %,d MB of memory, of which this JVM has %,d MB in all: give a"
                            + " smaller width, or more memory with -Dqwop.fork.jvmArgs=-Xmx%dm.",
                    plan.width(),
                    needed >> 20,
                    most >> 20,
                    ((2 * needed) >> 20) + 256));
        }
    }

    /** The keys of the recording that is to be beaten, which must begin at one of the starts. */
    private byte[] improved(Recording recording, List<Start> starts) {
        if (recording.trigonometry() != spec.trigonometry()) {
            throw new SettingException(IMPROVE + " is " + spec.improve() + ", which was played with the sine of "
                    + recording.trigonometry().text() + ", and search.trigonometry is "
                    + spec.trigonometry().text() + ": give both the same.");
        }
        byte[] before = Start.keys(recording.spec(), recording.random());
        if (starts.stream().noneMatch(start -> Arrays.equals(start.keys(), before))) {
            throw new SettingException(
                    IMPROVE + " is " + spec.improve() + ", which begins at another start than those of search.starts, "
                            + spec.starts() + ": give it the starts and the seed that it was made with.");
        }
        try {
            return Replayer.keys(recording).keys();
        } catch (ReplayException e) {
            throw new SettingException(
                    IMPROVE + " is " + spec.improve() + ", which cannot be improved. " + e.getMessage(), e);
        }
    }

    private @Nullable Run improved(Start start, @Nullable Recording recording, byte @Nullable [] keys) {
        if (recording == null
                || keys == null
                || !Arrays.equals(start.keys(), Start.keys(recording.spec(), recording.random()))) {
            return null;
        }
        return Run.of(keys, spec.objective(), spec.trigonometry());
    }

    private Path stateFile(Start start) {
        return run.search().resolve(start.name() + ".state");
    }

    private Path file(Start start) {
        return run.search().resolve(start.name() + ".qwop");
    }

    /** Searches from one start. */
    private SearchFile.Entry one(Start start, @Nullable Run improve) throws IOException, StoppedException {
        SearchState state = new SearchState(stateFile(start), identity + " " + plan.width() + " " + start.name());
        Path file = file(start);
        List<Float> rates = new ArrayList<>();
        @Nullable Path former = null;
        try (Portfolio portfolio = new Portfolio(plan, prior, start.keys(), improve)) {
            if (read(state, start, portfolio, rates)) {
                listener.info(
                        String.format(Locale.ROOT, "%s: going on after %,d updates.", start.name(), portfolio.used()));
            } else {
                former = setAside(file);
                setAside(state.file());
                if (improve != null) {
                    listener.info(
                            String.format("%s: begins with %s, %s.", start.name(), given(), SearchFile.text(improve)));
                }
            }
            int written = -1;
            Pace pace = new Pace(portfolio.used());
            while (!portfolio.isDone() && !isTimeUp() && !stop.getAsBoolean()) {
                Level level = portfolio.advance();
                if (level == null) {
                    passEnded(start, portfolio);
                } else {
                    rates.add((float) pace.level(portfolio.used()));
                    pace.tell(level, portfolio);
                }
                if (portfolio.improvements() > written && (portfolio.best().reached() || pace.isTimeToSave())) {
                    written = portfolio.improvements();
                    AtomicFile.write(file, RecordingFormat.write(recording(start, portfolio.best())));
                }
                if (pace.isTimeToSave()) {
                    pace.saved();
                    state.write(portfolio, rates);
                }
            }
            state.write(portfolio, rates);
            Recording recording = recording(start, portfolio.best());
            AtomicFile.write(file, RecordingFormat.write(recording));
            tellOfFormer(former, file, portfolio.best());
            if (stop.getAsBoolean() && !portfolio.isDone()) {
                throw new StoppedException(String.format(
                        Locale.ROOT,
                        "The search was stopped after %,d of %,d updates from the start %s; its best so far is %s."
                                + " Run the same command again to go on.",
                        portfolio.used(),
                        plan.updates(),
                        start.name(),
                        file));
            }
            SearchFile.Entry entry = new SearchFile.Entry(
                    start.name(),
                    file,
                    portfolio.best(),
                    splits(recording),
                    portfolio.levels(),
                    portfolio.found(),
                    portfolio.passes(),
                    rates,
                    portfolio.isDone());
            listener.info(entry.sentence(spec.objective()));
            if (improve != null && !isBetter(portfolio.best(), improve)) {
                listener.info(start.name() + ": nothing better than " + given() + " was found.");
            }
            return entry;
        }
    }

    /** Name of the recording that is to be beaten. */
    private Path given() {
        return Path.of(Objects.requireNonNull(spec.improve())).getFileName();
    }

    /** What another search has found, or where it stands, is not this one's to write over. */
    private static @Nullable Path setAside(Path file) throws IOException {
        return Files.isRegularFile(file) ? AtomicFile.moveAside(file) : null;
    }

    /** A search that was run once more has found the same. */
    private void tellOfFormer(@Nullable Path former, Path file, Run now) throws IOException {
        if (former == null) {
            return;
        }
        if (Files.mismatch(former, file) == -1) {
            Files.delete(former);
            return;
        }
        Optional<Run> before = run(former);
        if (before.filter(one -> isBetter(one, now)).isPresent()) {
            listener.warn("Another search has found a better run, " + SearchFile.text(before.get()) + ", kept as "
                    + former + ": name it with -Dqwop.search.improve to begin with it.");
        } else {
            listener.info("What another search found is kept as " + former + ".");
        }
    }

    private static boolean isBetter(Run one, Run other) {
        return one.reached() && (!other.reached() || one.seconds() < other.seconds());
    }

    /** What a recording comes to by this search's objective; nothing if it cannot be played. */
    private Optional<Run> run(Path file) {
        try {
            Recording recording = RecordingFile.read(file);
            return recording.trigonometry() == spec.trigonometry()
                    ? Optional.of(Run.of(Replayer.keys(recording).keys(), spec.objective(), spec.trigonometry()))
                    : Optional.empty();
        } catch (IOException | ReplayException e) {
            return Optional.empty();
        }
    }

    private boolean read(SearchState state, Start start, Portfolio portfolio, List<Float> rates) {
        try {
            boolean isThere = state.read(portfolio, rates);
            if (isThere) {
                // The keys of a damaged file may be no actions: what it holds must make a recording.
                recording(start, portfolio.best());
            }
            return isThere;
        } catch (IOException | RuntimeException e) {
            throw new SettingException(
                    "The file " + state.file() + " of a search under way cannot be read ("
                            + (e instanceof IOException ? Fault.of(e) : "it is damaged")
                            + "): delete it to begin anew.",
                    e);
        }
    }

    private Recording recording(Start start, Run found) {
        return start.recording(found, Math.max(plan.framesPerDecision(), prior.framesPerDecision()));
    }

    private static Splits splits(Recording recording) {
        try {
            return Splits.of(recording);
        } catch (ReplayException e) {
            throw new IllegalStateException("A search's own recording leads elsewhere on another twin.", e);
        }
    }

    private boolean isTimeUp() {
        return spec.minutes() != null && elapsed() >= spec.minutes() * 60;
    }

    private double elapsed() {
        return (System.nanoTime() - begun) / NANOS;
    }

    private void passEnded(Start start, Portfolio portfolio) {
        Run best = portfolio.best();
        if (portfolio.isStuck() && !best.reached()) {
            listener.warn(String.format(
                    Locale.ROOT,
                    "%s: no state survived beyond %.1f s, %.1f m: give a larger width or horizon, or a better policy.",
                    start.name(),
                    best.seconds(),
                    best.x() / Units.PER_METRE));
        } else {
            listener.info(String.format(
                    Locale.ROOT,
                    "%s: pass %d ends after %,d updates, best %s.",
                    start.name(),
                    portfolio.pass() + 1,
                    portfolio.used(),
                    SearchFile.text(best)));
        }
    }

    private Outcome conclude(List<SearchFile.Entry> found) throws GateException {
        List<SearchFile.Entry> there =
                found.stream().filter(entry -> entry.best().reached()).toList();
        double slowest = there.stream()
                .mapToDouble(entry -> entry.best().seconds())
                .max()
                .orElse(Double.NaN);
        double fastest = there.stream()
                .mapToDouble(entry -> entry.best().seconds())
                .min()
                .orElse(Double.NaN);
        found.stream()
                .filter(entry -> entry.best().reached())
                .min(Comparator.comparingDouble(entry -> entry.best().seconds()))
                .ifPresent(entry ->
                        SplitTable.lines(Map.of(entry.name(), entry.splits())).forEach(listener::info));
        Double limit = spec.gate().maxSeconds();
        if (limit != null && there.size() < found.size()) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "gate.maxSeconds asks for at most %.2f s, and %d of %d starts did not reach the objective, %s.",
                    limit,
                    found.size() - there.size(),
                    found.size(),
                    spec.objective()));
        }
        if (limit != null && slowest > limit) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "gate.maxSeconds asks for at most %.3f s and the slowest start took %.3f s.",
                    limit,
                    slowest));
        }
        if (limit != null) {
            listener.info(String.format(
                    Locale.ROOT, "gate.maxSeconds %.2f s holds: the slowest start took %.2f s.", limit, slowest));
        }
        Map<String, Double> data = new LinkedHashMap<>();
        data.put("starts", (double) found.size());
        data.put("reached", (double) there.size());
        data.put(
                "farthest",
                found.stream().mapToDouble(entry -> entry.best().x()).max().orElse(0) / Units.PER_METRE);
        if (!there.isEmpty()) {
            data.put("seconds", fastest);
            data.put("slowestSeconds", slowest);
        }
        // What each start came to has been told.
        String sentence = String.format(
                Locale.ROOT,
                "%d of %d starts reached the objective, %s%s. Recordings: %s.",
                there.size(),
                found.size(),
                spec.objective(),
                there.isEmpty() ? "" : String.format(Locale.ROOT, ", in %.2f to %.2f s", fastest, slowest),
                run.search());
        return new Outcome(sentence, data);
    }

    /** How fast a search goes, and when it is time for what. */
    private final class Pace {

        private final long from;
        private final long start = System.nanoTime();
        private long usedBefore;
        private long levelBegun = start;
        private double told = elapsed();
        private double saved = elapsed();

        Pace(long used) {
            from = used;
            usedBefore = used;
        }

        /** Updates per second of the level that has just ended. */
        double level(long used) {
            long now = System.nanoTime();
            double rate = (used - usedBefore) * NANOS / Math.max(1, now - levelBegun);
            usedBefore = used;
            levelBegun = now;
            return rate;
        }

        boolean isTimeToSave() {
            return elapsed() - saved >= SAVE_EVERY_SECONDS;
        }

        void saved() {
            saved = elapsed();
        }

        void tell(Level level, Portfolio portfolio) {
            if (elapsed() - told < TELL_EVERY_SECONDS) {
                return;
            }
            told = elapsed();
            double rate = (portfolio.used() - from) * NANOS / Math.max(1, System.nanoTime() - start);
            double left = (plan.updates() - portfolio.used()) / rate;
            if (spec.minutes() != null) {
                left = Math.min(left, spec.minutes() * 60 - elapsed());
            }
            listener.info(SearchFile.progress(level, rate, left));
        }
    }
}
