package io.github.qwop.run.peers;

import java.util.Map;
import java.util.Set;

/** The wrappers of the peers' environments that change what is learned, and what does here what they are for. */
final class Wrappers {

    /** Those that only tell or record what is played. */
    static final Set<String> WITHOUT_EFFECT = Set.of("VerboseWrapper", "RecordWrapper");

    private static final String PACE =
            "rewardShaper io.github.qwop.env.Pace:2:0.1, which pays for speed, at a weight" + " that may be a schedule";
    private static final String UPRIGHT =
            "rewardShaper io.github.qwop.env.Upright:lin_decay_0.3_0_0.5, which charges for low hips";

    private static final Map<String, String> NEAREST = Map.of(
            "AntiScrapeCurriculumWrapper", UPRIGHT,
            "EarlySurvivalWrapper", "a higher environment.failureCost, which charges for every fall",
            "FlexibleGaitImitationWrapper",
                    "environment.actionSet distinct, which has QO and WP, with " + UPRIGHT
                            + "; or demonstrations of the gait to imitate",
            "ProgressiveVelocityIncentiveWrapper", PACE,
            "RewardShapingWrapper", PACE,
            "StartPaceWrapper", PACE,
            "StuckDetectionWrapper",
                    "a lower environment.maxEpisodeSteps, or " + UPRIGHT + ", so that nobody shuffles on",
            "VelocityIncentiveWrapper", PACE);

    private Wrappers() {}

    /** What comes nearest to a class's effect here, as the end of a sentence. */
    static String nearest(String type) {
        String known = NEAREST.get(type);
        return known == null ? "a rewardShaper" : known;
    }
}
