package io.github.qwop.maven;

import io.github.qwop.run.settings.Settings;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Trains a runner. What the POM says is what runs: the same settings and the same seed give the same model. An
 * interrupted training goes on where it stopped when the goal is run again; a finished one is not repeated unless
 * {@code qwop.force} is set. Bound to no phase by default, because it takes its time.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(
        name = "train",
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true,
        requiresProject = false)
public final class TrainMojo extends AbstractQwopMojo {

    /** Skips the training. */
    @Parameter(property = PropertyNames.SKIP_TRAIN, defaultValue = "false")
    private @Nullable String skipTrain;

    /**
     * A training configuration of qwop-gym or qwop-rl, such as {@code train_qrdqn.yml}: its keys set what this POM and
     * the command line leave open, and what the file leaves out is as qwop-gym has it. A key that cannot be used here
     * is refused by name; those about its browser are named and passed over. Its {@code run_id} names the run where
     * there is neither a POM nor {@code qwop.runId}.
     */
    @Parameter(property = PropertyNames.CONFIG)
    private @Nullable File config;

    /**
     * The learning algorithm: {@code ppo}, {@code a2c}, {@code qr-dqn}, {@code dqn}, or {@code bc} for behavioural
     * cloning. Default: {@code ppo}; {@code qr-dqn} where {@code demonstrations} or a setting is given that {@code ppo}
     * does not have, such as {@code bufferSize}.
     */
    @Parameter(property = PropertyNames.ALGORITHM)
    private @Nullable String algorithm;

    // Defaults are those of RunSpec, not of these parameters: a configuration file comes between the two.

    /** Seed of all random streams of the run: any whole number. Default: 0. */
    @Parameter(property = PropertyNames.SEED)
    private @Nullable String seed;

    /** Environment steps (decisions, over all environments together) to train for. Default: 1000000. */
    @Parameter(property = PropertyNames.TOTAL_TIMESTEPS)
    private @Nullable String totalTimesteps;

    /** Number of environments that are played side by side. Default: 8. */
    @Parameter(property = PropertyNames.N_ENVS)
    private @Nullable String nEnvs;

    /** Number of checkpoints written over the training, evenly spaced in environment steps. Default: 10. */
    @Parameter(property = PropertyNames.N_CHECKPOINTS)
    private @Nullable String nCheckpoints;

    /**
     * Number of newest checkpoints that are kept whole, to go on from; older ones keep the network alone, without the
     * replay buffer. 0 keeps all whole.
     */
    @Parameter(property = PropertyNames.KEEP_CHECKPOINTS, defaultValue = "3")
    private @Nullable String keepCheckpoints;

    /** Environment steps between rows of the metrics. */
    @Parameter(property = PropertyNames.LOG_INTERVAL, defaultValue = "10000")
    private @Nullable String logInterval;

    /**
     * Per cent of the training between lines of progress in the log; 0 for none. On a terminal one line is written over
     * in place instead.
     */
    @Parameter(property = PropertyNames.PROGRESS_INTERVAL, defaultValue = "5")
    private @Nullable String progressInterval;

    /**
     * A checkpoint of another run, or a {@code model.zip} of stable-baselines3 or sb3-contrib (an MlpPolicy of DQN,
     * QR-DQN, PPO or A2C), whose network the training starts from. A checkpoint's optimiser goes on where it was, and
     * the target network that a {@code model_<steps>_steps.zip} holds, if algorithm and optimiser are the same. All
     * other settings are those of this POM; a table shows each that differs from the checkpoint's.
     */
    @Parameter(property = PropertyNames.MODEL_LOAD_FILE)
    private @Nullable File modelLoadFile;

    /**
     * Recordings to imitate, or folders of some: {@code .qwop} files as {@code qwop:record} writes them, or qwop-gym's
     * {@code .rec}. The algorithm {@code bc} learns from them alone, counting {@code totalTimesteps} in demonstrated
     * steps over all passes; {@code dqn} and {@code qr-dqn} keep them beside their replay buffer. On the command line
     * they are separated by commas, and one that has commas of its own stands in double quotes.
     */
    @Parameter(property = PropertyNames.DEMONSTRATIONS)
    private @Nullable List<File> demonstrations;

