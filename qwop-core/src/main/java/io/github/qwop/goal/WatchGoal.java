package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.game.web.PageServer;
import io.github.qwop.play.Actor;
import io.github.qwop.play.FilteredGame;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.settings.SettingException;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The goal {@code watch}: a policy at play on the open page, served on this machine until it is stopped. */
final class WatchGoal extends PolicyGoal<WatchGoal.Spec> {

    private static final double MOST_SPEED = 100;

    /**
     * The goal's settings.
     *
     * @param runId the run, also its folder's name
     * @param policy the policy's file; null for the run's best checkpoint
     * @param port where to listen; 0 for any free port
     * @param speed times the speed of play
     * @param seed seeds the start variations
     * @param environment where it is played
     */
    public record Spec(String runId, @Nullable String policy, int port, double speed, long seed, EnvSpec environment)
            implements PolicyRequest.Spec {

        /** Checks the speed. */
        public Spec {
            if (!(speed > 0 && speed <= MOST_SPEED)) {
                throw new IllegalArgumentException("watch.speed is " + speed + ": give a number above 0, at most "
                        + MOST_SPEED + "; 1 is the speed of play.");
            }
        }
    }

    @Override
    public String name() {
        return "watch";
    }

    @Override
    Spec defaults(EnvSpec environment) {
        return new Spec("qwop", null, 0, 1, 1, environment);
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    Outcome run(PolicyRequest<Spec> request, Call call) {
        Spec spec = request.spec();
        try (PageServer server = serve(spec.port(), null, null)) {
            Game twin = new Twin(spec.environment().trigonometry());
            call.listener()
                    .info(String.format(
                            Locale.ROOT,
                            "Watch %s of %s at %s - stop with Ctrl-C.",
                            request.file().getFileName(),
                            request.policy().runId(),
                            server.watchAddress()));
            ShownGame game = new ShownGame(
                    twin,
                    server,
                    spec.speed(),
                    request.file().getFileName() + " of " + request.policy().runId());
            Actor actor = request.policy().actor();
            QwopEnv env =
                    new QwopEnv(spec.environment(), game, RewardShaper.NONE, RandomStream.of(spec.seed(), "watch"));
            actor.reset();
            env.reset();
            while (!call.stop().getAsBoolean()) {
                env.step(actor.act(env));
                if (env.terminated() || env.truncated()) {
                    call.listener()
                            .info(String.format(
                                    Locale.ROOT, "%.2f m after %.1f s of play.", env.distance(), game.scoreTime()));
                    // A moment to see how it ended.
                    game.step(Keys.NONE, Units.UPDATES_PER_SECOND);
                    actor.reset();
                    env.reset();
                }
            }
        }
        return Outcome.of("The page is closed.");
    }

    static PageServer serve(int port, @Nullable Ghost ghost, PageServer.@Nullable Keeper keeper) {
        try {
            return PageServer.start(port, ghost, keeper);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Shows every update to whoever watches, at a steady pace. */
    private static final class ShownGame extends FilteredGame {

        private final PageServer server;
        private final long nanosPerUpdate;
        private final String policy;
        private final String pace;
        private String caption = "";
        private int episode;
        private long next = System.nanoTime();

        ShownGame(Game game, PageServer server, double speed, String policy) {
            super(game);
            this.server = server;
            this.policy = policy;
            pace = new DecimalFormat("0.##\u00d7", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(speed);
            nanosPerUpdate = (long) (TimeUnit.SECONDS.toNanos(1) / (Units.UPDATES_PER_SECOND * speed));
        }

        @Override
        protected void afterReset() {
            episode++;
            caption = policy + ", episode " + episode + ", " + pace;
            server.show(game, 0, caption);
        }

        @Override
        protected void afterUpdate(int keys) {
            server.show(game, keys, caption);
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
