package io.github.qwop.run.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.Observation;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.StateWriter;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.Extension;
import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Shapers;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.TrainingListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.checkpoint.Manifest;
import io.github.qwop.run.evaluation.Episode;
import io.github.qwop.run.evaluation.Summary;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.peers.ForeignModel;
import io.github.qwop.run.peers.Sb3Model;
import io.github.qwop.run.policy.Pilot;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code train}: plays and learns until the declared number of environment steps, and goes on from the newest
 * intact checkpoint when it was interrupted. All that happens between is decided by the count of environment steps, so
 * that a resumed training equals an uninterrupted one.
 */
public final class Training implements AutoCloseable {

    private static final String RUN_SECTION = "run";
    private static final String BEST_SECTION = "best";

    /** What checkpoints of earlier versions do not have. */
    private static final String GUARD_SECTION = "guard";

    private static final String LAYER_NORM = "learner.layerNorm";
    private static final String KEPT = "kept";
    private static final String ANEW = "begins anew";
    private static final String FINISH_SECTION = "finish";

    private static final String EVAL_DISTANCE = "eval/distance";
    private static final String EVAL_BEST = "eval/best_score";
    private static final List<String> EVAL_NAMES = List.of(
            EVAL_DISTANCE,
            "eval/median_distance",
            "eval/min_distance",
            "eval/is_success",
            "eval/finished",
            "eval/speed",
            "eval/mean_reward",
            "eval/mean_ep_length",
            "eval/score",
            EVAL_BEST,
            "eval/value_bias");
    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final RunSpec spec;
    private final RunDirectory run;
    private final RunListener listener;
    private final BooleanSupplier stop;
    private final EpisodeWindow window = new EpisodeWindow();
    private final LearnerWindow figures = new LearnerWindow();

    /** The same since the last evaluation, for the guard: rows of the metrics may be more frequent. */
    private final LearnerWindow signals = new LearnerWindow();

    private final RewardShaper shaper;
    private final Learner learner;
    private final Game evaluationGame;
    private final List<TrainingListener> listeners;
    private final CollapseGuard guard;

    private final List<String> events = new ArrayList<>();
    private @Nullable MemoryState best;
    private final BestSoFar bestSoFar;
    private long bestSteps;
    private Map<String, Double> lastEvaluation = Map.of();
    private boolean stoppedByGuard;

