package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What a training is, for the goals that train or measure one. */
@SuppressWarnings("NullAway.Init")
abstract class AbstractTrainingMojo extends AbstractQwopMojo {

    // Defaults are those of RunSpec, not of these parameters: a configuration file or a preset comes between the two.

    /**
     * A training configuration of qwop-gym or qwop-rl, such as {@code train_qrdqn.yml}: its keys set what this POM and
     * the command line leave open, and what the file leaves out is as qwop-gym has it. A key that cannot be used here
     * is refused by name; those about its browser are named and passed over. Its {@code run_id} names the run where
     * there is neither a POM nor {@code qwop.runId}.
     */
    @Parameter(property = PropertyNames.CONFIG)
    private @Nullable File config;

    /**
     * Settings that were found to do well together: {@code quick} reaches some 90 m after half a minute on two cores,
     * {@code steady} runs to the finish after three million steps, and {@code record} has those of
     * {@code examples/record-10m}, ten million. What a preset stands for is printed; whatever this POM or the command
     * line sets wins. Default: none.
     */
    @Parameter(property = PropertyNames.PRESET)
    private @Nullable String preset;

    /**
     * The learning algorithm: {@code ppo}, {@code a2c}, {@code acer}, {@code expert-iteration}, {@code qr-dqn},
     * {@code dqn}, or {@code bc} for behavioural cloning. Default: {@code ppo}; {@code qr-dqn} where
     * {@code demonstrations} or a setting is given that {@code ppo} does not have, such as {@code bufferSize}.
     */
    @Parameter(property = PropertyNames.ALGORITHM)
    private @Nullable String algorithm;

    /** Seed of all random streams of the run: any whole number; in a sweep {@code seeds} has its place. Default: 0. */
    @Parameter(property = PropertyNames.SEED)
    private @Nullable String seed;

    /** Environment steps (decisions, over all environments together) to train for. Default: 1000000. */
    @Parameter(property = PropertyNames.TOTAL_TIMESTEPS)
    private @Nullable String totalTimesteps;

    /** Number of environments that are played side by side. Default: 8. */
    @Parameter(property = PropertyNames.N_ENVS)
    private @Nullable String nEnvs;

    /**
     * A checkpoint of another run, or a {@code model.zip} of stable-baselines3 or sb3-contrib (an MlpPolicy of DQN,
     * QR-DQN, PPO or A2C), whose network the training starts from; or the Maven coordinates of one, such as
     * {@code com.acme:runner:1.4:zip:best}. A checkpoint's optimiser goes on where it was, and the target network that
     * a {@code model_<steps>_steps.zip} holds, if algorithm and optimiser are the same. All other settings are those of
     * this POM; a table shows each that differs from the checkpoint's.
     */
    @Parameter(property = PropertyNames.MODEL_LOAD_FILE)
    private @Nullable String modelLoadFile;

    /**
     * Recordings to imitate, or folders of some: {@code .qwop} files as {@code qwop:record} writes them, or qwop-gym's
     * {@code .rec}. The algorithm {@code bc} learns from them alone, counting {@code totalTimesteps} in demonstrated
     * steps over all passes; {@code dqn} and {@code qr-dqn} keep them beside their replay buffer. On the command line
     * they are separated by commas, and one that has commas of its own stands in double quotes.
     */
    @Parameter(property = PropertyNames.DEMONSTRATIONS)
    private @Nullable List<File> demonstrations;

    /**
     * How many threads work at once. The outcome does not depend on it. Default: as many as this machine has
     * processors, at most 8; in a sweep 1 for each of the trainings that are at work side by side.
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

    /** The training's settings by dotted name, as far as they are given. */
    final Map<String, String> training() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFile(settings, "config", PropertyNames.CONFIG, config);
        put(settings, "preset", PropertyNames.PRESET, preset);
        put(settings, "algorithm", PropertyNames.ALGORITHM, algorithm);
        put(settings, "seed", PropertyNames.SEED, seed);
        put(settings, "totalTimesteps", PropertyNames.TOTAL_TIMESTEPS, totalTimesteps);
        put(settings, "nEnvs", PropertyNames.N_ENVS, nEnvs);
        putFileOrArtifact(settings, "modelLoadFile", PropertyNames.MODEL_LOAD_FILE, modelLoadFile);
        putFiles(settings, "demonstrations", PropertyNames.DEMONSTRATIONS, demonstrations);
        put(settings, "threads", PropertyNames.THREADS, threads);
        putGroup(settings, "environment", environment);
        putGroup(settings, "learner", learner);
        return settings;
    }
}
