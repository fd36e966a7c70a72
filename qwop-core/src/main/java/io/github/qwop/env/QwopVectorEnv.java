package io.github.qwop.env;

import io.github.qwop.game.Game;
import io.github.qwop.game.Snapshots;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Several QWOP environments side by side, each with a random stream of its own. */
public final class QwopVectorEnv implements VectorEnv {

    /**
     * Of what {@link #save} writes, told as a negative number before all else; the first version began with the number
     * of environments, and its episodes are played again.
     */
    private static final int VERSION = 2;

    /** The same with what each episode's keyboard has still to play; written where there are any. */
    private static final int WITH_KEYBOARDS = 3;

    private final EnvSpec spec;
    private final Supplier<? extends Game> games;
    private final RewardShaper shaper;
    private final Workers workers;
    private final QwopEnv[] envs;
    private final int version;
    private final int actionCount;
    private final int observationSize;
    private final float[] observations;
    private final float[] finalObservations;
    private final float[] rewards;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final @Nullable EpisodeResult[] episodes;
    private long stepsDone;
    private long stepsInAll = 1;

    /**
     * Makes the environments; call {@link #reset} before the first step.
     *
     * @param count how many, at least 1
     * @param games makes one game for each
     * @param seed the run's seed: environment i draws from its stream {@code environment-i}
     */
    public QwopVectorEnv(EnvSpec spec, int count, Supplier<? extends Game> games, RewardShaper shaper, long seed) {
        this(spec, count, games, shaper, seed, Workers.one());
    }

    /**
     * Makes the environments; call {@link #reset} before the first step.
     *
     * @param count how many, at least 1
     * @param games makes one game for each
     * @param shaper asked by all of them, by several threads if there are several workers
     * @param seed the run's seed: environment i draws from its stream {@code environment-i}
     * @param workers step the environments
     */
    public QwopVectorEnv(
            EnvSpec spec, int count, Supplier<? extends Game> games, RewardShaper shaper, long seed, Workers workers) {
        this.spec = spec;
        this.games = games;
        this.shaper = shaper;
        this.workers = workers;
        if (count < 1) {
            throw new IllegalArgumentException("nEnvs is " + count + ": give at least 1 environment.");
        }
        envs = new QwopEnv[count];
        for (int i = 0; i < count; i++) {
            envs[i] = new QwopEnv(spec, games.get(), shaper, RandomStream.of(seed, "environment-" + i));
        }
        version = spec.isPerturbed() ? WITH_KEYBOARDS : VERSION;
        actionCount = spec.actionCount();
        observationSize = spec.observation().size();
        observations = new float[count * observationSize];
        finalObservations = new float[count * observationSize];
        rewards = new float[count];
        terminated = new boolean[count];
        truncated = new boolean[count];
        episodes = new @Nullable EpisodeResult[count];
    }

    @Override
    public int envCount() {
        return envs.length;
    }

    @Override
    public int observationSize() {
        return observationSize;
    }

    @Override
    public int actionCount() {
        return actionCount;
    }

    @Override
    public void reset() {
        for (int i = 0; i < envs.length; i++) {
            envs[i].reset();
            envs[i].observe(observations, i * observationSize);
        }
    }

    @Override
    public void progress(long steps, long totalSteps) {
        stepsDone = steps;
        stepsInAll = totalSteps;
    }

    /** The training's progress so many steps of all environments ago. */
    private double progress(int ago) {
        return (double) (stepsDone - (long) ago * envs.length) / stepsInAll;
    }

    @Override
    public void step(int[] actions) {
        double progress = progress(0);
        workers.run(envs.length, i -> {
            QwopEnv env = envs[i];
            env.progress(progress);
            env.step(actions[i]);
            rewards[i] = env.reward();
            terminated[i] = env.terminated();
            truncated[i] = env.truncated();
            episodes[i] = null;
            if (terminated[i] || truncated[i]) {
                env.observe(finalObservations, i * observationSize);
                episodes[i] = env.episode();
                env.reset();
            }
            env.observe(observations, i * observationSize);
        });
    }

    @Override
    public float[] observations() {
        return observations;
    }

    @Override
    public float[] finalObservations() {
        return finalObservations;
    }

    @Override
    public float[] rewards() {
        return rewards;
    }

    @Override
    public boolean[] terminated() {
        return terminated;
    }

    @Override
    public boolean[] truncated() {
        return truncated;
    }

    @Override
    public EpisodeResult episode(int env) {
        EpisodeResult episode = episodes[env];
        if (episode == null) {
            throw new IllegalStateException("The last step did not end the episode of environment " + env + ".");
        }
        return episode;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    /**
     * Something to plan with, on a game of its own.
     *
     * @throws IllegalArgumentException if the game cannot be put into a state, or if keys come late or get lost: chance
     *     would have to be foreseen
     */
    @Override
    public Simulator simulator(int env) {
        if (spec.isPerturbed()) {
            throw new IllegalArgumentException(
                    "With " + spec.keys() + " nothing can be planned: let keys come at once.");
        }
        Game game = games.get();
        if (!(game instanceof Snapshots snapshots)) {
            game.close();
            throw new IllegalArgumentException(
                    "The game cannot be put into a state, and so nothing can be planned: play the twin.");
        }
        QwopEnv copy = new QwopEnv(spec, game, shaper, RandomStream.of(0, "unused"));
        double[] snapshot = new double[snapshots.mostSnapshotValues()];
        return new Simulator() {
            @Override
            public void begin() {
                copy.follow(envs[env], snapshot);
                copy.progress(progress(0));
            }

            @Override
            public void step(int action) {
                copy.step(action);
            }

            @Override
            public void observe(float[] target, int offset) {
                copy.observe(target, offset);
            }

            @Override
            public float reward() {
                return copy.reward();
            }

            @Override
            public boolean terminated() {
                return copy.terminated();
            }

            @Override
            public boolean truncated() {
                return copy.truncated();
            }

            @Override
            public void close() {
                copy.close();
            }
        };
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(-version);
        out.writeInt(envs.length);
        for (QwopEnv env : envs) {
            env.save(out);
        }
    }

    @Override
    public void restore(DataInput from) throws IOException {
        int first = from.readInt();
        boolean withState = first < 0;
        if (first < -WITH_KEYBOARDS) {
            throw new IOException("The saved environments are of version " + -first + ", and this plugin reads up to "
                    + WITH_KEYBOARDS + ": go on with the plugin that wrote them.");
        }
        if (withState && first != -version) {
            throw new IOException("The saved environments are of "
                    + (first == -WITH_KEYBOARDS ? "" : "no ") + "perturbed play, and these are otherwise: set"
                    + " environment.keyDelay, keyJitter and dropped as they were.");
        }
        int count = withState ? from.readInt() : first;
        if (count != envs.length) {
            throw new IOException("The saved state is of " + count + " environments, not of " + envs.length + ".");
        }
        for (int i = 0; i < count; i++) {
            envs[i].restore(from, withState, this::progress);
            envs[i].observe(observations, i * observationSize);
        }
    }

    @Override
    public void close() {
        for (QwopEnv env : envs) {
            env.close();
        }
    }
}
