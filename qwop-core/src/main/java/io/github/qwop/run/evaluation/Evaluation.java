package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Split;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Actor;
import io.github.qwop.play.Comparison;
import io.github.qwop.play.Difference;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.play.SplitTable;
import io.github.qwop.play.Splits;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.EpisodeLimit;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Lanes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.Provenance;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.statistics.Interval;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The goal {@code evaluate}: plays a policy and the random baseline, writes what came of it, then holds the gates. */
public final class Evaluation {

    private static final int FORMAT = 1;

    /** Episodes of the random baseline, which are played one after another: so many say enough. */
    private static final int MOST_RANDOM = 1000;

    private final RunDirectory run;
    private final TrainedPolicy policy;
    private final EvaluationSpec spec;
    private final IntFunction<Supplier<Game>> games;
    private final TwinEpisodes onTwin;
    private final RunListener listener;

    /** What becomes the baseline; null if this evaluation does not. */
    private @Nullable Baseline next;

    private Evaluation(
            RunDirectory run,
            TrainedPolicy policy,
            EvaluationSpec spec,
            IntFunction<Supplier<Game>> games,
            TwinEpisodes onTwin,
            RunListener listener) {
        this.run = run;
        this.policy = policy;
        this.spec = spec;
        this.games = games;
        this.onTwin = onTwin;
        this.listener = listener;
    }

    /**
     * An episode as it was played here.
     *
     * @param comparison with the twin; null for an episode that the twin itself has played
     */
    private record Played(Episode episode, @Nullable Comparison comparison) {

        Optional<Difference> difference() {
            return comparison == null ? Optional.empty() : comparison.difference();
        }
    }

    /**
     * How the evaluation stands beside the baseline, as {@code evaluation.json} has it.
     *
     * @param runId the baseline's run
     * @param steps environment steps that it was trained for
     * @param meanDistance the baseline's, in metres
     * @param difference how much farther the evaluation's mean is
     * @param low lower end of the difference's 95 % interval
     * @param high its upper end
     * @param paired whether the episodes were compared start by start
     * @param finishRate the baseline's; null if it does not say
     */
    record Held(
            String runId,
            long steps,
            double meanDistance,
            double difference,
            double low,
            double high,
            boolean paired,
            @Nullable Double finishRate) {}

    /**
     * Evaluates.
     *
     * @param request a policy, and what is wanted of it
     * @param onTwin plays the policy's episodes, if the game is the twin
     * @return what came of it: the figures of {@link Summary} by name
     * @throws GateException if a gate fell; everything is written by then
     * @throws SettingException if a setting cannot be used
     */
    public static Outcome run(PolicyRequest<EvaluationSpec> request, TwinEpisodes onTwin, RunListener listener)
            throws IOException, GateException {
        return run(request, GameSpec::opener, onTwin, listener);
    }

    /**
     * Evaluates, with these games.
     *
     * @param games opens one of so many that are played side by side
     */
    static Outcome run(
            PolicyRequest<EvaluationSpec> request,
            BiFunction<GameSpec, Integer, Supplier<Game>> games,
            TwinEpisodes onTwin,
            RunListener listener)
            throws IOException, GateException {
        EvaluationSpec spec = request.spec();
        EpisodeLimit.check(spec.environment());
        GameSpec game =
                new GameSpec(spec.game(), spec.genuine(), spec.environment().trigonometry());
        FileChannel lock = request.run().lockEvaluation();
        try (lock) {
            return new Evaluation(
                            request.run(), request.policy(), spec, lanes -> games.apply(game, lanes), onTwin, listener)
                    .evaluate(request.file());
        }
    }