    /**
     * Class of an {@code io.github.qwop.env.RewardShaper}, which changes the rewards that are learned from: your own,
     * looked for among this project's classes and dependencies, and the plugin's, or {@code io.github.qwop.env.Upright}
     * or {@code io.github.qwop.env.Pace}. What stands after the name and a colon is handed to its constructor, such as
     * {@code io.github.qwop.env.Upright:lin_decay_0.3_0_0.5}. Several are separated by commas and work one after
     * another; one whose text has commas of its own stands in double quotes.
     */
    @Parameter(property = PropertyNames.REWARD_SHAPER)
    private @Nullable String rewardShaper;

    /** Class of your own {@code io.github.qwop.game.Game} to train on instead of the twin, looked for likewise. */
    @Parameter(property = PropertyNames.GAME_CLASS)
    private @Nullable String gameClass;

    /**
     * Trains again even if a finished run with the same settings is there; that run is moved aside, not deleted. An
     * unfinished one goes on.
     */
    @Parameter(property = PropertyNames.FORCE, defaultValue = "false")
    private @Nullable String force;

    /**
     * How many threads work at once. The outcome does not depend on it. Default: as many as this machine has
     * processors, at most 8.
     */
    @Parameter(property = PropertyNames.THREADS)
    private @Nullable String threads;

    /**
     * The environment, by qwop-gym's names in camel case, such as {@code framesPerStep}, {@code actionSet},
     * {@code maxEpisodeSteps}, {@code failureCost}. On the command line: {@code -Dqwop.environment.framesPerStep=4}.
     */
    @Parameter
    private @Nullable Map<String, String> environment;

    /**
     * The learner's hyper-parameters, by stable-baselines3's names in camel case, such as {@code learningRate},
     * {@code bufferSize}, {@code targetUpdateInterval}. On the command line: {@code -Dqwop.learner.batchSize=64}.
     */
    @Parameter
    private @Nullable Map<String, String> learner;

    /**
     * Evaluations during the training and what happens on a collapse, such as {@code action}, {@code evalFreq},
     * {@code evalEpisodes}. On the command line: {@code -Dqwop.guard.action=rollback}.
     */
    @Parameter
    private @Nullable Map<String, String> guard;

    /**
     * What is shown of a training.
     *
     * @param progressInterval per cent between lines, 0 to 100; 0 for none
     */
    public record Progress(int progressInterval) {

        /** Checks the value. */
        public Progress {
            if (progressInterval < 0 || progressInterval > 100) {
                throw new IllegalArgumentException("progressInterval is " + progressInterval
                        + ": give 1 to 100 per cent, or 0 for no lines of progress.");
            }
        }
    }

    @Override
    String goal() {
        return "train";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_TRAIN, skipTrain);
    }

    @Override
    int progressInterval() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "progressInterval", PropertyNames.PROGRESS_INTERVAL, progressInterval);
        return Settings.bind(new Progress(0), settings).progressInterval();
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "config", PropertyNames.CONFIG, config);
        put(settings, "algorithm", PropertyNames.ALGORITHM, algorithm);
        put(settings, "seed", PropertyNames.SEED, seed);
        put(settings, "totalTimesteps", PropertyNames.TOTAL_TIMESTEPS, totalTimesteps);
        put(settings, "nEnvs", PropertyNames.N_ENVS, nEnvs);
        put(settings, "nCheckpoints", PropertyNames.N_CHECKPOINTS, nCheckpoints);
        put(settings, "keepCheckpoints", PropertyNames.KEEP_CHECKPOINTS, keepCheckpoints);
        put(settings, "logInterval", PropertyNames.LOG_INTERVAL, logInterval);
        putFile(settings, "modelLoadFile", PropertyNames.MODEL_LOAD_FILE, modelLoadFile);
        putFiles(settings, "demonstrations", PropertyNames.DEMONSTRATIONS, demonstrations);
        put(settings, "rewardShaper", PropertyNames.REWARD_SHAPER, rewardShaper);
        put(settings, "gameClass", PropertyNames.GAME_CLASS, gameClass);
        put(settings, "force", PropertyNames.FORCE, force);
        put(settings, "threads", PropertyNames.THREADS, threads);
        putGroup(settings, "environment", environment);
        putGroup(settings, "learner", learner);
        putGroup(settings, "guard", guard);
        return settings;
    }
}
