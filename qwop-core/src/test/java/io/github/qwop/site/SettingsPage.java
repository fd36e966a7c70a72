package io.github.qwop.site;

import io.github.qwop.cluster.ClusterSpec;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.StartNoise;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.evaluation.Tolerance;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.Pruning;
import io.github.qwop.schedule.Schedule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page {@code settings.md}: names, types and defaults from the records themselves, meanings from their
 * Javadoc, and what is allowed from what they answer to a value that is not.
 */
final class SettingsPage {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Types with a text form of their own, and the page's section on it. */
    private static final Map<Class<?>, String> FORMS = Map.of(
            Schedule.class, "[schedule](#schedule)",
            ActionSet.class, "[action set](#action-set)",
            StartNoise.class, "[start noise](#start-noise)",
            Tolerance.class, "[tolerance](#tolerance)");

    private static final String HEAD = """
            # Settings

            <!-- Generated: mvn -pl qwop-core test -Dtest=SitePagesTest -Dqwop.updatePages=true -->

            Every setting of the groups `<environment>`, `<learner>`, `<guard>`, `<gate>`, `<pruning>`, `<cluster>` and `<fork>`. What
            stands outside of them is listed with [the goals](goals.md).

            A setting is an element of its group in the POM, and a property with the group's name on the command line, which
            wins: `<learner><batchSize>64</batchSize></learner>` or `-Dqwop.learner.batchSize=64`. A property in the POM's
            `<properties>` fills in what the group leaves out. Numbers may have `_` between digits, whole ones may be written as
            `1e6`, `500k` or `1.5M` too, choices in `UPPER_CASE` or `kebab-case`, lists are separated by commas (what has commas of its own, as a path may, stands in
            double quotes), and `none` is a setting without a value. An unknown
            name or a value that is not allowed ends the build with a sentence that says what is.

            <!-- MACRO{toc|fromDepth=2|toDepth=2|class=sections} -->
            """;

