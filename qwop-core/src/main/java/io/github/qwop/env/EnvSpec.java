package io.github.qwop.env;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;

/**
 * How the game is made into an environment, by qwop-gym's names in camel case.
 *
 * @param framesPerStep game updates per step, all with the same keys, at least 1
 * @param actionSet the actions
 * @param tForTerminate whether one more action, the last, ends the episode (for people who play)
 * @param maxEpisodeSteps steps after which an episode is truncated; 0 for no limit, which goals refuse that evaluate,
 *     {@code train} among them
 * @param failureCost taken off the reward when the runner falls or leaves the track
 * @param successReward added to the reward when an episode ends in success
 * @param timeCostMult cost of time: a step costs this times its time (in units of 10 s of play) per frame of a step
 * @param startNoise what is played before the first step
 * @param trigonometry whose sine and cosine the game is played with
 * @param observation what the policy sees
 * @param keyDelay game updates between a decision and its keys, as a browser or a person has them
 * @param keyJitter how many updates sooner or later than that each change of a key comes, drawn evenly; none comes
 *     before its decision, so that with a delay of 0 half of them come at once
 * @param dropped share of decisions that are lost: the keys held before stay
 * @param successBy what success is that is paid: the torso past 100 m, as qwop-gym has it, or a landing that the game
 *     counts as finished, for which nobody need carry the torso as far
 */
