package io.github.qwop.run.training;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.file.InputFile;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Snapshots;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.Learner;
import io.github.qwop.model.PyTorch;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.DisplacedRuns;
import io.github.qwop.run.EpisodeLimit;
import io.github.qwop.run.Extension;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Shapers;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.TrainingListener;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;

/**
 * The goal {@code train}: plays and learns until the declared number of environment steps, and goes on from the newest
 * intact checkpoint when it was interrupted. All that happens between is decided by the count of environment steps, so
 * that a resumed training equals an uninterrupted one.
 */
public final class Training implements AutoCloseable {

    private final RunSpec spec;
    private final RunDirectory run;
    private final RunListener listener;
    private final List<TrainingListener> own;
    private final EpisodeWindow window = new EpisodeWindow();
    private final Learner learner;
    private final Workers workers;
    private final Networks networks;
    private final Validation validation;
    private final RunCheckpoints checkpoints;
    private final TrainingLoop loop;

    private Training(
            RunSpec spec, RunDirectory run, int threads, long stopAt, RunListener listener, BooleanSupplier stop)
            throws IOException {
        this.spec = spec;
        this.run = run;
        this.listener = listener;
        EpisodeLimit.check(spec.environment());
        own = ServiceLoader.load(TrainingListener.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (TrainingListener one : own) {
            listener.info("Telling " + one.getClass().getName() + " how the training goes.");
        }
        if (spec.environment().actionSet().equals(ActionSet.REDUCED)) {
            listener.info(
                    "environment.actionSet is reduced, as qwop-gym has it: QW and OP in it are Q and O again, and it"
                            + " lacks QO and WP; distinct has the nine combinations that differ.");
        }
        checkPlanning();
        RewardShaper shaper = Shapers.create(spec.rewardShaper());
        Demonstrations demonstrations = demonstrations(shaper);
        workers = new Workers(threads);
        // A game of one's own may not bear it that others of its kind are played beside it.
        Workers players = spec.gameClass() == null ? workers : Workers.one();
        learner = spec.learner()
                .create(
                        new QwopVectorEnv(
                                spec.environment(), spec.nEnvs(), this::newGame, shaper, spec.seed(), players),
                        demonstrations,
                        spec.totalTimesteps(),
                        spec.seed(),
                        this::onEpisode,
                        workers);
        networks = new Networks(spec, learner);
        validation = new Validation(spec, run, learner, networks, shaper, this::newGame, players, listener);
        LearnerWindow figures = new LearnerWindow(spec.learner().metrics());
        checkpoints = new RunCheckpoints(spec, run, learner, networks, window, figures, validation, listener);
        loop = new TrainingLoop(
                spec, run, learner, window, figures, validation, checkpoints, own, listener, stopAt, stop);
    }

    private Demonstrations demonstrations(RewardShaper shaper) throws IOException {
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

    /** Whoever plans needs a game that can be put into a state. */
    private void checkPlanning() {
        if (spec.learner().plans() && spec.gameClass() != null) {
            try (Game game = newGame()) {
                if (!(game instanceof Snapshots)) {
                    throw new SettingException("gameClass is " + spec.gameClass() + ", which is no "
                            + Snapshots.class.getName() + ", and "
                            + spec.algorithm().text()
                            + " puts games into states: implement it, leave gameClass out, or give another algorithm.");
                }
            }
        }
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
        for (TrainingListener one : own) {
            one.episodeEnded(env, episode);
        }
    }

    /**
     * Trains a run, or finds that it is trained already.
     *
     * @param directory where runs lie
     * @param spec the run
     * @param force whether a finished run is trained again; an unfinished one goes on
     * @param threads how many work at once: the outcome does not depend on it
     * @param stop asked after every piece of work: true ends the training with a checkpoint
     * @return what came of it: {@code steps}, {@code bestSteps} and the best's mean {@code bestDistance} if it trained,
     *     without those of a best if there is none
     * @throws SettingException if the spec cannot be trained; what lay there is then untouched
     * @throws StoppedException if it was stopped before its end
     */
    public static Outcome run(
            Path directory, RunSpec spec, boolean force, int threads, RunListener listener, BooleanSupplier stop)
            throws IOException, StoppedException {
        return run(directory, spec, force, threads, Long.MAX_VALUE, listener, stop);
    }

    /**
     * Trains a run likewise, but no farther than to a number of environment steps. Nothing of the training changes by
     * it: its schedules go by the run's own total, and gone on with it gives the model of one that was not stopped.
     *
     * @param stopAt environment steps at which it is stopped with a checkpoint
     */
    public static Outcome run(
            Path directory,
            RunSpec spec,
            boolean force,
            int threads,
            long stopAt,
            RunListener listener,
            BooleanSupplier stop)
            throws IOException, StoppedException {
        RunDirectory run = new RunDirectory(directory.resolve(spec.runId()));
        Map<String, String> inputs = RunInputs.of(spec);
        boolean here = run.holds(spec.settings(), inputs);
        if (!force && here && run.isFinished()) {
            return Outcome.of("Run " + spec.runId() + " is trained already with these settings, up to date: "
                    + run.model() + ". Set qwop.force=true to train it again.");
        }
        DisplacedRuns displaced = new DisplacedRuns(run);
        Optional<RunDirectory> before = force || here ? Optional.empty() : displaced.like(spec.settings(), inputs);
        if (before.filter(RunDirectory::isFinished).isPresent()) {
            return takeBack(displaced, before.get());
        }
        PyTorch.start(directory, listener::info);
        FileChannel lock = run.lock();
        try (Training training = new Training(spec, run, threads, stopAt, listener, stop)) {
            if (before.isPresent()) {
                listener.info("A training of " + spec.runId() + " with these settings was begun before: "
                        + displaced.takeBack(before.get()) + ".");
            }
            return training.train(force, inputs);
        } finally {
            lock.close();
        }
    }

    /**
     * Whether what lies in a folder is a training of this spec, at whatever step, that has begun with the same inputs.
     */
    public static boolean isOf(RunDirectory run, RunSpec spec) throws IOException {
        return run.holds(spec.settings(), RunInputs.of(spec));
    }

    /**
     * What a training of this spec has otherwise than the run in a folder that would have to give way to it.
     *
     * @return nothing if no run lies there whose settings can be read
     */
    public static Optional<List<Change>> changes(RunDirectory run, RunSpec spec) throws IOException {
        return run.changes(spec.settings(), RunInputs.of(spec));
    }

    /**
     * Looks for the files that a training of this spec would start from.
     *
     * @throws SettingException if one is not there
     */
    public static void requireFiles(RunSpec spec) throws IOException {
        String start = spec.modelLoadFile();
        if (start != null && !Files.isRegularFile(Path.of(start))) {
            throw new SettingException("modelLoadFile is " + start + ", which " + InputFile.fault(Path.of(start))
                    + ": train that run first, or name a checkpoint that exists.");
        }
        DemonstrationFiles.find(spec.demonstrations());
    }

    /** Who goes back to settings of before has no need to train them again. */
    private static Outcome takeBack(DisplacedRuns displaced, RunDirectory before) throws IOException {
        FileChannel lock = displaced.run().lock();
        try {
            return Outcome.of("Run " + displaced.run().path().getFileName()
                    + " was trained with these settings before: " + displaced.takeBack(before)
                    + ". Set qwop.force=true to train it again.");
        } finally {
            lock.close();
        }
    }

    private Outcome train(boolean force, Map<String, String> inputs) throws IOException, StoppedException {
        if (run.isSpecDamaged()) {
            listener.warn("The settings in " + run.spec()
                    + " cannot be read: those of the newest whole checkpoint stand for them.");
        }
        boolean same = run.holds(spec.settings(), inputs) && !(force && run.isFinished());
        RunCheckpoints.Resumed resumed = same ? checkpoints.resume() : RunCheckpoints.Resumed.NOTHING_THERE;
        if (resumed != RunCheckpoints.Resumed.RESUMED) {
            new WarmStart(spec, learner, listener).start();
        }
        // The old run is moved only when nothing is left that could be wrong with the new one.
        if (resumed == RunCheckpoints.Resumed.NOTHING_READABLE) {
            listener.warn("No checkpoint of " + spec.runId() + " is left to go on from: what lies in " + run.path()
                    + " is moved to " + run.moveAside() + ", and the training starts anew.");
        } else if (!same && run.exists()) {
            List<Change> changes = run.changes(spec.settings(), inputs).orElse(List.of());
            listener.info("What lies in " + run.path() + " " + whyNot() + ": moved to " + run.moveAside() + ".");
            if (!changes.isEmpty()) {
                listener.info(Change.head("there"));
                changes.forEach(change -> listener.info(change.row()));
                listener.info("A training with its settings takes it back; qwop:runs lists all that lie there.");
            }
        }
        run.begin(spec.settings(), inputs);
        Optional<RunDirectory.Mark> mark = run.mark();
        try {
            return train(mark);
        } catch (IOException e) {
            if (run.mark().equals(mark)) {
                throw e;
            }
            throw removed(inputs);
        }
    }

    /** What {@code mvn clean} has taken is gone; what has been learned is not, unless another run is there by now. */
    private StoppedException removed(Map<String, String> inputs) throws IOException {
        boolean free = run.mark().isEmpty();
        if (free) {
            run.begin(spec.settings(), inputs);
            checkpoints.write();
        }
        loop.tellEnd();
        return new StoppedException(String.format(
                Locale.ROOT,
                "Training of %s stopped at %,d of %,d steps, because its folder %s was removed or replaced while it was at"
                        + " work, as mvn clean does: %s, and set outputDirectory to a folder that clean does not reach.",
                spec.runId(),
                learner.steps(),
                spec.totalTimesteps(),
                run.path(),
                free
                        ? "run the same command again to go on from a checkpoint that was written there anew, without the"
                                + " metrics of before"
                        : "run it again, under another runId"));
    }

    private String whyNot() throws IOException {
        int rules = run.savedRules().orElse(Rules.VERSION);
        return rules == Rules.VERSION
                ? "is of other settings or inputs, or to be trained again"
                : "was trained under version " + rules + " of the game's rules, and the twin plays version "
                        + Rules.VERSION;
    }

    private Outcome train(Optional<RunDirectory.Mark> mark) throws IOException, StoppedException {
        long begin = System.nanoTime();
        long beginSteps = learner.steps();
        loop.train(mark);
        networks.write(run.model(), networks.now(), learner.steps());
        loop.check(mark);
        loop.tellEnd();
        double seconds = (System.nanoTime() - begin) / 1e9;
        String sentence = String.format(
                Locale.ROOT,
                "Trained %s: %,d steps, this time %,d in %.0f s (%,.0f steps/s); %s.",
                spec.runId(),
                learner.steps(),
                learner.steps() - beginSteps,
                seconds,
                (learner.steps() - beginSteps) / seconds,
                best());
        if (!validation.hasBest()) {
            return new Outcome(sentence, Map.of("steps", (double) learner.steps()));
        }
        return new Outcome(
                sentence,
                Map.of(
                        "steps", (double) learner.steps(),
                        "bestSteps", (double) validation.bestSteps(),
                        "bestDistance", validation.bestDistance()));
    }

    private String best() {
        return validation.hasBest()
                ? String.format(
                        Locale.ROOT,
                        "best at %,d steps, mean distance %.2f m: %s",
                        validation.bestSteps(),
                        validation.bestDistance(),
                        run.best())
                : "there is no best, because no network was finite when it was evaluated: the training diverged, so give"
                        + " a lower learner.learningRate and train again";
    }

    @Override
    public void close() {
        validation.close();
        learner.close();
        workers.close();
    }
}
