package io.github.qwop.run.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.game.Game;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.StateWriter;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.Actor;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.evaluation.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a training's greedy policy now and then, keeps the best, and acts when the guard says that the training has
 * collapsed.
 */
final class Validation implements AutoCloseable {

    private static final String DISTANCE = "eval/distance";
    private static final String BEST = "eval/best_score";
    private static final String BEST_SECTION = "best";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Names of the figures that {@link #evaluate} measures. */
    static final List<String> NAMES = List.of(
            DISTANCE,
            "eval/median_distance",
            "eval/min_distance",
            "eval/is_success",
            "eval/finished",
            "eval/speed",
            "eval/mean_reward",
            "eval/mean_ep_length",
            "eval/score",
            BEST,
            "eval/value_bias",
            "eval/finish_seconds");

    private final RunSpec spec;
    private final RunDirectory run;
    private final Learner learner;
    private final Networks networks;
    private final RewardShaper shaper;
    /** One for each worker. */
    private final List<Game> played = new ArrayList<>();

    private final Workers workers;
    private final RunListener listener;
    private final CollapseGuard guard;
    private final BestSoFar bestSoFar;
    private final List<String> events = new ArrayList<>();

    /** The learner's figures since the last evaluation: rows of the metrics may be more frequent. */
    private final LearnerWindow signals;

    private @Nullable MemoryState best;
    private long bestSteps;
    private Map<String, Double> shown = Map.of();
    private boolean collapsed;

    /** Whether it was told why the best's distance can go down. */
    private boolean toldLess;

    /**
     * Before the first evaluation.
     *
     * @param shaper changes the rewards as the training has them
     * @param games makes games to play episodes on, until it is closed
     * @param workers play them
     */
    Validation(
            RunSpec spec,
            RunDirectory run,
            Learner learner,
            Networks networks,
            RewardShaper shaper,
            Supplier<Game> games,
            Workers workers,
            RunListener listener) {
        this.spec = spec;
        this.run = run;
        this.learner = learner;
        this.networks = networks;
        this.shaper = shaper;
        this.workers = workers;
        for (int i = 0; i < workers.count(); i++) {
            played.add(games.get());
        }
        this.listener = listener;
        signals = new LearnerWindow(spec.learner().metrics());
        bestSoFar = new BestSoFar(spec.guard().bestBy());
        guard = new CollapseGuard(
                spec.guard(),
                spec.learner().drawsActions() ? Math.log(spec.environment().actionCount()) : 0);
    }

    /** Tells of a piece of the learner's work. */
    void learned(Map<String, Double> metrics) {
        signals.add(metrics);
    }

    /** Figures of the last evaluation to show beside a training's progress. */
    Map<String, Double> shown() {
        return shown;
    }

    /** Whether the guard has ended the training. */
    boolean collapsed() {
        return collapsed;
    }

    /** Whether there is a best policy: of a training that diverged before its first evaluation there is none. */
    boolean hasBest() {
        return best != null;
    }

    /** Environment steps at which the best policy was so. */
    long bestSteps() {
        return bestSteps;
    }

    /** Its mean distance, in metres. */
    double bestDistance() {
        return guard.bestDistance();
    }

    /**
     * Evaluates the greedy policy, keeps it if it is the best so far, and asks the guard about it. A network that is
     * not finite plays, but is never the best.
     *
     * @param values the figures are put there
     */
    void evaluate(Map<String, Double> values) throws IOException {
        GuardSpec guardSpec = spec.guard();
        Mlp network = learner.actor();
        boolean finite = network.isFinite();
        IntFunction<EpisodePlayer> players = worker -> new EpisodePlayer(
                spec.environment().varied(),
                played.get(worker),
                shaper,
                (double) learner.steps() / spec.totalTimesteps(),
                spec.learner().gamma(),
                spec.learner().estimatesReturns() ? estimate(network) : env -> Double.NaN);
        List<Episode> episodes = new ArrayList<>(play(network, players, 0, guardSpec.evalEpisodes()));
        Summary summary = Summary.of(episodes);
        if (finite && bestSoFar.isBeatenBy(summary)) {
            // One lucky evaluation must not crown a policy: a candidate plays on before it is compared again.
            episodes.addAll(play(network, players, guardSpec.evalEpisodes(), 2 * guardSpec.evalEpisodes()));
            summary = Summary.of(episodes);
        }
        double bias = episodes.stream()
                .mapToDouble(episode -> episode.firstValue() - episode.discountedReturn())
                .average()
                .orElse(Double.NaN);
        boolean better = finite && bestSoFar.isBeatenBy(summary);
        if (better) {
            if (!toldLess) {
                bestSoFar.whyLess(summary).ifPresent(why -> {
                    toldLess = true;
                    listener.info(why);
                });
            }
            bestSoFar.become(summary);
            guard.best(summary);
            keep();
        }
        values.put(DISTANCE, summary.meanDistance());
        values.put("eval/median_distance", summary.medianDistance());
        values.put("eval/min_distance", summary.minDistance());
        values.put("eval/is_success", summary.successRate());
        values.put("eval/finished", summary.finishRate());
        values.put("eval/speed", summary.meanSpeed());
        values.put("eval/mean_reward", summary.meanReward());
        values.put("eval/mean_ep_length", summary.meanLength());
        values.put("eval/score", summary.score());
        values.put(BEST, bestSoFar.score());
        values.put("eval/value_bias", bias);
        values.put("eval/finish_seconds", summary.meanFinishSeconds());
        shown = Map.of(
                DISTANCE, summary.meanDistance(), BEST, bestSoFar.score(), "eval/best_distance", guard.bestDistance());
        Map<String, Double> sinceLast = signals.take();
        Optional<String> collapse = guardSpec.action() == GuardSpec.Action.OFF
                ? Optional.empty()
                : guard.look(summary, bias, sinceLast)
                        .or(() -> finite ? Optional.empty() : Optional.of("the network is no longer finite"));
        if (collapse.isPresent()) {
            onCollapse(collapse.get());
        } else if (!better && finite && best != null && learner.holdsPolicy() && guard.isCalm(sinceLast)) {
            // The policy is the one that was the best, and its values have learned more since.
            keep();
        }
    }

    /** Keeps the networks as they are now: as the run's result, and to roll back to. */
    private void keep() throws IOException {
        bestSteps = learner.steps();
        best = networks.now();
        networks.write(run.best(), best, bestSteps);
    }

    private List<Episode> play(Mlp network, IntFunction<EpisodePlayer> players, int first, int count) {
        return EpisodePlayer.play(
                players, () -> Actor.greedy(network), Split.VALIDATION.streams(spec.seed(), first, count), workers);
    }

    /** What a value network expects of a start: its largest output there. */
    private static ToDoubleFunction<QwopEnv> estimate(Mlp network) {
        MlpForward forward = new MlpForward(network);
        float[] observation = new float[network.inputs()];
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
            done = best == null
                    ? "training stops, and no network was evaluated that could be the run's result"
                    : "training stops, the best checkpoint is the run's result";
            collapsed = true;
        } else {
            learner.rollBack(
                    Objects.requireNonNull(best).reader(),
                    bestSteps,
                    spec.guard().rateFactor());
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

    void save(DataOutput out) throws IOException {
        guard.save(out);
        out.writeDouble(bestSoFar.score());
        out.writeLong(bestSteps);
        out.writeInt(events.size());
        for (String event : events) {
            out.writeUTF(event);
        }
    }

    void restore(DataInput in) throws IOException {
        guard.restore(in);
        bestSoFar.restoreScore(in.readDouble());
        bestSteps = in.readLong();
        events.clear();
        int eventCount = in.readInt();
        for (int i = 0; i < eventCount; i++) {
            events.add(in.readUTF());
        }
        // Files of later steps than the checkpoint's are written again when the training comes by.
        writeEvents();
    }

    void saveSignals(DataOutput out) throws IOException {
        signals.save(out);
        out.writeBoolean(collapsed);
    }

    void restoreSignals(DataInput in) throws IOException {
        signals.restore(in);
        collapsed = in.readBoolean();
    }

    void saveFinish(DataOutput out) throws IOException {
        bestSoFar.save(out);
    }

    void restoreFinish(DataInput in) throws IOException {
        bestSoFar.restore(in);
    }

    /** Writes the best network, if there is one yet. */
    void saveBest(StateWriter writer) throws IOException {
        if (best != null) {
            best.save(writer.section(BEST_SECTION));
        }
    }

    /** Reads it after all else, and puts the run's file of it back to what it was then. */
    void restoreBest(StateReader reader) throws IOException {
        if (reader.has(BEST_SECTION)) {
            MemoryState restored = MemoryState.restore(reader.section(BEST_SECTION));
            best = restored;
            networks.write(run.best(), restored, bestSteps);
        } else {
            Files.deleteIfExists(run.best());
        }
    }

    @Override
    public void close() {
        played.forEach(Game::close);
    }
}