public record EnvSpec(
        int framesPerStep,
        ActionSet actionSet,
        boolean tForTerminate,
        int maxEpisodeSteps,
        double failureCost,
        double successReward,
        double timeCostMult,
        StartNoise startNoise,
        Trigonometry trigonometry,
        Observation observation,
        int keyDelay,
        int keyJitter,
        double dropped,
        SuccessBy successBy) {

    /** What success is that is paid. */
    public enum SuccessBy {
        /** The torso past 100 m when the episode ends. */
        TORSO,
        /** A landing in the sand with a score of at least 100. */
        LANDING
    }

    /**
     * qwop-gym's rewards, and what its training templates and its users take for the rest: 4 frames per step, where its
     * own default is 1; the reduced action set, where it is the full one; and episodes of 1000 steps at most.
     */
    public static final EnvSpec DEFAULT =
            new EnvSpec(4, ActionSet.REDUCED, false, 1000, 10, 50, 10, StartNoise.NOTHING);

    static final int MAX_FRAMES_PER_STEP = 120;

    /** Two seconds of play. */
    private static final int MOST_LATE = 60;

    private static final StartNoise EVALUATION_NOISE = new StartNoise(StartNoise.Kind.RANDOM, 10);

    /** An environment with qwop-gym's observation, and fdlibm's sine and cosine. */
    public EnvSpec(
            int framesPerStep,
            ActionSet actionSet,
            boolean tForTerminate,
            int maxEpisodeSteps,
            double failureCost,
            double successReward,
            double timeCostMult,
            StartNoise startNoise) {
        this(
                framesPerStep,
                actionSet,
                tForTerminate,
                maxEpisodeSteps,
                failureCost,
                successReward,
                timeCostMult,
                startNoise,
                Trigonometry.FDLIBM,
                Observation.QWOP_GYM);
    }

    /** An environment whose keys come at once, all of them, and where success is qwop-gym's. */
    public EnvSpec(
            int framesPerStep,
            ActionSet actionSet,
            boolean tForTerminate,
            int maxEpisodeSteps,
            double failureCost,
            double successReward,
            double timeCostMult,
            StartNoise startNoise,
            Trigonometry trigonometry,
            Observation observation) {
        this(
                framesPerStep,
                actionSet,
                tForTerminate,
                maxEpisodeSteps,
                failureCost,
                successReward,
                timeCostMult,
                startNoise,
                trigonometry,
                observation,
                0,
                0,
                0,
                SuccessBy.TORSO);
    }

    /** Checks every value. */
    public EnvSpec {
        if (framesPerStep < 1 || framesPerStep > MAX_FRAMES_PER_STEP) {
            throw new IllegalArgumentException("environment.framesPerStep is " + framesPerStep + ": give 1 to "
                    + MAX_FRAMES_PER_STEP + ", 4 is usual.");
        }
        if (maxEpisodeSteps < 0) {
            throw new IllegalArgumentException("environment.maxEpisodeSteps is " + maxEpisodeSteps
                    + ": give the number of steps after which an episode is cut off, or 0 for no limit.");
        }
        check("failureCost", failureCost);
        check("successReward", successReward);
        check("timeCostMult", timeCostMult);
        checkUpdates("keyDelay", keyDelay);
        checkUpdates("keyJitter", keyJitter);
        if (!(dropped >= 0 && dropped < 1)) {
            throw new IllegalArgumentException("environment.dropped is " + dropped
                    + ": give the share of decisions that are lost, from 0 to less than 1, such as 0.02.");
        }
    }

    private static void checkUpdates(String name, int updates) {
        if (updates < 0 || updates > MOST_LATE) {
            throw new IllegalArgumentException("environment." + name + " is " + updates + ": give 0 to " + MOST_LATE
                    + " game updates, of which a second of play has " + Units.UPDATES_PER_SECOND + ".");
        }
    }

    private static void check(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("environment." + name + " is " + value + ": give a number, 0 or more.");
        }
    }

    /** Number of actions. */
    public int actionCount() {
        return actionSet.size() + (tForTerminate ? 1 : 0);
    }

    /** The same with another start. */
    public EnvSpec withStartNoise(StartNoise noise) {
        return new EnvSpec(
                framesPerStep,
                actionSet,
                tForTerminate,
                maxEpisodeSteps,
                failureCost,
                successReward,
                timeCostMult,
                noise,
                trigonometry,
                observation,
                keyDelay,
                keyJitter,
                dropped,
                successBy);
    }

    /** The same with keys that come otherwise. */
    public EnvSpec withKeys(int delay, int jitter, double share) {
        return new EnvSpec(
                framesPerStep,
                actionSet,
                tForTerminate,
                maxEpisodeSteps,
                failureCost,
                successReward,
                timeCostMult,
                startNoise,
                trigonometry,
                observation,
                delay,
                jitter,
                share,
                successBy);
    }

    /** Whether keys come late or not at all. */
    public boolean isPerturbed() {
        return keyDelay > 0 || keyJitter > 0 || dropped > 0;
    }

    /** How late and how seldom keys come, as a sentence's part. */
    public String keys() {
        return "key delay " + keyDelay + ", jitter " + keyJitter + ", dropped " + dropped;
    }

    /**
     * The same starts, rewards and limit of play for a policy that was trained elsewhere: it decides as often, among
     * the actions and on the observations that it knows.
     *
     * @param other where it was trained
     */
    public EnvSpec playedBy(EnvSpec other) {
        int frames = other.framesPerStep;
        return new EnvSpec(
                frames,
                other.actionSet,
                other.tForTerminate,
                (int) (((long) maxEpisodeSteps * framesPerStep + frames - 1) / frames),
                failureCost,
                successReward,
                timeCostMult,
                startNoise,
                trigonometry,
                other.observation,
                0,
                0,
                0,
                successBy);
    }

    /** The environment that plays a recording again with this one's rewards; it ends where the game ends. */
    public EnvSpec playing(Recording recording) {
        return new EnvSpec(
                recording.framesPerStep(),
                recording.actionSet(),
                true,
                0,
                failureCost,
                successReward,
                timeCostMult,
                recording.startNoise(),
                recording.trigonometry(),
                observation,
                0,
                0,
                0,
                successBy);
    }

    /** The same, but for evaluation: where every episode would begin alike, up to ten random frames come first. */
    public EnvSpec varied() {
        return startNoise.kind() == StartNoise.Kind.NONE ? withStartNoise(EVALUATION_NOISE) : this;
    }
}