    private Outcome evaluate(Path file) throws IOException, GateException {
        if (run.savedSettings().isPresent() && !policy.runId().equals(spec.runId())) {
            listener.warn("The policy " + file + " is of the run " + policy.runId() + ", and its evaluation is written"
                    + " into the folder of the training " + spec.runId()
                    + ": to keep the two apart, give another name with -Dqwop.runId.");
        }
        listener.info(String.format(
                Locale.ROOT,
                "Evaluating %s of %s (%,d steps) on the %s: %d episodes, start noise %s, seed %d%s.",
                file.getFileName(),
                policy.runId(),
                policy.steps(),
                spec.game().name().toLowerCase(Locale.ROOT),
                spec.episodes(),
                spec.environment().startNoise(),
                spec.seed(),
                spec.environment().isPerturbed() ? ", " + spec.environment().keys() : ""));
        if (policy.rules() != Rules.VERSION) {
            listener.info("It was trained under version " + policy.rules()
                    + " of the game's rules, which differs from the genuine game, version " + Rules.VERSION
                    + ", at the hurdle and at the sand.");
        }
        List<Change> changes =
                Change.between(Settings.flatten(policy.environment().varied()), Settings.flatten(spec.environment()));
        if (!changes.isEmpty()) {
            listener.info("It is played otherwise than it was trained: environment."
                    + changes.stream().map(Change::text).collect(Collectors.joining(", environment.")) + ".");
        }
        checkBaseline();
        List<Played> played = play();
        List<Episode> episodes = played.stream().map(Played::episode).toList();
        Summary summary = Summary.of(episodes);
        // The baseline is the same on every game, and the twin is the fastest.
        Summary random = Summary.of(random());
        show(summary, random, played);
        if (summary.truncatedRate() > 0) {
            listener.info(String.format(
                    Locale.ROOT,
                    "%.0f %% of the episodes were cut off by environment.maxEpisodeSteps, %,d.",
                    100 * summary.truncatedRate(),
                    spec.environment().maxEpisodeSteps()));
        }
        SplitTable.lines(splits(episodes)).forEach(listener::info);
        listener.info(against(summary.meanDistance(), random.meanDistance()));
        List<GateSpec.Outcome> gates = new ArrayList<>(spec.gate().check(summary));
        Held held = holdAgainstBaseline(episodes, summary, gates);
        KeptRecordings recordings = KeptRecordings.of(episodes, spec);
        List<String> before = KeptRecordings.before(run);
        recordings.write(run, before, listener);
        EvaluationFile.write(run, document(file, played, summary, random, gates, held), recordings.names());
        JUnitReport.write(run.junit(spec.runId()), spec.runId(), gates);
        recordings.removeOthers(run, before);
        writeBaseline(summary);
        return verdict(gates, summary);
    }

    /** Splits worth showing: of the episode with the best score, of those that finished, and put together. */
    private static Map<String, Splits> splits(List<Episode> episodes) {
        List<Splits> all = episodes.stream().map(Episode::splits).toList();
        Map<String, Splits> splits = new LinkedHashMap<>();
        splits.put(
                "best",
                episodes.stream()
                        .max(Comparator.comparingDouble(Episode::score))
                        .map(Episode::splits)
                        .orElse(Splits.NONE));
        splits.put("finished, mean", Splits.meanOfFinished(all));
        splits.put("best segments", Splits.best(all));
        splits.values().removeIf(one -> one.seconds().isEmpty());
        return splits;
    }

    /** Where one of the two fell back behind the start, no one got so many times as far. */
    static String against(double trained, double random) {
        return String.format(Locale.ROOT, "Mean distance: %.2f m trained, %.2f m random", trained, random)
                + (trained > 0 && random > 0
                        ? String.format(Locale.ROOT, ", %.1f times as far.", trained / random)
                        : ".");
    }

    private @Nullable Held holdAgainstBaseline(List<Episode> episodes, Summary summary, List<GateSpec.Outcome> gates)
            throws IOException {
        if (spec.baseline() == null) {
            return null;
        }
        Path file = Path.of(spec.baseline());
        double[] distances = episodes.stream().mapToDouble(Episode::distance).toArray();
        if (Baseline.isPolicy(file)) {
            return hold(playBaseline(file), true, distances, summary, gates);
        }
        boolean fell = !DeferredGates.fallen(gates).isEmpty();
        if (spec.updateBaseline() == EvaluationSpec.UpdateBaseline.TRUE && fell) {
            listener.warn("The baseline " + file + " is not written, because a gate fell that has nothing to do with"
                    + " it; -Dqwop.updateBaseline=force writes it all the same.");
            if (!Baseline.isReadable(file)) {
                return null;
            }
        } else if (spec.updateBaseline() != EvaluationSpec.UpdateBaseline.FALSE) {
            next = baseline(policy, Settings.flatten(spec.environment()), distances, summary);
        }
        Baseline baseline = next == null ? Baseline.read(file) : next;
        List<String> differences = baseline.differences(Settings.flatten(spec.environment()));
        if (!differences.isEmpty()) {
            listener.warn("The baseline was played in another environment, " + String.join(", ", differences)
                    + ": its distances are not these episodes'; write it anew with -Dqwop.updateBaseline=true.");
        }
        if (Rules.of(baseline.rules()) != Rules.VERSION) {
            listener.warn("The baseline was played under version " + Rules.of(baseline.rules())
                    + " of the game's rules, and these episodes under version " + Rules.VERSION
                    + ": write it anew with -Dqwop.updateBaseline=true.");
        }
        boolean paired = baseline.sharesStarts(spec.seed(), distances.length, Settings.flatten(spec.environment()));
        return hold(baseline, paired, distances, summary, gates);
    }

