package io.github.qwop.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Splits of some runs beside the human record's, as a terminal shows them. */
public final class SplitTable {

    private SplitTable() {}

    /**
     * The lines of the table.
     *
     * @param runs splits by what to call them; one alone is told how far it is ahead as well
     * @return no line if none of them came ten metres far
     */
    public static List<String> lines(Map<String, Splits> runs) {
        if (runs.values().stream().allMatch(run -> run.seconds().isEmpty())) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-14s", "seconds at m"));
        for (int i = 1; i < Splits.COUNT; i++) {
            head.append(String.format(Locale.ROOT, "%7d", i * Splits.METRES));
        }
        lines.add(head + " finish");
        runs.forEach((name, run) -> lines.add(line(name, "%7.2f", run.seconds())));
        lines.add(line("human record", "%7.2f", Splits.human().seconds()));
        if (runs.size() == 1) {
            lines.add(line("ahead", "%+7.2f", runs.values().iterator().next().ahead()));
        }
        return lines;
    }

    private static String line(String name, String form, List<Double> figures) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-14s", name));
        for (int i = 0; i < Splits.COUNT; i++) {
            line.append(
                    i < figures.size()
                            ? String.format(Locale.ROOT, form, figures.get(i))
                            : String.format(Locale.ROOT, "%7s", "-"));
        }
        return line.toString();
    }
}