    private Training(RunSpec spec, RunDirectory run, RunListener listener, BooleanSupplier stop) throws IOException {
        this.spec = spec;
        this.run = run;
        this.listener = listener;
        this.stop = stop;
        Episode.checkLimited(spec.environment());
        boolean drawsActions = spec.algorithm() == Algorithm.PPO || spec.algorithm() == Algorithm.A2C;
        bestSoFar = new BestSoFar(spec.guard().bestBy());
        guard = new CollapseGuard(
                spec.guard(), drawsActions ? Math.log(spec.environment().actionCount()) : 0);
        listeners = ServiceLoader.load(TrainingListener.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (TrainingListener own : listeners) {
            listener.info("Telling " + own.getClass().getName() + " how the training goes.");
        }
        if (spec.environment().actionSet().equals(ActionSet.REDUCED)) {
            listener.info(
                    "environment.actionSet is reduced, as qwop-gym has it: QW and OP in it are Q and O again, and it"
                            + " lacks QO and WP; distinct has the nine combinations that differ.");
        }
        shaper = Shapers.create(spec.rewardShaper());
        Demonstrations demonstrations = demonstrations();
        learner = spec.learner()
                .create(
                        new QwopVectorEnv(spec.environment(), spec.nEnvs(), this::newGame, shaper, spec.seed()),
                        demonstrations,
                        spec.totalTimesteps(),
                        spec.seed(),
                        this::onEpisode);
        evaluationGame = newGame();
    }

    private Demonstrations demonstrations() throws IOException {
        if (spec.demonstrations().isEmpty()) {
            return Demonstrations.none(
                    spec.environment().observation().size(), spec.environment().actionCount());
        }
        List<Path> files = DemonstrationFiles.find(spec.demonstrations());
        Demonstrations shown = DemonstrationFiles.replay(files, spec.environment(), shaper, this::newGame, listener);
        listener.info(String.format(
                Locale.ROOT,
                "Demonstrations: %,d steps of %,d episodes from %,d files, mean distance %.2f m.",
                shown.count(),
                shown.episodes(),
                files.size(),
                meanDistance(shown)));
        return shown;
    }

    private double meanDistance(Demonstrations shown) {
        double sum = 0;
        for (int i = 0; i < shown.episodes(); i++) {
            sum += spec.environment().observation().metres(shown.finalObservations()[i * shown.observationSize()]);
        }
        return sum / shown.episodes();
    }

    private Game newGame() {
        return newGame(spec.environment().trigonometry());
    }

    private Game newGame(Trigonometry trigonometry) {
        String name = spec.gameClass();
        return name == null ? new Twin(trigonometry) : Extension.create("gameClass", name, Game.class);
    }

    private void onEpisode(int env, EpisodeResult episode) {
        window.ended(env, episode);
        for (TrainingListener own : listeners) {
            own.episodeEnded(env, episode);
        }
    }

    /**
     * Trains a run, or finds that it is trained already.
     *
     * @param directory where runs lie
     * @param spec the run
     * @param force whether a finished run is trained again; an unfinished one goes on
     * @param stop asked after every piece of work: true ends the training with a checkpoint
     * @return a sentence on what came of it
     * @throws SettingException if the spec cannot be trained; what lay there is then untouched
     * @throws StoppedException if it was stopped before its end
     */
    public static String run(Path directory, RunSpec spec, boolean force, RunListener listener, BooleanSupplier stop)
            throws IOException, StoppedException {
        RunDirectory run = new RunDirectory(directory.resolve(spec.runId()));
        Map<String, String> inputs = inputs(spec);
        if (!force && Files.exists(run.model()) && run.holds(spec.settings(), inputs)) {
            return "Run " + spec.runId() + " is trained already with these settings, up to date: " + run.model()
                    + ". Set qwop.force=true to train it again.";
        }
        FileChannel lock = run.lock();
        try (Training training = new Training(spec, run, listener, stop)) {
            return training.train(force, inputs);
        } finally {
            lock.close();
        }
    }

    private String train(boolean force, Map<String, String> inputs) throws IOException, StoppedException {
        boolean goesOn = run.holds(spec.settings(), inputs) && !(force && Files.exists(run.model()));
        // The old run is moved only when nothing is left that could be wrong with the new one.
        if (!goesOn || !resume()) {
            start();
        }
        if (!goesOn && run.exists()) {
            int rules = run.savedRules().orElse(Rules.VERSION);
            listener.info("What lies in " + run.path()
                    + (rules == Rules.VERSION
                            ? " is of other settings or inputs, or to be trained again"
                            : " was trained under version " + rules
                                    + " of the game's rules, and the twin plays version " + Rules.VERSION)
                    + ": moved to " + run.moveAside() + ".");
        }
        run.begin(spec.settings(), inputs);
        return train();
    }

    /**
     * Checksums of what the training starts from, so that a new stage 1, new recordings, or a changed class are
     * noticed. Listeners are not among it: they change nothing.
     */
    private static Map<String, String> inputs(RunSpec spec) throws IOException {
        Map<String, String> inputs = new LinkedHashMap<>();
        String shapers = spec.rewardShaper();
        if (shapers != null) {
            Shapers.digest(shapers).ifPresent(digest -> inputs.put("rewardShaper", digest));
        }
        String game = spec.gameClass();
        if (game != null) {
            Extension.digest(game).ifPresent(digest -> inputs.put("gameClass", digest));
        }
        String file = spec.modelLoadFile();
        if (file != null && Files.exists(Path.of(file))) {
            inputs.put("modelLoadFile", Checkpoint.networkDigest(Path.of(file)));
        }
        boolean present = spec.demonstrations().stream().map(Path::of).allMatch(Files::exists);
        if (present && !spec.demonstrations().isEmpty()) {
            StringBuilder digests = new StringBuilder();
            for (Path recording : DemonstrationFiles.find(spec.demonstrations())) {
                digests.append(Checkpoint.fileDigest(recording));
            }
            inputs.put("demonstrations", Checkpoint.digest(digests.toString()));
        }
        return inputs;
    }

    /** Goes on from the newest checkpoint that is whole. */
    private boolean resume() throws IOException {
        List<Path> files = run.checkpointFiles();
        boolean damaged = false;
        for (Path file : files) {
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                if (!checkpoint.has(RUN_SECTION)) {
                    // Thinned to the network. Whole ones lie before it if the training had to begin anew.
                    continue;
                }
                if (checkpoint.manifest().rules() != Rules.VERSION) {
                    throw new CheckpointException("The checkpoint " + file + " was trained under version "
                            + checkpoint.manifest().rules() + " of the game's rules, and the twin plays version "
                            + Rules.VERSION + ": no training goes on from it; name it as modelLoadFile of a new run.");
                }
                learner.restore(checkpoint);
                restoreRun(checkpoint);
                listener.info(String.format(
                        Locale.ROOT, "Going on from %s at %,d steps.", file.getFileName(), learner.steps()));
                return true;
            } catch (CheckpointException e) {
                damaged = true;
                boolean last = file.equals(files.get(files.size() - 1));
                listener.warn(e.getMessage() + (last ? "" : " Trying the one before."));
            }
        }
        if (damaged) {
            listener.warn("No checkpoint of " + spec.runId() + " is left to go on from: the training starts anew.");
        }
        return false;
    }