    private Baseline baseline(TrainedPolicy of, Map<String, String> environment, double[] distances, Summary summary) {
        return new Baseline(
                Baseline.FORMAT,
                of.runId(),
                of.steps(),
                Rules.VERSION,
                environment,
                Arrays.stream(distances).boxed().toList(),
                summary.finishRate(),
                summary.successRate(),
                spec.seed());
    }

    /** What another policy comes to from the same starts: it decides and sees as it was trained to. */
    private Baseline playBaseline(Path file) {
        try (TrainedPolicy other = TrainedPolicy.open(file, listener)) {
            EnvSpec environment = spec.environment().playedBy(other.environment());
            List<Episode> episodes =
                    TwinEpisodes.threads(spec.threads()).play(other, environment, spec.seed(), spec.episodes());
            Summary summary = Summary.of(episodes);
            listener.info(summary.row("baseline"));
            return baseline(
                    other,
                    Settings.flatten(environment),
                    episodes.stream().mapToDouble(Episode::distance).toArray(),
                    summary);
        }
    }

    private Held hold(
            Baseline baseline, boolean paired, double[] distances, Summary summary, List<GateSpec.Outcome> gates) {
        Interval gain = baseline.gain(distances, paired, Confidence.USUAL);
        listener.info(String.format(
                Locale.ROOT,
                "Against the baseline of %s, %.2f m: %+.2f m, 95 %% interval %+.2f to %+.2f m%s%s.",
                baseline.runId(),
                baseline.mean(),
                summary.meanDistance() - baseline.mean(),
                gain.low(),
                gain.high(),
                paired ? ", start by start" : "",
                finished(baseline.finishRate(), summary)));
        gates.addAll(spec.gate().check(baseline, distances, paired, next != null));
        return new Held(
                baseline.runId(),
                baseline.steps(),
                baseline.mean(),
                summary.meanDistance() - baseline.mean(),
                gain.low(),
                gain.high(),
                paired,
                baseline.finishRate());
    }

    /** Looks at the baseline before the work: one that cannot be used is told at once. */
    private void checkBaseline() {
        if (spec.baseline() == null) {
            return;
        }
        Path file = Path.of(spec.baseline());
        if (Baseline.isPolicy(file)) {
            try (TrainedPolicy other = TrainedPolicy.open(file, listener)) {
                other.check(spec.environment().playedBy(other.environment()), file);
            }
        } else if (spec.updateBaseline() == EvaluationSpec.UpdateBaseline.FALSE) {
            Baseline.read(file);
        } else {
            Baseline.checkWritable(file);
        }
    }

    /** Writes it after all else: where that fails, the evaluation is kept. */
    private void writeBaseline(Summary summary) throws IOException {
        if (next != null) {
            Path file = Path.of(Objects.requireNonNull(spec.baseline()));
            if (Files.isRegularFile(file) && !Baseline.isReadable(file)) {
                listener.warn(
                        "What " + file + " held is no baseline, and is kept as " + AtomicFile.moveAside(file) + ".");
            }
            next.write(file, " The evaluation itself is kept in " + run.evaluation() + ".");
            listener.info(String.format(
                    Locale.ROOT,
                    "This evaluation is the baseline from now on: %.2f m, %s.",
                    summary.meanDistance(),
                    file));
        }
    }

    /** Baselines of earlier versions do not say how many finished. */
    private static String finished(@Nullable Double before, Summary now) {
        return before == null
                ? ""
                : String.format(Locale.ROOT, "; finished %.0f %%, now %.0f %%", 100 * before, 100 * now.finishRate());
    }

    private List<RandomStream> streams(int count) {
        return Split.TEST.streams(spec.seed(), 0, count);
    }

    /** Keys that nobody has chosen, one after another through all episodes. */
    private List<Episode> random() {
        Actor actor = Actor.random(
                RandomStream.of(spec.seed(), "random-policy"),
                spec.environment().actionCount());
        Twin twin = new Twin(spec.environment().trigonometry());
        return new EpisodePlayer(spec.environment(), twin).play(actor, streams(Math.min(spec.episodes(), MOST_RANDOM)));
    }

