package io.github.qwop.run.policy;

/** Names of what an exported file says about itself, in its {@code metadata_props}. */
public final class OnnxMetadata {

    /** The run's name. */
    public static final String RUN_ID = "qwop.runId";

    /** The run's seed. */
    public static final String SEED = "qwop.seed";

    /** The algorithm, by its POM name. */
    public static final String ALGORITHM = "qwop.algorithm";

    /** Environment steps trained. */
    public static final String STEPS = "qwop.steps";

    /** The version of the game's rules that it was trained under. */
    public static final String RULES = "qwop.rules";

    /** Keys of each action in order, separated by commas. */
    public static final String ACTIONS = "qwop.actions";

    /** What stands before the environment's settings. */
    public static final String ENVIRONMENT = "qwop.environment.";

    private OnnxMetadata() {}
}
