package io.github.qwop.run.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.Pilot;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The goal {@code evaluate}: plays a policy and the random baseline, writes what came of it, then holds the gates. */
public final class Evaluation {

    private static final int FORMAT = 1;

    /** JSON has no NaN: a figure that does not exist is left out. */
    private static final JsonSerializer<Double> FINITE =
            (value, type, context) -> Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .registerTypeAdapter(Double.class, FINITE)
            .registerTypeAdapter(double.class, FINITE)
            .create();

    private final RunDirectory run;
    private final TrainedPolicy policy;
    private final EvaluationSpec spec;
    private final RunListener listener;

    private Evaluation(RunDirectory run, TrainedPolicy policy, EvaluationSpec spec, RunListener listener) {
        this.run = run;
        this.policy = policy;
        this.spec = spec;
        this.listener = listener;
    }

    /**
     * Evaluates.
     *
     * @param directory where runs lie
     * @param settings by dotted name: those of {@link EvaluationSpec}; the environment's defaults are the policy's own
     * @return a sentence on what came of it
     * @throws GateException if a gate fell; everything is written by then
     * @throws SettingException if a setting or the policy cannot be used
     */
    public static String run(Path directory, Map<String, String> settings, RunListener listener)
            throws IOException, GateException {
        // The policy's own environment gives the defaults, but which policy it is must be known first.
        EvaluationSpec first = Settings.bind(defaults(EnvSpec.DEFAULT), settings);
        RunDirectory run = new RunDirectory(directory.resolve(first.runId()));
        Path file = first.policy() == null ? run.best() : Path.of(first.policy());
        try (TrainedPolicy policy = TrainedPolicy.open(file, listener)) {
            EnvSpec environment = policy.environment().varied();
            EvaluationSpec spec = Settings.bind(defaults(environment), settings);
            policy.check(spec.environment(), file);
            Episode.checkLimited(spec.environment());
            return new Evaluation(run, policy, spec, listener).evaluate(file);
        }
    }

    private static EvaluationSpec defaults(EnvSpec environment) {
        return new EvaluationSpec(
                "qwop", null, 50, 1, 3, GameSpec.Kind.TWIN, null, null, false, false, environment, GateSpec.NOTHING);
    }

    private String evaluate(Path file) throws IOException, GateException {
        if (run.savedSettings().isPresent() && !policy.runId().equals(spec.runId())) {
            listener.warn("The policy " + file + " is of the run " + policy.runId() + ", and its evaluation is written"
                    + " into the folder of the training " + spec.runId()
                    + ": to keep the two apart, give another name with -Dqwop.runId.");
        }
        listener.info(String.format(
                Locale.ROOT,
                "Evaluating %s of %s (%,d steps) on the %s: %d episodes, start noise %s, seed %d.",
                file.getFileName(),
                policy.runId(),
                policy.steps(),
                spec.game().name().toLowerCase(Locale.ROOT),
                spec.episodes(),
                spec.environment().startNoise(),
                spec.seed()));
        if (policy.rules() != Rules.VERSION) {
            listener.info("It was trained under version " + policy.rules()
                    + " of the game's rules, which differs from the genuine game, version " + Rules.VERSION
                    + ", at the hurdle and at the sand.");
        }
        GameSpec gameSpec = new GameSpec(spec.game(), spec.genuine());
        List<Episode> episodes;
        List<Episode> baseline;
        Trigonometry trigonometry = spec.environment().trigonometry();
        try (Game game = gameSpec.open(trigonometry);
                Game twin = new Twin(trigonometry)) {
            episodes = play(game, policy.pilot());
            // The baseline is the same on every game, and the twin is the fastest.
            baseline = play(
                    twin,
                    Pilot.random(
                            RandomStream.of(spec.seed(), "random-policy"),
                            spec.environment().actionCount()));
        }
        Summary summary = Summary.of(episodes);
        Summary random = Summary.of(baseline);
        listener.info(Summary.head());
        listener.info(summary.row("trained"));
        listener.info(random.row("random"));
        listener.info(String.format(
                Locale.ROOT,
                "Mean distance: %.2f m trained, %.2f m random, %.1f times as far.",
                summary.meanDistance(),
                random.meanDistance(),
                summary.meanDistance() / random.meanDistance()));
        List<GateSpec.Outcome> gates = new ArrayList<>(spec.gate().check(summary));
        holdAgainstBaseline(episodes, summary, gates);
        keepRecordings(episodes);
        AtomicFile.write(run.evaluation(), GSON.toJson(document(file, episodes, summary, random, gates)) + "\n");
        JUnitReport.write(run.junit(spec.runId()), spec.runId(), gates);
        return verdict(gates, summary);
    }

    private void holdAgainstBaseline(List<Episode> episodes, Summary summary, List<GateSpec.Outcome> gates)
            throws IOException {
        if (spec.baseline() == null) {
            return;
        }
        Path file = Path.of(spec.baseline());
        double[] distances = episodes.stream().mapToDouble(Episode::distance).toArray();
        if (spec.updateBaseline()) {
            new Baseline(
                            Baseline.FORMAT,
                            policy.runId(),
                            policy.steps(),
                            Rules.VERSION,
                            Settings.flatten(spec.environment()),
                            Arrays.stream(distances).boxed().toList(),
                            summary.finishRate(),
                            summary.successRate())
                    .write(file);
            listener.info(String.format(
                    Locale.ROOT,
                    "This evaluation is the baseline from now on: %.2f m, %s.",
                    summary.meanDistance(),
                    file));
        }
        Baseline baseline = Baseline.read(file);
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
        double[] gain = baseline.gain(distances);
        listener.info(String.format(
                Locale.ROOT,
                "Against the baseline of %s, %.2f m: %+.2f m, 95 %% interval %+.2f to %+.2f m%s.",
                baseline.runId(),
                baseline.mean(),
                summary.meanDistance() - baseline.mean(),
                gain[0],
                gain[1],
                finished(baseline.finishRate(), summary)));
        if (spec.gate().maxDistanceDrop() != null) {
            gates.add(GateSpec.check(spec.gate().maxDistanceDrop(), baseline, distances));
        }
    }