    private List<Played> play() {
        if (spec.game() == GameSpec.Kind.TWIN) {
            return onTwin.play(policy, spec.environment(), spec.seed(), spec.episodes()).stream()
                    .map(episode -> new Played(episode, null))
                    .toList();
        }
        int lanes = Lanes.count(spec.processes(), spec.episodes());
        return Lanes.play(streams(spec.episodes()), lanes, games.apply(lanes), this::onPage, listener);
    }

    /** What plays the policy on a page, with the twin alongside. */
    private Function<RandomStream, Played> onPage(Game page) {
        Twin twin = new Twin(spec.environment().trigonometry());
        Actor own = policy.actor();
        // A network's library need not bear two threads, and one act is nothing beside an update of a page.
        Actor actor = env -> {
            synchronized (policy) {
                return own.act(env);
            }
        };
        return stream -> {
            Comparison comparison = new Comparison(page, twin);
            Episode episode = new EpisodePlayer(spec.environment(), comparison).play(actor, stream);
            return new Played(episode, comparison);
        };
    }

    private void show(Summary summary, Summary random, List<Played> played) {
        if (spec.game() == GameSpec.Kind.TWIN) {
            listener.info(Summary.head());
            listener.info(summary.row("trained"));
            listener.info(random.row("random"));
            return;
        }
        long equal = played.stream().filter(one -> one.difference().isEmpty()).count();
        String column = " %15s";
        listener.info(Summary.head() + String.format(Locale.ROOT, column, "equal to twin"));
        listener.info(summary.row("trained") + String.format(Locale.ROOT, column, equal + " of " + played.size()));
        listener.info(random.row("random") + String.format(Locale.ROOT, column, "-"));
        for (int i = 0; i < played.size(); i++) {
            int number = i + 1;
            played.get(i)
                    .difference()
                    .ifPresent(difference -> listener.warn("Episode " + number + " differs from the twin, "
                            + difference.text(spec.game().title()) + "."));
        }
    }

    private Map<String, Object> document(
            Path file,
            List<Played> episodes,
            Summary summary,
            Summary random,
            List<GateSpec.Outcome> gates,
            @Nullable Held held) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("rules", Rules.VERSION);
        document.put("runId", policy.runId());
        document.put("policy", file.getFileName().toString());
        document.put("steps", policy.steps());
        document.put("game", spec.game().name().toLowerCase(Locale.ROOT));
        document.put("seed", spec.seed());
        document.put("environment", Settings.flatten(spec.environment()));
        document.put("provenance", Provenance.of(Settings.flatten(spec)));
        document.put("trained", summary);
        document.put("random", random);
        document.put("gates", gates);
        if (held != null) {
            document.put("baseline", held);
        }
        Map<String, List<Double>> splits = new LinkedHashMap<>();
        splits(episodes.stream().map(Played::episode).toList()).forEach((name, one) -> splits.put(name, one.seconds()));
        splits.put("human record", Splits.human().seconds());
        document.put("splits", splits);
        List<Map<String, Object>> list = new ArrayList<>();
        for (Played one : episodes) {
            Episode episode = one.episode();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("distance", episode.distance());
            entry.put("seconds", episode.seconds());
            entry.put("finished", episode.finished());
            entry.put("success", episode.success());
            entry.put("truncated", episode.result().truncated());
            entry.put("length", episode.result().length());
            entry.put("reward", episode.result().totalReward());
            entry.put("splits", episode.splits().seconds());
            if (one.comparison() != null) {
                entry.put("updates", one.comparison().updates());
                entry.put("equalToTwin", one.difference().isEmpty());
                one.difference().ifPresent(difference -> entry.put("difference", difference));
            }
            list.add(entry);
        }
        document.put("episodes", list);
        return document;
    }

    private Outcome verdict(List<GateSpec.Outcome> gates, Summary summary) throws GateException {
        List<GateSpec.Outcome> fallen = DeferredGates.fallen(gates);
        if (!fallen.isEmpty() && spec.deferGate()) {
            listener.warn(fallen.size() + " of " + gates.size() + " gates fell; the goal gate will fail the build.");
        } else if (!fallen.isEmpty()) {
            throw DeferredGates.fell(run, spec.runId(), fallen, summary);
        }
        String sentence = String.format(
                Locale.ROOT,
                "Evaluation of %s: mean distance %.2f m over %d %s%s.",
                spec.runId(),
                summary.meanDistance(),
                summary.episodes(),
                summary.episodes() == 1 ? "episode" : "episodes",
                gates.isEmpty()
                        ? "; no gate is declared"
                        : "; " + (gates.size() - fallen.size()) + " of " + gates.size() + " gates hold");
        return new Outcome(sentence, summary.figures());
    }
}
