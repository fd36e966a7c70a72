package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.PageServer;
import io.github.qwop.play.Actor;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The goals {@code play} and {@code watch}: the open page, served on this machine until it is stopped. */
final class PageGoals {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final double MOST_SPEED = 100;

    private PageGoals() {}

    /**
     * Settings of {@code play}.
     *
     * @param runId not used: every goal has it
     * @param port where to listen; 0 for any free port
     */
    public record PlaySpec(String runId, int port) {}

    /**
     * Settings of {@code watch}.
     *
     * @param runId the run, also its folder's name
     * @param policy the policy's file; null for the run's best checkpoint
     * @param port where to listen; 0 for any free port
     * @param speed times the speed of play
     * @param seed seeds the start variations
     * @param environment where it is played
     */
    public record WatchSpec(
            String runId, @Nullable String policy, int port, double speed, long seed, EnvSpec environment) {

        /** Checks the speed. */
        public WatchSpec {
            if (!(speed > 0 && speed <= MOST_SPEED)) {
                throw new IllegalArgumentException("watch.speed is " + speed + ": give a number above 0, at most "
                        + MOST_SPEED + "; 1 is the speed of play.");
            }
        }
    }

    static String play(Map<String, String> settings, RunListener listener, BooleanSupplier stop) {
        PlaySpec spec = Settings.bind(new PlaySpec("qwop", 0), settings);
        try (PageServer server = serve(spec.port())) {
            listener.info("Play with Q, W, O and P at " + server.playAddress() + " - stop with Ctrl-C.");
            while (!stop.getAsBoolean()) {
                LockSupport.parkNanos(ASK_EVERY_NANOS);
            }
        }
        return "The page is closed.";
    }

    static String watch(Path directory, Map<String, String> settings, RunListener listener, BooleanSupplier stop) {
        WatchSpec first = Settings.bind(defaults(EnvSpec.DEFAULT), settings);
        RunDirectory run = new RunDirectory(directory.resolve(first.runId()));
        Path file = first.policy() == null ? run.best() : Path.of(first.policy());
        try (TrainedPolicy policy = TrainedPolicy.open(file, listener);
                PageServer server = serve(first.port())) {
            WatchSpec spec = Settings.bind(defaults(policy.environment().varied()), settings);
            policy.check(spec.environment(), file);
            Game twin = new Twin(spec.environment().trigonometry());
            listener.info(String.format(
                    Locale.ROOT,
                    "Watch %s of %s at %s - stop with Ctrl-C.",
                    file.getFileName(),
                    policy.runId(),
                    server.watchAddress()));
            ShownGame game = new ShownGame(twin, server, spec.speed());
            Actor actor = policy.actor();
            QwopEnv env =
                    new QwopEnv(spec.environment(), game, RewardShaper.NONE, RandomStream.of(spec.seed(), "watch"));
            env.reset();
            while (!stop.getAsBoolean()) {
                env.step(actor.act(env));
                if (env.terminated() || env.truncated()) {
                    listener.info(String.format(
                            Locale.ROOT, "%.2f m after %.1f s of play.", env.distance(), game.scoreTime()));
                    // A moment to see how it ended.
                    game.step(Keys.NONE, Units.UPDATES_PER_SECOND);
                    env.reset();
                }
            }
        }
        return "The page is closed.";
    }

    private static PageServer serve(int port) {
        try {
            return PageServer.start(port);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }

    private static WatchSpec defaults(EnvSpec environment) {
        return new WatchSpec("qwop", null, 0, 1, 1, environment);
    }

    /** Shows every update to whoever watches, at a steady pace. */
    private static final class ShownGame extends io.github.qwop.play.FilteredGame {

        private final PageServer server;
        private final long nanosPerUpdate;
        private long next = System.nanoTime();

        ShownGame(Game game, PageServer server, double speed) {
            super(game);
            this.server = server;
            nanosPerUpdate = (long) (TimeUnit.SECONDS.toNanos(1) / (Units.UPDATES_PER_SECOND * speed));
        }

        @Override
        protected void afterReset() {
            server.show(game, 0);
        }

        @Override
        protected void afterUpdate(int keys) {
            server.show(game, keys);
            next += nanosPerUpdate;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else {
                next = System.nanoTime();
            }
        }
    }
}
