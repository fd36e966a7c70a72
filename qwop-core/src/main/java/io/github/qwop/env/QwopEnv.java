package io.github.qwop.env;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Rules;
import io.github.qwop.game.Snapshots;
import io.github.qwop.game.Units;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One environment with qwop-gym's semantics. A step holds an action's keys for some game updates; its reward is 0.01 ×
 * speed − time cost, in single precision, plus or less what the end is worth. An episode ends with the game, or outside
 * −10 … 105 m; it is a success when the torso is then past 100 m, and finished when the game says so: after a landing
 * in the sand with a score of at least 100.
 *
 * <p>Where keys come late or get lost ({@link EnvSpec#isPerturbed}), a step is played update by update and ends with
 * the update that ends the episode; what the observation tells of keys is what was decided, and a recording holds what
 * was played, one update an action.
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
    private final @Nullable Keyboard keyboard;
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
     * @param random where start noise is drawn from, and then what happens to keys
     */
    public QwopEnv(EnvSpec spec, Game game, RewardShaper shaper, RandomStream random) {
        this.spec = spec;
        this.game = game;
        this.shaper = shaper;
        this.random = random;
        keyboard = spec.isPerturbed() ? new Keyboard(spec.keyDelay(), spec.keyJitter(), spec.dropped()) : null;
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
        if (keyboard != null) {
            keyboard.reset();
        }
        playStartNoise();
        readGame();
    }

    private void readGame() {
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
        check(action);
        if (!running) {
            throw new IllegalStateException("No episode is running: call reset before the first step, and again after"
                    + " an episode has ended.");
        }
        note(action);
        boolean terminate = action == spec.actionSet().size();
        double[] swap = bodiesBefore;
        bodiesBefore = bodies;
        bodies = swap;

        int keys = terminate ? Keys.NONE : spec.actionSet().keys(action);
        if (keyboard == null) {
            game.step(keys, spec.framesPerStep());
        } else if (terminate) {
            giveUp(keyboard);
        } else {
            keyboard.decide(keys, random);
            for (int i = 0; i < spec.framesPerStep() && (i == 0 || !readOver()); i++) {
                game.step(keyboard.next(), 1);
            }
        }
        context.hold(keys);
        boolean over = readOver();
        float newTime = (float) (game.scoreTime() / Units.SECONDS_PER_TIME);
        double metres = bodies[0] / Units.PER_METRE;
        float newDistance = (float) metres;
        success = over && metres > Units.FINISH;
        // A landing can be short of it: the take-off counts from 98.9 m.
        finished = game.jumpLanded() && game.score() >= Units.FINISH;
        float elapsed = newTime - time;
        float value = (newDistance - distance) / elapsed * SPEED_REWARD
                - elapsed * (float) spec.timeCostMult() / spec.framesPerStep();
        if (over) {
            boolean paid = spec.successBy() == EnvSpec.SuccessBy.LANDING ? finished : success;
            value = paid ? value + (float) spec.successReward() : value - (float) spec.failureCost();
        }
        time = newTime;
        distance = newDistance;
        terminated = over || terminate;
        truncated = !terminated && spec.maxEpisodeSteps() > 0 && steps >= spec.maxEpisodeSteps();
        running = !terminated && !truncated;
        reward = shaper.shape(value, bodiesBefore, bodies, terminated, elapsed * Units.SECONDS_PER_TIME, progress);
        totalReward += reward;
    }

    /** Reads where the runner is, and tells whether the episode is over by that. */
    private boolean readOver() {
        game.readBodies(bodies, 0);
        double metres = bodies[0] / Units.PER_METRE;
        return game.gameEnded() || metres < LEAST_DISTANCE || metres > MOST_DISTANCE;
    }

    /** Nothing is held meanwhile, so that it is no matter of keys; of its updates the last is the action. */
    private void giveUp(Keyboard past) {
        for (int left = spec.framesPerStep(); left > 0 && (left == spec.framesPerStep() || !readOver()); left--) {
            game.step(Keys.NONE, 1);
            past.note(left == 1 ? ActionSet.DISTINCT.size() : ActionSet.distinct(Keys.NONE));
        }
    }

    private void check(int action) {
        if (action < 0 || action >= spec.actionCount()) {
            throw new IllegalArgumentException(
                    "The action is " + action + ": give 0 to " + (spec.actionCount() - 1) + ".");
        }
    }

    private void note(int action) {
        if (steps == actions.length) {
            actions = Arrays.copyOf(actions, 2 * actions.length);
        }
        actions[steps++] = (byte) action;
    }

    /** Writes the current observation: as many values as its form has, normalised. */
    public void observe(float[] target, int offset) {
        spec.observation().observe(bodies, context, target, offset);
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
                keyboard == null ? spec.framesPerStep() : 1,
                keyboard == null ? spec.actionSet() : ActionSet.DISTINCT,
                spec.startNoise(),
                Recording.hex(randomAtStart),
                keyboard == null ? Arrays.copyOf(actions, steps) : keyboard.played(),
                distance,
                game.scoreTime(),
                success,
                finished,
                spec.trigonometry(),
                Rules.VERSION);
    }

    /**
     * Writes where the episode stands: the random stream at its start and the actions since; then where they have led,
     * if the game can be saved.
     */
    public void save(DataOutput out) throws IOException {
        for (long word : randomAtStart) {
            out.writeLong(word);
        }
        out.writeInt(steps);
        out.write(actions, 0, steps);
        out.writeBoolean(game instanceof Snapshots);
        if (game instanceof Snapshots snapshots) {
            saveState(out, snapshots);
        }
    }

    private void saveState(DataOutput out, Snapshots snapshots) throws IOException {
        random.save(out);
        context.save(out);
        out.writeFloat(reward);
        out.writeDouble(totalReward);
        out.writeBoolean(terminated);
        out.writeBoolean(truncated);
        out.writeBoolean(success);
        out.writeBoolean(finished);
        double[] snapshot = new double[snapshots.mostSnapshotValues()];
        int count = snapshots.save(snapshot, 0);
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeDouble(snapshot[i]);
        }
        if (keyboard != null) {
            keyboard.save(out);
        }
    }

    /**
     * Goes on where a saved episode stood. One of a game that cannot be saved is played again up to there.
     *
     * @param withState false for what was written before games could be saved: random stream and actions alone
     * @param progressAgo the training's progress so many steps ago, 1 for the last that was played
     * @throws IOException if the state cannot be read or belongs to other settings
     */
    public void restore(DataInput in, boolean withState, IntToDoubleFunction progressAgo) throws IOException {
        try {
            random = RandomStream.restored(in);
            randomAtStart = random.state();
            int count = in.readInt();
            if (count < 0) {
                throw new IOException("The saved episode has " + count + " steps: it is damaged.");
            }
            for (steps = 0; steps < count; ) {
                byte action = in.readByte();
                check(action);
                note(action);
            }
            if (withState && in.readBoolean()) {
                restoreState(in);
            } else {
                replay(count, progressAgo);
            }
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            throw new IOException("The saved episode is not of this environment: " + e.getMessage(), e);
        }
    }

    private void restoreState(DataInput in) throws IOException {
        if (!(game instanceof Snapshots snapshots)) {
            throw new IllegalStateException("its game could be saved, and this one cannot.");
        }
        random = RandomStream.restored(in);
        context.restore(in);
        reward = in.readFloat();
        totalReward = in.readDouble();
        terminated = in.readBoolean();
        truncated = in.readBoolean();
        success = in.readBoolean();
        finished = in.readBoolean();
        running = !terminated && !truncated;
        double[] snapshot = new double[snapshots.mostSnapshotValues()];
        int count = in.readInt();
        if (count < 0 || count > snapshot.length) {
            throw new IOException("The saved game has " + count + " numbers: it is damaged.");
        }
        for (int i = 0; i < count; i++) {
            snapshot[i] = in.readDouble();
        }
        snapshots.restore(snapshot, 0);
        if (keyboard != null) {
            keyboard.restore(in);
        }
        readGame();
    }

    private void replay(int count, IntToDoubleFunction progressAgo) {
        reset();
        for (int i = 0; i < count; i++) {
            progress = progressAgo.applyAsDouble(count - i);
            step(actions[i]);
        }
    }

    /**
     * Goes to where another environment of the same settings stands, which does not notice. How that one came there it
     * does not know: it has no recording.
     *
     * @param snapshot room for a snapshot of the game, which must be one of {@link Snapshots}
     */
    void follow(QwopEnv other, double[] snapshot) {
        ((Snapshots) other.game).save(snapshot, 0);
        ((Snapshots) game).restore(snapshot, 0);
        context.unpack(other.context.packed());
        if (actions.length < other.actions.length) {
            actions = new byte[other.actions.length];
        }
        steps = other.steps;
        randomAtStart = other.randomAtStart;
        System.arraycopy(other.bodies, 0, bodies, 0, bodies.length);
        time = other.time;
        distance = other.distance;
        reward = other.reward;
        totalReward = other.totalReward;
        terminated = other.terminated;
        truncated = other.truncated;
        success = other.success;
        finished = other.finished;
        running = other.running;
        progress = other.progress;
    }

    @Override
    public void close() {
        game.close();
    }
}
