import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares groups of runs that differ in the seed alone: a table of means over the seeds with 95 % intervals (Student's
 * t), and curves of the evaluations during the trainings, with the same intervals as bands.
 *
 * <p>Arguments: the folder of the runs, whose names end in {@code -<seed>}, and the SVG file to write.
 */
public final class Compare {

    /** Student's t of 97.5 % for 1 to 9 degrees of freedom. */
    private static final double[] T = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};

    private static final String[] COLOURS = {"#2f6fb3", "#c8541f", "#7a9cc6", "#e0a07d"};
    private static final int WIDTH = 760;
    private static final int HEIGHT = 400;
    private static final int LEFT = 50;
    private static final int BOTTOM = 360;
    private static final double MOST_METRES = 105;

    /** A mean over seeds, and half its 95 % interval. */
    record Mean(double value, double half) {

        static Mean of(double... values) {
            double mean = Arrays.stream(values).average().orElse(Double.NaN);
            double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
            int freedom = values.length - 1;
            return new Mean(
                    mean,
                    freedom < 1 ? Double.NaN : T[freedom - 1] * Math.sqrt(squares / freedom / values.length));
        }

        String text(String format) {
            return String.format(Locale.ROOT, format + " ± " + format, value, half);
        }
    }

    private Compare() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, List<Path>> groups = groups(Path.of(arguments[0]));
        System.out.println("| runs | seeds | mean m | finished, % | m/s |");
        System.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, List<Path>> group : groups.entrySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %s | %s | %s |%n",
                    group.getKey(),
                    group.getValue().size(),
                    evaluated(group.getValue(), "meanDistance", 1).text("%.1f"),
                    evaluated(group.getValue(), "finishRate", 100).text("%.0f"),
                    evaluated(group.getValue(), "meanSpeed", 1).text("%.2f"));
        }
        Files.writeString(Path.of(arguments[1]), svg(groups));
    }

    /** Folders of evaluated runs by their names without the seed. */
    private static Map<String, List<Path>> groups(Path folder) throws IOException {
        Map<String, List<Path>> groups = new TreeMap<>();
        try (Stream<Path> runs = Files.list(folder)) {
            for (Path run : runs.sorted().toList()) {
                if (Files.exists(run.resolve("evaluation.json"))) {
                    String name = run.getFileName().toString().replaceFirst("-\\d+$", "");
                    groups.computeIfAbsent(name, none -> new ArrayList<>()).add(run);
                }
            }
        }
        return groups;
    }

    private static Mean evaluated(List<Path> runs, String figure, double factor) throws IOException {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            String json = Files.readString(runs.get(i).resolve("evaluation.json"));
            JsonObject trained = JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("trained");
            values[i] = factor * trained.get(figure).getAsDouble();
        }
        return Mean.of(values);
    }

    /** Mean distances of the evaluations during each training, by environment steps. */
    private static Map<Long, Mean> curve(List<Path> runs) throws IOException {
        Map<Long, List<Double>> distances = new TreeMap<>();
        for (Path run : runs) {
            for (String row : Files.readAllLines(run.resolve("metrics.jsonl"))) {
                JsonObject figures = JsonParser.parseString(row).getAsJsonObject();
                JsonElement distance = figures.get("eval/distance");
                if (distance != null && !distance.isJsonNull()) {
                    distances
                            .computeIfAbsent(figures.get("time/total_timesteps").getAsLong(), none -> new ArrayList<>())
                            .add(distance.getAsDouble());
                }
            }
        }
        Map<Long, Mean> curve = new LinkedHashMap<>();
        distances.forEach((steps, values) -> {
            if (values.size() == runs.size()) {
                curve.put(steps, Mean.of(values.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        });
        return curve;
    }

    private static String svg(Map<String, List<Path>> groups) throws IOException {
        Map<String, Map<Long, Mean>> curves = new LinkedHashMap<>();
        long end = 1;
        for (Map.Entry<String, List<Path>> group : groups.entrySet()) {
            Map<Long, Mean> curve = curve(group.getValue());
            curves.put(group.getKey(), curve);
            end = Math.max(end, curve.keySet().stream().mapToLong(Long::longValue).max().orElse(1));
        }
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " "
                + HEIGHT + "\" font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"" + WIDTH + "\" height=\""
                + HEIGHT + "\" fill=\"#fff\"/>\n");
        for (int metres = 0; metres <= 100; metres += 25) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d m</text>%n",
                    LEFT, y(metres), WIDTH - 10, LEFT - 6, y(metres) + 4, metres));
        }
        for (long steps = 0; steps <= end; steps += Math.max(1, Math.round(end / 6.0 / 100_000) * 100_000)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                    x(steps, end), BOTTOM + 20, steps == 0 ? "0 steps" : steps / 1e6 + " M"));
        }
        int slot = 0;
        for (Map.Entry<String, Map<Long, Mean>> group : curves.entrySet()) {
            String colour = COLOURS[slot % COLOURS.length];
            svg.append(drawn(group.getValue(), end, colour));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                    LEFT + 12 + 180 * slot, 16, colour, group.getKey()));
            slot++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String drawn(Map<Long, Mean> curve, long end, String colour) {
        String there = curve.entrySet().stream()
                .map(point -> point(point.getKey(), end, point.getValue().value() + point.getValue().half()))
                .collect(Collectors.joining(" "));
        List<Map.Entry<Long, Mean>> reversed = new ArrayList<>(curve.entrySet());
        java.util.Collections.reverse(reversed);
        String back = reversed.stream()
                .map(point -> point(point.getKey(), end, point.getValue().value() - point.getValue().half()))
                .collect(Collectors.joining(" "));
        String middle = curve.entrySet().stream()
                .map(point -> point(point.getKey(), end, point.getValue().value()))
                .collect(Collectors.joining(" "));
        return "<polygon points=\"" + there + " " + back + "\" fill=\"" + colour + "\" opacity=\"0.15\"/>\n"
                + "<polyline points=\"" + middle + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>\n";
    }

    private static String point(long steps, long end, double metres) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x(steps, end), y(metres));
    }

    private static double x(long steps, long end) {
        return LEFT + (double) steps / end * (WIDTH - LEFT - 20);
    }

    private static double y(double metres) {
        double shown = Math.max(0, Math.min(MOST_METRES, metres));
        return BOTTOM - shown / MOST_METRES * (BOTTOM - 26);
    }
}
