package io.github.qwop.goal;

import io.github.qwop.file.Fault;
import io.github.qwop.game.web.LivePage;
import io.github.qwop.report.Report;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A run's report while the run is at work: a page that is served on this machine and shows what is new. */
final class FollowedReport {

    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long READ_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Reader reader;
    private LivePage.Content content;
    private long read;

    /** Reads the report. */
    @FunctionalInterface
    interface Reader {

        Report read() throws IOException;
    }

    private FollowedReport(Reader reader) throws IOException {
        this.reader = reader;
        content = content(reader.read());
        read = System.nanoTime();
    }

    /**
     * Serves until it is stopped.
     *
     * @param port where to listen; 0 for any free port
     * @throws SettingException if there is no run, or the port cannot be had
     */
    static void serve(int port, Reader reader, Call call) throws IOException {
        FollowedReport report = new FollowedReport(reader);
        try (LivePage page = LivePage.start(port, report::now)) {
            call.listener().info("The report follows the run at " + page.address() + " - stop with Ctrl-C.");
            while (!call.stop().getAsBoolean()) {
                LockSupport.parkNanos(ASK_EVERY_NANOS);
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new SettingException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The report as it is now; however many look at it, it is read every other second at most. */
    private synchronized LivePage.Content now() {
        if (System.nanoTime() - read >= READ_EVERY_NANOS) {
            try {
                content = content(reader.read());
            } catch (IOException | SettingException e) {
                // Its folder is being moved or written: what was there last is shown until it is whole again.
                String why = e instanceof IOException ? Fault.of(e) : String.valueOf(e.getMessage());
                content = new LivePage.Content(Checkpoint.digest(why), content.html());
            }
            read = System.nanoTime();
        }
        return content;
    }

    private static LivePage.Content content(Report report) {
        String html = report.livePage();
        return new LivePage.Content(Checkpoint.digest(html), html);
    }
}