    /** Baselines of earlier versions do not say how many finished. */
    private static String finished(@Nullable Double before, Summary now) {
        return before == null
                ? ""
                : String.format(Locale.ROOT, "; finished %.0f %%, now %.0f %%", 100 * before, 100 * now.finishRate());
    }

    private List<Episode> play(Game game, Pilot pilot) {
        return Episode.play(
                spec.environment(), game, pilot, Episode.Split.TEST.streams(spec.seed(), 0, spec.episodes()));
    }

    private void keepRecordings(List<Episode> episodes) throws IOException {
        Path folder = run.recordings();
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        List<Episode> ranked = episodes.stream()
                .sorted(Comparator.comparingDouble(Episode::score).reversed())
                .toList();
        keep(run.bestRecording(), ranked.get(0));
        keep(run.medianRecording(), ranked.get(ranked.size() / 2));
        for (int i = 1; i < Math.min(spec.recordings(), ranked.size()); i++) {
            keep(folder.resolve("rank-" + (i + 1) + ".qwop"), ranked.get(i));
        }
    }

    private static void keep(Path file, Episode episode) throws IOException {
        AtomicFile.write(file, RecordingFormat.write(episode.recording()));
    }

    private Map<String, Object> document(
            Path file, List<Episode> episodes, Summary summary, Summary random, List<GateSpec.Outcome> gates) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("rules", Rules.VERSION);
        document.put("runId", policy.runId());
        document.put("policy", file.getFileName().toString());
        document.put("steps", policy.steps());
        document.put("game", spec.game().name().toLowerCase(Locale.ROOT));
        document.put("seed", spec.seed());
        document.put("environment", Settings.flatten(spec.environment()));
        document.put("trained", summary);
        document.put("random", random);
        document.put("gates", gates);
        List<Map<String, Object>> list = new ArrayList<>();
        for (Episode episode : episodes) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("distance", episode.distance());
            entry.put("seconds", episode.seconds());
            entry.put("finished", episode.finished());
            entry.put("success", episode.success());
            entry.put("truncated", episode.result().truncated());
            entry.put("length", episode.result().length());
            entry.put("reward", episode.result().totalReward());
            list.add(entry);
        }
        document.put("episodes", list);
        return document;
    }

    private String verdict(List<GateSpec.Outcome> gates, Summary summary) throws GateException {
        List<GateSpec.Outcome> fallen =
                gates.stream().filter(gate -> !gate.passed()).toList();
        if (!fallen.isEmpty() && spec.deferGate()) {
            listener.warn(fallen.size() + " of " + gates.size() + " gates fell; the goal gate will fail the build.");
        } else if (!fallen.isEmpty()) {
            throw fallen(spec.runId(), fallen, summary, run.evaluation());
        }
        return String.format(
                Locale.ROOT,
                "%s of %s: mean distance %.2f m over %d episodes%s.",
                "Evaluation",
                spec.runId(),
                summary.meanDistance(),
                summary.episodes(),
                gates.isEmpty()
                        ? "; no gate is declared"
                        : "; " + (gates.size() - fallen.size()) + " of " + gates.size() + " gates hold");
    }

    private static GateException fallen(String runId, List<GateSpec.Outcome> fallen, Summary summary, Path evaluation) {
        return new GateException("The gate of run " + runId + " fell: "
                + fallen.stream().map(GateSpec.Outcome::text).collect(Collectors.joining("; ")) + ", over "
                + summary.episodes() + " episodes. See " + evaluation
                + "; train longer or better, or lower the gate.");
    }

    /**
     * The goal {@code gate}: holds the gates of an evaluation that deferred them.
     *
     * @param directory where runs lie
     * @param settings by dotted name: {@code runId}
     * @return a sentence on what came of it
     * @throws GateException if a gate fell
     * @throws SettingException if there is no evaluation
     */
    public static String gate(Path directory, Map<String, String> settings) throws IOException, GateException {
        RunName name = Settings.bind(new RunName("qwop"), settings);
        Path file = new RunDirectory(directory.resolve(name.runId())).evaluation();
        if (!Files.isRegularFile(file)) {
            throw new SettingException("There is no evaluation " + file + ": run qwop:evaluate before qwop:gate.");
        }
        Judged judged;
        try {
            judged = GSON.fromJson(Files.readString(file), Judged.class);
        } catch (JsonParseException e) {
            throw new SettingException("The evaluation " + file + " is unreadable: run qwop:evaluate again.", e);
        }
        List<GateSpec.Outcome> fallen =
                judged.gates().stream().filter(gate -> !gate.passed()).toList();
        if (!fallen.isEmpty()) {
            throw fallen(name.runId(), fallen, judged.trained(), file);
        }
        int count = judged.gates().size();
        return count == 1
                ? "The one gate of " + name.runId() + " holds."
                : "All " + count + " gates of " + name.runId() + " hold.";
    }

    /** The settings of {@link #gate}. */
    public record RunName(String runId) {}

    /** What {@link #gate} needs of an evaluation. */
    private record Judged(Summary trained, List<GateSpec.Outcome> gates) {}
}
