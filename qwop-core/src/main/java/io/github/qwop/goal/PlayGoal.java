package io.github.qwop.goal;

import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.file.Fault;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.game.web.PageServer;
import io.github.qwop.play.KeySequence;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The goal {@code play}: the open page, served on this machine until it is stopped; runs that end are saved. */
final class PlayGoal implements Goal<PlayGoal.Spec> {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Folder of what a person has played, beside the runs: it belongs to none of them. */
    private static final String FOLDER = "played";

    /**
     * The goal's settings.
     *
     * @param runId not used: every goal has it
     * @param port where to listen; 0 for any free port
     * @param ghost a recording to race; null for nobody
     */
    public record Spec(String runId, int port, @Nullable String ghost) {}

    @Override
    public String name() {
        return "play";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", 0, null);
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Outcome run(Spec spec, Call call) {
        Ghost ghost = GhostFile.read(spec.ghost());
        // The server's threads tell it, and this one hands it on.
        Queue<Consumer<RunListener>> news = new ConcurrentLinkedQueue<>();
        Path folder = call.directory().resolve(FOLDER);
        try (PageServer server = WatchGoal.serve(spec.port(), ghost, keys -> keep(keys, folder, news))) {
            call.listener()
                    .info("Play with Q, W, O and P" + (ghost == null ? "" : " against " + ghost.name()) + " at "
                            + server.playAddress() + " - runs are saved in " + folder + " - stop with Ctrl-C.");
            while (!call.stop().getAsBoolean()) {
                tell(news, call.listener());
                LockSupport.parkNanos(ASK_EVERY_NANOS);
            }
        }
        tell(news, call.listener());
        return Outcome.of("The page is closed.");
    }

    private static void tell(Queue<Consumer<RunListener>> news, RunListener listener) {
        for (Consumer<RunListener> one = news.poll(); one != null; one = news.poll()) {
            one.accept(listener);
        }
    }

    /** Plays what a person has played on the twin, which says what it came to, and saves it. */
    private static String keep(byte[] keys, Path folder, Queue<Consumer<RunListener>> news) {
        Recording recording = new KeySequence(keys, Trigonometry.FDLIBM).recording();
        try {
            Path file = AtomicFile.writeNew(folder, "run", ".qwop", RecordingFormat.write(recording));
            String saved = String.format(
                    Locale.ROOT,
                    "Saved %s: %.2f m in %.1f s of play%s.",
                    file,
                    recording.distance(),
                    recording.scoreTime(),
                    recording.finished() ? ", finished" : "");
            news.add(listener -> listener.info(saved));
            return "Saved as " + FOLDER + "/" + file.getFileName() + ".";
        } catch (IOException e) {
            String lost = "The run cannot be saved in " + folder + " (" + Fault.of(e)
                    + "): make room, or set outputDirectory to a folder that can be written.";
            news.add(listener -> listener.warn(lost));
            return lost;
        }
    }
}
