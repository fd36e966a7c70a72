package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** All that a training is, for the goals that train to the end. */
@SuppressWarnings("NullAway.Init")
abstract class AbstractWholeTrainingMojo extends AbstractTrainingMojo {

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
     * Evaluations during the training and what happens on a collapse, such as {@code action}, {@code evalFreq},
     * {@code evalEpisodes}. On the command line: {@code -Dqwop.guard.action=rollback}.
     */
    @Parameter
    private @Nullable Map<String, String> guard;

    /** The training's settings by dotted name, as far as they are given. */
    final Map<String, String> wholeTraining() {
        Map<String, String> settings = training();
        put(settings, "nCheckpoints", PropertyNames.N_CHECKPOINTS, nCheckpoints);
        put(settings, "keepCheckpoints", PropertyNames.KEEP_CHECKPOINTS, keepCheckpoints);
        put(settings, "logInterval", PropertyNames.LOG_INTERVAL, logInterval);
        put(settings, "rewardShaper", PropertyNames.REWARD_SHAPER, rewardShaper);
        put(settings, "gameClass", PropertyNames.GAME_CLASS, gameClass);
        putGroup(settings, "guard", guard);
        return settings;
    }
}
