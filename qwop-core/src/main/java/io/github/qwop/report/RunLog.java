package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.study.StudyFile;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log of all runs in a folder, as a practitioner would keep it by hand: which went on from which, as a tree, and an
 * entry for each.
 */
public final class RunLog {

    /** The files, in the folder of the runs. */
    public static final String HTML = "index.html";

    public static final String MARKDOWN = "index.md";

    /** Stands in both files, so that no other page of that name is written over. */
    private static final String MARK = "<!-- The log of all runs here, written anew by each qwop:report. -->";

    private static final String TITLE = "QWOP runs";

    private final Path directory;
    private final List<LoggedRun> runs;

    /** Those that went on from none of the others; in a circle the oldest is taken to be one. */
    private final List<LoggedRun> first = new ArrayList<>();

    private final Map<Path, List<LoggedRun>> next = new HashMap<>();

    private RunLog(Path directory, List<LoggedRun> runs) {
        this.directory = directory;
        this.runs = runs;
        Map<Path, LoggedRun> all = new HashMap<>();
        runs.forEach(run -> all.put(run.folder(), run));
        for (LoggedRun run : runs) {
            Path parent = parent(run, all);
            (parent == null ? first : next.computeIfAbsent(parent, none -> new ArrayList<>())).add(run);
        }
    }

    /**
     * Reads the runs.
     *
     * @param directory where they lie
     * @param others folders of runs that lie elsewhere and belong to it; those that any of them went on from are added
     */
    public static RunLog read(Path directory, List<Path> others) throws IOException {
        Path here = directory.toAbsolutePath().normalize();
        Set<Path> folders = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(here)) {
            files.filter(Files::isDirectory)
                    .filter(folder -> new RunDirectory(folder).isRun() || StudyFile.isIn(folder))
                    .forEach(folders::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        others.forEach(folder -> folders.add(folder.toAbsolutePath().normalize()));
        Map<Path, LoggedRun> read = new LinkedHashMap<>();
        List<Path> left = new ArrayList<>(folders);
        while (!left.isEmpty()) {
            Path folder = left.remove(0);
            if (!read.containsKey(folder)) {
                LoggedRun run = LoggedRun.read(name(here, folder, read.values()), folder);
                read.put(folder, run);
                if (run.origin() != null && new RunDirectory(run.origin().folder()).isRun()) {
                    left.add(run.origin().folder());
                }
            }
        }
        List<LoggedRun> runs = new ArrayList<>(read.values());
        runs.sort(Comparator.comparing(LoggedRun::date).thenComparing(LoggedRun::name));
        return new RunLog(here, List.copyOf(runs));
    }

    /** A run's name; of one that lies elsewhere its way from here, where another has that name. */
    private static String name(Path here, Path folder, Collection<LoggedRun> others) {
        String name = String.valueOf(folder.getFileName());
        boolean isTaken = Files.isDirectory(here.resolve(name))
                || others.stream().anyMatch(other -> other.name().equals(name));
        return here.equals(folder.getParent()) || !isTaken ? name : link(here, folder);
    }

    private static String link(Path here, Path other) {
        try {
            return here.relativize(other).toString().replace('\\', '/');
        } catch (IllegalArgumentException e) {
            // On another drive.
            return other.toString();
        }
    }

    /** As {@link #link}, for a browser. */
    private static String address(Path here, Path other) {
        Path way;
        try {
            way = here.relativize(other);
        } catch (IllegalArgumentException e) {
            // On another drive.
            return other.toUri().toString();
        }
        StringBuilder address = new StringBuilder();
        for (Path part : way) {
            try {
                address.append(new URI(null, null, "/" + part, null).getRawPath());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("Any text is a path: " + part, e);
            }
        }
        // Behind a colon in its first part it would be an address of another kind.
        return address.indexOf(":") < 0 ? address.substring(1) : "." + address;
    }

    /**
     * Whether the log may be written to a file: there is none, or it is a log of before.
     *
     * @param file one of the two
     */
    public static boolean mayBeWritten(Path file) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.contains(MARK));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** How many runs and studies it tells of. */
    public int size() {
        return runs.size();
    }

    /** The same as a part of a sentence. */
    public String told() {
        long studies = studies();
        return told(runs.size() - studies, studies);
    }

    /** So many runs and studies, in words. */
    public static String told(long runs, long studies) {
        String ofRuns = runs == 1 ? "1 run" : runs + " runs";
        String ofStudies = studies == 1 ? "1 study" : studies + " studies";
        if (studies == 0) {
            return ofRuns;
        }
        return runs == 0 ? ofStudies : ofRuns + " and " + ofStudies;
    }