    private static final String FORMS_SECTION = """

            ## Text forms

            <a id="schedule"></a>

            ### Schedules

            A value that changes over the training; p is the progress that remains, from 1 to 0.

            | form | value |
            |---|---|
            | `const_V`, or only `V` | V |
            | `lin_decay_V0_V1_F` | V0 + (V1 − V0) · min(1, (1 − p) / F): from V0 to V1 over the first fraction F of the training, V1 from then on |
            | `exp_decay_V0_V1_F_N` | N equal steps over the first fraction F, each a factor (V1 / V0)^(1 / N) |

            V0 is above V1, neither is negative, and F is from 0 to 1. `exp_decay` needs V1 above 0 and N of at least 1.

            <a id="action-set"></a>

            ### Action sets

            `distinct` is the 9 combinations of keys that differ in the game (none, Q, W, O, P, QO, QP, WO, WP), `full` is all
            16, `reduced` is qwop-gym's 9 (none, Q, W, O, P, QW, QP, WO, OP), which lacks QO and WP, and a list of
            at least two different combinations, such as `none,Q,QP,WO`, is a set of your own. The order is that of the
            policy's outputs. In the game Q beats W and O beats P.

            <a id="start-noise"></a>

            ### Start noise

            The game is deterministic: what makes episodes differ is what is played before their first step. `none` begins at
            the canonical start, `idle:10` first plays 0 to 10 game updates without a key, `random:10` first plays 0 to 10
            updates with new random keys at every fourth. At most 60 updates. The number and the keys come from the seed.
            An evaluation of a run that was trained with `none` plays `random:10`, unless it is given a start noise itself;
            its first line says which was used.

            <a id="keys"></a>

            ### Late and lost keys

            `keyDelay`, `keyJitter` and `dropped` are what a browser, a network or a person does to keys. They count in game
            updates, 30 a second: with `framesPerStep` 4 a `keyDelay` of 4 is a whole decision late. Each key that a decision
            presses or lets go has a jitter of its own; a change never comes before its decision, nor before an earlier change of
            the same key, so that a short tap may vanish. A decision that is dropped changes nothing: the keys held before stay.
            All is drawn from the episode's seed. The policy sees what it has decided, not what is held. Recordings of such play
            hold an action for each update, and so replay and certify like others; an episode ends with the update that ends it,
            not with its step. With all three at 0 everything is as without them.

            <a id="tolerance"></a>

            ### Tolerances

            Metres, such as `2.5`, or per cent of the baseline's mean distance, such as `5%`.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private SettingsPage() {}

    /** The page's text. */
    static String text() throws IOException {
        SettingsPage settings = new SettingsPage();
        settings.group(
                "environment",
                "environment",
                "The environment, by qwop-gym's names in camel case. `train` takes them; `evaluate` and `watch` take"
                        + " the policy's own as their defaults and change those that are given.",
                Map.of("default", EnvSpec.DEFAULT));
        settings.learners();
        settings.group(
                "guard",
                "guard",
                "Evaluations during a training, and what happens when they show a collapse.",
                Map.of("default", GuardSpec.DEFAULT));
        settings.group(
                "gate",
                "gate",
                "What `evaluate` asks of a policy; the build fails when it is not met. What is not given asks for"
                        + " nothing.",
                Map.of("default", GateSpec.NOTHING));
        settings.group(
                "pruning",
                "pruning",
                "Which trials of a [sweep](studies.md#pruning) are ended early.",
                Map.of("default", Pruning.NONE));
        settings.group(
                "cluster",
                "cluster",
                "Where the trainings of a [sweep](studies.md#engine) are done.",
                Map.of("default", ClusterSpec.DEFAULT));
        settings.fork();
        return settings.page + FORMS_SECTION;
    }

    /** One table for each kind of learner, with the defaults of every algorithm of that kind. */
    private void learners() throws IOException {
        Map<Class<?>, Map<String, Record>> kinds = new LinkedHashMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            Record defaults = (Record) algorithm.defaults();
            kinds.computeIfAbsent(defaults.getClass(), kind -> new LinkedHashMap<>())
                    .put(algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-'), defaults);
        }
        for (Map<String, Record> algorithms : kinds.values()) {
            SourceFile source = source(algorithms.values().iterator().next());
            group("learner", "learner-" + String.join("-", algorithms.keySet()), source.description(), algorithms);
        }
    }

    private static SourceFile source(Record record) throws IOException {
        return SourceFile.read(SOURCES.resolve(record.getClass().getName().replace('.', '/') + ".java"));
    }

    /**
     * Writes a group's table.
     *
     * @param defaults records of one class, by what their column is called
     */
    private void group(String element, String anchor, String text, Map<String, ? extends Record> defaults)
            throws IOException {
        Record first = defaults.values().iterator().next();
        boolean choice = !defaults.containsKey("default");
        page.append("\n<a id=\"")
                .append(anchor)
                .append("\"></a>\n\n## `<")
                .append(element)
                .append(">`");
        if (choice) {
            page.append(" for ").append(String.join(", ", defaults.keySet()));
        }
        page.append("\n\n").append(text).append("\n\n");
        row(cells("name", defaults.keySet(), "allowed", "meaning"));
        row(cells("---", defaults.keySet().stream().map(name -> "---").toList(), "---", "---"));
        Map<String, String> meanings = source(first).params();
        for (RecordComponent component : first.getClass().getRecordComponents()) {
            String name = component.getName();
            List<String> values = defaults.values().stream()
                    .map(record -> Settings.flatten(record).get(name))
                    .map(value -> value.equals(Settings.NONE) ? Settings.NONE : "`" + value + "`")
                    .toList();
            row(cells("`" + name + "`", values, allowed(first, component), meaning(meanings, name)));
        }
    }

    /** What is null in a record is none in a POM. */
    private static String meaning(Map<String, String> meanings, String name) {
        return meanings.getOrDefault(name, "").replace("null for", "none for");
    }

    private static List<String> cells(String name, Iterable<String> values, String allowed, String meaning) {
        List<String> cells = new ArrayList<>(List.of(name));
        values.forEach(cells::add);
        cells.add(allowed);
        cells.add(meaning);
        return cells;
    }

    private void row(List<String> cells) {
        page.append(
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** What may be given, in the words of the refusal of what may not. */
    private static String allowed(Record defaults, RecordComponent component) {
        String form = FORMS.get(component.getType());
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        String allowed;
        if (form != null) {
            allowed = form;
        } else if (component.getType() == String.class) {
            allowed = "text";
        } else if (component.getType().isEnum()) {
            allowed = Arrays.stream(component.getType().getEnumConstants())
                    .map(constant ->
                            "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        } else {
            // Negative numbers are refused where there is a lower bound, and letters everywhere.
            allowed = refusal(defaults, component.getName(), "-1", "x");
            if (component.getType() == List.class) {
                allowed = "a list, of each " + allowed;
            }
        }
        return optional && !allowed.contains(Settings.NONE) ? allowed + ", or none" : allowed;
    }

    private static String refusal(Record defaults, String name, String... values) {
        for (String value : values) {
            try {
                Settings.bind(defaults, Map.of(name, value));
            } catch (SettingException e) {
                return remedy(String.valueOf(e.getMessage()));
            }
        }
        throw new AssertionError(name + " refuses nothing.");
    }

    /** From "x is 3: give a whole number, such as 1." what is to be given. */
    private static String remedy(String message) {
        String remedy = message.substring(message.lastIndexOf(": give ") + ": give ".length());
        if (remedy.startsWith("one, such as")) {
            // The type's own refusal: any number of that type will do.
            return message.contains("whole number") ? "a whole number" : "a number";
        }
        return remedy.replaceFirst("\\.$", "");
    }

    private void fork() throws IOException {
        String meaning = GoalsPage.shared().stream()
                .filter(field -> field.name().equals("fork"))
                .map(SourceFile.Field::description)
                .findFirst()
                .orElseThrow();
        page.append("\n<a id=\"fork\"></a>\n\n## `<fork>`\n\n").append(meaning).append("\n\n");
        page.append("| name | meaning |\n| --- | --- |\n");
        GoalsPage.file("ForkSettings", SourceFile::params)
                .forEach((name, text) -> row(List.of("`" + name + "`", text.replace("null for", "by default"))));
        page.append("\nThe defaults are one thread for PyTorch, the serial collector and, for glibc, an allocator that"
                + " keeps freed tensors.\n");
    }
}
