package io.github.qwop.goal;

import io.github.qwop.game.web.PageServer;
import io.github.qwop.run.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The goal {@code play}: the open page, served on this machine until it is stopped. */
final class PlayGoal implements Goal<PlayGoal.Spec> {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * The goal's settings.
     *
     * @param runId not used: every goal has it
     * @param port where to listen; 0 for any free port
     */
    public record Spec(String runId, int port) {}

    @Override
    public String name() {
        return "play";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", 0);
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Outcome run(Spec spec, Call call) {
        try (PageServer server = WatchGoal.serve(spec.port())) {
            call.listener().info("Play with Q, W, O and P at " + server.playAddress() + " - stop with Ctrl-C.");
            while (!call.stop().getAsBoolean()) {
                LockSupport.parkNanos(ASK_EVERY_NANOS);
            }
        }
        return Outcome.of("The page is closed.");
    }
}