    private void start() throws IOException {
        String file = spec.modelLoadFile();
        if (file == null) {
            return;
        }
        if (Sb3Model.isModel(Path.of(file))) {
            startFrom(Path.of(file), Sb3Model.open(Path.of(file)));
            return;
        }
        ForeignModel.refuse("modelLoadFile is " + file + ", ", Path.of(file));
        try (Checkpoint checkpoint = Checkpoint.open(Path.of(file))) {
            Map<String, String> old = new HashMap<>(checkpoint.manifest().settings());
            // What names no form is of before there were forms.
            old.putIfAbsent("environment.observation", Observation.QWOP_GYM.text());
            TreeSet<String> names = new TreeSet<>(old.keySet());
            names.addAll(spec.settings().keySet());
            showDifferences(old, names);
            if (checkpoint.manifest().rules() != Rules.VERSION) {
                showDifference("rules of the game", checkpoint.manifest().rules(), Rules.VERSION);
            }
            requireSame("environment.observation", old.get("environment.observation"));
            requireSame(LAYER_NORM, old.getOrDefault(LAYER_NORM, "false"));
            if (Algorithm.BC.text().equals(old.get("algorithm")) && spec.algorithm() != Algorithm.BC) {
                startFromClone(checkpoint);
                showOptimiser(ANEW);
            } else {
                startFrom(checkpoint);
            }
            requireSame("learner.activationFn", old.get("learner.activationFn"));
            requireSame("environment.actionSet", old.get("environment.actionSet"));
        } catch (SettingException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner: " + e.getMessage()
                            + "; give learner.netArch, learner.nQuantiles and environment.actionSet the checkpoint's"
                            + " values.",
                    e);
        }
    }

    /**
     * Starts from a checkpoint's network. What its optimiser remembers, and its target network, mean something to the
     * same algorithm with the same optimiser alone.
     */
    private void startFrom(Checkpoint checkpoint) throws IOException {
        Map<String, String> old = checkpoint.manifest().settings();
        Map<String, String> now = spec.settings();
        boolean same = Stream.of("algorithm", "learner.useRmsProp")
                .allMatch(name -> Objects.equals(old.get(name), now.get(name)));
        learner.startFrom(same ? checkpoint : new NetworkOf(checkpoint));
        showOptimiser(same && checkpoint.has(Learner.OPTIMISER) ? KEPT : ANEW);
        if (spec.learner().estimatesReturns()) {
            boolean kept = same && checkpoint.has(Learner.TARGET);
            showDifference("target network", checkpoint.has(Learner.TARGET) ? "there" : "-", kept ? KEPT : ANEW);
        }
        if (!same) {
            listener.info("The checkpoint is of another algorithm or optimiser: its network alone is taken over.");
        } else if (spec.learner().estimatesReturns() && !checkpoint.has(Learner.TARGET)) {
            listener.info(Path.of(Objects.requireNonNull(spec.modelLoadFile())).getFileName()
                    + " holds no target network, which begins as a copy of the network; a model_<steps>_steps.zip of"
                    + " the run holds it.");
        }
    }

    private void showOptimiser(String now) {
        showDifference("optimiser's state", "there", now);
    }

    /** A checkpoint of which nothing is seen but the network. */
    private record NetworkOf(StateReader checkpoint) implements StateReader {

        @Override
        public boolean has(String name) {
            return name.equals(Learner.PARAMETERS) && checkpoint.has(name);
        }

        @Override
        public DataInput section(String name) throws IOException {
            return checkpoint.section(name);
        }
    }

    /** Starts from a network of stable-baselines3; the optimiser begins anew. */
    private void startFrom(Path file, Sb3Model model) {
        listener.info(model.remark(file));
        showDifferences(model.settings(), new TreeSet<>(model.settings().keySet()));
        ActionNetwork network = model.network();
        try {
            if (spec.learner().estimatesReturns() != (network.meaning() == ActionNetwork.Meaning.QUANTILES)) {
                throw new IllegalArgumentException("What its outputs mean there is nothing to this learner.");
            }
            Mlp value = model.value();
            if (value == null) {
                learner.startFrom(network.mlp());
            } else {
                learner.startFrom(network.mlp(), value);
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    "modelLoadFile is " + file + ", which does not fit this learner. " + e.getMessage() + " Set "
                            + model.form() + ".",
                    e);
        }
    }

    /** The same sizes are not enough: outputs must mean the same keys, and layers stand before the same function. */
    private void requireSame(String setting, @Nullable String theirs) {
        String ours = spec.settings().get(setting);
        if (theirs != null && ours != null && !theirs.equals(ours)) {
            throw new IllegalArgumentException("Its " + setting + " is " + theirs + ", here it is " + ours + ": give "
                    + setting + " the checkpoint's value.");
        }
    }

    /** A cloned policy has no value network, nor does it estimate values. */
    private void startFromClone(Checkpoint checkpoint) throws IOException {
        if (spec.learner().estimatesReturns()) {
            throw new SettingException("modelLoadFile is " + spec.modelLoadFile()
                    + ", which was cloned with bc: it has no values that "
                    + spec.algorithm().text()
                    + " could go on from; set demonstrations and learner.demoPretrainSteps instead, or give the"
                    + " algorithm ppo or a2c.");
        }
        if (spec.learner() instanceof PpoSpec ppo && ppo.valueWarmup() == 0) {
            listener.warn("The clone brings no value network, and learner.valueWarmup is 0: the first updates follow a"
                    + " random one and can undo the clone; set learner.valueWarmup, such as 100000, and"
                    + " learner.cloneKl.");
        }
        try (DataInputStream in = checkpoint.section(TrainedPolicy.SECTION)) {
            learner.startFrom(ActionNetwork.read(in).mlp());
        }
    }

    /** What the POM says is what runs: the table shows how that differs from what the checkpoint was trained with. */
    private void showDifferences(Map<String, String> old, SortedSet<String> names) {
        Map<String, String> now = spec.settings();
        listener.info(String.format(Locale.ROOT, "%-36s %24s    %s", "setting", "checkpoint", "now"));
        for (String name : names) {
            String before = old.getOrDefault(name, "-");
            String after = now.getOrDefault(name, "-");
            if (!same(before, after)) {
                showDifference(name, before, after);
            }
        }
    }

    private void showDifference(String name, Object before, Object after) {
        listener.info(String.format(Locale.ROOT, "%-36s %24s -> %s", name, before, after));
    }

    /** Numbers may be written in several ways, schedules that never change among them. */
    private static boolean same(String before, String after) {
        try {
            return before.equals(after) || number(before) == number(after);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.startsWith("const_") ? text.substring("const_".length()) : text);
    }

    private String train() throws IOException, StoppedException {
        List<String> columns = new ArrayList<>(EpisodeWindow.NAMES);
        columns.addAll(learner.metrics().keySet());
        columns.add("time/fps");
        columns.add(MetricsLog.TIME_ELAPSED);
        columns.addAll(EVAL_NAMES);
        long begin = System.nanoTime();
        long beginSteps = learner.steps();
        try (MetricsLog log = new MetricsLog(run.path(), columns, learner.steps())) {
            long shownAt = begin;
            long shownSteps = beginSteps;
            double speed = 0;
            Map<String, Double> values = Map.of();
            while (learner.steps() < spec.totalTimesteps() && !stoppedByGuard) {
                long before = learner.steps();
                learner.iterate();
                Map<String, Double> metrics = learner.metrics();
                figures.add(metrics);
                signals.add(metrics);
                long now = System.nanoTime();
                if (now - shownAt >= PROGRESS_NANOS) {
                    speed = (learner.steps() - shownSteps) * 1e9 / (now - shownAt);
                    shownAt = now;
                    shownSteps = learner.steps();
                    listener.progress(learner.steps(), spec.totalTimesteps(), speed, values);
                }
                boolean evaluate = crossed(before, spec.guard().evalFreq());
                if (evaluate || crossed(before, spec.logInterval())) {
                    values = new LinkedHashMap<>(window.means());
                    values.putAll(figures.take());
                    values.put("time/fps", speed);
                    values.put(MetricsLog.TIME_ELAPSED, log.elapsed());
                    if (evaluate) {
                        evaluate(values);
                    }
                    log.write(learner.steps(), values);
                    for (TrainingListener own : listeners) {
                        own.measured(learner.steps(), Map.copyOf(values));
                    }
                    values.putAll(lastEvaluation);
                }
                boolean stopping = stop.getAsBoolean();
                if (stopping || crossed(before, spec.checkpointInterval())) {
                    writeCheckpoint();
                }
                if (stopping && learner.steps() < spec.totalTimesteps()) {
                    tellEnd();
                    throw new StoppedException(String.format(
                            Locale.ROOT,
                            "Training of %s stopped at %,d of %,d steps; run the same command again to go on from there.",
                            spec.runId(),
                            learner.steps(),
                            spec.totalTimesteps()));
                }
            }
        }
        return finish(begin, beginSteps);
    }

    private void tellEnd() {
        listeners.forEach(own -> own.ended(learner.steps()));
    }

    private boolean crossed(long before, long interval) {
        return before / interval != learner.steps() / interval || learner.steps() == spec.totalTimesteps();
    }

    private String finish(long begin, long beginSteps) throws IOException {
        writeNetwork(run.model(), network(), learner.steps());
        tellEnd();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return String.format(
                Locale.ROOT,
                "Trained %s: %,d steps, this time %,d in %.0f s (%,.0f steps/s); best at %,d steps, mean distance"
                        + " %.2f m: %s.",
                spec.runId(),
                learner.steps(),
                learner.steps() - beginSteps,
                seconds,
                (learner.steps() - beginSteps) / seconds,
                bestSteps,
                guard.bestDistance(),
                run.best());
    }

    /** Evaluates the greedy policy, keeps it if it is the best so far, and asks the guard about it. */
    private void evaluate(Map<String, Double> values) throws IOException {
        GuardSpec guardSpec = spec.guard();
        Mlp actor = learner.actor();
        Pilot pilot = Pilot.greedy(actor);
        ToDoubleFunction<QwopEnv> value = spec.learner().estimatesReturns() ? estimate(actor) : env -> Double.NaN;
        List<Episode> episodes = new ArrayList<>(play(pilot, 0, guardSpec.evalEpisodes(), value));
        Summary summary = Summary.of(episodes);
        if (bestSoFar.isBeatenBy(summary)) {
            // One lucky evaluation must not crown a policy: a candidate plays on before it is compared again.
            episodes.addAll(play(pilot, guardSpec.evalEpisodes(), 2 * guardSpec.evalEpisodes(), value));
            summary = Summary.of(episodes);
        }
        double bias = episodes.stream()
                .mapToDouble(episode -> episode.firstValue() - episode.discountedReturn())
                .average()
                .orElse(Double.NaN);
        if (bestSoFar.isBeatenBy(summary)) {
            bestSoFar.become(summary);
            bestSteps = learner.steps();
            best = network();
            guard.best(summary);
            writeNetwork(run.best(), best, bestSteps);
        }
        values.put(EVAL_DISTANCE, summary.meanDistance());
        values.put("eval/median_distance", summary.medianDistance());
        values.put("eval/min_distance", summary.minDistance());
        values.put("eval/is_success", summary.successRate());
        values.put("eval/finished", summary.finishRate());
        values.put("eval/speed", summary.meanSpeed());
        values.put("eval/mean_reward", summary.meanReward());
        values.put("eval/mean_ep_length", summary.meanLength());
        values.put("eval/score", summary.score());
        values.put(EVAL_BEST, bestSoFar.score());
        values.put("eval/value_bias", bias);
        lastEvaluation = Map.of(
                EVAL_DISTANCE,
                summary.meanDistance(),
                EVAL_BEST,
                bestSoFar.score(),
                "eval/best_distance",
                guard.bestDistance());
        Map<String, Double> sinceLast = signals.take();
        if (guardSpec.action() != GuardSpec.Action.OFF) {
            Optional<String> collapse = guard.look(summary, bias, sinceLast);
            if (collapse.isPresent()) {
                onCollapse(collapse.get());
            }
        }
    }

    private List<Episode> play(Pilot pilot, int first, int count, ToDoubleFunction<QwopEnv> value) {
        return Episode.play(
                spec.environment().varied(),
                evaluationGame,
                shaper,
                (double) learner.steps() / spec.totalTimesteps(),
                pilot,
                Episode.Split.VALIDATION.streams(spec.seed(), first, count),
                spec.learner().gamma(),
                value);
    }

    /** What a value network expects of a start: its largest output there. */
    private static ToDoubleFunction<QwopEnv> estimate(Mlp actor) {
        MlpForward forward = new MlpForward(actor);
        float[] observation = new float[actor.inputs()];
        return env -> {
            env.observe(observation, 0);
            double largest = Double.NEGATIVE_INFINITY;
            for (float value : forward.run(observation, 0)) {
                largest = Math.max(largest, value);
            }
            return largest;
        };
    }

    private void onCollapse(String seen) throws IOException {
        GuardSpec.Action action = spec.guard().action();
        boolean exhausted = action == GuardSpec.Action.ROLLBACK && (best == null || !guard.mayRollBack());
        String done;
        if (action == GuardSpec.Action.WARN) {
            done = "training goes on; guard.action=rollback would return to the best";
        } else if (action == GuardSpec.Action.STOP || exhausted) {
            done = "training stops, the best checkpoint is the run's result";
            stoppedByGuard = true;
        } else {
            learner.rollBack(Objects.requireNonNull(best).reader(), spec.guard().rateFactor());
            guard.rolledBack();
            done = String.format(
                    Locale.ROOT,
                    "rolled back to the best at %,d steps, learning rate times %s from now on",
                    bestSteps,
                    spec.guard().rateFactor());
        }
        listener.warn(String.format(Locale.ROOT, "Collapse at %,d steps: %s; %s.", learner.steps(), seen, done));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("steps", learner.steps());
        event.put("action", action.name().toLowerCase(Locale.ROOT));
        event.put("seen", seen);
        event.put("done", done);
        events.add(GSON.toJson(event));
        writeEvents();
    }

    private void writeEvents() throws IOException {
        if (events.isEmpty()) {
            Files.deleteIfExists(run.events());
        } else {
            AtomicFile.write(run.events(), String.join("\n", events) + "\n");
        }
    }

    /** What a checkpoint of the network alone holds. */
    private MemoryState network() throws IOException {
        MemoryState state = new MemoryState();
        learner.saveNetwork(state.writer());
        writePolicy(state.writer());
        return state;
    }

    private void writePolicy(StateWriter writer) throws IOException {
        new ActionNetwork(
                        learner.network(),
                        spec.environment().actionCount(),
                        spec.learner().estimatesReturns()
                                ? ActionNetwork.Meaning.QUANTILES
                                : ActionNetwork.Meaning.LOGITS)
                .write(writer.section(TrainedPolicy.SECTION));
    }

    private void writeNetwork(Path file, MemoryState state, long steps) throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            state.copyTo(writer);
            writer.finish(spec.runId(), steps, spec.settings());
        }
    }

    private void writeCheckpoint() throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(run.checkpoint(learner.steps()))) {
            learner.save(writer);
            writePolicy(writer);
            saveRun(writer);
            writer.finish(spec.runId(), learner.steps(), spec.settings());
        }
        List<Path> files = run.checkpointFiles();
        // Those of later steps were damaged, or the training would have gone on from them: they do not count.
        files = files.subList(files.indexOf(run.checkpoint(learner.steps())), files.size());
        int keep = spec.keepCheckpoints() == 0 ? files.size() : spec.keepCheckpoints();
        for (Path old : files.subList(Math.min(keep, files.size()), files.size())) {
            thin(old);
        }
    }

    /**
     * Leaves of an old checkpoint what one can evaluate, export or start from in full; the replay buffer is most of a
     * file.
     */
    private void thin(Path file) throws IOException {
        MemoryState kept = new MemoryState();
        Manifest manifest;
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            if (!checkpoint.has(RUN_SECTION)) {
                return;
            }
            manifest = checkpoint.manifest();
            Set<String> sections = new LinkedHashSet<>(network().sections());
            if (checkpoint.has(Learner.TARGET)) {
                sections.add(Learner.TARGET);
            }
            for (String section : sections) {
                try (DataInputStream in = checkpoint.section(section)) {
                    kept.writer().section(section).write(in.readAllBytes());
                }
            }
        } catch (CheckpointException e) {
            listener.warn(String.valueOf(e.getMessage()));
            return;
        }
        // Closed before: not every system lets an open file be replaced.
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            kept.copyTo(writer);
            writer.finish(manifest.runId(), manifest.steps(), manifest.rules(), manifest.settings());
        }
    }

    private void saveRun(StateWriter writer) throws IOException {
        DataOutput out = writer.section(RUN_SECTION);
        window.save(out);
        figures.save(out);
        guard.save(out);
        out.writeDouble(bestSoFar.score());
        out.writeLong(bestSteps);
        out.writeInt(events.size());
        for (String event : events) {
            out.writeUTF(event);
        }
        if (best != null) {
            best.save(writer.section(BEST_SECTION));
        }
        DataOutput guarded = writer.section(GUARD_SECTION);
        signals.save(guarded);
        guarded.writeBoolean(stoppedByGuard);
        DataOutput finish = writer.section(FINISH_SECTION);
        window.saveFinished(finish);
        bestSoFar.save(finish);
    }

    private void restoreRun(Checkpoint checkpoint) throws IOException {
        DataInput in = checkpoint.section(RUN_SECTION);
        window.restore(in);
        figures.restore(in);
        guard.restore(in);
        bestSoFar.restoreScore(in.readDouble());
        bestSteps = in.readLong();
        events.clear();
        int eventCount = in.readInt();
        for (int i = 0; i < eventCount; i++) {
            events.add(in.readUTF());
        }
        if (checkpoint.has(GUARD_SECTION)) {
            DataInput guarded = checkpoint.section(GUARD_SECTION);
            signals.restore(guarded);
            stoppedByGuard = guarded.readBoolean();
        }
        if (checkpoint.has(FINISH_SECTION)) {
            DataInput finish = checkpoint.section(FINISH_SECTION);
            window.restoreFinished(finish);
            bestSoFar.restore(finish);
        }
        // Files of later steps than the checkpoint's are written again when the training comes by.
        if (checkpoint.has(BEST_SECTION)) {
            MemoryState restored = MemoryState.restore(checkpoint.section(BEST_SECTION));
            best = restored;
            writeNetwork(run.best(), restored, bestSteps);
        } else {
            Files.deleteIfExists(run.best());
        }
        writeEvents();
    }

    @Override
    public void close() {
        evaluationGame.close();
        learner.close();
    }
}
