package io.github.qwop.maven;

import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkMessage.Progress;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Writes a fork's messages to Maven's log. Progress becomes one line of a terminal, written over in place; where there
 * is none, a line of the log every few per cent.
 */
final class ForkLog implements Consumer<ForkMessage>, AutoCloseable {

    /** What begins the address of a page that a goal serves. */
    private static final String ADDRESS = "http://";

    private final Log log;
    private final PrintStream out;
    private final @Nullable Terminal terminal;
    private final String prefix;
    private final int interval;
    private long lastShown = -1;

    /**
     * A log of one goal.
     *
     * @param out where an address is printed if the log is not to show it
     * @param terminal where progress is shown in place; null for lines of the log
     * @param prefix what each line begins with, to tell goals apart that run side by side
     * @param interval per cent between lines of the log; 0 for none
     */
    ForkLog(Log log, PrintStream out, @Nullable Terminal terminal, String prefix, int interval) {
        this.log = log;
        this.out = out;
        this.terminal = terminal;
        this.prefix = prefix;
        this.interval = interval;
    }

    @Override
    public void accept(ForkMessage message) {
        if (message instanceof Progress progress) {
            if (terminal != null) {
                terminal.show(prefix + ProgressLine.of(progress));
            } else if (interval > 0 && ProgressLine.percent(progress) / interval != lastShown) {
                lastShown = ProgressLine.percent(progress) / interval;
                log.info(prefix + ProgressLine.of(progress));
            }
        } else if (message instanceof ForkMessage.Log line) {
            write(line);
        }
    }

    private void write(ForkMessage.Log line) {
        String text = prefix + line.text();
        if (line.level() == ForkMessage.Level.DEBUG) {
            log.debug(text);
            return;
        }
        close();
        if (line.level() == ForkMessage.Level.INFO) {
            log.info(text);
            // With -q too: a page whose address nobody knows is served for nothing.
            if (!log.isInfoEnabled() && line.text().contains(ADDRESS)) {
                out.println(text);
            }
        } else {
            log.warn(text);
        }
    }

    @Override
    public void close() {
        if (terminal != null) {
            terminal.clear();
        }
    }
}
