package io.github.qwop.env;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Units;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * One environment with qwop-gym's semantics. A step holds an action's keys for some game updates; its reward is 0.01 ×
 * speed − time cost, in single precision, plus or less what the end is worth. An episode ends with the game, or outside
 * −10 … 105 m; it is a success when the torso is then past 100 m, and finished when the game says so: after a landing
 * in the sand with a score of at least 100.
 *
 * <p>Two things differ from qwop-gym: an episode begins at the canonical start, not wherever a restart leads, and its
 * first reward measures from that state, not from zero. A time limit truncates; it never terminates.
 */
public final class QwopEnv implements AutoCloseable {

    private static final double LEAST_DISTANCE = -10;
    private static final double MOST_DISTANCE = 105;
    private static final float SPEED_REWARD = 0.01f;

    private static final int RANDOM_KEYS_FRAMES = 4;

    private final EnvSpec spec;
    private final Game game;
    private final RewardShaper shaper;
    private final Context context = new Context();
    private RandomStream random;

    private double[] bodies = new double[Game.BODY_VALUES];
    private double[] bodiesBefore = new double[Game.BODY_VALUES];
    private long[] randomAtStart;
    private byte[] actions = new byte[1024];
    private int steps;
    private float time;
    private float distance;
    private float reward;
    private double totalReward;
    private boolean terminated;
    private boolean truncated;
    private boolean success;
    private boolean finished;
    private boolean running;
    private double progress;

    /**
     * An environment over a game; call {@link #reset} before the first step.
     *
     * @param game closed with this environment
     * @param random where start noise is drawn from
     */
    public QwopEnv(EnvSpec spec, Game game, RewardShaper shaper, RandomStream random) {
        this.spec = spec;
        this.game = game;
        this.shaper = shaper;
        this.random = random;
        randomAtStart = random.state();
    }

    /** Starts an episode. */
    public void reset() {
        randomAtStart = random.state();
        steps = 0;
        totalReward = 0;
        terminated = false;
        truncated = false;
        success = false;
        finished = false;
        running = true;
        game.reset();
        context.reset();
        playStartNoise();
        game.readBodies(bodies, 0);
        time = (float) (game.scoreTime() / Units.SECONDS_PER_TIME);
        distance = (float) (bodies[0] / Units.PER_METRE);
    }

    private void playStartNoise() {
        StartNoise noise = spec.startNoise();
        if (noise.kind() == StartNoise.Kind.NONE) {
            return;
        }
        int frames = random.nextInt(noise.maxFrames() + 1);
        while (frames > 0) {
            int keys = noise.kind() == StartNoise.Kind.IDLE ? Keys.NONE : random.nextInt(Keys.COMBINATIONS);
            int chunk = Math.min(frames, RANDOM_KEYS_FRAMES);
            game.step(keys, chunk);
            context.hold(keys);
            frames -= chunk;
        }
        if (game.gameEnded()) {
            game.reset();
            context.reset();
        }
    }

    /** Says how far the training has come, 0 to 1, for rewards that depend on it; 0 if it is not said. */
    public void progress(double share) {
        progress = share;
    }

