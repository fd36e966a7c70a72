package io.github.qwop.run.evaluation;

import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.play.Episode;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The episodes of an evaluation that are kept as recordings. Those of the evaluation before are replaced; what anybody
 * else has put there stays.
 *
 * @param episodes by their path in the folder of recordings
 */
record KeptRecordings(Map<String, Episode> episodes) {

    /** Recordings that an evaluation writes: no other file is ever deleted, whatever a list says. */
    private static final Pattern OWN = Pattern.compile("(best|median|rank-\\d+|episodes/\\d+)\\.qwop");

    /** Chooses among an evaluation's episodes. */
    static KeptRecordings of(List<Episode> episodes, EvaluationSpec spec) {
        List<Episode> ranked = episodes.stream()
                .sorted(Comparator.comparingDouble(Episode::score).reversed())
                .toList();
        Map<String, Episode> kept = new LinkedHashMap<>();
        kept.put("best.qwop", ranked.get(0));
        kept.put("median.qwop", ranked.get(ranked.size() / 2));
        for (int i = 1; i < Math.min(spec.recordings(), ranked.size()); i++) {
            kept.put("rank-" + (i + 1) + ".qwop", ranked.get(i));
        }
        for (int i = 0; spec.keepEpisodes() && i < episodes.size(); i++) {
            kept.put(String.format(Locale.ROOT, "%s%04d.qwop", EvaluationFile.EPISODES, i + 1), episodes.get(i));
        }
        return new KeptRecordings(kept);
    }

    /** What the evaluation before has kept; nothing where that is not known. */
    static List<String> before(RunDirectory run) throws IOException {
        try {
            return EvaluationFile.recordings(run);
        } catch (SettingException e) {
            // Damaged, and about to be replaced.
            return List.of();
        }
    }

    List<String> names() {
        return List.copyOf(episodes.keySet());
    }

    /** Writes them over those of the evaluation before, and over no other file. */
    void write(RunDirectory run, List<String> before, RunListener listener) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Episode> one : episodes.entrySet()) {
            Path file = run.recordings().resolve(one.getKey());
            boolean own = before.contains(one.getKey()) && Files.isRegularFile(file);
            if (!own && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                listener.info("No evaluation that is known here has written " + file + ": moved to "
                        + AtomicFile.moveAside(file).getFileName() + ".");
            }
            texts.put(file, RecordingFormat.write(one.getValue().recording().of(Split.TEST)));
        }
        AtomicFile.writeAll(texts);
    }

    /** Last of all, removes recordings of the evaluation before that this one has none of. */
    void removeOthers(RunDirectory run, List<String> before) throws IOException {
        for (String name : before) {
            Path file = run.recordings().resolve(name);
            if (!episodes.containsKey(name) && OWN.matcher(name).matches() && Files.isRegularFile(file)) {
                Files.delete(file);
            }
        }
    }
}