    private long studies() {
        return runs.stream().filter(run -> StudyFile.isIn(run.folder())).count();
    }

    /** The log as a self-contained HTML file. */
    public String page() {
        return Report.page(TITLE, "", Html.text(html())).replace("<body>", "<body>\n" + MARK);
    }

    private DomContent html() {
        return each(note(count()), h2("Which went on from which"), tree(first), h2("Entries"), each(runs, this::entry));
    }

    private String count() {
        long bad = runs.stream().filter(LoggedRun::isBad).count();
        return told() + ", in the order in which they began"
                + (bad == 0 ? "." : "; " + bad + " of them collapsed or cannot be read as a whole.");
    }

    private static @Nullable Path parent(LoggedRun run, Map<Path, LoggedRun> all) {
        LoggedRun above = above(run, all);
        if (above == null || above.equals(run)) {
            return null;
        }
        Set<LoggedRun> seen = new LinkedHashSet<>();
        for (LoggedRun one = above; one != null && seen.add(one); one = above(one, all)) {
            // It comes back to where it began: the oldest is cut off.
            if (one.equals(run) && seen.stream().noneMatch(other -> other.date().compareTo(run.date()) < 0)) {
                return null;
            }
        }
        return above.folder();
    }

    private static @Nullable LoggedRun above(LoggedRun run, Map<Path, LoggedRun> all) {
        return run.origin() == null ? null : all.get(run.origin().folder());
    }

    private DomContent tree(List<LoggedRun> level) {
        return ul(attrs(".tree"), each(level, this::leaf));
    }

    private DomContent leaf(LoggedRun run) {
        return li(
                a(run.name()).withHref("#" + id(run)),
                text(" "),
                status(run),
                text(line(run)),
                next.containsKey(run.folder()) ? tree(next.getOrDefault(run.folder(), List.of())) : each());
    }

    /** What stands behind the status in the tree. */
    private static String line(LoggedRun run) {
        return (run.peak().isEmpty() ? "" : ", " + run.peak())
                + (run.origin() == null ? "" : "; from " + run.origin().text());
    }

    private static DomContent status(LoggedRun run) {
        String kind = run.status().startsWith("finished") ? ".holds" : ".status";
        return span(attrs(run.isBad() ? ".fell" : kind), run.status());
    }

    private String id(LoggedRun run) {
        return "run-" + (runs.indexOf(run) + 1);
    }

    private DomContent entry(LoggedRun run) {
        Path report = new RunDirectory(run.folder()).report();
        return each(
                h3(run.name()).withId(id(run)),
                p(
                        status(run),
                        text(run.date().isEmpty() ? "" : ", " + day(run.date())),
                        Files.isRegularFile(report)
                                ? each(text(", "), a("report").withHref(address(directory, report)))
                                : each()),
                div(
                        attrs(".scroll"),
                        table(tbody(each(
                                run.facts(),
                                fact -> tr(
                                        th(fact.what()),
                                        td(
                                                attrs(".words"),
                                                each(fact.told(), told -> div(told.replace("->", "→"))))))))));
    }

    private static String day(String date) {
        return date.replace('T', ' ').replace("Z", " UTC");
    }

    /** The same as Markdown. */
    public String markdown() {
        List<String> lines = new ArrayList<>(List.of(MARK, "", "# " + TITLE, "", count(), ""));
        addTree(lines, "", first);
        for (LoggedRun run : runs) {
            lines.addAll(List.of("", "## " + Markdown.cell(run.name()), ""));
            lines.add("- **status**: " + run.status() + (run.date().isEmpty() ? "" : ", " + day(run.date())));
            if (!directory.equals(run.folder().getParent())) {
                lines.add("- **lies in**: " + Markdown.cell(link(directory, run.folder())));
            }
            for (LoggedRun.Fact fact : run.facts()) {
                lines.add("- **" + Markdown.cell(fact.what()) + "**: " + Markdown.cell(String.join("; ", fact.told())));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void addTree(List<String> lines, String indent, List<LoggedRun> level) {
        for (LoggedRun run : level) {
            lines.add(indent + "- **" + Markdown.cell(run.name()) + "**: " + Markdown.cell(run.status() + line(run)));
            addTree(lines, indent + "  ", next.getOrDefault(run.folder(), List.of()));
        }
    }
}