    /**
     * Plays one step; {@link #reward}, {@link #terminated} and {@link #truncated} tell what came of it.
     *
     * @param action 0 to {@link EnvSpec#actionCount} − 1
     * @throws IllegalArgumentException if there is no such action
     * @throws IllegalStateException if no episode has begun, or the last one has ended
     */
    public void step(int action) {
        if (action < 0 || action >= spec.actionCount()) {
            throw new IllegalArgumentException(
                    "The action is " + action + ": give 0 to " + (spec.actionCount() - 1) + ".");
        }
        if (!running) {
            throw new IllegalStateException("No episode is running: call reset before the first step, and again after"
                    + " an episode has ended.");
        }
        if (steps == actions.length) {
            actions = Arrays.copyOf(actions, 2 * actions.length);
        }
        actions[steps++] = (byte) action;
        boolean terminate = action == spec.actionSet().size();
        double[] swap = bodiesBefore;
        bodiesBefore = bodies;
        bodies = swap;

        int keys = terminate ? Keys.NONE : spec.actionSet().keys(action);
        game.step(keys, spec.framesPerStep());
        context.hold(keys);
        game.readBodies(bodies, 0);
        float newTime = (float) (game.scoreTime() / Units.SECONDS_PER_TIME);
        double metres = bodies[0] / Units.PER_METRE;
        float newDistance = (float) metres;
        boolean over = game.gameEnded() || metres < LEAST_DISTANCE || metres > MOST_DISTANCE;
        success = over && metres > Units.FINISH;
        // A landing can be short of it: the take-off counts from 98.9 m.
        finished = game.jumpLanded() && game.score() >= Units.FINISH;
        float elapsed = newTime - time;
        float value = (newDistance - distance) / elapsed * SPEED_REWARD
                - elapsed * (float) spec.timeCostMult() / spec.framesPerStep();
        if (over) {
            value = success ? value + (float) spec.successReward() : value - (float) spec.failureCost();
        }
        time = newTime;
        distance = newDistance;
        terminated = over || terminate;
        truncated = !terminated && spec.maxEpisodeSteps() > 0 && steps >= spec.maxEpisodeSteps();
        running = !terminated && !truncated;
        reward = shaper.shape(value, bodiesBefore, bodies, terminated, elapsed * Units.SECONDS_PER_TIME, progress);
        totalReward += reward;
    }

    /** Writes the current observation: as many values as its form has, normalised. */
    public void observe(float[] target, int offset) {
        observeRaw(target, offset);
        spec.observation().normalise(target, offset);
    }

    /** Writes the current observation's raw values, which an exported network takes. */
    public void observeRaw(float[] target, int offset) {
        spec.observation().raw(bodies, context, target, offset);
    }

    /** The current state, {@value Game#BODY_VALUES} values; valid until the next step. */
    public double[] bodies() {
        return bodies;
    }

    /** Reward of the last step. */
    public float reward() {
        return reward;
    }

    /** Whether the last step ended the episode by the game's own rules. */
    public boolean terminated() {
        return terminated;
    }

    /** Whether the time limit cut the episode off. */
    public boolean truncated() {
        return truncated;
    }

    /** How far the torso is, in metres. */
    public float distance() {
        return distance;
    }

    /** The episode as far as it has been played. */
    public EpisodeResult episode() {
        Map<String, Double> info = new LinkedHashMap<>();
        info.put("time", (double) time);
        info.put("distance", (double) distance);
        info.put("avgspeed", (double) (distance / time));
        info.put("is_success", success ? 1.0 : 0.0);
        info.put("finished", finished ? 1.0 : 0.0);
        return new EpisodeResult(totalReward, steps, truncated, info);
    }

    /** What was played in this episode, as far as it has come. */
    public Recording recording() {
        return new Recording(
                spec.framesPerStep(),
                spec.actionSet(),
                spec.startNoise(),
                Recording.hex(randomAtStart),
                Arrays.copyOf(actions, steps),
                distance,
                game.scoreTime(),
                success,
                finished,
                spec.trigonometry(),
                Rules.VERSION);
    }

    /** Writes where the episode stands: the random stream at its start and the actions since. */
    public void save(DataOutput out) throws IOException {
        for (long word : randomAtStart) {
            out.writeLong(word);
        }
        out.writeInt(steps);
        out.write(actions, 0, steps);
    }

    /**
     * Plays a saved episode again, up to where it stood.
     *
     * @param progressAgo the training's progress so many steps ago, 1 for the last that was played
     * @throws IOException if the state cannot be read or belongs to other settings
     */
    public void restore(DataInput in, IntToDoubleFunction progressAgo) throws IOException {
        long[] state = new long[4];
        for (int i = 0; i < state.length; i++) {
            state[i] = in.readLong();
        }
        int count = in.readInt();
        if (count < 0) {
            throw new IOException("The saved episode has " + count + " steps: it is damaged.");
        }
        try {
            random = RandomStream.fromState(state);
            reset();
            for (int i = 0; i < count; i++) {
                progress = progressAgo.applyAsDouble(count - i);
                step(in.readByte());
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("The saved episode is not of this environment: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        game.close();
    }
}
