package io.github.qwop.env;

import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.random.RandomStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One episode as it was played: enough to play it again, anywhere, bit for bit.
 *
 * @param framesPerStep game updates per action, 1 to 120
 * @param actionSet what the actions mean
 * @param startNoise what was played before the first action
 * @param randomState state of the random stream that the start noise was drawn from, 64 hexadecimal digits, not all 0
 * @param actions the actions in order
 * @param distance metres reached
 * @param scoreTime score clock at the end, in seconds of play
 * @param success whether it ended with the torso past 100 m
 * @param finished whether the runner landed in the sand with a score of at least 100
 * @param trigonometry whose sine and cosine it was played with
 * @param rules the version of the game's rules that it was played under, see {@link Rules}
 * @param split what its start was drawn for
 */
@SuppressWarnings("ArrayRecordComponent")
public record Recording(
        int framesPerStep,
        ActionSet actionSet,
        StartNoise startNoise,
        String randomState,
        byte[] actions,
        double distance,
        double scoreTime,
        boolean success,
        boolean finished,
        Trigonometry trigonometry,
        int rules,
        Split split) {

    /** A random state for recordings that draw nothing. */
    public static final String NO_RANDOM = hex(RandomStream.of(0, "recording").state());

    private static final int DIGITS_PER_WORD = 16;
    private static final Pattern RANDOM_STATE = Pattern.compile("(?!0+$)[0-9a-fA-F]{64}");

    /** An episode under today's rules, with fdlibm's sine and cosine, that was finished if it was a success. */
    public Recording(
            int framesPerStep,
            ActionSet actionSet,
            StartNoise startNoise,
            String randomState,
            byte[] actions,
            double distance,
            double scoreTime,
            boolean success) {
        this(
                framesPerStep,
                actionSet,
                startNoise,
                randomState,
                actions,
                distance,
                scoreTime,
                success,
                success,
                Trigonometry.FDLIBM,
                Rules.VERSION);
    }

    /** An episode of which nothing says what its start was drawn for. */
    public Recording(
            int framesPerStep,
            ActionSet actionSet,
            StartNoise startNoise,
            String randomState,
            byte[] actions,
            double distance,
            double scoreTime,
            boolean success,
            boolean finished,
            Trigonometry trigonometry,
            int rules) {
        this(
                framesPerStep,
                actionSet,
                startNoise,
                randomState,
                actions,
                distance,
                scoreTime,
                success,
                finished,
                trigonometry,
                rules,
                Split.UNKNOWN);
    }

    /** Checks the frames per step, the random state, and that every action is one of the set. */
    public Recording {
        if (framesPerStep < 1 || framesPerStep > EnvSpec.MAX_FRAMES_PER_STEP) {
            throw new IllegalArgumentException(
                    "framesPerStep is " + framesPerStep + ": give 1 to " + EnvSpec.MAX_FRAMES_PER_STEP + ".");
        }
        if (!RANDOM_STATE.matcher(randomState).matches()) {
            throw new IllegalArgumentException("random is \"" + randomState
                    + "\": give the 64 hexadecimal digits, not all 0, that the recording was written with.");
        }
        actions = actions.clone();
        for (int i = 0; i < actions.length; i++) {
            if (actions[i] < 0 || actions[i] > actionSet.size()) {
                throw new IllegalArgumentException("Action " + (i + 1) + " of the recording is " + actions[i]
                        + ": the action set " + actionSet + " has 0 to " + (actionSet.size() - 1) + ".");
            }
        }
    }

    @Override
    public byte[] actions() {
        return actions.clone();
    }

    /** The same episode, of which it is known what its start was drawn for. */
    public Recording of(Split drawnFor) {
        return new Recording(
                framesPerStep,
                actionSet,
                startNoise,
                randomState,
                actions,
                distance,
                scoreTime,
                success,
                finished,
                trigonometry,
                rules,
                drawnFor);
    }

    /** The environment that plays this recording again; it ends where the game ends. */
    public EnvSpec spec() {
        return new EnvSpec(framesPerStep, actionSet, true, 0, 0, 0, 0, startNoise, trigonometry, Observation.QWOP_GYM);
    }

    /** The stream that the start noise is drawn from again. */
    public RandomStream random() {
        long[] state = new long[4];
        for (int i = 0; i < state.length; i++) {
            state[i] = HexFormat.fromHexDigitsToLong(randomState, i * DIGITS_PER_WORD, (i + 1) * DIGITS_PER_WORD);
        }
        return RandomStream.fromState(state);
    }

    static String hex(long[] state) {
        StringBuilder digits = new StringBuilder();
        for (long word : state) {
            digits.append(HexFormat.of().toHexDigits(word));
        }
        return digits.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording that
                && framesPerStep == that.framesPerStep
                && actionSet.equals(that.actionSet)
                && startNoise.equals(that.startNoise)
                && randomState.equals(that.randomState)
                && Arrays.equals(actions, that.actions)
                && Double.compare(distance, that.distance) == 0
                && Double.compare(scoreTime, that.scoreTime) == 0
                && success == that.success
                && finished == that.finished
                && trigonometry == that.trigonometry
                && rules == that.rules
                && split == that.split;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(actions);
    }
}
