package io.github.qwop.maven;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** A terminal's last line, which is written over in place; all else is written above it. */
final class Terminal {

    private static final String CLEAR = "\r\u001b[K";

    /** A line longer than the terminal is wide is cut, not wrapped: a wrapped one could not be written over. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private boolean shown;

    Terminal(PrintStream out) {
        this.out = out;
    }

    /**
     * The terminal that a person looks at, or null: not in batch mode, on a CI server, where output is redirected or
     * goes to a file ({@code -l}), where several modules speak at once, or where every line is wanted ({@code -X}) or
     * none ({@code -q}).
     */
    static @Nullable Terminal of(MavenSession session, Log log) {
        String version = session.getSystemProperties().getProperty("maven.version", "");
        boolean wanted = version.startsWith("3.")
                && session.getRequest().isInteractiveMode()
                && session.getRequest().getDegreeOfConcurrency() <= 1
                && log.isInfoEnabled()
                && !log.isDebugEnabled();
        return wanted && isInteractive(isTerminal(System.console()), isColoured(), System.getenv())
                ? new Terminal(System.out)
                : null;
    }

    static boolean isInteractive(boolean terminal, boolean coloured, Map<String, String> environment) {
        return terminal && coloured && !environment.containsKey("CI") && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Maven turns colours off where its log goes to a file, and that is all one can see of it: the console is still
     * there. Jansi, which holds the switch, is Maven's own; a Maven without it has lines of progress instead.
     */
    private static boolean isColoured() {
        try {
            return (boolean) Class.forName("org.fusesource.jansi.Ansi")
                    .getMethod("isEnabled")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** From JDK 22 on a console may be there that is no terminal; before, there was no such question. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Writes the line over the one before. */
    void show(String line) {
        out.print(CLEAR + NO_WRAP + line + WRAP);
        out.flush();
        shown = true;
    }

    /** Takes the line away, so that another can be written in its place. */
    void clear() {
        if (shown) {
            out.print(CLEAR);
            out.flush();
            shown = false;
        }
    }
}
